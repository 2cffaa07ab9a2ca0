/** Selectors of NetworkPolicies, where labels may be unknown. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { namespaceNameLabel } from '../kubernetes/labels.ts';
import { contains, parseCIDR } from './apiserver/ip-address.ts';
import {
  allOf,
  type Labels,
  labelsFrom,
  type LabelValue,
  matchesSelector,
  type Truth,
} from './labels.ts';
import type { ObjectIndex } from './objects.ts';
import { perPodKeys, type PodSet, selectPods } from './pods.ts';

/**
 * Whether a selector takes a namespace. Every namespace carries its name as a label; the others are
 * known only if its manifest was read (NamespaceDefaultLabelName, since 1.21).
 */
export function matchesNamespace(
  objects: ObjectIndex,
  selector: LabelSelector,
  name: string,
): Truth {
  const manifest = objects.find('Namespace', undefined, name);
  const labels = labelsFrom(manifest?.value.metadata?.labels).set(namespaceNameLabel, name);
  return matchesOpen(selector, labels, manifest === undefined);
}

/**
 * Whether a namespace of which nothing is known is selected: without a selector only that of the
 * policy is.
 */
export function somewhere(selector: LabelSelector | undefined): Truth {
  if (selector === undefined) return 'no';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const isEmpty = Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
  return isEmpty ? 'yes' : 'unknown';
}

/** Whether a selector takes the pods of a set: `some` where it names single ones. */
export function selects(selector: LabelSelector, set: PodSet): Truth | 'some' {
  const { truth, members } = selectPods(selector.matchLabels ?? {}, set);
  const labels = allLabels(set);
  const all = allOf([
    truth,
    matchesOpen({ matchExpressions: selector.matchExpressions ?? [] }, labels, set.labelsOpen),
  ]);
  return all === 'yes' && members.count < set.count ? 'some' : all;
}

function allLabels(set: PodSet): Labels {
  const keys = perPodKeys(set);
  if (keys.length === 0) return set.labels;
  const labels = new Map<string, LabelValue>(set.labels);
  for (const key of keys) labels.set(key, null);
  return labels;
}

/** `open`: there may be labels beside these. */
function matchesOpen(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels,
  open: boolean,
): Truth {
  const parts: { key: string; selector: LabelSelector }[] = [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      selector: { matchLabels: { [key]: value } },
    })),
    ...matchExpressions.map((requirement) => ({
      key: requirement.key,
      selector: { matchExpressions: [requirement] },
    })),
  ];
  return allOf(
    parts.map(({ key, selector }) =>
      open && !labels.has(key) ? 'unknown' : matchesSelector(selector, labels),
    ),
  );
}

/**
 * Ranges that nobody has on the internet (IANA's special-purpose registry): pods are given their
 * addresses out of these, also out of the one that is reserved (240.0.0.0/4) where the others are
 * used up.
 */
const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '240.0.0.0/4',
].flatMap((range) => parseCIDR(range) ?? []);

/** Whether a range of IPv4 lies outside of all private ones, so that no pod is in it. */
export function isPublicRange(cidr: string): boolean {
  const range = parseCIDR(cidr);
  if (range === undefined || !range.isIPv4 || range.prefix < 8) return false;
  return !privateRanges.some((one) => contains(one, range.network, true));
}

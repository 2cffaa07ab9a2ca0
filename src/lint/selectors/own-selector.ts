/**
 * Workloads whose selector does not match the labels of their own pod template: which pairs, and
 * which side is to blame.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { asJsonObject, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { findKind } from '../../kubernetes/kinds.ts';
import { remembered } from '../../memo.ts';
import { groupByEach } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { Place } from '../rule.ts';
import type { Pairs } from './nearest.ts';

export interface OwnSelector {
  readonly object: ClusterObject;
  /** Of the pod template. */
  readonly labels: Pairs;
  /** The pairs that do not match; empty where it is the expressions that do not hold. */
  readonly wrong: readonly WrongPair[];
  /**
   * Services that ask for what the selector asks for: once the template has it they find its pods,
   * and are not to blame themselves.
   */
  readonly followers: readonly (Place & { readonly message: string })[];
}

export interface WrongPair {
  readonly key: string;
  readonly wanted: string;
  /** What the template has under the key. */
  readonly actual: string | undefined;
  /** The nearest key of the template, where it lacks this one. */
  readonly near: string | undefined;
  /** The label is to blame rather than the selector. */
  readonly isLabel: boolean;
  /** From the object to the pair of the selector. */
  readonly at: Path;
}

interface Workload {
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Pairs } & Record<string, unknown>;
    readonly template?: { readonly metadata?: { readonly labels?: Pairs } };
  };
}

/** Those that the API server refuses for it, and those that the operator of their kind does. */
export function mismatchedSelectors(cluster: Cluster): OwnSelector[] {
  const refused = cluster.objects.refused.flatMap((object) => {
    if (!object.refusals.some(({ code }) => code === 'selector-mismatch')) return [];
    const { selector, template } = (object.value as Workload).spec ?? {};
    if (selector === undefined) return [];
    const onlyPairs = findKind(groupOf(object.apiVersion), object.kind)?.selector === 'pairs';
    const pairs = (onlyPairs ? selector : (selector.matchLabels ?? {})) as Pairs;
    return [compare(object, pairs, onlyPairs, template?.metadata?.labels ?? {}, cluster)];
  });
  const custom = customWorkloads.flatMap(({ group, kind, onlyPairs }) =>
    cluster.objects.ofKind(group, kind).flatMap((object) => {
      const spec = fieldAt(object.value, 'spec');
      const selector = fieldAt(spec, 'selector');
      const template = asJsonObject(fieldAt(spec, 'template'));
      if (template === undefined) return [];
      const pairs = textsAt(onlyPairs ? selector : fieldAt(selector, 'matchLabels'));
      const labels = textsAt(fieldAt(template, 'metadata', 'labels'));
      const own = compare(object, pairs, onlyPairs, labels, cluster);
      return own.wrong.length > 0 ? [own] : [];
    }),
  );
  return [...refused, ...custom];
}

/**
 * Kinds whose selector has to match their template as that of a Deployment has.
 *
 * @source openshift/openshift-apiserver pkg/apps/apis/apps/validation/validation.go
 *   `ValidateDeploymentConfigSpec` @0d8884e9
 * @source argoproj/argo-rollouts pkg/apis/rollouts/validation/validation.go
 *   `ValidateRolloutSpec` @v1.10.2
 */
const customWorkloads = [
  { group: 'apps.openshift.io', kind: 'DeploymentConfig', onlyPairs: true },
  { group: '', kind: 'DeploymentConfig', onlyPairs: true },
  { group: 'argoproj.io', kind: 'Rollout', onlyPairs: false },
] as const;

function textsAt(value: Json | undefined): Pairs {
  return Object.fromEntries(
    Object.entries(asJsonObject(value) ?? {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );
}

function compare(
  object: ClusterObject,
  pairs: Pairs,
  onlyPairs: boolean,
  labels: Pairs,
  cluster: Cluster,
): OwnSelector {
  const at = onlyPairs ? ['spec', 'selector'] : ['spec', 'selector', 'matchLabels'];
  const wrong = Object.entries(pairs)
    .filter(([key, value]) => matchesPairs({ [key]: value }, labelsFrom(labels)) === 'no')
    .map(([key, wanted]) => {
      const actual = getOwn(labels, key);
      const near = actual === undefined ? nearestName(key, Object.keys(labels)) : undefined;
      const mayBeLabel = actual !== undefined || getOwn(labels, near ?? '') === wanted;
      const isLabel = mayBeLabel && isMeant(key, wanted, pairs, labels, object, cluster);
      return { key, wanted, actual, near, isLabel, at: [...at, key] };
    });
  return {
    object,
    labels,
    wrong,
    followers: followersOf(wrong, { ...labels, ...pairs }, object, cluster),
  };
}

function followersOf(
  wrong: readonly WrongPair[],
  meant: Pairs,
  { namespace }: ClusterObject,
  cluster: Cluster,
): OwnSelector['followers'] {
  const asking = new Set(
    wrong.flatMap(({ key, wanted }) => servicesAsking(cluster, namespace, key, wanted)),
  );
  const order = placeOfService(cluster);
  return [...asking]
    .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .filter(({ selector }) =>
      Object.entries(selector ?? {}).every(([one, value]) => getOwn(meant, one) === value),
    )
    .map(({ object, selector }) => {
      const key = wrong.find((pair) => getOwn(selector, pair.key) === pair.wanted)?.key ?? '';
      return { object, at: ['spec', 'selector', key], message: 'this Service asks for the same' };
    });
}

/** Services of a namespace by the pairs of their selectors. */
const servicesByPair = remembered(({ services }: Cluster) =>
  groupByEach(services, ({ object, selector = {} }) =>
    Object.entries(selector).map(([key, value]) => pairKey(object.namespace, key, value)),
  ),
);

const placeOfService = remembered(
  ({ services }: Cluster) => new Map(services.map((service, at) => [service, at])),
);

const pairKey = (namespace: string | undefined, key: string, value: string): string =>
  JSON.stringify([namespace, key, value]);

/** Those whose selector has this pair. */
function servicesAsking(
  cluster: Cluster,
  namespace: string | undefined,
  key: string,
  value: string,
): readonly ServicePicture[] {
  return servicesByPair(cluster).get(pairKey(namespace, key, value)) ?? [];
}

/**
 * Whether the label is to blame rather than the selector: the workload's name or a Service bears
 * the selector out, and no Service the label. To change the selector would leave such a Service
 * without pods.
 */
function isMeant(
  key: string,
  wanted: string,
  pairs: Pairs,
  labels: Pairs,
  { name, namespace }: ClusterObject,
  cluster: Cluster,
): boolean {
  // A selector that asks for nothing but what some labels are asks for what they have under the
  // key.
  const asksFor = (known: Pairs, value: string | undefined): boolean =>
    value !== undefined &&
    servicesAsking(cluster, namespace, key, value).some(({ selector }) =>
      Object.entries(selector ?? {}).every(([one, other]) => getOwn(known, one) === other),
    );
  if (asksFor(labels, getOwn(labels, key))) return false;
  return name === wanted || asksFor({ ...labels, ...pairs }, wanted);
}

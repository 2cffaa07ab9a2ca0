/** What operators make of custom resources, as far as it is known: the vocabulary of the tables beside this file. */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { JsonObject, Path } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { LabelValue } from '../labels.ts';
import type { ObjectIndex } from '../objects.ts';
import { getOwn } from '../../own.ts';
import { podIndexLabel, podNameLabel, workloadLabels } from '../../kubernetes/labels.ts';

/** A custom resource as its operator reads it. */
export interface CustomResource {
  readonly kind: string;
  /** Empty with `generateName`. */
  readonly name: string;
  readonly namespace: string;
  /** As written: no schema has checked it. */
  readonly value: JsonObject;
}

/** What is known of a label's value: the value itself, a pattern that it follows, or null where only the cluster knows it. */
export type KnownValue = LabelValue | RegExp;
export type KnownLabels = Readonly<Record<string, KnownValue>>;

export interface MadePods {
  /** Labels that the pods have. */
  readonly labels: KnownLabels;
  /** Labels that they may have beside these, by version or setting of the operator. */
  readonly maybe?: KnownLabels;
  /** Domains of labels that the operator keeps to itself: `strimzi.io` stands for `strimzi.io/name` and `x.strimzi.io/name`. */
  readonly domains?: readonly string[];
  /** They may have any other label besides. */
  readonly labelsOpen?: true;
  /** All that listens. Absent where it is only partly known: such pods may be selected, but are not in the picture. */
  readonly spec?: PodSpec;
  /** From the resource to the pod template in it. */
  readonly templatePath?: Path;
  /** As asked for, before an autoscaler; absent where it is not known. */
  readonly replicas?: number | string;
  /** The number of the first pod, where pods are named and numbered as a StatefulSet of the resource's name would. */
  readonly firstOrdinal?: number;
  /** The governing Service. */
  readonly subdomain?: string;
}

export interface Made {
  readonly pods?: readonly MadePods[];
  /** Names of Services in the resource's namespace; others whose name contains the resource's own may be there too. */
  readonly services?: readonly string[];
  /** No object besides these is named after the resource. */
  readonly nothingElse?: true;
  /** It brings in manifests that were not read (a Helm release): any object may come of it, in this namespace, or in any. */
  readonly anything?: { readonly namespace?: string };
}

/** What comes of one resource; `objects` are those it may refer to. */
export type Operator = (resource: CustomResource, objects: ObjectIndex) => Made;

/** API group → kind → what comes of it. A kind that is not listed is not known. */
export type OperatorTable = Readonly<Record<string, Readonly<Record<string, Operator>>>>;

const makesNothing: Operator = () => ({});

/** Kinds that make neither pods nor Services. */
export function inert(kinds: string): Readonly<Record<string, Operator>> {
  return Object.fromEntries(kinds.split(' ').map((kind) => [kind, makesNothing]));
}

/** Labels of the pods of a StatefulSet that is not named as the resource is. */
export const statefulSetLabels = {
  [podNameLabel]: null,
  [podIndexLabel]: null,
  'controller-revision-hash': null,
} as const;

/** Whether a selector could take such pods, for all that is known of their labels. */
export function mayBeSelected(selector: Readonly<Record<string, string>>, pods: MadePods): boolean {
  return Object.entries(selector).every(([key, value]) => mayHave(pods, key, value));
}

function mayHave(
  { labels, maybe = {}, domains = [], labelsOpen }: MadePods,
  key: string,
  value: string,
): boolean {
  const known = getOwn(labels, key);
  if (known !== undefined && agrees(known, value)) return true;
  const possible = getOwn(maybe, key);
  if (possible !== undefined && agrees(possible, value)) return true;
  if (known !== undefined) return false;
  if (labelsOpen) return true;
  const [domain = ''] = key.includes('/') ? key.split('/') : [];
  return (
    workloadLabels.has(key) || domains.some((own) => domain === own || domain.endsWith(`.${own}`))
  );
}

/** A name that the API server will generate is none yet. */
function agrees(known: KnownValue, value: string): boolean {
  if (known instanceof RegExp) return known.test(value) || isPlaceholder(value);
  return (
    known === null ||
    known === '' ||
    known === value ||
    isPlaceholder(known) ||
    isPlaceholder(value)
  );
}

/** Values that an operator makes of the resource's name and something else. */
export function containing(name: string): RegExp {
  return new RegExp(name.replace(/[^\w-]/g, '\\$&'));
}

/** The labels as the picture has them. */
export function certainLabels(labels: KnownLabels): [string, LabelValue][] {
  return Object.entries(labels).map(([key, value]) => [
    key,
    value instanceof RegExp ? null : value,
  ]);
}

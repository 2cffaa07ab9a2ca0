/**
 * What operators make of custom resources, as far as it is known: the vocabulary of the tables
 * beside this file.
 */
import type { PodSpec, ServicePort } from 'kubernetes-types/core/v1';
import type { JsonObject, Path } from '../../kubernetes/json.ts';
import { podIndexLabel, podNameLabel, workloadLabels } from '../../kubernetes/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import type { LabelValue } from '../labels.ts';
import type { ObjectIndex } from '../objects.ts';

/** A custom resource as its operator reads it. */
export interface CustomResource {
  readonly kind: string;
  /** Empty with `generateName`. */
  readonly name: string;
  readonly namespace: string;
  /** As written: no schema has checked it. */
  readonly value: JsonObject;
}

/**
 * What is known of a label's value: the value itself, a pattern that it follows, or null where only
 * the cluster knows it.
 */
export type KnownValue = LabelValue | RegExp;
export type KnownLabels = Readonly<Record<string, KnownValue>>;

export interface MadePods {
  /** Labels that the pods have. */
  readonly labels: KnownLabels;
  /** Labels that they may have beside these, by release or setting of the operator. */
  readonly maybe?: KnownLabels;
  /** Labels that stand in the resource and may be passed on to them. */
  readonly written?: KnownLabels;
  /**
   * Domains of labels that the operator keeps to itself: `strimzi.io` stands for `strimzi.io/name`
   * and `x.strimzi.io/name`.
   */
  readonly domains?: readonly string[];
  /** Labels whose key is made of something: `topology-location-zone`. */
  readonly keys?: RegExp;
  /** They may have any other label besides. */
  readonly labelsOpen?: true;
  /** They run where the operator does, or wherever it is told to, not beside the resource. */
  readonly anywhere?: true;
  /**
   * All that listens. Absent where it is only partly known: such pods may be selected, but are not
   * in the picture.
   */
  readonly spec?: PodSpec;
  /** Of the containers in `spec` only names and ports are known: the operator writes the rest. */
  readonly sketched?: true;
  /** From the resource to the pod template in it. */
  readonly templatePath?: Path;
  /** As asked for, before an autoscaler; absent where it is not known. */
  readonly replicas?: number | string;
  /**
   * The number of the first pod, where pods are named and numbered as a StatefulSet of the
   * resource's name would.
   */
  readonly firstOrdinal?: number;
  /** The governing Service. */
  readonly subdomain?: string;
  /**
   * Where the resource names it: the operator does nothing before it is there and takes the pods.
   */
  readonly subdomainAt?: Path;
}

/** A Service of which all ports are known; of others there is only the name. */
export interface MadeService {
  readonly name: string;
  readonly ports: readonly ServicePort[];
}

export interface Creation {
  readonly pods?: readonly MadePods[];
  /**
   * Services in the resource's namespace; others whose name contains the resource's own may be
   * there too.
   */
  readonly services?: readonly (string | MadeService)[];
  /** The same, of names that the operator counts up or that do not hold the resource's. */
  readonly serviceNames?: RegExp;
  /** There are no Services besides these, whatever their name. */
  readonly allServices?: true;
  /** Names of Secrets in the resource's namespace; there may be others. */
  readonly secrets?: readonly string[];
  /** No object besides these is named after the resource. */
  readonly nothingElse?: true;
  /**
   * It brings in manifests that were not read (a Helm release): any object may come of it, in this
   * namespace, or in any.
   */
  readonly anything?: { readonly namespace?: string };
}

/** What comes of one resource; `objects` are those it may refer to. */
export type Operator = (resource: CustomResource, objects: ObjectIndex) => Creation;

/** API group → kind → what comes of it. A kind that is not listed is not known. */
export type OperatorTable = Readonly<Record<string, Readonly<Record<string, Operator>>>>;

/** What stands for a Service is its name, or has it. */
export function serviceName(service: string | MadeService): string {
  return typeof service === 'string' ? service : service.name;
}

const makesNothing: Operator = () => ({});

/** Kinds that make neither pods nor Services. */
export function makingNothing(kinds: string): Readonly<Record<string, Operator>> {
  return Object.fromEntries(kinds.split(' ').map((kind) => [kind, makesNothing]));
}

/** Labels of the pods of a StatefulSet that is not named as the resource is. */
export const statefulSetLabels = {
  [podNameLabel]: null,
  [podIndexLabel]: null,
  'controller-revision-hash': null,
} as const;

/**
 * How well a selector goes with such pods, for all that is known of their labels:
 * - `certain`: it asks for nothing but labels that they have, with these values
 * - `explained`: or that they had in some release, or that stand in the resource
 * - `possible`: it asks for others that they may have
 */
export type Fit = 'certain' | 'explained' | 'possible' | 'no';

export function fitOf(selector: Readonly<Record<string, string>>, pods: MadePods): Fit {
  let result: Fit = 'certain';
  for (const [key, value] of Object.entries(selector)) {
    const fit = fitOfPair(pods, key, value);
    if (fit === 'no') return 'no';
    if (fit === 'possible' || (fit === 'explained' && result === 'certain')) result = fit;
  }
  return result;
}

/** The same for one pair of it. */
export function fitOfPair(
  { labels, maybe = {}, written = {}, domains = [], keys, labelsOpen }: MadePods,
  key: string,
  value: string,
): Fit {
  const known = getOwn(labels, key);
  if (known === value) return 'certain';
  const possible = getOwn(maybe, key);
  if (possible === value) return 'explained';
  // Whoever wrote it into the resource meant its pods.
  if (known === undefined && getOwn(written, key) === value) return 'explained';
  for (const one of [known, possible, getOwn(written, key)])
    if (one !== undefined && agrees(one, value)) return 'possible';
  if (known !== undefined) return 'no';
  if (labelsOpen || keys?.test(key) || workloadLabels.has(key)) return 'possible';
  const domain = domainOf(key);
  return domains.some((own) => domain === own || domain.endsWith(`.${own}`)) ? 'possible' : 'no';
}

/** The part of a label's key before the slash; empty where there is none. */
export function domainOf(key: string): string {
  const slash = key.indexOf('/');
  return slash === -1 ? '' : key.slice(0, slash);
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
  // Nothing is left of the name that an expression would mean.
  // eslint-disable-next-line no-restricted-syntax
  return new RegExp(name.replace(/[^\w-]/g, '\\$&'));
}

/** The labels as the picture has them. */
export function certainLabels(labels: KnownLabels): [string, LabelValue][] {
  return Object.entries(labels).map(([key, value]) => [
    key,
    value instanceof RegExp ? null : value,
  ]);
}

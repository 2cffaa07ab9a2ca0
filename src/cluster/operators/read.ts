/**
 * Reads custom resources that no schema has checked: what is not of the expected form is not there.
 */
import type { Container, ContainerPort, PodSpec } from 'kubernetes-types/core/v1';
import {
  asJsonObject,
  asList,
  fieldAt,
  type Json,
  type JsonObject,
  type Path,
} from '../../kubernetes/json.ts';
import { getOwn, setOwn } from '../../own.ts';
import type { LabelValue } from '../labels.ts';
import type { CustomResource, KnownLabels, MadePods } from './operator.ts';

/**
 * A count as written, a placeholder included; `fallback` where it is left out, undefined where it
 * is not a count.
 */
export function countAt(value: Json | undefined, fallback?: number): number | string | undefined {
  if (value === undefined || value === null) return fallback;
  return typeof value === 'string' || isCount(value) ? value : undefined;
}

export function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** The product of counts; not known as soon as one of them is not. */
export function product(...counts: readonly (number | string | undefined)[]): number | undefined {
  let result = 1;
  for (const count of counts) {
    if (typeof count !== 'number') return undefined;
    result *= count;
  }
  return result;
}

/**
 * A map of labels. A value that is not a string is refused or read in some way of the operator's
 * own: there, but not known.
 */
export function labelsOf(value: Json | undefined): Record<string, LabelValue> {
  return Object.fromEntries(
    Object.entries(asJsonObject(value) ?? {}).map(([key, label]) => [
      key,
      typeof label === 'string' ? label : null,
    ]),
  );
}

/**
 * Every pair below any field named `labels`, `podLabels` and the like: what an operator may pass on
 * to pods.
 */
export function labelsWithin(value: Json): Record<string, LabelValue> {
  const found: Record<string, LabelValue> = {};
  collectLabels(value, found);
  return found;
}

function collectLabels(value: Json, found: Record<string, LabelValue>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collectLabels(item, found);
    return;
  }
  for (const field of Object.keys(value)) {
    const child = getOwn(value, field) ?? null;
    // What a resource selects by is not what its pods are given.
    if (field === 'matchLabels') continue;
    if (!/labels$/i.test(field)) collectLabels(child, found);
    else
      for (const [key, label] of Object.entries(labelsOf(child)))
        setOwn(
          found,
          key,
          Object.hasOwn(found, key) && getOwn(found, key) !== label ? null : label,
        );
  }
}

/**
 * Pods of which the labels are known but not all ports; whatever labels stand in the resource may
 * be passed on to them.
 */
export function partly(
  { value }: CustomResource,
  labels: KnownLabels,
  domains: readonly string[] = [],
  maybe: KnownLabels = {},
): MadePods {
  return { labels, domains, maybe, written: labelsWithin(value) };
}

/**
 * A pod template that somebody wrote; undefined where there is none. Of a spec that is not
 * well-formed, or filled in later, only the labels are known.
 */
export function templateAt(
  value: Json | undefined,
  path: Path,
):
  | {
      readonly labels: Record<string, LabelValue>;
      readonly spec?: PodSpec;
      readonly templatePath: Path;
    }
  | undefined {
  const template = fieldAt(value, ...path);
  const spec = asJsonObject(fieldAt(template, 'spec'));
  if (spec === undefined) return undefined;
  const labels = labelsOf(fieldAt(template, 'metadata', 'labels'));
  const sound = withoutUnsound(spec);
  return { labels, ...(isPodSpec(sound) && { spec: sound }), templatePath: path };
}

/**
 * A pod's spec without the optional parts that have another form than the API server would insist
 * on.
 */
function withoutUnsound(spec: JsonObject): JsonObject {
  const lists = ['topologySpreadConstraints', 'tolerations', 'hostAliases', 'imagePullSecrets'];
  const kept = without(spec, [
    ...lists.filter((field) => !isListOfObjects(getOwn(spec, field))),
    ...(isAffinity(getOwn(spec, 'affinity')) ? [] : ['affinity']),
  ]);
  for (const field of ['containers', 'initContainers']) {
    const list = getOwn(kept, field);
    if (Array.isArray(list)) setOwn(kept, field, list.map(soundContainer));
  }
  return kept;
}

function soundContainer(item: Json): Json {
  const container = asJsonObject(item);
  if (container === undefined) return item;
  const isList = (value: Json | undefined): boolean =>
    value === undefined || value === null || Array.isArray(value);
  const kept = without(container, [
    ...['command', 'args'].filter((field) => !isList(getOwn(container, field))),
    ...['env', 'envFrom', 'volumeMounts'].filter(
      (field) => !isListOfObjects(getOwn(container, field)),
    ),
  ]);
  const ports = getOwn(kept, 'ports');
  if (isListOfObjects(ports)) setOwn(kept, 'ports', asList(ports).map(soundPort));
  return kept;
}

/** A name that is none is not there. */
function soundPort(port: Json): Json {
  return typeof fieldAt(port, 'name') === 'string' ? port : without(port as JsonObject, ['name']);
}

/** Required and preferred terms are lists, and a preferred one holds the term itself. */
function isAffinity(affinity: Json | undefined): boolean {
  return ['podAffinity', 'podAntiAffinity'].every((kind) => {
    const terms = fieldAt(affinity, kind);
    const preferred = fieldAt(terms, 'preferredDuringSchedulingIgnoredDuringExecution');
    return (
      isListOfObjects(fieldAt(terms, 'requiredDuringSchedulingIgnoredDuringExecution')) &&
      isListOfObjects(preferred) &&
      asList(preferred).every(
        (term) => asJsonObject(fieldAt(term, 'podAffinityTerm')) !== undefined,
      )
    );
  });
}

function without(object: JsonObject, fields: readonly string[]): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));
}

/** Whether the parts that endpoints depend on have the form that the API server would insist on. */
function isPodSpec(spec: JsonObject): spec is JsonObject & PodSpec {
  const containers = [...asList(spec['containers']), ...asList(spec['initContainers'])];
  return (
    Array.isArray(spec['containers']) &&
    ['containers', 'initContainers', 'volumes', 'readinessGates', 'schedulingGates'].every(
      (field) => isListOfObjects(getOwn(spec, field)),
    ) &&
    containers.every((item) => {
      const { ports, ...others } = item as JsonObject;
      return (
        isListOfObjects(ports) &&
        ['livenessProbe', 'readinessProbe', 'startupProbe'].every((probe) =>
          isAbsentOrObject(getOwn(others, probe)),
        )
      );
    })
  );
}

function isListOfObjects(value: Json | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) && value.every((item) => asJsonObject(item) !== undefined))
  );
}

function isAbsentOrObject(value: Json | undefined): boolean {
  return value === undefined || value === null || asJsonObject(value) !== undefined;
}

/** A container that an operator adds; of its image nothing depends. */
export function container(name: string, ports: readonly ContainerPort[]): Container {
  return { name, image: name, ports: [...ports] };
}

/**
 * What the resource's own `spec.containers` make of an operator's: one of the same name is patched,
 * any other is added. The resource's come first, so that their paths hold.
 */
export function mergeContainers(value: Json | undefined, own: readonly Container[]): Container[] {
  const written = asList(value).filter(
    (item) => isListOfObjects(fieldAt(item, 'ports')) && asJsonObject(item) !== undefined,
  ) as unknown as Container[];
  const names = new Set(written.map(({ name }) => name));
  const merged = written.map((patch) => {
    const patched = own.find(({ name }) => name === patch.name);
    return patched === undefined
      ? patch
      : { ...patched, ...patch, ports: mergePorts(patch.ports ?? [], patched.ports ?? []) };
  });
  return [...merged, ...own.filter(({ name }) => !names.has(name))];
}

/** Ports are merged by their number and protocol. */
function mergePorts(
  patch: readonly ContainerPort[],
  own: readonly ContainerPort[],
): ContainerPort[] {
  const key = ({ containerPort, protocol = 'TCP' }: ContainerPort): string =>
    `${containerPort}/${protocol}`;
  const patched = new Set(patch.map(key));
  return [...patch, ...own.filter((port) => !patched.has(key(port)))];
}

/**
 * Kinds that the user has taught us: what comes of them is read off the resource by the paths that
 * were given.
 */
import { asJsonObject, asList, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import type { LabelValue } from '../labels.ts';
import type { Creation, CustomResource, MadePods } from './operator.ts';
import { countAt, labelsOf, templateAt } from './read.ts';

/** A path to fields; the step `*` stands for every item of a list. */
export type FieldPath = readonly (string | number)[];

export interface CustomWorkload {
  readonly group: string;
  readonly kind: string;
  /** To pod templates; none where the kind makes no pods. */
  readonly templates: readonly FieldPath[];
  readonly replicas: FieldPath;
  /** To a label selector, whose pairs the pods have. */
  readonly selector?: FieldPath;
  /** The pods have no other labels. */
  readonly exactLabels: boolean;
  /** Names of Services that come of it; `{name}` stands for the resource's own. */
  readonly services: readonly string[];
}

/** `spec.groups[*].template` or `spec.pools[0]`; undefined where it is not a path. */
export function parseFieldPath(text: string): FieldPath | undefined {
  const steps: (string | number)[] = [];
  for (const part of text.replace(/^\.|^\$\./, '').split('.')) {
    const [, name, indexes = ''] = /^([A-Za-z_$][\w$-]*)((?:\[(?:\d+|\*)\])*)$/.exec(part) ?? [];
    if (name === undefined) return undefined;
    steps.push(name);
    for (const [, index = ''] of indexes.matchAll(/\[(\d+|\*)\]/g))
      steps.push(index === '*' ? '*' : Number(index));
  }
  return steps;
}

export function findCustomWorkload(
  workloads: readonly CustomWorkload[],
  group: string,
  kind: string,
): CustomWorkload | undefined {
  return workloads.find((workload) => workload.group === group && workload.kind === kind);
}

export function customPods(workload: CustomWorkload, { name, value }: CustomResource): Creation {
  const services = workload.services.map((pattern) => pattern.replaceAll('{name}', name));
  return {
    pods: workload.templates.flatMap((pattern) =>
      expand(value, pattern).flatMap((path) => podsOf(workload, value, pattern, path)),
    ),
    ...(services.length > 0 && { services }),
  };
}

function podsOf(
  { replicas, selector, exactLabels }: CustomWorkload,
  value: Json,
  template: FieldPath,
  path: Path,
): MadePods[] {
  const found = templateAt(value, path);
  if (found === undefined) return [];
  const beside = (other: FieldPath): Json | undefined =>
    fieldAt(value, ...besideOf(other, template, path));
  const labels: Record<string, LabelValue> = {
    ...(selector === undefined ? {} : selectedLabels(beside(selector))),
    ...found.labels,
  };
  const count = countAt(beside(replicas));
  return [
    {
      ...found,
      labels,
      ...(!exactLabels && { labelsOpen: true }),
      ...(count !== undefined && { replicas: count }),
    },
  ];
}

/** The pairs that a selector asks for: those of `matchLabels`, or of a plain map. */
function selectedLabels(selector: Json | undefined): Record<string, LabelValue> {
  const { matchLabels, matchExpressions, ...plain } = asJsonObject(selector) ?? {};
  return matchLabels === undefined && matchExpressions === undefined
    ? labelsOf(plain)
    : labelsOf(matchLabels);
}

/** Every path that the pattern stands for. */
function expand(value: Json, pattern: FieldPath): Path[] {
  let found: { path: Path; value: Json | undefined }[] = [{ path: [], value }];
  for (const step of pattern) {
    found = found.flatMap(({ path, value: at }) =>
      step === '*'
        ? asList(at).map((item, index) => ({ path: [...path, index], value: item }))
        : [{ path: [...path, step], value: fieldAt(at, step) }],
    );
  }
  return found.filter(({ value: at }) => at !== undefined).map(({ path }) => path);
}

/** Of `groups[*].replicas` the one beside the template of `groups[1]`. */
function besideOf(pattern: FieldPath, template: FieldPath, path: Path): Path {
  return pattern.map((step, depth) =>
    step === '*' && template[depth] === '*' ? (path[depth] ?? step) : step,
  );
}

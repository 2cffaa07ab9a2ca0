/** What to write instead of what could not be decoded. */
import type { Json, Path } from '../../kubernetes/json.ts';
import { getOwn } from '../../own.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { MinorVersion } from '../options.ts';
import { type Home, homesOf, takes } from './field-home.ts';
import type { Refusal } from './refusal.ts';
import type { StructType } from './struct-type.ts';

/** Go's names of strings: `string`, and types made of it such as `v1.Protocol`. */
export function isGoString(go: string): boolean {
  return go === 'string' || /^v1\.[A-Z]\w*$/.test(go);
}

export function helpForType(value: Json, go: string, path: Path): string | undefined {
  const wantsString = isGoString(go);
  if (typeof value === 'boolean' && wantsString)
    return 'quote the value, YAML reads it as a boolean';
  if (typeof value === 'number' && wantsString)
    return `quote the value: "${value}"; YAML reads it as a number`;
  if (typeof value === 'boolean' && go === 'int32')
    return 'write a number or a name; YAML reads yes, no, on, off, y and n as booleans';
  if (typeof value === 'number' && (go === 'int32' || go === 'int64'))
    return Number.isInteger(value) ? undefined : 'write a whole number';
  if (typeof value === 'string' && (go === 'int32' || go === 'int64') && /^-?\d+$/.test(value))
    return `remove the quotes: ${value}`;
  if (typeof value === 'string' && go === 'bool' && /^(true|false)$/.test(value))
    return `remove the quotes: ${value}`;
  if (
    path.at(-2) === 'selector' &&
    (path.at(-1) === 'matchLabels' || path.at(-1) === 'matchExpressions')
  ) {
    return `write the labels right under selector; ${path.at(-1)} is for workloads`;
  }
  if (go.startsWith('[]') && typeof value === 'object' && value !== null && !Array.isArray(value))
    return 'write a list: begin the item with "- "';
  if (Array.isArray(value) && !go.startsWith('[]') && value.length === 1)
    return 'write the item itself, without "- "';
  return undefined;
}

export function helpForBytes(path: Path): string {
  return path[0] === 'data'
    ? 'write it under stringData, which takes plain text, or encode it: base64 < FILE'
    : 'encode it: base64 < FILE';
}

/** Fields of beta versions that people still write, by the struct that had them. */
const movedFields: Readonly<Record<string, string>> = {
  'IngressBackend.serviceName': 'write service.name',
  'IngressBackend.servicePort': 'write service.port.number or service.port.name',
  'IngressSpec.backend': 'write defaultBackend',
  'HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage':
    'write a metric of type Resource, or use autoscaling/v1',
};

/** The same for all sources of metrics that an autoscaler has. */
const movedMetrics: Readonly<Record<string, string>> = {
  metricName: 'write metric.name',
  metricSelector: 'write metric.selector',
  targetAverageUtilization: 'write target.averageUtilization, and target.type: Utilization',
  targetAverageValue: 'write target.averageValue, and target.type: AverageValue',
  targetValue: 'write target.value, and target.type: Value',
};

/** What people write into a workload although it is a Service's, and the reverse. */
const othersFields: Readonly<Record<string, string>> = {
  'ServicePort.containerPort': 'write targetPort',
  'Container.port': 'write ports, a list of items with a containerPort',
  'Container.containerPort': 'write it into an item of ports',
  'ContainerPort.targetPort': 'write containerPort; targetPort is a field of a Service port',
  'ContainerPort.port': 'write containerPort; port is a field of a Service port',
  'ContainerPort.nodePort': 'nodePort is a field of a Service port',
  'ServiceSpec.matchLabels': 'write selector, with the labels right under it',
  'HTTPIngressRuleValue.path': 'write it into an item of paths',
};

export interface UnknownField {
  readonly key: string;
  readonly value: Json;
  /** Of the struct that it stands in. */
  readonly parent: Path;
  readonly struct: StructType;
  /** The fields beside it. */
  readonly siblings: Readonly<Record<string, Json>>;
  /** Of the object. */
  readonly root: StructType;
}

/**
 * What was meant by a field that its struct does not have: another release's, a typo, or
 * a field of a struct nearby.
 */
export function helpForUnknownField(
  { key, value, parent, struct, siblings, root }: UnknownField,
  minor: MinorVersion,
): Pick<Refusal, 'help' | 'replacement' | 'likely' | 'home'> {
  const known =
    getOwn(movedFields, `${struct.name}.${key}`) ??
    getOwn(othersFields, `${struct.name}.${key}`) ??
    (struct.name.endsWith('MetricSource') ? getOwn(movedMetrics, key) : undefined);
  if (known !== undefined) {
    const [, likely] = /^write (\w+)(?:$|[;,] )/.exec(known) ?? [];
    const field = likely === undefined ? undefined : struct.fields.get(likely);
    return {
      help: known,
      ...(likely !== undefined && field !== undefined && { likely }),
    };
  }
  const other = struct.fields.get(key);
  if (other !== undefined)
    return {
      help:
        other.since > minor
          ? `known since Kubernetes 1.${other.since}`
          : `known until Kubernetes 1.${other.until}`,
    };
  const names: string[] = [];
  for (const [name, field] of struct.fields)
    if (field.since <= minor && field.until >= minor) names.push(name);
  const nearest = nearestName(key, names);
  const field = nearest === undefined ? undefined : struct.fields.get(nearest);
  if (nearest !== undefined && field !== undefined && takes(field.type, value)) {
    return Object.hasOwn(siblings, nearest)
      ? { help: `did you mean ${nearest}? It is there already: take this one out` }
      : { help: `did you mean ${nearest}?`, replacement: nearest };
  }
  const homes = leftEmpty(homesOf(key, value, parent, root, minor), siblings);
  const described = describeHomes(homes);
  const [home] = homes;
  if (described !== undefined && home !== undefined)
    return { help: described, ...(homes.length === 1 && { home: home.steps }) };
  if (nearest !== undefined) return { help: `did you mean ${nearest}?` };
  if (typeof value === 'object' && names.length > 0 && names.length <= 5)
    return { help: `known fields: ${names.sort().join(', ')}` };
  return {};
}

/** `livenessProbe:` with nothing below it, and what belongs there beside it. */
function leftEmpty(homes: readonly Home[], siblings: UnknownField['siblings']): readonly Home[] {
  const empty = homes.filter(({ steps }) => getOwn(siblings, String(steps.at(-1))) === null);
  return empty.length === 0 ? homes : empty;
}

/** Of more than two places none was meant. */
function describeHomes(homes: readonly Home[]): string | undefined {
  const [home] = homes;
  if (home === undefined || homes.length > 2) return undefined;
  const places = homes.map(({ path, levelsUp }) => {
    const place = path.endsWith('[]')
      ? `in an item of ${path.slice(0, -2)}`
      : path === ''
        ? 'at the top of the object'
        : `under ${path}`;
    return levelsUp === undefined
      ? place
      : `${levelsUp === 1 ? 'one level' : `${levelsUp} levels`} up, ${place}`;
  });
  return `it belongs ${places.join(' or ')}`;
}

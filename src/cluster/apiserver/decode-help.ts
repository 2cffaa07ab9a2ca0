/** What to write instead of what could not be decoded. */
import type { Json, Path } from '../../manifest/node.ts';
import type { MinorVersion } from '../options.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { StructType } from './struct-type.ts';

export function helpForType(value: Json, go: string, path: Path): string | undefined {
  const wantsString = go === 'string' || /^v1\.[A-Z]\w*$/.test(go);
  if (typeof value === 'boolean' && wantsString) return 'quote the value, YAML reads it as a boolean';
  if (typeof value === 'number' && wantsString) return `quote the value: "${value}"; YAML reads it as a number`;
  if (typeof value === 'boolean' && go === 'int32') return 'write a number or a name; YAML reads yes, no, on, off, y and n as booleans';
  if (typeof value === 'number' && (go === 'int32' || go === 'int64')) return Number.isInteger(value) ? undefined : 'write a whole number';
  if (typeof value === 'string' && (go === 'int32' || go === 'int64') && /^-?\d+$/.test(value)) return `remove the quotes: ${value}`;
  if (typeof value === 'string' && go === 'bool' && /^(true|false)$/.test(value)) return `remove the quotes: ${value}`;
  if (path.at(-2) === 'selector' && (path.at(-1) === 'matchLabels' || path.at(-1) === 'matchExpressions')) {
    return `write the labels right under selector; ${path.at(-1)} is for workloads`;
  }
  if (go.startsWith('[]') && typeof value === 'object' && value !== null && !Array.isArray(value))
    return 'write a list: begin the item with "- "';
  if (Array.isArray(value) && !go.startsWith('[]') && value.length === 1) return 'write the item itself, without "- "';
  return undefined;
}

/** Fields of beta versions that people still write, by the struct that had them. */
const movedFields: Readonly<Record<string, string>> = {
  'IngressBackend.serviceName': 'write service.name',
  'IngressBackend.servicePort': 'write service.port.number or service.port.name',
  'IngressSpec.backend': 'write defaultBackend',
  'HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage': 'write a metric of type Resource, or use autoscaling/v1',
};

export function helpForUnknownField(key: string, value: Json, struct: StructType, minor: MinorVersion): string | undefined {
  const moved = movedFields[`${struct.name}.${key}`];
  if (moved !== undefined) return moved;
  const other = struct.fields.get(key);
  if (other !== undefined)
    return other.since > minor ? `known since Kubernetes 1.${other.since}` : `known until Kubernetes 1.${other.until}`;
  const names: string[] = [];
  for (const [name, field] of struct.fields) if (field.since <= minor && field.until >= minor) names.push(name);
  const nearest = nearestName(key, names);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  if (struct.name === 'ServicePort' && key === 'containerPort') return 'write targetPort';
  if (typeof value === 'object' && names.length > 0 && names.length <= 5) return `known fields: ${names.sort().join(', ')}`;
  return undefined;
}

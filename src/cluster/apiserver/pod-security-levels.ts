/** Which standard of Pod Security a namespace enforces; pod-security.ts has the standards. */
import type { JsonObject } from '../../kubernetes/json.ts';
import { objectAt, stringAt } from './fields.ts';

/** The two standards that forbid anything; "privileged" allows all. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/**
 * By namespace the level that its label enforces. Workloads are always taken, with a warning; it is
 * their pods that are not.
 */
export type EnforcedLevels = ReadonlyMap<string, PodSecurityLevel>;

export const enforceLabel = 'pod-security.kubernetes.io/enforce';

export function enforcedLevels(
  objects: Iterable<{
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly value: JsonObject;
  }>,
): EnforcedLevels {
  const levels = new Map<string, PodSecurityLevel>();
  for (const object of objects) {
    if (object.kind !== 'Namespace' || object.apiVersion !== 'v1') continue;
    const level = stringAt(objectAt(objectAt(object.value, 'metadata'), 'labels'), enforceLabel);
    if (level === 'baseline' || level === 'restricted') levels.set(object.name, level);
    else levels.delete(object.name);
  }
  return levels;
}

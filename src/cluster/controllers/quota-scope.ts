/** Quotas that count some of the pods of a namespace only (pkg/quota/v1/evaluator/core/pods.go). */
import { asList, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { PodSet } from '../pods.ts';

/** What a container asks for; what a placeholder decides is in `open`. */
interface Asking {
  readonly requests: ReadonlyMap<string, unknown>;
  readonly limits: ReadonlyMap<string, unknown>;
  readonly open: ReadonlySet<string>;
}

/** Whether the pods of a set are counted. */
export type Scope = (set: PodSet, containers: readonly Asking[]) => boolean;

/**
 * Which pods a quota counts (`podMatchesScopeFunc` of pods.go); of scopes that are not known none.
 */
export function scopeOf(spec: Json | undefined): Scope {
  const scopes = asList(fieldAt(spec, 'scopes')).map((scope) => ({
    scope,
    operator: 'Exists',
    values: [] as readonly Json[],
  }));
  const selected = asList(fieldAt(spec, 'scopeSelector', 'matchExpressions')).map((one) => ({
    scope: fieldAt(one, 'scopeName') ?? null,
    operator: asText(fieldAt(one, 'operator')) ?? '',
    values: asList(fieldAt(one, 'values')),
  }));
  return (set, containers) =>
    [...scopes, ...selected].every(({ scope, operator, values }) =>
      isInScope(set, containers, scope, operator, values),
    );
}

function isInScope(
  { spec }: PodSet,
  containers: readonly Asking[],
  scope: Json,
  operator: string,
  values: readonly Json[],
): boolean {
  const isTerminating = spec.activeDeadlineSeconds !== undefined;
  const isBestEffort = containers.every(
    ({ requests, limits, open }) =>
      open.size === 0 &&
      ['cpu', 'memory'].every((name) => !requests.has(name) && !limits.has(name)),
  );
  const priority = spec.priorityClassName;
  switch (scope) {
    case 'Terminating':
      return isTerminating;
    case 'NotTerminating':
      return !isTerminating;
    case 'BestEffort':
      return isBestEffort;
    case 'NotBestEffort':
      return !isBestEffort && containers.every(({ open }) => open.size === 0);
    case 'PriorityClass':
      if (operator === 'Exists') return priority !== undefined;
      if (operator === 'DoesNotExist') return priority === undefined;
      if (isPlaceholder(priority)) return false;
      return (operator === 'In') === (priority !== undefined && values.includes(priority));
    default:
      return false;
  }
}

/** Labels that pods get while they run, of which no manifest tells. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { isSetAtRunTime, leadingValues } from '../../kubernetes/labels.ts';

/** Namespaces with a label that says who leads. */
const mostLookedInto = 20;

/**
 * The first key of a selector for pods of a namespace that is set on running ones only. A label
 * that says who leads is so, unless a manifest sets it there itself: `beehive-role: master`,
 * `operator: leader`, `is-leader: "true"`.
 */
export function runtimeKey(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  namespace: string,
  { pods }: Pick<Cluster, 'pods'>,
): string | undefined {
  // Pods of another namespace that have all of it from their manifest are those that were meant.
  const isElsewhere = (key: string, value: string): boolean =>
    pods
      .namespacesWith(key, value)
      .slice(0, mostLookedInto)
      .some((other) => pods.select(matchLabels, other).some(({ truth }) => truth === 'yes'));
  const isRuntime = (key: string, value: string): boolean => {
    if (isSetAtRunTime(key)) return true;
    const values = leadingValues(key, value);
    return (
      values !== undefined &&
      !values.some((one) => pods.hasPair(namespace, key, one)) &&
      !isElsewhere(key, value)
    );
  };
  const pair = Object.entries(matchLabels).find(([key, value]) => isRuntime(key, value));
  return (
    pair?.[0] ??
    matchExpressions.find(
      ({ key, operator, values = [''] }) =>
        operator !== 'DoesNotExist' && values.some((value) => isRuntime(key, value)),
    )?.key
  );
}

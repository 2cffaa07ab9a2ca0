import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { ClusterObject } from '../../cluster/objects.ts';
import { controllerKinds, isDecoded } from '../../kubernetes/kinds.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';

/**
 * By which labels a workload's controller knows its pods; that of a ReplicationController is
 * nothing but pairs. Undefined for kinds without a selector of their own, and where a placeholder
 * decides.
 */
export function workloadSelector(object: ClusterObject): LabelSelector | undefined {
  if (
    !controllerKinds.some((kind) => kind === object.kind) ||
    !isDecoded(object) ||
    object.incomplete.length > 0
  )
    return undefined;
  const selector = (object.value as { spec?: { selector?: object } }).spec?.selector;
  const { matchLabels, matchExpressions }: LabelSelector =
    object.kind === 'ReplicationController'
      ? { matchLabels: selector as Record<string, string> }
      : (selector ?? {});
  const values = Object.values(matchLabels ?? {});
  if (matchLabels === undefined || values.length === 0 || values.some(isPlaceholder))
    return undefined;
  return {
    matchLabels,
    ...(matchExpressions !== undefined && matchExpressions.length > 0 && { matchExpressions }),
  };
}

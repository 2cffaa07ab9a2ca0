/** A label selector that takes no pod of its namespace: what was meant, or why nobody can know. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { Path } from '../../kubernetes/json.ts';
import { getOwn } from '../../own.ts';
import type { Unseen } from '../unseen/unseen.ts';
import { describeNearest, type Nearest, type Pairs } from './nearest.ts';
import { nearestWorkload } from './nearest-workload.ts';
import { holdsPoliciesOnly } from './policies-only.ts';
import { runtimeKey } from './runtime-labels.ts';
import { isProven, unseenPods } from './unseen-pods.ts';

export type Dangling =
  /** `open`: nothing points to it, but not enough was read to rule it out. */
  | { readonly state: 'unknown'; readonly reason: string; readonly open?: true }
  /** There are others to take, none of which is similar. */
  | { readonly state: 'none' }
  | {
      readonly state: 'near';
      readonly nearest: Nearest;
      /** The pairs that the nearest was compared with. */
      readonly pairs: Pairs;
      /** Proven: one slip away, and both namespaces are written if they matter. */
      readonly sure: boolean;
    };

/** More combinations of the values of `In` than this are not tried. */
const mostCombinations = 8;

/**
 * Why a selector of an object takes no pod; the caller knows that it takes none, neither certainly
 * nor possibly.
 *
 * @param namespace that of the object, or another one into which it may be applied
 */
export function danglingSelector(
  selector: LabelSelector,
  object: ClusterObject,
  cluster: Cluster,
  unseen: Unseen,
  namespace = object.namespace ?? cluster.options.namespace,
): Dangling {
  const unknown = (reason: string) => ({ state: 'unknown', reason }) as const;
  const combinations = combinationsOf(selector);
  const runtime = runtimeKey(selector, namespace, cluster);
  if (runtime !== undefined) return unknown(runtimeReason(runtime));
  const near = combinations
    .map((pairs) => ({ pairs, nearest: nearestWorkload(pairs, object, cluster, namespace) }))
    .sort((a, b) => Number(b.nearest?.certain ?? false) - Number(a.nearest?.certain ?? false))
    .find(
      (candidate): candidate is { pairs: Pairs; nearest: Nearest } =>
        candidate.nearest !== undefined,
    );
  if (near?.nearest.difference === 'refused')
    return unknown(describeNearest(near.nearest, near.pairs));
  if (near === undefined && namespace === 'kube-system')
    return unknown('pods of kube-system are mostly made by the cluster itself');
  // Pods of hooks are gone when the release stands, and policies are rarely for them.
  if (near === undefined && cluster.pods.inNamespace(namespace).every(({ hook }) => hook))
    return unknown(
      unseen.podsOfOtherUnit(combinations[0] ?? {}, namespace) ??
        `no workload in namespace ${namespace} was read together with it`,
    );
  if (near === undefined && holdsPoliciesOnly(namespace, cluster))
    return unknown(`no policy of namespace ${namespace} selects any of the pods that were read`);
  const pairs = near?.pairs ?? combinations[0] ?? {};
  const whyUnseen = unseenPods(near?.nearest, pairs, namespace, cluster, unseen);
  if (whyUnseen !== undefined) return unknown(`it selects no pod that was read, but ${whyUnseen}`);
  if (near === undefined) return { state: 'none' };
  return { state: 'near', ...near, sure: isProven(near.nearest, object, unseen) };
}

export function runtimeReason(key: string): string {
  return `the label ${key} is set on running pods, not in manifests`;
}

/**
 * The selector as pairs: `In` with one value is one, with several values one of them at a time.
 * Other operators say nothing about what was meant.
 */
function combinationsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): Pairs[] {
  let combinations: Pairs[] = [matchLabels];
  for (const { key, operator, values = [] } of matchExpressions) {
    if (operator !== 'In' || values.length === 0) continue;
    const larger = combinations.flatMap((pairs) =>
      values.map((value) => ({ ...pairs, [key]: value })),
    );
    if (larger.length <= mostCombinations) combinations = larger;
  }
  return combinations.filter((pairs) => Object.keys(pairs).length > 0);
}

/**
 * From a selector to what differs in it from the nearest; empty where no single part of it does.
 */
export function placeOfDifference(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  { key, difference }: Nearest,
  pairs: Pairs,
): Path {
  if (key === undefined) return [];
  if (Object.hasOwn(matchLabels, key)) return ['matchLabels', key];
  const index = matchExpressions.findIndex(
    (requirement) => requirement.key === key && requirement.operator === 'In',
  );
  if (index === -1) return [];
  if (difference !== 'value') return ['matchExpressions', index, 'key'];
  const value = matchExpressions[index]?.values?.indexOf(getOwn(pairs, key) ?? '') ?? 0;
  return ['matchExpressions', index, 'values', value];
}

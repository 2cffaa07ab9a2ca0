/** What to say of a label selector (matchLabels and matchExpressions) that takes no pod of its namespace: what was meant, or why nobody can know. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { Path } from '../../manifest/node.ts';
import {
  describeNearest,
  describeOtherSide,
  isSlipOfThePen,
  type Nearest,
  nearestWorkload,
  suggestSelector,
} from './nearest.ts';
import { isProven, unseenPods } from '../unseen-pods.ts';
import { isRuntimeLabel, type World } from '../world.ts';
import { getOwn } from '../../own.ts';

export type Dangling =
  | { readonly state: 'unknown'; readonly reason: string }
  /** The namespace holds other workloads, none of which is similar. */
  | { readonly state: 'none' }
  | {
      readonly state: 'near';
      readonly nearest: Nearest;
      /** The pairs that the nearest workload was compared with. */
      readonly pairs: Readonly<Record<string, string>>;
      /** Proven: one slip away, and both namespaces are written if they matter. */
      readonly sure: boolean;
      /** From the selector to what is wrong in it. */
      readonly at: Path;
    };

type Pairs = Readonly<Record<string, string>>;

/** More combinations of the values of `In` than this are not tried. */
const mostCombinations = 8;

/** The caller knows that no pod is taken, neither certainly nor possibly. */
export function whyNothingSelected(
  selector: LabelSelector,
  object: ClusterObject,
  cluster: Cluster,
  world: World,
): Dangling {
  const namespace = object.namespace ?? cluster.options.namespace;
  const combinations = pairsOf(selector);
  const runtime = runtimeKey(selector, namespace, cluster);
  if (runtime !== undefined)
    return {
      state: 'unknown',
      reason: `the label ${runtime} is set on running pods, not in manifests`,
    };
  const near = combinations
    .map((pairs) => ({ pairs, nearest: nearestWorkload(pairs, object, cluster) }))
    .sort((a, b) => Number(b.nearest?.certain ?? false) - Number(a.nearest?.certain ?? false))
    .find(
      (candidate): candidate is { pairs: Pairs; nearest: Nearest } =>
        candidate.nearest !== undefined,
    );
  if (near?.nearest.difference === 'refused')
    return { state: 'unknown', reason: describeNearest(near.nearest, near.pairs) };
  if (near === undefined && namespace === 'kube-system')
    return {
      state: 'unknown',
      reason: 'pods of kube-system are mostly made by the cluster itself',
    };
  if (near === undefined && cluster.pods.inNamespace(namespace).length === 0)
    return {
      state: 'unknown',
      reason: `no workload in namespace ${namespace} was read together with it`,
    };
  const unseen = unseenPods(
    near?.nearest,
    near?.pairs ?? combinations[0] ?? {},
    namespace,
    cluster,
    world,
  );
  if (unseen !== undefined)
    return { state: 'unknown', reason: `it selects no pod that was read, but ${unseen}` };
  if (near === undefined) return { state: 'none' };
  const { nearest, pairs } = near;
  return {
    state: 'near',
    nearest,
    pairs,
    sure: isProven(nearest, object, world),
    at: placeIn(selector, nearest, pairs),
  };
}

/** The selector as pairs: `In` with one value is one, with several values one of them at a time. Other operators say nothing about what was meant. */
function pairsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): Pairs[] {
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

function runtimeKey(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  namespace: string,
  cluster: Cluster,
): string | undefined {
  const isRuntime = (key: string, value: string): boolean =>
    isRuntimeLabel(key, value, namespace, cluster);
  const pair = Object.entries(matchLabels).find(([key, value]) => isRuntime(key, value));
  return (
    pair?.[0] ??
    matchExpressions.find(
      ({ key, operator, values = [''] }) =>
        operator !== 'DoesNotExist' && values.some((value) => isRuntime(key, value)),
    )?.key
  );
}

function placeIn(
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
  return [
    'matchExpressions',
    index,
    'values',
    matchExpressions[index]?.values?.indexOf(getOwn(pairs, key) ?? '') ?? 0,
  ];
}

/** The place, the help, the other side and the fix for a selector at a path that is nearly what a workload has. Made to be spread into a finding. */
export function nearFinding(
  object: ClusterObject,
  selectorPath: Path,
  { nearest, pairs, sure, at }: Dangling & { state: 'near' },
) {
  const { difference, key, actual } = nearest;
  const replacement = difference === 'key' ? actual?.key : actual?.value;
  const help = suggestSelector(nearest, pairs, object);
  // The key of a requirement is a value of its own.
  const isKey = at.length === 0 || (difference === 'key' && at[0] === 'matchLabels');
  return {
    object,
    at: [...selectorPath, ...at],
    ...(isKey && { part: 'key' as const }),
    ...(help !== undefined && { help }),
    related: [
      {
        object: nearest.workload,
        at: nearest.at,
        ...(difference !== 'value' && difference !== 'namespace' && { part: 'key' as const }),
        message: describeOtherSide(nearest),
      },
    ],
    ...(sure &&
      key !== undefined &&
      at.length > 0 &&
      replacement !== undefined && {
        fixes: [
          {
            title: `change it to ${replacement}`,
            safety:
              difference === 'key' || isSlipOfThePen(nearest, pairs)
                ? ('safe' as const)
                : ('unsafe' as const),
            replace: replacement,
          },
        ],
      }),
  };
}

/** `app=web,tier in (api,db),!legacy`, as kubectl writes it (metav1 `FormatLabelSelector`). */
export function formatSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const pairs = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const requirements = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...pairs, ...requirements].join(',');
}

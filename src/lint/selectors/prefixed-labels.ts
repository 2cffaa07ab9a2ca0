/**
 * Labels that a chart gives with the name of the release before them, asked for without: `sshd`
 * where the pods with a container of that name have `box-sshd`.
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { remembered } from '../../memo.ts';
import { groupByEach } from '../../multimap.ts';
import { isNaming } from '../../text/kind-words.ts';
import type { Dangling } from './dangling.ts';

const byContainer = remembered(({ pods }: Cluster): ReadonlyMap<string, readonly PodSet[]> =>
  groupByEach(pods.all, ({ namespace, spec }) =>
    runningContainers(spec).map(({ container: { name } }) => `${namespace}/${name}`),
  ),
);

/** What the one pair of a selector was meant for, where only one workload has such a container. */
export function prefixedLabel(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  namespace: string,
  cluster: Cluster,
): (Dangling & { state: 'near' }) | undefined {
  const [pair, ...others] = Object.entries(matchLabels);
  if (pair === undefined || others.length + matchExpressions.length > 0) return undefined;
  const [key, wanted] = pair;
  const [set, ...more] = byContainer(cluster).get(`${namespace}/${wanted}`) ?? [];
  const value = set?.labels.get(key);
  if (set === undefined || more.length > 0 || !isNaming(key)) return undefined;
  if (typeof value !== 'string' || !value.endsWith(`-${wanted}`)) return undefined;
  const { workload: object, templatePath } = set;
  const at = [...templatePath, 'metadata', 'labels', key];
  const actual = { key, value };
  return {
    state: 'near',
    pairs: matchLabels,
    sure: false,
    nearest: { object, bearer: 'pods', difference: 'value', key, actual, at, certain: false },
  };
}

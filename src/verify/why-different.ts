/** Why a workload is not behind a Service as it was predicted: what its pods say of themselves. */
import type { Cluster } from '../cluster/cluster.ts';
import { workloadText } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { asText, fieldAt } from '../kubernetes/json.ts';
import { addTo, groupBy } from '../multimap.ts';
import { counted } from '../report/text.ts';
import { firstFew } from '../text/enumerate.ts';
import type { Dump } from './dump.ts';
import type { DumpedPod } from './dumped-pods.ts';
import type { Verdict } from './verdict.ts';

/** One endpoint of a comparison. */
export interface Difference {
  readonly service: ServicePicture;
  /** `Deployment/web` */
  readonly workload: string;
  readonly verdict: Verdict;
  /** The manifests have it behind the Service. */
  readonly expected: boolean;
}

/** So many pods are named. */
const most = 5;

export function whyDifferent(
  { service, workload, verdict, expected }: Difference,
  namespace: string,
  cluster: Cluster,
  dump: Dump,
): string[] {
  if (verdict === 'equal' || verdict === 'unknown') return [];
  const pods = dump.pods.get(`${namespace}/${workload}`) ?? [];
  const old = oldPods(pods);
  if (verdict === 'extra') {
    const isOurs = cluster.pods
      .named(namespace, workload.slice(workload.indexOf('/') + 1))
      .some((set) => workloadText(set) === workload);
    const where =
      isOurs || expected ? [] : pods.length > 0 ? [`${workload} is in the dump only`] : [];
    return [...where, ...old];
  }
  const reasons = podReasons(pods);
  if (reasons.length > 0) return [...reasons, ...old];
  const object = dump.objects.get(`${namespace}/${workload}`);
  if (object === undefined && pods.length === 0)
    return workload.includes('/') ? [`${workload} is not in the dump`] : [];
  if (pods.length === 0) {
    const replicas = fieldAt(object?.value, 'spec', 'replicas');
    return [
      replicas === 0
        ? `${workload} has 0 replicas in the dump`
        : `the dump has no pod of ${workload}`,
    ];
  }
  const outside = pods.filter((pod) => !isSelected(pod, service));
  if (outside.length > 0)
    return [
      `${counted(outside.length, 'pod')} of ${workload} lacks labels of the selector`,
      ...old,
    ];
  const replicas = fieldAt(object?.value, 'spec', 'replicas');
  return typeof replicas === 'number' && (verdict === 'fewer' || verdict === 'more')
    ? [`${workload} has ${replicas} replicas in the dump`, ...old]
    : old;
}

/** Pods that are not ready, each by its name, those that say the same together. */
function podReasons(pods: readonly DumpedPod[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why, ready } of pods)
    if (!ready && why !== undefined) addTo(byReason, why, name);
  return [...byReason].map(([why, names]) => `${firstFew(names, most)}: ${why}`);
}

function oldPods(pods: readonly DumpedPod[]): string[] {
  const old = pods.flatMap((pod) => pod.old ?? []);
  return [...groupBy(old, (revision) => revision)].map(
    ([revision, { length }]) => `${counted(length, 'pod')} of the old ${revision}`,
  );
}

function isSelected({ labels }: DumpedPod, { selector = {} }: ServicePicture): boolean {
  return Object.entries(selector).every(([key, value]) => asText(fieldAt(labels, key)) === value);
}

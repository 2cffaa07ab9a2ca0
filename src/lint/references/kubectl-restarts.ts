/** What CronJobs restart with kubectl. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { appSettings, partOf } from '../hosts/app-settings.ts';
import type { Place } from '../rule.ts';
import { namespaceOf } from './reference.ts';

export interface Restart {
  readonly cronJob: ClusterObject;
  readonly kind: string;
  /** As RBAC calls it. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly place: Place;
}

const kinds: readonly (readonly [kind: string, resource: string, short: string])[] = [
  ['Deployment', 'deployments', 'deploy'],
  ['StatefulSet', 'statefulsets', 'sts'],
  ['DaemonSet', 'daemonsets', 'ds'],
];

/** `deployment/web`, `deployment.apps/web` or `sts web`. */
const target =
  /\brollout\s+restart\s+(?:-\S+\s+)*([a-z]{2,12})(?:\.apps)?(?:\/|\s+)([a-z0-9][-a-z0-9.]{0,252})(?=[\s;&|'"]|$)/;
const namespaceFlag = /(?:^|\s)(?:-n|--namespace)(?:\s+|=)([a-z0-9][-a-z0-9]{0,62})(?=[\s;&|'"]|$)/;

/** Commands that hold variables of a shell where a name would be say nothing. */
export const kubectlRestarts = remembered((cluster: Cluster): readonly Restart[] => {
  const byObject = groupBy(
    appSettings(cluster).filter(({ object, setting }) => object.kind === 'CronJob' && !setting),
    ({ object }) => object,
  );
  return [...byObject].flatMap(([cronJob, texts]) => {
    const whole = texts.map(({ text }) => text).join(' ');
    if (!/\bkubectl\b/.test(whole) && !whole.startsWith('rollout ')) return [];
    const [, word = '', name = ''] = target.exec(whole) ?? [];
    const [kind, resource] =
      kinds.find(([, plural, short]) => [plural, plural.slice(0, -1), short].includes(word)) ?? [];
    const holder = texts.find(({ text }) => text.includes(name));
    if (kind === undefined || resource === undefined || holder === undefined) return [];
    const namespace = namespaceFlag.exec(whole)?.[1] ?? namespaceOf(cronJob, cluster);
    const place = partOf(holder, holder.text.lastIndexOf(name), name.length);
    return [{ cronJob, kind, resource, namespace, name, place }];
  });
});

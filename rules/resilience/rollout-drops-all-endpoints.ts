import type { DaemonSet, Deployment, DeploymentStrategy } from 'kubernetes-types/apps/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { leastAvailable } from '../../src/cluster/controllers/rolling-update.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { heldClaims } from '../../src/lint/selectors/placement.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const rolloutDropsAllEndpoints = defineRule({
  meta: {
    id: 'rollout-drops-all-endpoints',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Deployment', 'DaemonSet'],
    title: 'empties its Service when updated',
    summary: 'An update may remove every endpoint of a Service at once',
    why:
      'the Deployment controller deletes as many old pods as its strategy allows before new ' +
      'ones are ready; where that is all of them, the Service has no endpoint until the ' +
      'first new pod is',
    fixable: false,
  },
  messages: {
    recreate: ({ service }: { service: string }) =>
      `strategy Recreate deletes all pods before the first new one starts, and ${service} ` +
      'has no others',
    daemon: ({ service, unavailable }: Record<'service' | 'unavailable', string>) =>
      `maxUnavailable ${unavailable} lets the pods of all nodes go at once, and ${service} has ` +
      'no others',
    rolling: ({
      service,
      unavailable,
      replicas,
    }: Record<'service' | 'unavailable', string> & { replicas: number }) =>
      `maxUnavailable ${unavailable} of ${replicas} ` +
      `${replicas === 1 ? 'replica' : 'replicas'} lets all pods go at once, and ${service} ` +
      'has no others',
  },
  check({ cluster, report }) {
    const selector = ['spec', 'selector'];
    const part = 'key' as const;
    for (const { object: service, backends } of cluster.services) {
      const serving = backends.filter(({ members }) => members.count > 0);
      const [only] = serving;
      if (only === undefined || serving.length > 1) continue;
      const { set } = only.members;
      const whole = dropsWhole(set, service);
      if (whole !== undefined) report(whole);
      if (set.workload.kind !== 'Deployment' || !set.countKnown || set.notReady.length > 0)
        continue;
      const workload = set.workload as ClusterObject<Deployment>;
      const { strategy } = workload.value.spec ?? {};
      if (leastAvailable(strategy, set.count) !== 0 || isHeld(strategy, set, cluster)) continue;
      const common = {
        object: workload,
        data: { service: describeObject(service) },
        related: [{ object: service, at: selector, part, message: 'selects these pods only' }],
      };
      if (strategy?.type === 'Recreate')
        report({
          ...common,
          at: ['spec', 'strategy', 'type'],
          id: 'recreate',
          help: 'use RollingUpdate, unless two versions must never run side by side',
        });
      else {
        const unavailable = String(strategy?.rollingUpdate?.maxUnavailable ?? '25%');
        report({
          ...common,
          at: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
          id: 'rolling',
          data: { ...common.data, unavailable, replicas: set.count },
          help: 'set maxUnavailable to 0 and maxSurge to 1',
        });
      }
    }
  },
});

/** A DaemonSet that may replace all of its pods at once, and makes no new one before. */
function dropsWhole({ workload: object }: PodSet, service: ClusterObject) {
  if (object.kind !== 'DaemonSet') return undefined;
  const { rollingUpdate } = (object as ClusterObject<DaemonSet>).value.spec?.updateStrategy ?? {};
  if (rollingUpdate?.maxUnavailable !== '100%') return undefined;
  const message = 'selects these pods only';
  return {
    object,
    at: ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'],
    id: 'daemon' as const,
    data: { service: describeObject(service), unavailable: '100%' },
    help: 'write 1, or a small percentage',
    related: [{ object: service, at: ['spec', 'selector'], part: 'key' as const, message }],
  };
}

/** A second pod could not start while the first one has the volume. */
function isHeld(strategy: DeploymentStrategy | undefined, set: PodSet, cluster: Cluster): boolean {
  return strategy?.type === 'Recreate' && heldClaims(set, cluster).length > 0;
}

import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { scaledWorkloads } from '../../src/lint/scaling/scaled-workloads.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

/** pkg/controller/endpoint/endpoints_controller.go `maxCapacity` */
const most = 1000;

export const endpointsTruncated = defineRule({
  meta: {
    id: 'endpoints-truncated',
    category: 'name',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'has more pods than Endpoints hold',
    summary: 'A Service has more than 1000 pods, and its Endpoints are truncated',
    why:
      'the endpoints controller writes 1000 addresses at most and marks the object with ' +
      'endpoints.kubernetes.io/over-capacity: truncated; EndpointSlices have all of them, ' +
      'but whoever still reads Endpoints never sends anything to the others',
    fixable: false,
  },
  messages: {
    now: ({ pods }: { pods: number }) =>
      `its Endpoints hold ${most} of ${pods} addresses; the EndpointSlices have all`,
    later: ({ pods, scaler }: { pods: number; scaler: string }) =>
      `${scaler} may scale it to ${pods} pods, and its Endpoints hold ${most} addresses`,
  },
  check({ cluster, report }) {
    const limits = new Map<ClusterObject, { most: number; scaler: ClusterObject }>();
    for (const { scaler, workload } of scaledWorkloads(cluster)) {
      const maximum: unknown = scaler.value.spec?.maxReplicas;
      if (typeof maximum === 'number') limits.set(workload, { most: maximum, scaler });
    }
    for (const service of cluster.services) {
      const { object, backends } = service;
      const counts = backends.map(({ members: { set, count } }) => ({
        now: count,
        later: Math.max(count, limits.get(set.workload)?.most ?? 0),
        scaler: limits.get(set.workload)?.scaler,
      }));
      const now = counts.reduce((sum, one) => sum + one.now, 0);
      const later = counts.reduce((sum, one) => sum + one.later, 0);
      // Only few have so many that it is worth to make their Endpoints.
      const endpoints = later > most ? service.endpoints : undefined;
      if (endpoints === undefined) continue;
      const scaler = counts.find((one) => one.scaler !== undefined)?.scaler;
      const place = { object, at: ['spec', 'selector'], part: 'key' as const };
      const help = 'let clients read EndpointSlices, or spread the pods over several Services';
      if (endpoints.truncated && now > most)
        report({ ...place, id: 'now', data: { pods: now }, help });
      else if (later > most && scaler !== undefined)
        report({
          ...place,
          id: 'later',
          data: { pods: later, scaler: describeObject(scaler) },
          help,
          related: [{ object: scaler, at: ['spec', 'maxReplicas'], message: 'its limit' }],
        });
    }
  },
});

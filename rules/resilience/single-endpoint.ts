import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldAt } from '../../src/kubernetes/json.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { kedaScaled } from '../../src/lint/scaling/scaled-workloads.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  zero: ({ workload, service }: Record<'workload' | 'service', string>) =>
    `it takes ${workload} down to 0 pods, and then ${service} has no endpoint`,
  one: ({ pod }: { pod: string }) => `its only endpoint is ${pod}`,
};

export const singleEndpoint = defineRule({
  meta: {
    id: 'single-endpoint',
    category: 'resilience',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service', 'ScaledObject'],
    title: 'stands on one pod',
    summary: 'A Service has a single endpoint',
    why:
      'when the node of the only pod is drained or fails, the Service has no endpoint until ' +
      'another one has started',
    fixable: false,
  },
  messages,
  check(context) {
    const { cluster, report } = context;
    for (const scaled of kedaScaled(cluster)) sayZero(scaled, context);
    for (const { object, backends, possible, manualSlices, manualEndpoints } of cluster.services) {
      if (possible.length > 0 || manualSlices.length > 0 || manualEndpoints !== undefined) continue;
      const [only, ...others] = backends.filter(({ members }) => members.count > 0);
      if (only === undefined || others.length > 0) continue;
      const { set, count } = only.members;
      // A Service of one ordinal is meant to be one pod's own.
      if (count !== 1 || !set.countKnown || only.members.ordinals !== undefined) continue;
      const { workload } = set;
      const who = describeObject(workload);
      const isBare = workload.kind === 'Pod';
      report({
        object,
        at: ['spec', 'selector'],
        part: 'key',
        id: 'one',
        data: { pod: isBare ? who : `the one pod of ${who}` },
        help: isBare
          ? 'let a Deployment make it, with two or more replicas if it can'
          : `run two or more replicas of ${who} if it can`,
        related: [
          { object: workload, at: ['spec', 'replicas'], message: 'how many pods there are' },
        ],
      });
    }
  },
});

function sayZero(
  { scaler, workload }: Record<'scaler' | 'workload', ClusterObject>,
  { cluster, report }: RuleContext<typeof messages>,
): void {
  const spec = fieldAt(scaler.value, 'spec');
  // Unless one is written there may be none.
  const field = fieldAt(spec, 'idleReplicaCount') === 0 ? 'idleReplicaCount' : 'minReplicaCount';
  if ((fieldAt(spec, field) ?? 0) !== 0) return;
  const [service] = cluster.pods.ofWorkload(workload).flatMap((set) => servicesOf(cluster, set));
  if (service === undefined) return;
  report({
    object: scaler,
    at: fieldAt(spec, field) === undefined ? ['spec'] : ['spec', field],
    part: 'key',
    id: 'zero',
    data: { workload: describeObject(workload), service: describeObject(service.object) },
    title: 'leaves a Service without endpoints',
    help: 'write minReplicaCount: 1, unless nobody calls the Service meanwhile',
    related: [
      { object: service.object, at: ['spec', 'selector'], part: 'key', message: 'its pods' },
    ],
  });
}

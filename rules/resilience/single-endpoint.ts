import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const singleEndpoint = defineRule({
  meta: {
    id: 'single-endpoint',
    category: 'resilience',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'stands on one pod',
    summary: 'A Service has a single endpoint',
    why:
      'when the node of the only pod is drained or fails, the Service has no endpoint until ' +
      'another one has started',
    fixable: false,
  },
  messages: {
    one: ({ workload }: { workload: string }) => `its only endpoint is the one pod of ${workload}`,
  },
  check({ cluster, report }) {
    for (const { object, backends, possible, manualSlices, manualEndpoints } of cluster.services) {
      if (possible.length > 0 || manualSlices.length > 0 || manualEndpoints !== undefined) continue;
      const [only, ...others] = backends.filter(({ members }) => members.count > 0);
      if (only === undefined || others.length > 0) continue;
      const { set, count } = only.members;
      // A Service of one ordinal is meant to be one pod's own.
      if (count !== 1 || !set.countKnown || only.members.ordinals !== undefined) continue;
      const { workload } = set;
      report({
        object,
        at: ['spec', 'selector'],
        part: 'key',
        id: 'one',
        data: { workload: describeObject(workload) },
        help: `run two or more replicas of ${describeObject(workload)} if it can`,
        related: [
          { object: workload, at: ['spec', 'replicas'], message: 'how many pods there are' },
        ],
      });
    }
  },
});

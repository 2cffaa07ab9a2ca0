import { runningContainers } from '../../src/cluster/containers.ts';
import { inPodSpec } from '../../src/cluster/pods.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servedPods } from '../../src/lint/selectors/services-of.ts';

/** Thousandths of a CPU; a container then runs for 2 ms and waits for the other 98. */
const tiny = 20;

export const cpuThrottled = defineRule({
  meta: {
    id: 'cpu-throttled',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'may hardly run',
    summary: 'A container behind a Service has a CPU limit that no server answers with',
    why:
      'the kernel lets a container run for its share of each 100 ms and stops it until the next: ' +
      'with a tiny limit one request takes many rounds, and so do the probes',
    fixable: false,
  },
  messages: {
    limit: ({ limit, share }: { limit: string; share: number }) =>
      `limit ${limit} is ${share} ms of every 100 ms`,
  },
  check({ cluster, report }) {
    for (const set of servedPods(cluster)) {
      for (const { container, path } of runningContainers(set.spec)) {
        // A port that it declares: sidecars that only watch may be slow.
        const limit = String(container.resources?.limits?.['cpu'] ?? '');
        const thousandths = /^\d{1,6}m$/.test(limit) ? Number(limit.slice(0, -1)) : undefined;
        if (thousandths === undefined || thousandths >= tiny || thousandths === 0) continue;
        if ((container.ports ?? []).length === 0) continue;
        report({
          object: set.workload,
          at: inPodSpec(set, ...path, 'resources', 'limits', 'cpu'),
          id: 'limit',
          data: { limit, share: thousandths / 10 },
          help: 'raise the limit, or leave it out and keep the request',
        });
      }
    }
  },
});

import { runningContainers } from '../../src/cluster/containers.ts';
import { inPodSpec } from '../../src/cluster/pods.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

/** Seconds between two questions below which one lost answer is likely to be chance. */
const hasty = 5;

export const readinessFlaps = defineRule({
  meta: {
    id: 'readiness-flaps',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'leaves its Service at one late answer',
    summary: 'A readiness probe takes a pod out of the endpoints at its first failure',
    why:
      'every change of a pod between ready and not ready is written to its EndpointSlice and ' +
      'sent to every node; a garbage collection or a slow moment is enough for a probe that ' +
      'forgives nothing',
    fixable: false,
  },
  messages: {
    once: ({ period, timeout }: { period: number; timeout: number }) =>
      `one answer that takes longer than ${timeout} s removes the pod from the endpoints; ` +
      `it is asked every ${period} s`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      const [service] = servicesOf(cluster, set);
      if (service === undefined) continue;
      for (const { container, path } of runningContainers(set.spec)) {
        const probe = container.readinessProbe;
        const { failureThreshold, periodSeconds = 10, timeoutSeconds = 1 } = probe ?? {};
        if (failureThreshold !== 1 || !(periodSeconds <= hasty)) continue;
        report({
          object: set.workload,
          at: inPodSpec(set, ...path, 'readinessProbe', 'failureThreshold'),
          id: 'once',
          data: { period: periodSeconds, timeout: timeoutSeconds },
          help: 'leave failureThreshold at 3, or ask less often',
          related: [
            {
              object: service.object,
              at: ['spec', 'selector'],
              part: 'key',
              message: `${describeObject(service.object)} selects these pods`,
            },
          ],
        });
      }
    }
  },
});

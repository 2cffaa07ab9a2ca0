import type { Probe } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import { inPodSpec } from '../../src/cluster/pods.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servedPods } from '../../src/lint/selectors/services-of.ts';

export const livenessBeforeReadiness = defineRule({
  meta: {
    id: 'liveness-before-readiness',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is killed while it starts',
    summary: 'A liveness probe gives up before the readiness probe begins to ask',
    why:
      'the delay of the readiness probe says how long the program takes to start; a liveness ' +
      'probe that fails earlier kills the container, which begins again, and never gets there',
    fixable: false,
  },
  messages: {
    early: ({ killed, asked }: { killed: number; asked: number }) =>
      `livenessProbe may kill the container ${killed} s after its start, and readinessProbe ` +
      `first asks after ${asked} s`,
  },
  check({ cluster, report }) {
    for (const set of servedPods(cluster)) {
      for (const { container, path } of runningContainers(set.spec)) {
        const { livenessProbe, readinessProbe, startupProbe } = container;
        if (livenessProbe === undefined || readinessProbe === undefined) continue;
        // No other probe begins before that one has succeeded.
        if (startupProbe !== undefined) continue;
        const killed = lastAnswer(livenessProbe);
        const asked = readinessProbe.initialDelaySeconds ?? 0;
        if (!(killed < asked)) continue;
        const at = inPodSpec(set, ...path);
        report({
          object: set.workload,
          at: [...at, 'livenessProbe'],
          part: 'key',
          id: 'early',
          data: { killed, asked },
          help: 'add a startupProbe that allows for the start, and leave both delays out',
          related: [
            {
              object: set.workload,
              at: [...at, 'readinessProbe', 'initialDelaySeconds'],
              message: 'how long it is expected to take',
            },
          ],
        });
      }
    }
  },
});

/**
 * Seconds from the start of the container to the failure that is one too many, at the earliest: the
 * first question is asked as soon as the delay is over (pkg/kubelet/prober/worker.go `doProbe`).
 */
function lastAnswer({
  initialDelaySeconds = 0,
  periodSeconds = 10,
  failureThreshold = 3,
}: Probe): number {
  return initialDelaySeconds + periodSeconds * (failureThreshold - 1);
}

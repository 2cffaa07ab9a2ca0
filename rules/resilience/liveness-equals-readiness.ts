import type { Probe } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import { inPodSpec } from '../../src/cluster/pods.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servedPods } from '../../src/lint/selectors/services-of.ts';

export const livenessEqualsReadiness = defineRule({
  meta: {
    id: 'liveness-equals-readiness',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is killed when it is only busy',
    summary: 'A liveness probe asks what the readiness probe asks, and gives up no later',
    why:
      'a failed readiness probe takes a pod out of its Services until it recovers, a failed ' +
      'liveness probe kills the container: where both ask the same with the same patience, a ' +
      'busy pod is restarted instead of being left in peace, and its load goes to the others',
    fixable: false,
  },
  messages: {
    same: ({ liveness, readiness }: { liveness: number; readiness: number }) =>
      'livenessProbe asks the same as readinessProbe and kills the container after ' +
      `${liveness} s; it leaves the endpoints after ${readiness} s`,
  },
  check({ cluster, report }) {
    for (const set of servedPods(cluster)) {
      for (const { container, path } of runningContainers(set.spec)) {
        const { livenessProbe, readinessProbe } = container;
        if (livenessProbe === undefined || readinessProbe === undefined) continue;
        const liveness = patience(livenessProbe);
        const readiness = patience(readinessProbe);
        if (liveness === undefined || readiness === undefined || liveness > readiness) continue;
        if (question(livenessProbe) !== question(readinessProbe)) continue;
        const at = inPodSpec(set, ...path);
        report({
          object: set.workload,
          at: [...at, 'livenessProbe'],
          part: 'key',
          id: 'same',
          data: { liveness, readiness },
          help:
            'give livenessProbe a higher failureThreshold, let it ask something that only a ' +
            'dead process fails, or leave it out',
          related: [
            {
              object: set.workload,
              at: [...at, 'readinessProbe'],
              part: 'key',
              message: 'asks the same',
            },
          ],
        });
      }
    }
  },
});

/**
 * Seconds of failing answers until the kubelet acts (defaults of pkg/apis/core/v1/defaults.go
 * `SetDefaults_Probe`); undefined where a placeholder decides.
 */
function patience({ periodSeconds = 10, failureThreshold = 3 }: Probe): number | undefined {
  const seconds = periodSeconds * failureThreshold;
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** What a probe asks, in a form that compares. */
function question({ httpGet, tcpSocket, grpc, exec }: Probe): string {
  return JSON.stringify([httpGet, tcpSocket, grpc, exec]);
}

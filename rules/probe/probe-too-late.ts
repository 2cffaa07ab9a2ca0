import { runningContainers } from '../../src/cluster/containers.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** `SetDefaults_Deployment` (pkg/apis/apps/v1/defaults.go). */
const usualDeadline = 600;

export const probeTooLate = defineRule({
  meta: {
    id: 'probe-too-late',
    category: 'probe',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Deployment'],
    title: 'cannot be ready before its rollout is given up',
    summary: 'The readiness or startup probe of a Deployment begins after its progress deadline',
    why:
      'a container is not ready before its first probe, and a Deployment of which no new pod ' +
      'gets ready within progressDeadlineSeconds has failed: kubectl rollout status and what ' +
      'deploys with it end with an error every time, and until the probe there is no endpoint',
    fixable: false,
  },
  messages: {
    late: ({ probe, delay, deadline }: Record<'delay' | 'deadline', number> & { probe: string }) =>
      `the first ${probe} is after ${delay} s, and the rollout is given up after ${deadline} s`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('Deployment')) {
      const { template, progressDeadlineSeconds: deadline = usualDeadline } =
        object.value.spec ?? {};
      for (const { container, path } of runningContainers(template?.spec ?? { containers: [] }))
        for (const probe of ['startupProbe', 'readinessProbe'] as const) {
          const delay = container[probe]?.initialDelaySeconds ?? 0;
          if (delay < deadline) continue;
          const at = [...path, probe, 'initialDelaySeconds'];
          report({
            object,
            at: ['spec', 'template', 'spec', ...at],
            id: 'late',
            data: { probe, delay, deadline },
            help:
              'begin soon and let a startupProbe fail for as long as the start takes ' +
              '(failureThreshold times periodSeconds)',
          });
        }
    }
  },
});

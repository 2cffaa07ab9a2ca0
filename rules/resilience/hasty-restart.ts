import type { Probe } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servedPods } from '../../src/lint/selectors/services-of.ts';

/** Seconds between two questions below which one lost answer is likely to be chance. */
const hasty = 10;
/** Seconds in which nearly every program answers, and in which some do. */
const start = 10;
const soon = 3;

export const hastyRestart = defineRule({
  meta: {
    id: 'hasty-restart',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is restarted at one late answer',
    summary: 'A liveness or startup probe restarts its container at the first failure',
    why:
      'a container whose liveness or startup probe has failed often enough is killed and begins ' +
      'again: under load, when answers are late, that takes one pod after the other out of the ' +
      'endpoints',
    fixable: false,
  },
  messages: {
    once: ({ timeout, period }: Record<'timeout' | 'period', number>) =>
      `one answer that takes longer than ${timeout} s restarts the container; it is asked every ` +
      `${period} s`,
    start: ({ seconds }: { seconds: number }) =>
      `a container that has not started within ${seconds} s is killed, and begins again`,
  },
  check({ cluster, report }) {
    for (const { workload: object, spec, templatePath } of servedPods(cluster))
      for (const { container, path } of runningContainers(spec)) {
        const at = [...templatePath, 'spec', ...path];
        const { livenessProbe: alive, startupProbe: started } = container;
        const { periodSeconds = 10, timeoutSeconds = 1 } = alive ?? {};
        if (alive?.failureThreshold === 1 && periodSeconds <= hasty)
          report({
            object,
            at: [...at, 'livenessProbe', 'failureThreshold'],
            id: 'once',
            data: { timeout: timeoutSeconds, period: periodSeconds },
            help: 'leave failureThreshold at 3 or more',
          });
        const seconds = started === undefined ? start : budgetOf(started);
        if (seconds < start)
          report({
            object,
            at: [...at, 'startupProbe'],
            part: 'key',
            id: 'start',
            data: { seconds },
            severity: seconds < soon ? 'warning' : 'info',
            help: 'raise failureThreshold: the probe succeeds as soon as the program answers',
          });
      }
  },
});

/** Seconds that a program has to start, as the documentation of startup probes counts them. */
function budgetOf({
  initialDelaySeconds = 0,
  periodSeconds = 10,
  failureThreshold = 3,
}: Probe): number {
  return initialDelaySeconds + periodSeconds * failureThreshold;
}

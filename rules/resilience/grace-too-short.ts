import type { Lifecycle } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import { inPodSpec } from '../../src/cluster/pods.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servedPods } from '../../src/lint/selectors/services-of.ts';

/** Seconds until a pod is killed that does not say. */
const usual = 30;

export const graceTooShort = defineRule({
  meta: {
    id: 'grace-too-short',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is killed while clients still come',
    summary: 'Pods behind a Service are killed at once, or before their preStop hook is done',
    why:
      'a pod leaves the endpoints at the same time as it is told to stop, and nodes learn of it ' +
      'later: it has to answer for some seconds, within terminationGracePeriodSeconds, which ' +
      'the preStop hook takes its time from',
    fixable: false,
  },
  messages: {
    none: () => 'terminationGracePeriodSeconds 0 kills it in the middle of its answers',
    hook: ({ sleep, grace }: { sleep: number; grace: number }) =>
      `preStop sleeps ${sleep} s, and the pod is killed ${grace} s after it is told to stop`,
  },
  check({ cluster, report }) {
    for (const set of servedPods(cluster)) {
      const { terminationGracePeriodSeconds: grace = usual } = set.spec;
      const at = inPodSpec(set);
      if (grace === 0) {
        report({
          object: set.workload,
          at: [...at, 'terminationGracePeriodSeconds'],
          id: 'none',
          data: undefined,
          help: 'leave it at 30',
        });
        continue;
      }
      for (const { container, path } of runningContainers(set.spec)) {
        const sleep = sleepOf(container.lifecycle ?? {});
        if (sleep === undefined || !(sleep >= grace)) continue;
        report({
          object: set.workload,
          at: [...at, ...path, 'lifecycle', 'preStop'],
          part: 'key',
          id: 'hook',
          data: { sleep, grace },
          help: `set terminationGracePeriodSeconds to ${sleep + usual}, or sleep less`,
        });
      }
    }
  },
});

/** How long a hook sleeps: of its own kind, or as a command that does nothing else. */
function sleepOf({ preStop }: Lifecycle): number | undefined {
  const { exec, sleep } = (preStop ?? {}) as {
    exec?: { command?: readonly string[] };
    sleep?: { seconds?: number };
  };
  if (sleep?.seconds !== undefined) return sleep.seconds;
  const text = (exec?.command ?? []).join(' ');
  const [, seconds] = /(?:^|[\s;&])(?:\/bin\/)?sleep (\d{1,5})(?:s?$|s?[\s;&])/.exec(text) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

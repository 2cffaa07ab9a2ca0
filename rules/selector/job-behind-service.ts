import { declaredPorts } from '../../src/cluster/ports.ts';
import { runsToCompletion } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const jobBehindService = defineRule({
  meta: {
    id: 'job-behind-service',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'takes pods that run a task',
    summary: 'A Service selects the pods of a Job or of a hook beside those that serve',
    why:
      'a selector takes every running pod with these labels: while the task runs its pod is ' +
      'among the endpoints, and requests that are sent to it are refused',
    fixable: false,
  },
  messages: {
    job: ({ job, serving }: { job: string; serving: string }) =>
      `the pods of ${job} have the labels that it selects, as those of ${serving} have`,
  },
  check({ cluster, report }) {
    for (const { object, backends, passing, headless, ports } of cluster.services) {
      // Members of a headless Service look each other up.
      if (headless) continue;
      // A port that is targeted by name leads to pods that declare it, and to no task then.
      if (ports.every(({ targetPort }) => typeof targetPort === 'string')) continue;
      const sets = backends.map(({ members }) => members.set);
      const serving = sets.find(({ workload }) => !runsToCompletion(workload.kind));
      if (serving === undefined) continue;
      for (const set of [...sets, ...passing]) {
        // A task that declares a port is asked for something.
        if (!runsToCompletion(set.workload.kind) || declaredPorts(set.spec).length > 0) continue;
        report({
          object,
          at: ['spec', 'selector'],
          part: 'key',
          id: 'job',
          data: { job: describeObject(set.workload), serving: describeObject(serving.workload) },
          help:
            'give the pods of the task another label, and add a pair to the selector that ' +
            'only those which serve have',
          related: [
            {
              object: set.workload,
              at: [...set.templatePath, 'metadata', 'labels'],
              part: 'key',
              message: 'the labels of the task',
            },
          ],
        });
      }
    }
  },
});

import type { PodSet } from '../../src/cluster/pods.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const serviceSelectsPartialBackends = defineRule({
  meta: {
    id: 'service-selects-partial-backends',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'selects pods that lack one of its ports',
    summary: 'A Service selects some pods that do not declare the named port it targets',
    why: 'a named target port is looked up in each pod; a pod without it still joins the EndpointSlices, in a slice of its own that lacks the port, and takes no traffic for it',
    fixable: false,
  },
  messages: {
    lacks: ({ target, without, with: having }: { target: string; without: string; with: string }) =>
      `the pods of ${without} have no port "${target}"; those of ${having} have it, and the selector takes both`,
  },
  check({ cluster, report }) {
    for (const { object, ports, backends } of cluster.services) {
      for (const [index, port] of ports.entries()) {
        const lacking = backends.filter(({ resolved }) => resolved.unresolved.includes(index)).map(({ members }) => members.set);
        const having = backends.filter(({ resolved }) => !resolved.unresolved.includes(index)).map(({ members }) => members.set);
        const [first] = lacking;
        if (first === undefined || having.length === 0) continue;
        report({
          object,
          at: ['spec', 'ports', index, 'targetPort'],
          id: 'lacks',
          data: { target: String(port.targetPort), without: names(lacking), with: names(having) },
          help: `add a label to the selector that only the pods of ${names(having)} have, or declare the port "${String(port.targetPort)}" there too`,
          dependsOn: [...lacking, ...having].map(({ workload }) => workload),
          related: [
            {
              object: first.workload,
              at: [...first.templatePath, 'metadata', 'labels'],
              part: 'key',
              message: 'these pods match the selector',
            },
          ],
        });
      }
    }
  },
});

function names(sets: readonly PodSet[]): string {
  const unique = [...new Set(sets.map(({ workload }) => describeObject(workload)))];
  return unique.length > 3 ? `${unique.slice(0, 3).join(', ')} and ${unique.length - 3} more` : unique.join(', ');
}

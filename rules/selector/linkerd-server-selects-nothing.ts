import type { Cluster } from '../../src/cluster/cluster.ts';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { selects } from '../../src/cluster/policy-selectors.ts';
import { declaredPorts } from '../../src/cluster/ports.ts';
import { fieldAt } from '../../src/kubernetes/json.ts';
import { readSelector } from '../../src/lint/monitors/monitors.ts';
import {
  podPortFinding,
  podPortMessages,
  podPortSlip,
} from '../../src/lint/ports/pod-port-slips.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { mostAlike } from '../../src/text/limits.ts';
import { isSlip } from '../../src/text/slip.ts';

export const linkerdServerSelectsNothing = defineRule({
  meta: {
    id: 'linkerd-server-selects-nothing',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Server'],
    title: 'is about no port of any pod',
    summary: 'A Server of Linkerd selects no pod, or a port that its pods do not declare',
    why:
      'a Server, and the authorizations that name it, are about the port of the pods that it ' +
      'selects: where there is none, the default policy goes on to decide',
    fixable: false,
  },
  messages: {
    pods: ({ selector, nearest, has }: Record<'selector' | 'nearest' | 'has', string>) =>
      `no pod has ${selector}; ${nearest} has ${has}`,
    ...podPortMessages,
    name: ({ port, workload, known }: Record<'port' | 'workload' | 'known', string>) =>
      `${workload} has no port "${port}"; it declares ${known}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind('policy.linkerd.io', 'Server')) {
      const selector = readSelector(fieldAt(object.value, 'spec', 'podSelector'));
      const port = fieldAt(object.value, 'spec', 'port');
      if (selector === undefined) continue;
      const all = cluster.pods.candidates(selector.matchLabels ?? {}, namespaceOf(object, cluster));
      const taken = all.filter((set) => selects(selector, set) !== 'no');
      const [first] = taken;
      if (first === undefined) {
        const near = nearestOf(object, selector.matchLabels ?? {}, cluster);
        if (near !== undefined)
          report({
            object,
            at: ['spec', 'podSelector'],
            part: 'key',
            id: 'pods',
            data: { selector: formatSelector(selector), ...near },
            help: `write ${near.has.replace('=', ': ')}`,
          });
        continue;
      }
      const slip = typeof port === 'number' ? podPortSlip(port, taken, cluster) : undefined;
      if (slip !== undefined)
        report({ object, at: ['spec', 'port'], ...podPortFinding(Number(port), slip, first) });
      if (typeof port === 'string' && !isPlaceholder(port) && !taken.some(declares(port)))
        report({
          object,
          at: ['spec', 'port'],
          id: 'name',
          data: { port, workload: describeObject(first.workload), known: listOf(first) },
          help: 'write the name or number of a port of the container',
          related: [{ object: first.workload, at: ['metadata', 'name'], message: 'its pods' }],
        });
    }
  },
});

const declares =
  (port: string) =>
  ({ spec }: PodSet): boolean =>
    declaredPorts(spec).some(({ port: { name } }) => name === port || isPlaceholder(name));

function listOf({ spec }: PodSet): string {
  const names = declaredPorts(spec).map(({ port }) => port.name ?? String(port.containerPort));
  return names.length === 0 ? 'none' : names.slice(0, 5).join(', ');
}

/** A workload with a label whose value is a typo away. */
function nearestOf(
  object: ClusterObject,
  pairs: Readonly<Record<string, string>>,
  cluster: Cluster,
) {
  const sets = cluster.pods.inNamespace(namespaceOf(object, cluster)).slice(0, mostAlike);
  for (const { labels, workload } of sets)
    for (const [key, wanted] of Object.entries(pairs)) {
      const own = labels.get(key);
      if (typeof own === 'string' && own !== wanted && isSlip(wanted, own))
        return { nearest: describeObject(workload), has: `${key}=${own}` };
    }
  return undefined;
}

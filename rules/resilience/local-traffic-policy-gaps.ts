import type { ServicePicture } from '../../src/cluster/service.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

type Field = 'internalTrafficPolicy' | 'externalTrafficPolicy';

export const localTrafficPolicyGaps = defineRule({
  meta: {
    id: 'local-traffic-policy-gaps',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'is answered on some nodes only',
    summary: 'A traffic policy Local drops connections on nodes without a pod of the Service',
    why:
      'with the policy Local a node sends connections to its own pods only, and drops them ' +
      'where it has none; nothing falls back to other nodes',
    fixable: false,
  },
  messages: {
    internal: ({ backends }: { backends: string }) =>
      `callers on a node without one of its pods get no answer: ${backends}`,
    external: ({ backends }: { backends: string }) =>
      `only nodes that run one of its pods answer from outside: ${backends}`,
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const { object, spec, backends, headless } = service;
      const serving = backends.filter(({ members }) => members.count > 0);
      const [first] = serving;
      // One pod on every node is what the policy is for.
      if (first === undefined || headless || isOnEveryNode(service)) continue;
      const fields: Field[] = ['internalTrafficPolicy', 'externalTrafficPolicy'];
      for (const field of fields) {
        if (spec[field] !== 'Local' || !matters(field, service)) continue;
        report({
          object,
          at: ['spec', field],
          id: field === 'internalTrafficPolicy' ? 'internal' : 'external',
          data: { backends: serving.slice(0, 3).map(describeBackend).join(', ') },
          help:
            field === 'internalTrafficPolicy'
              ? 'leave it out, or run the pods as a DaemonSet'
              : 'leave it out unless the address of the client must be kept; then run a pod ' +
                'on every node that takes traffic',
          related: [
            {
              object: first.members.set.workload,
              at: ['metadata', 'name'],
              message: 'its pods',
            },
          ],
        });
      }
    }
  },
});

function isOnEveryNode({ backends }: ServicePicture): boolean {
  return backends.some(({ members }) => members.set.workload.kind === 'DaemonSet');
}

/**
 * A load balancer asks the nodes which of them have pods (`healthCheckNodePort`), so several pods
 * are enough there; one is gone whenever it moves. Node ports are dialled on whichever node the
 * client happens to know.
 */
function matters(field: Field, { spec, backends }: ServicePicture): boolean {
  if (field === 'internalTrafficPolicy') return true;
  if (spec.type === 'NodePort') return true;
  if (spec.type !== 'LoadBalancer') return false;
  const pods = backends.map(({ members }) => (members.set.countKnown ? members.count : Infinity));
  return pods.reduce((sum, count) => sum + count, 0) < 2;
}

function describeBackend({ members }: ServicePicture['backends'][number]): string {
  const { set, count } = members;
  const pods = set.countKnown ? `${count} ${count === 1 ? 'pod' : 'pods'}` : 'some pods';
  return `${describeObject(set.workload)} has ${pods}`;
}

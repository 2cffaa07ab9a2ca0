import type { ClusterObject } from '../../src/cluster/objects.ts';
import { backendWorkloads } from '../../src/lint/ports/backend-ports.ts';
import {
  allowedPorts,
  type ClosedServicePort,
  closedServicePorts,
} from '../../src/lint/ports/closed-ports.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject, listObjects } from '../../src/manifest/object-reference.ts';

const messages = {
  other: ({ target, policies, allowed }: { target: string; policies: string; allowed: string }) =>
    `nothing may connect to port ${target} of its pods: ${policies} only ${allowed}`,
  all: ({ target, policies }: { target: string; policies: string }) =>
    `nothing may connect to port ${target} of its pods: ${policies}, and nothing is allowed in`,
};

export const networkPolicyBlocksService = defineRule({
  meta: {
    id: 'network-policy-blocks-service',
    category: 'policy',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'has a port closed to everybody',
    summary: 'NetworkPolicies isolate the pods of a Service and allow its port from nowhere',
    why:
      'a pod that any NetworkPolicy selects for ingress accepts only what some rule of some ' +
      'policy allows; the port of a Service is open if a rule has the port of its pods',
    fixable: false,
  },
  messages,
  check({ cluster, unseen, report, unknown }) {
    for (const closed of closedServicePorts(cluster)) {
      const { service, index, policies } = closed;
      const place = { object: service.object, at: ['spec', 'ports', index, 'port'] };
      const whyUnseen = unseen.whyDocumentUnseen('NetworkPolicy');
      if (whyUnseen !== undefined)
        unknown({ ...place, reason: `no policy that was read allows it, but ${whyUnseen}` });
      else
        report({
          ...place,
          ...wordsFor(closed),
          related: policies.slice(0, 3).map((policy) => ({
            object: policy,
            at: ['spec', 'podSelector'],
            part: 'key',
            message: 'this policy isolates the pods',
          })),
          dependsOn: [...policies, ...backendWorkloads(service)],
        });
    }
  },
});

/** Pages that are looked at through kubectl port-forward, which no policy keeps out. */
const isForPeople = /management|admin|console|dashboard|debug|pprof/i;

function wordsFor({
  service,
  index,
  targets,
  policies,
  opening,
  someOpen,
  isForgotten,
}: ClosedServicePort): Words<typeof messages> {
  const target = targets.join(' and ');
  const port = service.ports[index];
  if (opening.length === 0)
    return {
      id: 'all',
      data: {
        target,
        policies: `${listObjects(policies)} ${policies.length === 1 ? 'isolates' : 'isolate'} them`,
      },
      severity: isForgotten ? 'warning' : 'info',
      help:
        `allow ${port?.protocol ?? 'TCP'} ${target} from whoever needs the ` +
        'Service, in a policy of its own',
    };
  const allowed = allowedPorts(opening).join(', ');
  return {
    id: 'other',
    data: {
      target,
      policies: listObjects(opening),
      allowed: `${opening.length === 1 ? 'allows' : 'allow'} ${allowed}`,
    },
    severity: !someOpen ? 'error' : isForPeople.test(port?.name ?? '') ? 'info' : 'warning',
    help: `add port ${target} to a rule of ${describeObject(opening[0] as ClusterObject)}`,
  };
}

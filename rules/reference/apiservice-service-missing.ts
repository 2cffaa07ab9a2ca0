import type { ClusterObject } from '../../src/cluster/objects.ts';
import { backendsOfPort } from '../../src/cluster/service.ts';
import {
  type CalledService,
  calledServiceMessages,
  followCalledService,
} from '../../src/lint/calls/called-service.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const why =
  'the aggregator in kube-apiserver forwards the requests of this API group to the Service ' +
  'port; until it can, the APIService is not Available, and whatever lists all API groups ' +
  '(kubectl, namespace deletion) runs into errors';

export const apiserviceServiceMissing = defineRule({
  meta: {
    id: 'apiservice-service-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['APIService'],
    title: 'is served by an unreachable Service',
    summary:
      'An APIService is served by a Service, or a port of it, that does not exist or has ' +
      'no endpoints',
    why,
    fixable: true,
  },
  messages: {
    ...calledServiceMessages,
    noEndpoints: ({ service, port }: { service: string; port: number }) =>
      `port ${port} of Service "${service}" has no ready endpoint`,
  },
  check(context) {
    for (const object of context.cluster.objects.ofKind('apiregistration.k8s.io', 'APIService')) {
      const called = followCalledService(context, object, ['spec', 'service'], why);
      if (called !== undefined) checkEndpoints(called, object, context);
    }
  },
});

/**
 * Of a ClusterIP Service some slice must have a ready address under the name of the port
 * (kube-aggregator pkg/controllers/status/remote/remote_available_controller.go `sync`:
 * MissingEndpoints). A Service that selects nothing, or whose port leads nowhere, is at fault
 * itself.
 */
function checkEndpoints(
  { service: { picture, object: service }, at, port }: CalledService,
  object: ClusterObject,
  { report }: RuleContext<typeof apiserviceServiceMissing.messages>,
): void {
  const index = picture?.ports.findIndex((candidate) => candidate.port === port) ?? -1;
  const servicePort = picture?.ports[index];
  if (picture === undefined || servicePort === undefined || service === undefined) return;
  if (
    (picture.spec.type ?? 'ClusterIP') !== 'ClusterIP' ||
    picture.backends.length === 0 ||
    picture.possible.length > 0
  )
    return;
  const leadsSomewhere = picture.backends.every(
    ({ resolved }) => !resolved.unresolved.includes(index) && !resolved.unknown.includes(index),
  );
  if (
    !leadsSomewhere ||
    picture.backends.some(({ members }) => !members.set.countKnown) ||
    backendsOfPort(picture, servicePort).ready > 0
  )
    return;
  report({
    object,
    at,
    id: 'noEndpoints',
    data: { service: service.name, port },
    severity: 'warning',
    help: 'let one of its pods run and become ready',
    related: picture.backends.map(({ members: { set } }) => ({
      object: set.workload,
      at: ['spec', 'replicas'],
      message: set.countReason ?? 'none of its pods becomes ready',
    })),
  });
}

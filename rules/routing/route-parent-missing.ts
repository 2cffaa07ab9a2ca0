import type { ClusterObject } from '../../src/cluster/objects.ts';
import { gatewayGroup } from '../../src/kubernetes/groups.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { followNearMiss } from '../../src/lint/references/named-objects.ts';
import { type Naming, namingsOf } from '../../src/lint/references/namings.ts';
import { followService } from '../../src/lint/references/reached-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { checkServicePort, portNumberMessages } from '../../src/lint/references/service-port.ts';
import { type MeshParent, meshParents } from '../../src/lint/routes/mesh-parents.ts';
import { routeKinds } from '../../src/lint/routes/route-backends.ts';
import { type AttachmentFault, attachmentFault } from '../../src/lint/routes/route-parents.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...missingMessages,
  ...portNumberMessages,
  group: ({ name }: { name: string }) =>
    `"${name}" is a Service, which is of the core group; without group it is one of Gateway API`,
  section: ({ gateway, wanted, known }: Record<'gateway' | 'wanted' | 'known', string>) =>
    `${gateway} has no listener "${wanted}"; it has ${known}`,
  port: ({ gateway, port, known }: { gateway: string; port: number; known: string }) =>
    `${gateway} has no listener on port ${port}; it has ${known}`,
  closed: ({ gateway, reason }: Record<'gateway' | 'reason', string>) =>
    `no listener of ${gateway} takes this route: ${reason}`,
};

export const routeParentMissing = defineRule({
  meta: {
    id: 'route-parent-missing',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: routeKinds,
    title: 'is attached to nothing',
    summary:
      'A Gateway API route names a Gateway or listener that does not exist or does not take it',
    why:
      'a route has effect on the listeners that its parentRefs name and that allow it; where ' +
      'there is none it gets no condition Accepted, and requests are answered as if the ' +
      'route were not there',
    fixable: true,
  },
  messages,
  check(context) {
    for (const naming of namingsOf(context.cluster, gatewayGroup, 'Gateway')) {
      if (!(routeKinds as readonly string[]).includes(naming.object.kind)) continue;
      const gateway = followNearMiss(context, naming);
      if (gateway !== undefined) checkAttachment(gateway, naming, context);
    }
    for (const parent of meshParents(context.cluster)) checkMeshParent(parent, context);
  },
});

function checkMeshParent(
  { object, path, name, namespace, port, isCore }: MeshParent,
  context: RuleContext<typeof messages>,
): void {
  const place = { object, at: [...path, 'name'] };
  if (!isCore) {
    const help = 'add group: ""';
    context.report({ object, at: [...path, 'kind'], id: 'group', data: { name }, help });
  }
  const service = followService(context, place, { name, namespace });
  if (service !== undefined && port !== undefined)
    checkServicePort(context, { object, at: [...path, 'port'] }, service, { number: port });
}

function checkAttachment(
  gateway: ClusterObject,
  naming: Naming,
  { cluster, unseen, report, unknown }: RuleContext<typeof messages>,
): void {
  const fault = attachmentFault(gateway, naming, cluster, unseen);
  if (fault === undefined) return;
  const { object } = naming;
  if (fault.type === 'unknown') return unknown({ object, at: fault.at, reason: fault.reason });
  report({ object, at: fault.at, ...wordsFor(fault, gateway) });
}

function wordsFor(
  fault: Exclude<AttachmentFault, { type: 'unknown' }>,
  gateway: ClusterObject,
): Words<typeof messages> {
  const name = describeObject(gateway);
  if (fault.type === 'closed')
    return {
      id: 'closed',
      data: { gateway: name, reason: fault.reason },
      help: 'change what the listener allows, or attach the route to another one',
      related: [{ object: gateway, at: [...fault.listener, 'name'], message: 'this listener' }],
    };
  const at = ['spec', 'listeners'];
  const related = [{ object: gateway, at, part: 'key', message: 'its listeners' }] as const;
  if (fault.type === 'port')
    return {
      id: 'port',
      data: { gateway: name, port: fault.port, known: fault.known },
      help: 'write the port of one of its listeners, or leave it out',
      related,
    };
  const { wanted, near, known } = fault;
  return {
    id: 'section',
    data: { gateway: name, wanted, known },
    ...(near === undefined ? { help: 'write the name of one of its listeners' } : changeTo(near)),
    related,
  };
}

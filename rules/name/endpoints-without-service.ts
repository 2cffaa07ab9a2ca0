import type { ClusterObject } from '../../src/cluster/objects.ts';
import {
  describeWanted,
  lookUp,
  namespaceOf,
  wantedObject,
} from '../../src/lint/references/reference.ts';
import { strayEndpoints } from '../../src/lint/references/stray-endpoints.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  near: ({ name, service }: { name: string; service: string }) =>
    `no Service is named "${name}"; ${service} has no selector and no endpoints`,
  namespace: ({ name, service }: { name: string; service: string }) =>
    `no Service is named "${name}" in this namespace; there is ${service}`,
  none: ({ name, objects }: { name: string; objects: number }) =>
    `no Service is named "${name}" in the ${objects} objects read`,
};

export const endpointsWithoutService = defineRule({
  meta: {
    id: 'endpoints-without-service',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Endpoints'],
    title: 'belong to no Service',
    summary: 'Hand-written Endpoints have no Service of exactly their name',
    why:
      'Endpoints and Service find each other by name and namespace alone; without a Service ' +
      'of the same name nothing uses the addresses, and the controller may delete them when ' +
      'it starts',
    fixable: true,
  },
  messages,
  check(context) {
    for (const { object, waiting } of strayEndpoints(context.cluster)) {
      if (waiting !== undefined) reportWaiting(object, waiting, context);
      else lookForService(object, context);
    }
  },
});

function reportWaiting(
  object: ClusterObject,
  service: ClusterObject,
  { report }: RuleContext<typeof messages>,
): void {
  const isHere = service.namespace === object.namespace;
  const message = 'this Service has no selector, and no Endpoints or EndpointSlices of its name';
  report({
    object,
    at: ['metadata', 'name'],
    id: isHere ? 'near' : 'namespace',
    data: { name: object.name, service: describeObject(service) },
    help: isHere
      ? 'rename one of the two: the names must be equal to the letter'
      : 'put both into one namespace',
    related: [{ object: service, at: ['metadata', 'name'], message }],
    ...(isHere && {
      fixes: [
        {
          title: `rename the Endpoints to ${service.name}`,
          safety: 'unsafe',
          replace: service.name,
        },
      ],
    }),
  });
}

/** A Service that does not wait has endpoints of its own: that its name is near says nothing. */
function lookForService(object: ClusterObject, context: RuleContext<typeof messages>): void {
  const { cluster, report, unknown } = context;
  const { name } = object;
  const place = { object, at: ['metadata', 'name'] };
  const wanted = wantedObject('v1', 'Service', namespaceOf(object, cluster), name);
  const lookup = lookUp(context, object, wanted, { handWritten: true });
  const reason =
    cluster.services.length === 0
      ? 'no Service was read together with them'
      : lookup.state === 'unknown'
        ? lookup.reason
        : undefined;
  if (reason !== undefined)
    unknown({ ...place, reason: `${describeWanted(wanted)} was not found, but ${reason}` });
  else if (lookup.state === 'missing')
    report({
      ...place,
      id: 'none',
      data: { name, objects: cluster.objects.all.length },
      severity: 'warning',
      help: `write a Service named ${name} without selector, or rename the Endpoints`,
    });
}

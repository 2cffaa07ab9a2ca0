import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { referencesOf } from '../../src/kubernetes/references.ts';
import { followService } from '../../src/lint/references/reached-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { endpointPorts, listRoutePorts, meantPort } from '../../src/lint/routes/route-ports.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  ...missingMessages,
  servicePort: ({ written, service, known }: { written: string; service: string; known: string }) =>
    `${written} is the number of a port of Service "${service}", not of one that its pods ` +
    `listen on; known ports: ${known}`,
  noPort: ({ written, service, known }: { written: string; service: string; known: string }) =>
    `the endpoints of Service "${service}" have no port ${written}; known ports: ${known}`,
  everyPort: ({ service, count, known }: { service: string; count: number; known: string }) =>
    `no port is named, so that requests go to all ${count} ports of Service "${service}" ` +
    `in turn: ${known}`,
};

export const openshiftRouteMismatch = defineRule({
  meta: {
    id: 'openshift-route-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Route'],
    title: 'leads to a missing Service or port',
    summary:
      'An OpenShift Route leads to a Service, or to a port of its endpoints, that does not exist',
    why:
      'the router sends requests to the endpoints of the Service whose port has the name ' +
      '(that of the Service port) or the number (that in the pods) of targetPort; where ' +
      'there is none it answers with 503',
    fixable: true,
  },
  messages,
  check(context) {
    for (const route of context.cluster.objects.ofKind('route.openshift.io', 'Route')) {
      for (const { path, name } of referencesOf(route, new Set(['Service']))) {
        const service = followService(context, { object: route, at: path }, { name });
        if (service?.picture !== undefined && service.picture.spec.type !== 'ExternalName')
          checkPort(route, service.picture, path, context);
      }
    }
  },
});

/** @param path of the name of the Service */
function checkPort(
  route: ClusterObject,
  service: ServicePicture,
  path: Path,
  context: RuleContext<typeof messages>,
): void {
  const target = fieldAt(route.value, 'spec', 'port', 'targetPort');
  if (target === undefined) return checkEveryPort(route, service, path, context);
  const written = String(target);
  const isNumber = /^\d+$/.test(written);
  const { ports, open } = endpointPorts(service);
  if (ports.some((port) => port.name === written || String(port.number ?? '') === written)) return;
  const { name } = service.object;
  const place = { object: route, at: ['spec', 'port', 'targetPort'] };
  if (isPlaceholder(target))
    return context.unknown({ ...place, reason: 'its port is filled in later' });
  if (open && isNumber) {
    const reason = `where the endpoints of Service ${name} listen is not known`;
    return context.unknown({ ...place, reason });
  }
  const { id, replace, sure } = meantPort(written, isNumber, ports, service);
  context.report({
    ...place,
    id,
    data: {
      written: isNumber ? written : `"${written}"`,
      service: name,
      known: listRoutePorts(ports),
    },
    help:
      replace === undefined
        ? 'write the name of one of the Service ports'
        : `write targetPort: ${replace}`,
    related: [portsOf(service)],
    dependsOn: service.backends.map(({ members }) => members.set.workload),
    ...(replace !== undefined && {
      fixes: [{ title: `change it to ${replace}`, safety: sure ? 'safe' : 'unsafe', replace }],
    }),
  });
}

function checkEveryPort(
  route: ClusterObject,
  service: ServicePicture,
  path: Path,
  { report }: RuleContext<typeof messages>,
): void {
  const { ports } = endpointPorts(service);
  const count = new Set(ports.map((port) => port.name)).size;
  if (count < 2) return;
  report({
    object: route,
    at: path,
    id: 'everyPort',
    data: { service: service.object.name, count, known: listRoutePorts(ports) },
    severity: 'warning',
    title: 'sends requests to every port of a Service',
    why:
      'a router without a port to look for takes all endpoints of the Service, one per pod ' +
      'and port',
    help: `add port.targetPort: ${ports[0]?.name ?? ''}, or whichever port is meant`,
    related: [portsOf(service)],
  });
}

function portsOf({ object }: ServicePicture) {
  const message = 'the ports of the Service';
  return { object, at: ['spec', 'ports'], part: 'key' as const, message };
}

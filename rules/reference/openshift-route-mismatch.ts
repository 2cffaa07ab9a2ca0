import { asList, asText, fieldAt } from '../../src/kubernetes/json.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import type { Json, Path } from '../../src/manifest/node.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { nearestName } from '../../src/text/nearest-name.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import {
  endpointPorts,
  listRoutePorts,
  type RoutePort,
} from '../../src/lint/references/route-ports.ts';
import { followService } from '../../src/lint/references/service-port.ts';

const messages = {
  ...missingMessages,
  servicePort: ({ written, service, known }: { written: string; service: string; known: string }) =>
    `${written} is the number of a port of Service "${service}", not of one that its pods listen on; known ports: ${known}`,
  noPort: ({ written, service, known }: { written: string; service: string; known: string }) =>
    `the endpoints of Service "${service}" have no port ${written}; known ports: ${known}`,
  everyPort: ({ service, count, known }: { service: string; count: number; known: string }) =>
    `no port is named, so that requests go to all ${count} ports of Service "${service}" in turn: ${known}`,
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
    why: 'the router sends requests to the endpoints of the Service whose port has the name (that of the Service port) or the number (that in the pods) of targetPort; where there is none it answers with 503',
    fixable: true,
  },
  messages,
  check(context) {
    for (const route of context.cluster.objects.ofKind('route.openshift.io', 'Route')) {
      const spec = fieldAt(route.value as Json, 'spec');
      const backends: Path[] = [
        ['to'],
        ...asList(fieldAt(spec, 'alternateBackends')).map((_, index) => [
          'alternateBackends',
          index,
        ]),
      ];
      for (const path of backends) {
        const name = asText(fieldAt(spec, ...path, 'name'));
        if (name === undefined || (fieldAt(spec, ...path, 'kind') ?? 'Service') !== 'Service')
          continue;
        const service = followService(
          context,
          { object: route, at: ['spec', ...path, 'name'] },
          { name },
        );
        if (service?.picture !== undefined && service.picture.spec.type !== 'ExternalName')
          checkPort(route, service.picture, path, context);
      }
    }
  },
});

function checkPort(
  route: ClusterObject,
  service: ServicePicture,
  path: Path,
  { report, unknown }: RuleContext<typeof messages>,
): void {
  const target = fieldAt(route.value as Json, 'spec', 'port', 'targetPort');
  const { ports, open } = endpointPorts(service);
  const { name } = service.object;
  const known = listRoutePorts(ports);
  const related = [
    {
      object: service.object,
      at: ['spec', 'ports'],
      part: 'key' as const,
      message: 'the ports of the Service',
    },
  ];
  const dependsOn = service.backends.map(({ members }) => members.set.workload);
  if (target === undefined) {
    const count = new Set(ports.map((port) => port.name)).size;
    if (count < 2) return;
    const help = `add port.targetPort: ${ports[0]?.name ?? ''}, or whichever port is meant`;
    report({
      object: route,
      at: ['spec', ...path, 'name'],
      id: 'everyPort',
      data: { service: name, count, known },
      severity: 'warning',
      title: 'sends requests to every port of a Service',
      why: 'a router without a port to look for takes all endpoints of the Service, one per pod and port',
      help,
      related,
    });
    return;
  }
  const written = String(target);
  const isNumber = /^\d+$/.test(written);
  if (ports.some((port) => port.name === written || String(port.number ?? '') === written)) return;
  const place = { object: route, at: ['spec', 'port', 'targetPort'] };
  if (isPlaceholder(target)) return unknown({ ...place, reason: 'its port is filled in later' });
  if (open && isNumber)
    return unknown({
      ...place,
      reason: `where the endpoints of Service ${name} listen is not known`,
    });
  const byService = isNumber
    ? service.ports.find(
        ({ port, protocol = 'TCP' }) => protocol === 'TCP' && String(port) === written,
      )
    : undefined;
  const near = isNumber ? undefined : nearPort(written, ports, service);
  const meant =
    byService === undefined
      ? (near ?? (ports.length === 1 ? ports[0] : undefined))
      : ports.find((port) => port.name === (byService.name ?? ''));
  const replace = meant === undefined ? undefined : meant.name === '' ? meant.number : meant.name;
  report({
    ...place,
    id: byService === undefined ? 'noPort' : 'servicePort',
    data: { written: isNumber ? written : `"${written}"`, service: name, known },
    help:
      replace === undefined
        ? 'write the name of one of the Service ports'
        : `write targetPort: ${replace}`,
    related,
    dependsOn,
    ...(replace !== undefined && {
      fixes: [
        {
          title: `change it to ${replace}`,
          safety: byService === undefined && near === undefined ? 'unsafe' : 'safe',
          replace,
        },
      ],
    }),
  });
}

/** By the name that the port has in the pods, or a slip away. */
function nearPort(
  written: string,
  ports: readonly RoutePort[],
  service: ServicePicture,
): RoutePort | undefined {
  const byTarget = service.ports.find(({ targetPort }) => targetPort === written);
  const name =
    byTarget?.name ??
    nearestName(
      written,
      ports.map((port) => port.name).filter((own) => own !== ''),
    );
  return name === undefined ? undefined : ports.find((port) => port.name === name);
}

import { asList, fieldAt } from '../../src/kubernetes/json.ts';
import { type ReachedService, reachService } from '../../src/lint/references/reached-service.ts';
import {
  checkServicePort,
  listServicePorts,
  portNumberMessages,
} from '../../src/lint/references/service-port.ts';
import {
  type Destination,
  destinations,
  gatewaysOf,
  IstioHosts,
  istioObjects,
} from '../../src/lint/routes/istio.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...portNumberMessages,
  closed: ({ gateway, port, known }: Record<'gateway' | 'port' | 'known', string>) =>
    `no port is written, so requests go on to the port they came in at: ${port} of ${gateway}, ` +
    `which the Service does not have; known ports: ${known}`,
  unwritten: ({ known }: { known: string }) =>
    `no port is written, and the Service has ${known}: requests go on to the port they came in at`,
};

export const istioPortMismatch = defineRule({
  meta: {
    id: 'istio-port-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VirtualService'],
    title: 'names a port that the Service does not have',
    summary: 'An Istio VirtualService sends requests to a port that its Service does not have',
    why:
      'the port of a destination is the number of a Service port, never the one that the ' +
      'pods listen on; the proxies know no cluster for any other and answer 503',
    fixable: true,
  },
  messages,
  check(context) {
    const hosts = new IstioHosts(context.cluster);
    for (const destination of istioObjects(context.cluster, 'VirtualService').flatMap(
      destinations,
    )) {
      const { object, path, host, port } = destination;
      const target = hosts.resolve(host, object);
      if (target === undefined || (port !== undefined && typeof port !== 'number')) continue;
      const service = reachService(context, object, target);
      if (
        service === undefined ||
        (service.picture?.spec.type === 'ExternalName' && service.ports.length === 0)
      )
        continue;
      if (port === undefined) checkUnwritten(destination, service, context);
      else
        checkServicePort(context, { object, at: [...path, 'port', 'number'] }, service, {
          number: port,
        });
    }
  },
});

/** Only where there is one port is it taken by itself (`GetDestinationCluster`). */
function checkUnwritten(
  { object, path }: Destination,
  { ports }: ReachedService,
  { cluster, report }: RuleContext<typeof messages>,
): void {
  if (ports.length < 2) return;
  const known = listServicePorts(ports);
  const help = 'write the port of the Service: port: { number: … }';
  const place = { object, at: [...path, 'host'] };
  const gateways = gatewaysOf(object, cluster) ?? [];
  const doors = gateways.flatMap((gateway) =>
    asList(fieldAt(gateway.value, 'spec', 'servers')).map((server) => ({
      gateway,
      port: fieldAt(server, 'port', 'number'),
    })),
  );
  const [door] = doors;
  if (door === undefined)
    return report({ ...place, id: 'unwritten', data: { known }, severity: 'info', help });
  if (doors.some((one) => ports.some(({ port }) => port === one.port))) return;
  report({
    ...place,
    id: 'closed',
    data: { gateway: describeObject(door.gateway), port: String(door.port), known },
    severity: 'warning',
    help,
    related: [{ object: door.gateway, at: ['spec', 'servers'], part: 'key', message: 'its ports' }],
  });
}

import type { ServicePort } from 'kubernetes-types/core/v1';
import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { reachService } from '../../src/lint/references/reached-service.ts';
import {
  checkServicePort,
  findServicePort,
  listServicePorts,
  portNumberMessages,
} from '../../src/lint/references/service-port.ts';
import {
  type RouteBackend,
  routeBackends,
  routeKinds,
} from '../../src/lint/routes/route-backends.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  ...portNumberMessages,
  absent: ({ known }: { known: string }) =>
    `"port" is required where a Service is referred to; known ports: ${known}`,
  name: ({ written, known }: { written: string; known: string }) =>
    `port "${written}" is a name, and routes refer to Service ports by number; known ` +
    `ports: ${known}`,
  protocol: ({
    port,
    kind,
    wanted,
    known,
  }: {
    port: number;
    kind: string;
    wanted: string;
    known: string;
  }) =>
    `port ${port} of the Service is none of protocol ${wanted}, as ${kind} needs; known ` +
    `ports: ${known}`,
};

export const routePortMismatch = defineRule({
  meta: {
    id: 'route-port-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: routeKinds,
    title: 'names a port that the Service does not have',
    summary: 'A Gateway API route names a port that its Service does not have',
    why:
      'the port of a backendRef is the number of a Service port, never the number that the ' +
      'pods listen on nor a name; where the Service has none of it, the reference does not ' +
      'resolve and requests are answered with status 500',
    fixable: true,
  },
  messages,
  check(context) {
    for (const backend of routeBackends(context.cluster)) {
      const { route, path, port, protocol } = backend;
      const service = reachService(context, route, backend);
      // An ExternalName without ports leaves open what can be dialled.
      if (
        service === undefined ||
        isPlaceholder(port) ||
        (service.picture?.spec.type === 'ExternalName' && service.ports.length === 0)
      )
        continue;
      const { object, ports } = service;
      const place = { object: route, at: port === undefined ? path : [...path, 'port'] };
      const words = wordsFor(backend, ports);
      const at = ['spec', 'ports'];
      if (words !== undefined)
        context.report({
          ...place,
          ...words,
          ...(object !== undefined && {
            related: [{ object, at, part: 'key', message: 'the ports of the Service' }],
          }),
        });
      else if (typeof port === 'number')
        checkServicePort(context, place, service, { number: port }, { protocol });
    }
  },
});

/** Undefined for a number that the Service has, with this protocol, or with none. */
function wordsFor(
  { route, port, protocol }: RouteBackend,
  ports: readonly ServicePort[],
): Words<typeof messages> | undefined {
  const known = listServicePorts(ports);
  const usable = ports.filter((candidate) => (candidate.protocol ?? 'TCP') === protocol);
  if (port === undefined) {
    const [only] = usable.length === 1 ? usable : [];
    const help = only ? `add port: ${only.port}` : 'add the number of one of its ports';
    return { id: 'absent', data: { known }, help };
  }
  if (typeof port !== 'number') {
    const written = String(port);
    const meant = meantByName(usable, written)?.port;
    const help =
      meant === undefined ? 'write the number of one of its ports' : `write port: ${meant}`;
    return { id: 'name', data: { written, known }, help, fixes: fixTo(meant) };
  }
  if (
    findServicePort(ports, { number: port }) === undefined ||
    findServicePort(usable, { number: port }) !== undefined
  )
    return undefined;
  return {
    id: 'protocol',
    data: { port, kind: route.kind, wanted: protocol, known },
    help:
      `add a Service port ${port} with protocol: ${protocol}, or use the route kind of its ` +
      'protocol',
  };
}

/** A number in quotes, the name of a Service port, or that of the port in the pods. */
function meantByName(ports: readonly ServicePort[], written: string): ServicePort | undefined {
  return ports.find(
    ({ port, name, targetPort }) =>
      String(port) === written || name === written || targetPort === written,
  );
}

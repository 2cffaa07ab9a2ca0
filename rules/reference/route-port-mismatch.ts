import type { ServicePort } from 'kubernetes-types/core/v1';
import { routeBackends, routeKinds } from '../../src/lint/references/route-backends.ts';
import {
  checkServicePort,
  findServicePort,
  listServicePorts,
  portNumberMessages,
  reachService,
} from '../../src/lint/references/service-port.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

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
  messages: {
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
  },
  check(context) {
    const { cluster, report } = context;
    for (const { route, path, name, namespace, port, protocol } of routeBackends(cluster)) {
      const service = reachService(context, route, { name, namespace });
      // An ExternalName without ports leaves open what can be dialled.
      if (
        service === undefined ||
        isPlaceholder(port) ||
        (service.picture?.spec.type === 'ExternalName' && service.ports.length === 0)
      )
        continue;
      const { object, ports } = service;
      const related =
        object === undefined
          ? []
          : [
              {
                object,
                at: ['spec', 'ports'],
                part: 'key',
                message: 'the ports of the Service',
              } as const,
            ];
      const common = { object: route, at: [...path, 'port'], related };
      const known = listServicePorts(ports);
      const usable = ports.filter((candidate) => (candidate.protocol ?? 'TCP') === protocol);
      const [only] = usable;
      if (port === undefined) {
        const help =
          usable.length === 1 && only !== undefined
            ? `add port: ${only.port}`
            : 'add the number of one of its ports';
        report({ ...common, at: path, id: 'absent', data: { known }, help });
      } else if (typeof port !== 'number') {
        const written = String(port);
        const meant = meantByName(usable, written);
        report({
          ...common,
          id: 'name',
          data: { written, known },
          help:
            meant === undefined
              ? 'write the number of one of its ports'
              : `write port: ${meant.port}`,
          ...(meant !== undefined && {
            fixes: [{ title: `change it to ${meant.port}`, safety: 'safe', replace: meant.port }],
          }),
        });
      } else if (
        findServicePort(ports, { number: port }) !== undefined &&
        findServicePort(ports, { number: port }, protocol) === undefined
      ) {
        report({
          ...common,
          id: 'protocol',
          data: { port, kind: route.kind, wanted: protocol, known },
          help:
            `add a Service port ${port} with protocol: ${protocol}, or use the route kind of ` +
            'its protocol',
        });
      } else
        checkServicePort(
          context,
          { object: route, at: common.at },
          service,
          { number: port },
          { protocol },
        );
    }
  },
});

/** A number in quotes, the name of a Service port, or that of the port in the pods. */
function meantByName(ports: readonly ServicePort[], written: string): ServicePort | undefined {
  return ports.find(
    ({ port, name, targetPort }) =>
      String(port) === written || name === written || targetPort === written,
  );
}

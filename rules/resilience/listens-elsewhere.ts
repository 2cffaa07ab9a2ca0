import { runningContainers } from '../../src/cluster/containers.ts';
import { declaredPorts } from '../../src/cluster/ports.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { toldAddresses } from '../../src/lint/ports/told-addresses.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';

export const listensElsewhere = defineRule({
  meta: {
    id: 'listens-elsewhere',
    category: 'resilience',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is told to listen where nobody calls',
    summary: 'A container is told to listen at another port, or at localhost only',
    why:
      'a Service leads to the address of the pod and the port of its container; where the ' +
      'program listens on another number, or at 127.0.0.1, the connection is refused ' +
      'although the endpoint is ready',
    fixable: false,
  },
  messages: {
    port: ({ port, declared }: { port: number; declared: string }) =>
      `the container is told to listen on ${port}, but it declares ${declared} only, and ` +
      'its Service leads there',
    local: ({ host }: { host: string }) =>
      `the container is told to listen at ${host} only, which nobody outside of its pod can reach`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      const { workload, spec, templatePath } = set;
      const containers = runningContainers(spec);
      const [one] = containers;
      // Another container may be the one that serves: a proxy that forwards to localhost.
      if (one === undefined || containers.length > 1 || spec.hostNetwork === true) continue;
      const [service] = servicesOf(cluster, set);
      const ports = declaredPorts(spec).map(({ port }) => port.containerPort);
      if (service === undefined || ports.length === 0) continue;
      if (ports.some((port) => typeof port !== 'number')) continue;
      const related = [
        {
          object: service.object,
          at: ['spec', 'ports'],
          part: 'key' as const,
          message: 'where its Service leads',
        },
      ];
      const told = toldAddresses(one.container);
      for (const { at, host, port } of told) {
        const place: Place = {
          object: workload,
          at: [...templatePath, 'spec', ...one.path, ...at],
        };
        if (host !== undefined && (port === undefined || ports.includes(port)))
          report({
            ...place,
            id: 'local',
            data: { host },
            help: 'let it listen at 0.0.0.0',
            related,
          });
        else if (
          host === undefined &&
          port !== undefined &&
          told.length === 1 &&
          !ports.includes(port) &&
          !service.ports.some((one) => (one.targetPort ?? one.port) === port)
        )
          report({
            ...place,
            id: 'port',
            data: { port, declared: ports.join(', ') },
            help:
              `let it listen on ${ports.join(' or ')}, or declare ${port} and let the ` +
              'Service lead there',
            related,
          });
      }
    }
  },
});

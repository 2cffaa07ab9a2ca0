import { slicesSeeSidecars } from '../../src/cluster/ports.ts';
import { backendWorkloads, portsTargeted } from '../../src/lint/ports/backend-ports.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const targetPortProtocolMismatch = defineRule({
  meta: {
    id: 'target-port-protocol-mismatch',
    category: 'port',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port of another protocol',
    summary: 'A Service port and the container port it targets differ in protocol',
    why:
      'a named target port must agree in name and protocol (FindPort), else it is left out ' +
      'of the EndpointSlices; a numeric one is dialled with the protocol of the Service port',
    fixable: false,
  },
  messages: {
    named: ({ target, wanted, actual }: { target: string; wanted: string; actual: string }) =>
      `the Service port is ${wanted}, container port "${target}" is ${actual}: the name ` +
      'does not resolve',
    numeric: ({ target, wanted, actual }: { target: number; wanted: string; actual: string }) =>
      `the Service port is ${wanted}, but containers declare ${target} as ${actual} only`,
  },
  check({ cluster, report }) {
    const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
    for (const service of cluster.services) {
      for (const [
        index,
        { port, targetPort, protocol: wanted = 'TCP' },
      ] of service.ports.entries()) {
        const target = targetPort ?? port;
        const same = portsTargeted(service, target, sidecars);
        const other = same.find(({ port: declared }) => (declared.protocol ?? 'TCP') !== wanted);
        if (
          other === undefined ||
          same.some(({ port: declared }) => (declared.protocol ?? 'TCP') === wanted)
        )
          continue;
        const actual = other.port.protocol ?? 'TCP';
        const written =
          (service.object.source.value as { spec?: { ports?: Record<string, unknown>[] } }).spec
            ?.ports?.[index] ?? {};
        const place = {
          object: service.object,
          at: [
            'spec',
            'ports',
            index,
            ['protocol', 'targetPort'].find((field) => Object.hasOwn(written, field)) ?? 'port',
          ],
          dependsOn: backendWorkloads(service),
          help:
            `make both ${actual} or both ${wanted}; a Service that takes both needs a port ` +
            'of each protocol',
          related: [
            {
              object: other.set.workload,
              at: [...other.path, other.port.protocol === undefined ? 'containerPort' : 'protocol'],
              message: `${actual} here`,
            },
          ],
        };
        if (typeof target === 'string')
          report({ ...place, id: 'named', data: { target, wanted, actual } });
        else
          report({
            ...place,
            id: 'numeric',
            severity: 'warning',
            data: { target, wanted, actual },
          });
      }
    }
  },
});

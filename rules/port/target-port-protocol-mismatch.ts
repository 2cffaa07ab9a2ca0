import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asJsonObject, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { backendWorkloads } from '../../src/lint/ports/backend-ports.ts';
import { type CrossedProtocol, crossedProtocols } from '../../src/lint/ports/crossed-protocols.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';

const messages = {
  named: ({ target, wanted, actual }: { target: string; wanted: string; actual: string }) =>
    `the Service port is ${wanted}, container port "${target}" is ${actual}: the name ` +
    'does not resolve',
  numeric: ({ target, wanted, actual }: { target: number; wanted: string; actual: string }) =>
    `the Service port is ${wanted}, but containers declare ${target} as ${actual} only`,
};

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
  messages,
  check({ cluster, report }) {
    for (const crossed of crossedProtocols(cluster)) {
      const { service, index, wanted, other, actual } = crossed;
      report({
        object: service.object,
        at: placeOf(service.object, index),
        ...wordsFor(crossed),
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
      });
    }
  },
});

function wordsFor({ target, wanted, actual, other }: CrossedProtocol): Words<typeof messages> {
  if (typeof target === 'string') return { id: 'named', data: { target, wanted, actual } };
  // What is declared hinders no packet, and TCP is what a port is that says nothing.
  const { source } = other.set.workload;
  const isWritten = fieldAt(source.value, ...other.path, 'protocol') !== undefined;
  const severity = isWritten ? 'warning' : 'info';
  return { id: 'numeric', severity, data: { target, wanted, actual } };
}

/** The field that is written, of those that take part. */
function placeOf({ source }: ClusterObject, index: number): Path {
  const written = asJsonObject(fieldAt(source.value, 'spec', 'ports', index)) ?? {};
  const field = ['protocol', 'targetPort'].find((one) => Object.hasOwn(written, one));
  return ['spec', 'ports', index, field ?? 'port'];
}

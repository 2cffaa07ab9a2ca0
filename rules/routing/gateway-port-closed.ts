import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { closedDoors } from '../../src/lint/routes/gateway-doors.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const gatewayPortClosed = defineRule({
  meta: {
    id: 'gateway-port-closed',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Gateway'],
    title: 'listens where nobody gets to',
    summary: 'A server of an Istio Gateway has a port that the Service of its pods has not',
    why:
      'the proxy listens at the port of the server, and requests come through the Service in ' +
      'front of it: a port that the Service does not have is not reached from outside',
    fixable: false,
  },
  messages: {
    closed: ({ port, service, known }: Record<'port' | 'service' | 'known', string>) =>
      `${service}, in front of its pods, has no port ${port}; its ports: ${known}`,
  },
  check({ cluster, report }) {
    for (const { gateway, at, port, service } of closedDoors(cluster)) {
      const { object, ports } = service;
      report({
        object: gateway,
        at,
        id: 'closed',
        data: {
          port: String(port),
          service: describeObject(object),
          known: listServicePorts(ports),
        },
        help: `write a port that the Service has, or add port ${port} to it`,
        related: [{ object, at: ['spec', 'ports'], part: 'key', message: 'its ports' }],
      });
    }
  },
});

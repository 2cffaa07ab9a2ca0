import { formatPairs } from '../../src/cluster/labels.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { closedDoors, nobodysGateways } from '../../src/lint/routes/gateway-doors.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { briefValue } from '../../src/text/brief.ts';

export const gatewayPortClosed = defineRule({
  meta: {
    id: 'gateway-port-closed',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Gateway'],
    title: 'listens where nobody gets to',
    summary:
      'An Istio Gateway selects no proxy, or has a port that the Service of its pods has not',
    why:
      'the proxy listens at the port of the server, and requests come through the Service in ' +
      'front of it: a port that the Service does not have is not reached from outside',
    fixable: false,
  },
  messages: {
    nobody: ({ selector, proxy, labels }: Record<'selector' | 'proxy' | 'labels', string>) =>
      `no pod that was read has ${selector}; the gateway beside it, ${proxy}, has ${labels}`,
    closed: ({ port, service, known }: Record<'port' | 'service' | 'known', string>) =>
      `${service}, in front of its pods, has no port ${port}; its ports: ${known}`,
  },
  check({ cluster, report }) {
    for (const { gateway, selector, proxy } of nobodysGateways(cluster))
      report({
        object: gateway,
        at: ['spec', 'selector'],
        part: 'key',
        id: 'nobody',
        data: {
          selector: briefValue(formatPairs(selector)),
          proxy: describeObject(proxy.workload),
          labels: formatPairs(Object.fromEntries(namesOf(proxy))),
        },
        title: 'is served by nobody',
        why: 'the servers of a Gateway are opened by the proxies that its selector takes',
        help: 'select the proxy that is to serve it, or add the labels to its pods',
        related: [
          {
            object: proxy.workload,
            at: [...proxy.templatePath, 'metadata', 'labels'],
            part: 'key',
            message: 'the labels of its pods',
          },
        ],
      });
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

/** The labels that Gateways mostly ask for. */
function namesOf({ labels }: PodSet): [string, string][] {
  return [...labels].flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' && ['istio', 'app'].includes(key) ? [[key, value]] : [],
  );
}

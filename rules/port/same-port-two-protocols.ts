import { defineRule } from '../../src/lint/rule.ts';

/**
 * Annotations of load balancers that are told to take both protocols, or that Services may share.
 */
const arranged = /tcp-udp|mixed|allow-shared-ip|sharing-key|shared-ip|l4-rbs/i;

export const samePortTwoProtocols = defineRule({
  meta: {
    id: 'same-port-two-protocols',
    category: 'port',
    severity: 'info',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'asks for two protocols on one port',
    summary: 'A Service of type LoadBalancer has one port in two protocols',
    why:
      "the API server takes it since 1.24, but the load balancer is the cloud provider's: " +
      'many make one per protocol only, and then none at all, or one that lacks a protocol',
    fixable: false,
  },
  messages: {
    mixed: ({ port, first, second }: { port: number; first: string; second: string }) =>
      `port ${port} is there as ${first} and as ${second}, and not every load balancer ` +
      'takes both in one Service',
  },
  check({ cluster, report }) {
    for (const { object, spec, ports } of cluster.services) {
      // A class names a controller of one's own choosing.
      if (spec.type !== 'LoadBalancer' || spec.loadBalancerClass !== undefined) continue;
      if (Object.keys(object.value.metadata?.annotations ?? {}).some((key) => arranged.test(key)))
        continue;
      const seen = new Map<number, { index: number; protocol: string }>();
      for (const [index, { port, protocol = 'TCP' }] of ports.entries()) {
        const first = seen.get(port);
        if (first === undefined) seen.set(port, { index, protocol });
        else if (first.protocol !== protocol) {
          report({
            object,
            at: ['spec', 'ports', index, 'protocol'],
            id: 'mixed',
            data: { port, first: first.protocol, second: protocol },
            help:
              'ask your provider; two Services, one per protocol, work everywhere, on one ' +
              'address where it can be shared',
            related: [
              {
                object,
                at: ['spec', 'ports', first.index, 'port'],
                message: `the same port as ${first.protocol}`,
              },
            ],
          });
        }
      }
    }
  },
});

import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { isInternal, isRestricted } from '../../src/lint/endpoints/load-balancers.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const openLoadBalancer = defineRule({
  meta: {
    id: 'open-load-balancer',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'takes connections from everywhere',
    summary: 'A load balancer lets every address connect',
    why:
      'a cloud gives a Service of type LoadBalancer a public address and opens it to the ' +
      'whole internet, unless loadBalancerSourceRanges or an annotation says who may connect',
    fixable: false,
  },
  messages: {
    open: () => 'no loadBalancerSourceRanges: every address may connect',
    all: ({ range }: { range: string }) =>
      `${range} ${range.includes(',') ? 'are together' : 'is'} every address`,
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const { object, spec, ports } = service;
      // Another class than the cloud's own has rules of its own.
      if (spec.type !== 'LoadBalancer' || spec.loadBalancerClass !== undefined) continue;
      if (isInternal(object) || isRestricted(object) || isForTheWeb(service)) continue;
      const ranges = spec.loadBalancerSourceRanges ?? [];
      const index = ranges.findIndex(
        (range) => /\/0$/.test(range) || (isHalf(range) && ranges.filter(isHalf).length > 1),
      );
      // A web server may well be for everybody; a database is not.
      const severity = ports.every(isWeb) ? 'info' : 'warning';
      const help = 'name the networks of your clients, or make the load balancer internal';
      if (ranges.length === 0)
        report({ object, at: ['spec', 'type'], id: 'open', data: undefined, severity, help });
      else if (index >= 0)
        report({
          object,
          at: ['spec', 'loadBalancerSourceRanges', index],
          id: 'all',
          data: { range: ranges.filter((one) => one === ranges[index] || isHalf(one)).join(', ') },
          severity,
          help,
        });
    }
  },
});

/** Of all addresses: both of them are what `0.0.0.0/0` is. */
const isHalf = (range: string): boolean => range === '0.0.0.0/1' || range === '128.0.0.0/1';

const isWeb = ({ port, name = '', appProtocol = '' }: ServicePort): boolean =>
  [80, 443, 8080, 8443].includes(port) || /^https?\b/.test(appProtocol || name);

/**
 * An ingress controller stands open on purpose: 80 and 443 together, and nothing else that matters.
 */
function isForTheWeb({ ports }: ServicePicture): boolean {
  const numbers = new Set(ports.map(({ port }) => port));
  return numbers.has(80) && numbers.has(443);
}

import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

const label = 'service.kubernetes.io/service-proxy-name';

export const serviceNotProxied = defineRule({
  meta: {
    id: 'service-not-proxied',
    category: 'name',
    severity: 'info',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'is left alone by kube-proxy',
    summary: 'A Service has the label that keeps kube-proxy away from it',
    why:
      'kube-proxy passes over Services with the label ' +
      'service.kubernetes.io/service-proxy-name, whatever its value: unless another proxy ' +
      'answers for them, their addresses lead nowhere',
    fixable: false,
  },
  messages: {
    other: ({ proxy }: { proxy: string }) =>
      `nobody but a proxy named "${proxy}" answers for the address of this Service`,
  },
  check({ cluster, report }) {
    for (const { object, headless } of cluster.services) {
      const proxy = getOwn(object.value.metadata?.labels, label);
      if (proxy === undefined || headless) continue;
      report({
        object,
        at: ['metadata', 'labels', label],
        part: 'key',
        id: 'other',
        data: { proxy },
        help: 'take the label out, unless a proxy of that name runs in the cluster',
      });
    }
  },
});

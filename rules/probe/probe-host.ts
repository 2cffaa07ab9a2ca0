import { runningContainers } from '../../src/cluster/containers.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

export const probeHost = defineRule({
  meta: {
    id: 'probe-host',
    category: 'probe',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'asks the node in place of the pod',
    summary: 'The host of a probe is localhost, which is the node and not the pod',
    why:
      'the kubelet makes the connection, from the node and not from inside of the pod: localhost ' +
      'is the node itself, where nothing listens on the port, or something else does',
    fixable: false,
  },
  messages: {
    node: ({ probe, host }: Record<'probe' | 'host', string>) =>
      `${probe} dials ${host}, which is the node that the pod runs on`,
  },
  check({ cluster, report }) {
    for (const { workload, spec, templatePath } of cluster.pods.all) {
      if (spec.hostNetwork === true) continue;
      for (const { container, path } of runningContainers(spec))
        for (const probe of probes)
          for (const handler of ['httpGet', 'tcpSocket'] as const) {
            const host = container[probe]?.[handler]?.host ?? '';
            if (!/^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(host)) continue;
            report({
              object: workload,
              at: [...templatePath, 'spec', ...path, probe, handler, 'host'],
              id: 'node',
              data: { probe, host },
              help: 'take host out, so that the address of the pod is dialled',
            });
          }
    }
  },
});

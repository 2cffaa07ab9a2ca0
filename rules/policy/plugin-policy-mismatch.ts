import type { Cluster } from '../../src/cluster/cluster.ts';
import { formatSelector } from '../../src/cluster/labels.ts';
import { declaredPorts } from '../../src/cluster/ports.ts';
import { defineRule } from '../../src/lint/rule.ts';
import {
  pluginPolicies,
  type PluginPolicy,
  pluginPolicyKinds,
  type PluginSelector,
} from '../../src/lint/selectors/plugin-policies.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { mostAlike } from '../../src/text/limits.ts';
import { isSlip } from '../../src/text/slip.ts';

export const pluginPolicyMismatch = defineRule({
  meta: {
    id: 'plugin-policy-mismatch',
    category: 'policy',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: pluginPolicyKinds,
    title: 'names labels or ports that no pod has',
    summary: 'A policy of Cilium or Calico has a label that is misspelt, or the port of a Service',
    why:
      'the plugin compares the labels of pods, and sees the port of the pod when the packet ' +
      'arrives: the cluster IP and the port of the Service are replaced before',
    fixable: false,
  },
  messages: {
    slip: ({ selector, workload, has }: Record<'selector' | 'workload' | 'has', string>) =>
      `no pod has ${selector}; ${workload} has ${has}`,
    port: ({ port, target, service }: { port: number; target: number; service: string }) =>
      `${port} is the port of ${service}, whose pods listen on ${target}`,
  },
  check({ cluster, report }) {
    for (const policy of pluginPolicies(cluster)) {
      const { subject, peers } = policy;
      for (const selector of [...(subject === undefined ? [] : [subject]), ...peers]) {
        const near = nearPods(selector, cluster);
        if (near === undefined) continue;
        const { object, at, pairs } = selector;
        report({
          object,
          at,
          id: 'slip',
          data: { selector: formatSelector({ matchLabels: pairs }), ...near },
          help: `write ${near.has}`,
        });
      }
      for (const { service, target, number, at } of portsOfServices(policy, cluster))
        report({
          object: service.policy,
          at,
          id: 'port',
          data: { port: number, target, service: describeObject(service.object) },
          help: `write ${target}`,
          related: [
            { object: service.object, at: ['spec', 'ports'], part: 'key', message: 'leads there' },
          ],
        });
    }
  },
});

/** A workload with a label that is a typo away, where no pod has all of them. */
function nearPods({ pairs, namespace }: PluginSelector, cluster: Cluster) {
  if (cluster.pods.select(pairs, namespace).length > 0) return undefined;
  for (const { labels, workload } of cluster.pods.inNamespace(namespace).slice(0, mostAlike))
    for (const [key, wanted] of Object.entries(pairs)) {
      const own = labels.get(key);
      if (typeof own === 'string' && own !== wanted && isSlip(wanted, own))
        return { workload: describeObject(workload), has: `${key}: ${own}` };
    }
  return undefined;
}

function portsOfServices({ subject, ports }: PluginPolicy, cluster: Cluster) {
  if (subject === undefined) return [];
  const { pairs, namespace, object: policy } = subject;
  const [first] = cluster.pods.select(pairs, namespace);
  if (first === undefined || first.truth !== 'yes') return [];
  const { set } = first.members;
  const declared = declaredPorts(set.spec).map(({ port }) => port);
  return ports.flatMap(({ at, number }) => {
    if (declared.some(({ containerPort }) => containerPort === number)) return [];
    for (const { object, ports: own } of servicesOf(cluster, set)) {
      const { targetPort } = own.find(({ port }) => port === number) ?? {};
      const named = declared.find(({ name }) => name === targetPort)?.containerPort;
      const target = typeof targetPort === 'number' ? targetPort : named;
      if (target !== undefined && target !== number)
        return [{ at, number, target, service: { object, policy } }];
    }
    return [];
  });
}

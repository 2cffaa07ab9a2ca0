import { inPodSpec } from '../../src/cluster/pods.ts';
import {
  aliasedServices,
  type HiddenService,
  hiddenServices,
} from '../../src/lint/hosts/hidden-services.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  policy: ({ host, service, policy }: Record<'host' | 'service' | 'policy', string>) =>
    `"${host}" is ${service}, and ${policy}`,
  alias: ({ host, service, ip }: Record<'host' | 'service' | 'ip', string>) =>
    `hostAliases say that "${host}" is ${ip}, so that nobody asks for ${service}`,
  ndots: ({ host, service, ndots }: { host: string; service: string; ndots: number }) =>
    `"${host}" is ${service}, but with ndots ${ndots} a name with a dot is looked up ` +
    'outside of the cluster first',
};

export const dnsPolicyHidesServices = defineRule({
  meta: {
    id: 'dns-policy-hides-services',
    category: 'reference',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [
      'Pod',
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'ReplicaSet',
      'ReplicationController',
      'Job',
      'CronJob',
    ],
    title: 'asks a resolver that knows no Services',
    summary: 'The DNS settings of pods keep them from finding the Services that they name',
    why:
      'the kubelet writes the resolver of a container: with dnsPolicy Default, and on the ' +
      'network of the host unless ClusterFirstWithHostNet is said, it is that of the node, ' +
      'which knows no Services; ndots says from how many dots on a name is tried as it is ' +
      'before the search list',
    fixable: false,
  },
  messages,
  check(context) {
    for (const { set, at, host, ip, service } of aliasedServices(context.cluster))
      context.report({
        object: set.workload,
        at,
        id: 'alias',
        title: 'has an address for a Service',
        data: { host, service: describeObject(service), ip },
        help: 'take the alias out: an address that is written down does not follow endpoints',
      });
    for (const hidden of hiddenServices(context)) {
      const { set, setting, name } = hidden;
      context.report({
        object: set.workload,
        at: inPodSpec(set, ...setting.at),
        ...(setting.ndots === undefined && { part: 'key' }),
        ...wordsFor(hidden),
        related: [{ ...name.place(0, name.host.length), message: 'the name that it looks up' }],
      });
    }
  },
});

function wordsFor({ setting, name, service, fullName }: HiddenService): Words<typeof messages> {
  const data = { host: name.host, service: describeObject(service) };
  const { ndots, words: policy, help } = setting;
  if (ndots === undefined)
    return {
      id: 'policy',
      data: { ...data, policy },
      help: help ?? 'set dnsPolicy: ClusterFirstWithHostNet',
    };
  return {
    id: 'ndots',
    data: { ...data, ndots },
    help: `leave ndots at 5, or write ${fullName}`,
  };
}

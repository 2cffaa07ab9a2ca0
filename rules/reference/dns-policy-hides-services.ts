import { dnsTarget } from '../../src/lint/references/dns-names.ts';
import { hides, settingOf } from '../../src/lint/references/dns-settings.ts';
import { lookUp, namespaceOf } from '../../src/lint/references/reference.ts';
import { namingTexts } from '../../src/lint/references/spoken-hosts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

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
  messages: {
    policy: ({ host, service, policy }: Record<'host' | 'service' | 'policy', string>) =>
      `"${host}" is ${service}, and ${policy}`,
    alias: ({ host, service, ip }: Record<'host' | 'service' | 'ip', string>) =>
      `hostAliases say that "${host}" is ${ip}, so that nobody asks for ${service}`,
    ndots: ({ host, service, ndots }: { host: string; service: string; ndots: number }) =>
      `"${host}" is ${service}, but with ndots ${ndots} a name with a dot is looked up ` +
      'outside of the cluster first',
  },
  check(context) {
    const { cluster, report } = context;
    for (const { workload, spec, templatePath, namespace } of cluster.pods.all)
      for (const [index, { hostnames = [], ip }] of (spec.hostAliases ?? []).entries())
        for (const [number, host] of hostnames.entries()) {
          const target = dnsTarget(host, namespace, cluster);
          const key = `${target?.namespace ?? ''}/${target?.service ?? ''}`;
          const service = cluster.servicesByName.get(key)?.object;
          if (service === undefined || target?.pod !== undefined || isLocal(ip)) continue;
          report({
            object: workload,
            at: [...templatePath, 'spec', 'hostAliases', index, 'hostnames', number],
            id: 'alias',
            title: 'has an address for a Service',
            data: { host, service: describeObject(service), ip: ip ?? '' },
            help: 'take the alias out: an address that is written down does not follow endpoints',
          });
        }
    const specs = new Map(cluster.pods.all.map((set) => [set.workload, set]));
    for (const { given, hosts } of namingTexts(cluster)) {
      const set = specs.get(given.object);
      const setting = set === undefined ? undefined : settingOf(set.spec);
      if (set === undefined || setting === undefined) continue;
      for (const name of hosts) {
        const target = dnsTarget(name.host, namespaceOf(given.object, cluster), cluster);
        if (target === undefined) continue;
        const full = `${target.pod === undefined ? '' : `${target.pod}.`}${target.service}.${target.namespace}.svc.cluster.local`;
        if (!hides(setting, name, full)) continue;
        const wanted = {
          group: '',
          kind: 'Service',
          namespace: target.namespace,
          name: target.service,
        };
        const lookup = lookUp(context, given.object, wanted, { loose: true });
        if (lookup.state !== 'found') continue;
        const data = { host: name.host, service: describeObject(lookup.object) };
        const place = {
          object: given.object,
          at: [...set.templatePath, 'spec', ...setting.at],
          related: [
            {
              ...name.place(0, name.host.length),
              message: 'the name that it looks up',
            },
          ],
        };
        if (setting.ndots === undefined)
          report({
            ...place,
            part: 'key',
            id: 'policy',
            data: { ...data, policy: setting.words },
            help: setting.help ?? 'set dnsPolicy: ClusterFirstWithHostNet',
          });
        else
          report({
            ...place,
            id: 'ndots',
            data: { ...data, ndots: setting.ndots },
            help:
              'leave ndots at 5, or write ' +
              `${target.service}.${target.namespace}.svc.cluster.local`,
          });
        // One name is enough: the setting is to blame, not the name.
        specs.delete(given.object);
        break;
      }
    }
  },
});

/** The container answers for itself. */
const isLocal = (ip: string | undefined): boolean => /^(127\.|::1$|0\.0\.0\.0$)/.test(ip ?? '');

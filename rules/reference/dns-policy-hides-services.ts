import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../../src/kubernetes/json.ts';
import { appSettings } from '../../src/lint/references/app-settings.ts';
import { dnsTarget } from '../../src/lint/references/dns-names.ts';
import { lookUp, namespaceOf } from '../../src/lint/references/reference.ts';
import { spokenHosts } from '../../src/lint/references/spoken-hosts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import type { HostName } from '../../src/text/host-names.ts';

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
    why: 'the kubelet writes the resolver of a container: with dnsPolicy Default, and on the network of the host unless ClusterFirstWithHostNet is said, it is that of the node, which knows no Services; ndots says from how many dots on a name is tried as it is before the search list',
    fixable: false,
  },
  messages: {
    policy: ({ host, service, policy }: Record<'host' | 'service' | 'policy', string>) =>
      `"${host}" is ${service}, and ${policy} makes these pods ask the resolver of their node`,
    ndots: ({ host, service, ndots }: { host: string; service: string; ndots: number }) =>
      `"${host}" is ${service}, but with ndots ${ndots} a name with a dot is looked up outside of the cluster first`,
  },
  check(context) {
    const { cluster, report } = context;
    const namespaces = new Set(cluster.objects.all.map((object) => namespaceOf(object, cluster)));
    const specs = new Map(cluster.pods.all.map((set) => [set.workload, set]));
    for (const given of appSettings(cluster)) {
      const set = specs.get(given.object);
      const setting = set === undefined ? undefined : settingOf(set.spec);
      if (set === undefined || setting === undefined) continue;
      for (const name of spokenHosts(given)) {
        if (!hides(setting, name)) continue;
        const target = dnsTarget(
          name.host,
          namespaceOf(given.object, cluster),
          namespaces,
          cluster,
        );
        if (target === undefined) continue;
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
            help: 'set dnsPolicy: ClusterFirstWithHostNet',
          });
        else
          report({
            ...place,
            id: 'ndots',
            data: { ...data, ndots: setting.ndots },
            help: `leave ndots at 5, or write ${target.service}.${target.namespace}.svc.cluster.local`,
          });
        // One name is enough: the setting is to blame, not the name.
        specs.delete(given.object);
        break;
      }
    }
  },
});

interface Setting {
  readonly at: Path;
  readonly words: string;
  readonly ndots?: number;
}

/** What keeps a pod's names from being found (pkg/kubelet/network/dns/dns.go `getPodDNSType`, `GetPodDNS`). */
function settingOf({
  dnsPolicy = 'ClusterFirst',
  hostNetwork,
  dnsConfig,
}: PodSpec): Setting | undefined {
  if (dnsPolicy === 'Default') return { at: ['dnsPolicy'], words: 'dnsPolicy Default' };
  if (dnsPolicy === 'ClusterFirst' && hostNetwork === true)
    return { at: ['hostNetwork'], words: 'hostNetwork without dnsPolicy ClusterFirstWithHostNet' };
  const index = (dnsConfig?.options ?? []).findIndex(({ name }) => name === 'ndots');
  const ndots = Number(dnsConfig?.options?.[index]?.value);
  return dnsPolicy.startsWith('ClusterFirst') && Number.isInteger(ndots) && ndots < 5
    ? { at: ['dnsConfig', 'options', index, 'value'], words: `ndots ${ndots}`, ndots }
    : undefined;
}

/** With ndots a name of fewer dots is still searched for first; one of more is searched for only when nobody outside knows it. */
function hides({ ndots }: Setting, { host }: HostName): boolean {
  const dots = host.split('.').length - 1;
  if (host.endsWith('.svc.cluster.local')) return ndots === undefined;
  return ndots === undefined || dots >= ndots;
}

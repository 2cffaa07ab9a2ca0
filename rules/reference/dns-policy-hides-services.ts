import type { PodDNSConfig, PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../../src/kubernetes/json.ts';
import { dnsTarget } from '../../src/lint/references/dns-names.ts';
import { lookUp, namespaceOf } from '../../src/lint/references/reference.ts';
import { namingTexts } from '../../src/lint/references/spoken-hosts.ts';
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
    ndots: ({ host, service, ndots }: { host: string; service: string; ndots: number }) =>
      `"${host}" is ${service}, but with ndots ${ndots} a name with a dot is looked up ` +
      'outside of the cluster first',
  },
  check(context) {
    const { cluster, report } = context;
    const specs = new Map(cluster.pods.all.map((set) => [set.workload, set]));
    for (const { given, hosts } of namingTexts(cluster)) {
      const set = specs.get(given.object);
      const setting = set === undefined ? undefined : settingOf(set.spec);
      if (set === undefined || setting === undefined) continue;
      for (const name of hosts) {
        if (!hides(setting, name)) continue;
        const target = dnsTarget(name.host, namespaceOf(given.object, cluster), cluster);
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

const askNode = 'makes these pods ask the resolver of their node';

interface Setting {
  readonly at: Path;
  readonly words: string;
  readonly ndots?: number;
  readonly help?: string;
  /** The name of the cluster's domain is found. */
  readonly full?: true;
}

/** Resolvers of everybody, which know no cluster. */
const publicResolvers = new Set([
  ...['8.8.8.8', '8.8.4.4', '1.1.1.1', '1.0.0.1', '9.9.9.9', '149.112.112.112'],
  ...['208.67.222.222', '208.67.220.220', '2001:4860:4860::8888', '2606:4700:4700::1111'],
]);

/** With dnsPolicy None there is what dnsConfig says and nothing else. */
function settingOfNone({ nameservers = [], searches = [] }: PodDNSConfig): Setting | undefined {
  const at = ['dnsPolicy'];
  const help = 'leave dnsPolicy out, and write into dnsConfig what is to be added';
  const [server] = nameservers;
  if (server !== undefined && nameservers.every((one) => publicResolvers.has(one)))
    return { at, words: `dnsPolicy None makes these pods ask ${server} alone`, help };
  return searches.length === 0
    ? { at, words: 'dnsPolicy None without searches finds full names only', help, full: true }
    : undefined;
}

/**
 * What keeps a pod's names from being found (pkg/kubelet/network/dns/dns.go `getPodDNSType`,
 * `GetPodDNS`).
 */
function settingOf({
  dnsPolicy = 'ClusterFirst',
  hostNetwork,
  dnsConfig,
}: PodSpec): Setting | undefined {
  if (dnsPolicy === 'None') return settingOfNone(dnsConfig ?? {});
  if (dnsPolicy === 'Default') return { at: ['dnsPolicy'], words: `dnsPolicy Default ${askNode}` };
  if (dnsPolicy === 'ClusterFirst' && hostNetwork === true)
    return {
      at: ['hostNetwork'],
      words: `hostNetwork without dnsPolicy ClusterFirstWithHostNet ${askNode}`,
    };
  const index = (dnsConfig?.options ?? []).findIndex(({ name }) => name === 'ndots');
  const ndots = Number(dnsConfig?.options?.[index]?.value);
  return dnsPolicy.startsWith('ClusterFirst') && Number.isInteger(ndots) && ndots < 5
    ? { at: ['dnsConfig', 'options', index, 'value'], words: `ndots ${ndots}`, ndots }
    : undefined;
}

/**
 * With ndots a name of fewer dots is still searched for first; one of more is searched for only
 * when nobody outside knows it.
 */
function hides({ ndots, full }: Setting, { host }: HostName): boolean {
  const dots = host.split('.').length - 1;
  if (host.endsWith('.svc.cluster.local')) return ndots === undefined && full !== true;
  return ndots === undefined || dots >= ndots;
}

import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { clusterDomain, meantBy, underscoredHosts } from '../../src/lint/hosts/malformed-names.ts';
import { namingTexts } from '../../src/lint/hosts/spoken-hosts.ts';
import { missingRecords } from '../../src/lint/hosts/srv-names.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const dnsNameMalformed = defineRule({
  meta: {
    id: 'dns-name-malformed',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret', 'Service'],
    title: 'writes a name as cluster DNS has none',
    summary: 'The parts of a name of a Service are in the wrong order, or one of them is missing',
    why:
      'cluster DNS has Services under SERVICE.NAMESPACE.svc.cluster.local and under ' +
      'nothing else: ' +
      'for a name without svc, or with the two names the other way round, there is no answer',
    fixable: true,
  },
  messages: {
    record: ({
      port,
      protocol,
      service,
      known,
    }: Record<'port' | 'protocol' | 'service' | 'known', string>) =>
      `${service} has no port "${port}" of protocol ${protocol}, and DNS no record for it; ` +
      `known ports: ${known}`,
    meant: ({ host, full }: Record<'host' | 'full', string>) =>
      `"${host}" is no name of cluster DNS; the Service is ${full}`,
  },
  check({ cluster, report }) {
    for (const { given, hosts } of namingTexts(cluster))
      for (const { host, place } of hosts) {
        if (given.local.has(host)) continue;
        const full = meantBy(host, namespaceOf(given.object, cluster), cluster);
        if (full !== undefined) report({ ...place(0, host.length), ...findingOf(host, full) });
      }
    for (const { place, host, name } of underscoredHosts(cluster))
      report({ ...place, ...findingOf(host, name) });
    for (const { place, port, protocol, service } of missingRecords(cluster)) {
      const { object, ports } = service;
      report({
        ...place,
        id: 'record',
        data: { port, protocol, service: describeObject(object), known: listServicePorts(ports) },
        severity: 'warning',
        title: 'asks for a record that there is not',
        help: 'write the name of a port of the Service',
        related: [{ object, at: ['spec', 'ports'], part: 'key', message: 'its ports' }],
      });
    }
    for (const { object, spec } of cluster.services) {
      const host = (spec.externalName ?? '').toLowerCase().replace(/\.$/, '');
      const full =
        spec.type === 'ExternalName' && host.endsWith(clusterDomain) && !isPlaceholder(host)
          ? meantBy(host, namespaceOf(object, cluster), cluster)
          : undefined;
      if (full !== undefined)
        report({ object, at: ['spec', 'externalName'], ...findingOf(host, full) });
    }
  },
});

function findingOf(host: string, full: string) {
  const title = `change it to ${full}`;
  return {
    id: 'meant' as const,
    data: { host, full },
    help: title,
    fixes: [{ title, safety: 'unsafe' as const, replace: full }],
  };
}

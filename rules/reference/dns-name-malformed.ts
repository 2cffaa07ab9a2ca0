import type { Cluster } from '../../src/cluster/cluster.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { namingTexts } from '../../src/lint/hosts/spoken-hosts.ts';
import { missingRecords } from '../../src/lint/hosts/srv-names.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { isSlip } from '../../src/text/slip.ts';

const domain = '.cluster.local';

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
        spec.type === 'ExternalName' && host.endsWith(domain) && !isPlaceholder(host)
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

/**
 * The Service whose name has the labels of a host in another order, or with others between them.
 */
function meantBy(host: string, own: string, { servicesByName }: Cluster): string | undefined {
  const labels = host.split('.');
  if (labels.length > 6 || labels.length < 2) return undefined;
  const tail = labels.slice(-3).join('.');
  if (labels.length === 5 && tail !== `svc${domain}` && isSlip(`svc${domain}`, tail)) {
    const key = `${labels[1] ?? ''}/${labels[0] ?? ''}`;
    return servicesByName.has(key) ? fullName(key, true) : undefined;
  }
  const inDomain = host.endsWith(domain);
  const inner = inDomain ? labels.slice(0, -2) : labels;
  // SERVICE.NAMESPACE.svc, also of a pod.
  if (inner.at(-1) === 'svc' || inner.at(-1) === 'pod') {
    const [first = '', second = own, third] = inner;
    // SERVICE.svc would be one in a namespace called svc.
    if (inner.length === 2 && second === 'svc' && !servicesByName.has(`svc/${first}`))
      return servicesByName.has(`${own}/${first}`)
        ? fullName(`${own}/${first}`, inDomain)
        : undefined;
    return inner.length === 3 && third === 'svc' ? swapped(first, second, inDomain) : undefined;
  }
  const names = inner.filter((label) => label !== 'svc');
  const [first = '', second = own, ...rest] = names;
  if (rest.length > 0) return undefined;
  if (inDomain || inner.includes('svc')) {
    const found = [`${second}/${first}`, `${first}/${second}`].find((key) =>
      servicesByName.has(key),
    );
    return found === undefined ? undefined : fullName(found, inDomain);
  }
  return names.length === 2 ? swapped(first, second, false) : undefined;

  function swapped(name: string, namespace: string, isLong: boolean): string | undefined {
    const isRight = servicesByName.has(`${namespace}/${name}`);
    const isOther = name !== namespace && servicesByName.has(`${name}/${namespace}`);
    return isRight || !isOther ? undefined : fullName(`${name}/${namespace}`, isLong);
  }
}

function fullName(key: string, isLong: boolean): string {
  const [namespace = '', name = ''] = key.split('/');
  return `${name}.${namespace}.svc${isLong ? domain : ''}`;
}

/** `describe ingress`: each rule with the Service behind it, and who answers there. */
import type { IngressBackend } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject, Kinds } from '../cluster/objects.ts';
import { dialledPort } from '../cluster/proxy.ts';
import { whyPort } from '../lint/endpoints/why-none.ts';
import type { Unseen } from '../lint/unseen/unseen.ts';
import { pushAll } from '../lists.ts';
import type { DescribeOptions } from './describe-service.ts';
import { identity } from './describe-workload.ts';
import { factLines, sectionLines } from './facts.ts';
import { none } from './get/row.ts';
import { membersText } from './members.ts';

export function describeIngress(
  ingress: ClusterObject<Kinds['Ingress']>,
  cluster: Cluster,
  unseen: Unseen,
  { style, width }: DescribeOptions,
): string {
  const { ingressClassName, rules = [], defaultBackend, tls = [] } = ingress.value.spec ?? {};
  const facts = [
    ...identity(ingress),
    ['Ingress Class:', ingressClassName ?? none] as const,
    ...tls.map(
      ({ hosts = [], secretName }) =>
        ['TLS:', `${hosts.join(', ') || '*'} with Secret ${secretName ?? none}`] as const,
    ),
  ];
  const lines = facts.flatMap(([label, value]) => factLines(label, value, width));
  const namespace = ingress.namespace ?? cluster.options.namespace;
  const backend = (one: IngressBackend): string => backendText(one, namespace, cluster, unseen);
  const texts = rules.flatMap(({ host = '*', http }) =>
    (http?.paths ?? []).map((path) => `${host}${path.path ?? '/'} → ${backend(path.backend)}`),
  );
  if (defaultBackend !== undefined) texts.push(`everything else → ${backend(defaultBackend)}`);
  if (texts.length > 0) pushAll(lines, ['', style.bold('Rules:'), ...sectionLines(texts, width)]);
  return `${lines.join('\n')}\n`;
}

function backendText(
  { service: wanted, resource }: IngressBackend,
  namespace: string,
  cluster: Cluster,
  unseen: Unseen,
): string {
  if (wanted === undefined) return `${resource?.kind ?? 'nothing'} ${resource?.name ?? ''}`.trim();
  const number = wanted.port?.name ?? wanted.port?.number;
  const name = `${wanted.name}:${number ?? none}`;
  const service = cluster.servicesByName.get(`${namespace}/${wanted.name}`);
  if (service === undefined) return `${name} (no such Service was read)`;
  const port = service.ports.find((one) => one.name === number || one.port === number);
  if (port === undefined) return `${name} (the Service has no such port)`;
  const ready = service.slices.flatMap(({ ports, members }) => {
    const target = dialledPort(port, ports);
    return target === undefined
      ? []
      : members.filter((one) => one.ready).map((one) => `${membersText(one)}:${target}`);
  });
  if (ready.length > 0) return `${name} (${ready.join(', ')})`;
  const { state, reason } = whyPort(service, port, cluster, unseen);
  return `${name} (<${state}>${reason === '' ? '' : `: ${reason}`})`;
}

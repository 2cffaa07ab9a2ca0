/** The part of `describe service` that says under which names it is found, and by whom it is not. */
import type { Cluster } from '../cluster/cluster.ts';
import { dnsNames, withoutClusterDns } from '../cluster/dns.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { workloadText } from './members.ts';
import { padEnd, printable, wrap } from './text.ts';

/** One line for each name: `api.shop.svc.cluster.local  A  the cluster IP`. */
export function dnsLines(service: ServicePicture, cluster: Cluster, width: number): string[] {
  const names = dnsNames(service);
  const longest = Math.min(Math.max(...names.map(({ name }) => name.length)), width - 24);
  const lines = names.map(({ name, type, answer }) =>
    `  ${padEnd(printable(name), longest)}  ${type.padEnd(5)}  ${printable(answer)}`.trimEnd(),
  );
  const strangers = withoutClusterDns(cluster, service.object.namespace ?? cluster.options.namespace).map(workloadText);
  if (strangers.length === 0) return lines;
  const note = `${[...new Set(strangers)].join(', ')} ${strangers.length === 1 ? 'does' : 'do'} not ask cluster DNS (dnsPolicy, hostNetwork) and cannot resolve these names`;
  return [...lines, ...wrap(note, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`)];
}

/**
 * The part of `describe service` that says under which names it is found, and by whom it is not.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { dnsNames, withoutClusterDns } from '../cluster/dns.ts';
import { workloadText } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { largest } from '../lists.ts';
import { printable } from './safe-text.ts';
import { padEnd, wrap } from './text.ts';

/** With less an answer stands below its name. */
const leastRoom = 24;

/** One line for each name: `api.shop.svc.cluster.local  A  the cluster IP`. */
export function dnsLines(service: ServicePicture, cluster: Cluster, width: number): string[] {
  const names = dnsNames(service);
  const longest = Math.min(largest(names.map(({ name }) => name.length)), width - 24);
  const lines = names.flatMap(({ name, type, answer }) => {
    const front = `  ${padEnd(printable(name), longest)}  ${type.padEnd(5)}  `;
    const room = width - front.length;
    if (room < leastRoom && printable(answer).length > room)
      return [
        front.trimEnd(),
        ...wrap(printable(answer), width - 6).map((line) => `      ${line}`),
      ];
    return wrap(printable(answer), room).map((line, index) =>
      `${index === 0 ? front : ' '.repeat(front.length)}${line}`.trimEnd(),
    );
  });
  const strangers = withoutClusterDns(
    cluster,
    service.object.namespace ?? cluster.options.namespace,
  ).map(workloadText);
  if (strangers.length === 0) return lines;
  const note =
    `${[...new Set(strangers)].join(', ')} ${strangers.length === 1 ? 'does' : 'do'} not ask ` +
    'cluster DNS (dnsPolicy, hostNetwork) and cannot resolve these names';
  return [
    ...lines,
    ...wrap(note, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`),
  ];
}

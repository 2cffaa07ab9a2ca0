/**
 * The names under which cluster DNS answers for a Service; CoreDNS does so in `findServices` of its
 * plugin kubernetes.
 *
 * @source kubernetes/dns docs/specification.md @00f97cb1
 */
import { parseIP } from './apiserver/ip-address.ts';
import type { Cluster } from './cluster.ts';
import type { PodSet } from './pods.ts';
import type { ServicePicture } from './service.ts';
import { memberNumbers, podHostname } from './stand-ins.ts';

export interface DnsName {
  /** Fully qualified, without the final dot, in the zone `cluster.local`. */
  readonly name: string;
  /** A stands for AAAA too. */
  readonly type: 'A' | 'CNAME' | 'SRV';
  /** What it answers: lower case, no full stop. */
  readonly answer: string;
}

const zone = 'cluster.local';

/**
 * All names of a Service. The cluster IP is answered whether anybody is behind it or not; a
 * headless Service has a record for each ready endpoint, and no name at all while none is ready.
 * Its SRV records carry the endpoints' port, those of others the Service's.
 */
export function dnsNames(service: ServicePicture): DnsName[] {
  const { object, spec, ports, headless } = service;
  const name = `${object.name}.${object.namespace ?? 'default'}.svc.${zone}`;
  if (spec.type === 'ExternalName') {
    const external = spec.externalName ?? '';
    // An alias can stand for a name only, so CoreDNS leaves it out (plugin/etcd/msg `HostType`).
    return parseIP(external.replace(/\.$/, '')) === undefined
      ? [{ name, type: 'CNAME', answer: external }]
      : [{ name, type: 'CNAME', answer: `nothing (NXDOMAIN): ${external} is an address` }];
  }
  const named = ports.filter((port) => (port.name ?? '') !== '');
  const srv = (port: (typeof ports)[number]): string =>
    `_${port.name}._${(port.protocol ?? 'TCP').toLowerCase()}.${name}`;
  if (!headless) {
    return [
      { name, type: 'A', answer: 'the cluster IP' },
      ...named.map((port): DnsName => ({
        name: srv(port),
        type: 'SRV',
        answer: `port ${port.port}`,
      })),
    ];
  }
  const ready = readyAddresses(service);
  if (ready === 0)
    return [{ name, type: 'A', answer: 'nothing (NXDOMAIN) while no endpoint is ready' }];
  const numbers = (port: (typeof ports)[number]): number[] => [
    ...new Set(
      service.slices
        .flatMap((slice) => (slice.members.some((member) => member.ready) ? slice.ports : []))
        .flatMap((found) => (found.name === port.name ? [found.port] : [])),
    ),
  ];
  return [
    { name, type: 'A', answer: `${ready} ${ready === 1 ? 'address' : 'addresses'}` },
    ...podNames(service).map((pod): DnsName => ({
      name: `${pod}.${name}`,
      type: 'A',
      answer: 'the pod',
    })),
    ...named.flatMap((port): DnsName[] =>
      numbers(port).length === 0
        ? []
        : [{ name: srv(port), type: 'SRV', answer: `port ${numbers(port).join(', ')}` }],
    ),
  ];
}

function readyAddresses({ slices, mirrored, manualSlices }: ServicePicture): number {
  const automatic = slices.flatMap(({ members }) =>
    members.filter(({ ready }) => ready).map(({ count }) => count),
  );
  const byHand = mirrored.flatMap(({ endpoints }) => endpoints.filter(({ ready }) => ready)).length;
  const sliced = manualSlices.flatMap(({ value }) =>
    (value.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false),
  ).length;
  return automatic.reduce((sum, count) => sum + count, 0) + byHand + sliced;
}

/** At most this many pods are named one by one. */
const mostPods = 5;

/** Pods that have a name of their own: those whose hostname is in the slices. */
function podNames({ slices }: ServicePicture): string[] {
  const members = slices.flatMap((slice) =>
    slice.members.filter(({ ready, hostnames }) => ready && hostnames),
  );
  const names = members.flatMap((member) =>
    memberNumbers(member).map((number) => podHostname(member.set, number) ?? ''),
  );
  const unique = [...new Set(names)].filter((name) => name !== '');
  return unique.length > mostPods
    ? [...unique.slice(0, mostPods - 1), '…', unique.at(-1) ?? '']
    : unique;
}

/**
 * Pods of a namespace that do not ask cluster DNS: `dnsPolicy: Default` and `None`, and host
 * network pods, whose ClusterFirst means the node's resolver (pkg/kubelet/network/dns
 * `getPodDNSType`).
 */
export function withoutClusterDns({ pods }: Cluster, namespace: string): PodSet[] {
  return pods.inNamespace(namespace).filter(({ spec }) => {
    const policy = spec.dnsPolicy ?? 'ClusterFirst';
    return (
      policy === 'Default' ||
      policy === 'None' ||
      (policy === 'ClusterFirst' && spec.hostNetwork === true)
    );
  });
}

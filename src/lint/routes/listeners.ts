/**
 * Listeners of Gateways and which routes they take (gateway-api apis/v1 `Listener`,
 * `AllowedRoutes`; geps/gep-724 for hostnames).
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { namespaceNameLabel } from '../../kubernetes/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import { namespaceOf } from '../references/reference.ts';

export interface Listener {
  /** From the Gateway to it. */
  readonly path: Path;
  readonly name: string;
  readonly port: Json | undefined;
  readonly protocol: string;
  readonly hostname: string | undefined;
  readonly allowed: Json | undefined;
}

/** In the order of the Gateway; read once, as each route and each certificate asks for them. */
export function listenersOf(gateway: ClusterObject): readonly Listener[] {
  return read(gateway);
}

const read = remembered(({ value }: ClusterObject): readonly Listener[] =>
  asList(fieldAt(value, 'spec', 'listeners')).map((listener, index) => ({
    path: ['spec', 'listeners', index],
    name: asText(fieldAt(listener, 'name')) ?? '',
    port: fieldAt(listener, 'port'),
    protocol: asText(fieldAt(listener, 'protocol')) ?? '',
    hostname: asText(fieldAt(listener, 'hostname')),
    allowed: fieldAt(listener, 'allowedRoutes'),
  })),
);

/** Why a listener does not take a route, or why nobody can know. */
export type Admission = 'yes' | { readonly reason: string; readonly unknown: boolean };

const no = (reason: string): Admission => ({ reason, unknown: false });
const open = (reason: string): Admission => ({ reason, unknown: true });

/** The protocols whose listeners take a kind of route, where `allowedRoutes.kinds` says nothing. */
const protocols: ReadonlyMap<string, readonly string[]> = new Map([
  ['HTTPRoute', ['HTTP', 'HTTPS']],
  ['GRPCRoute', ['HTTP', 'HTTPS']],
  ['TLSRoute', ['TLS']],
  ['TCPRoute', ['TCP', 'TLS']],
  ['UDPRoute', ['UDP']],
]);

/** Whether a listener takes a route: its kind, its namespace, and a host in common. */
export function admission(
  listener: Listener,
  route: ClusterObject,
  gateway: ClusterObject,
  cluster: Cluster,
): Admission {
  const byKind = admitsKind(listener, route);
  if (byKind !== 'yes') return byKind;
  const byNamespace = admitsNamespace(listener, route, gateway, cluster);
  return byNamespace === 'yes' ? sharesHost(listener, route) : byNamespace;
}

function admitsKind({ allowed, protocol, name }: Listener, { kind }: ClusterObject): Admission {
  const kinds = asList(fieldAt(allowed, 'kinds')).flatMap(
    (item) => asText(fieldAt(item, 'kind')) ?? [],
  );
  if (kinds.length > 0)
    return kinds.includes(kind) ? 'yes' : no(`listener "${name}" allows ${kinds.join(', ')} only`);
  const known = [...protocols.values()].flat().includes(protocol);
  return !known || protocols.get(kind)?.includes(protocol) !== false
    ? 'yes'
    : no(`listener "${name}" speaks ${protocol}, which is not for a ${kind}`);
}

/** From its own namespace only, unless it says otherwise. */
function admitsNamespace(
  { allowed, name }: Listener,
  route: ClusterObject,
  gateway: ClusterObject,
  cluster: Cluster,
): Admission {
  const from = asText(fieldAt(allowed, 'namespaces', 'from')) ?? 'Same';
  const own = namespaceOf(route, cluster);
  if (from === 'All' || isPlaceholder(from)) return 'yes';
  if (from === 'Same') {
    const its = namespaceOf(gateway, cluster);
    if (own === its) return 'yes';
    const reason = `listener "${name}" takes routes of namespace ${its} only`;
    return route.namespaceAssumed || gateway.namespaceAssumed ? open(reason) : no(reason);
  }
  if (from !== 'Selector') return 'yes';
  const selector = fieldAt(allowed, 'namespaces', 'selector') as LabelSelector | undefined;
  const namespace = cluster.objects.find('Namespace', undefined, own);
  const labels = labelsFrom(namespace?.value.metadata?.labels).set(namespaceNameLabel, own);
  const truth = matchesSelector(selector ?? {}, labels);
  if (truth === 'yes') return 'yes';
  const reason = `the labels of namespace ${own} do not match the selector of listener "${name}"`;
  return truth === 'unknown' || namespace === undefined ? open(reason) : no(reason);
}

function sharesHost({ hostname, name }: Listener, { value }: ClusterObject): Admission {
  const hosts = asList(fieldAt(value, 'spec', 'hostnames')).flatMap((host) => asText(host) ?? []);
  if (hostname === undefined || hosts.length === 0) return 'yes';
  if ([hostname, ...hosts].some(isPlaceholder)) return open('a host is filled in later');
  return hosts.some((host) => intersects(host, hostname))
    ? 'yes'
    : no(
        `listener "${name}" is for ${hostname}, and the route for ${hosts.slice(0, 3).join(', ')}`,
      );
}

/**
 * Whether all that a host or wildcard is for is also of a pattern; a wildcard stands for one label
 * or more.
 */
export function covers(pattern: string, host: string): boolean {
  return (
    pattern === host ||
    (pattern.startsWith('*.') && host.replace(/^\*/, '').endsWith(pattern.slice(1)))
  );
}

function intersects(a: string, b: string): boolean {
  return covers(a, b) || covers(b, a);
}

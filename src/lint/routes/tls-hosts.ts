/** Hosts that are served with TLS, and the names in certificates. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { listenersOf } from './listeners.ts';

/**
 * What the reference at a path serves: the hosts of its tls entry, or the hostname of its listener.
 */
export function servedHosts(object: ClusterObject, path: Path): { host: string; at: Path }[] {
  const value = object.value;
  if (object.kind === 'Ingress' && path[1] === 'tls')
    return asList(fieldAt(value, ...path.slice(0, 3), 'hosts')).flatMap((one, index) => {
      const host = asText(one);
      return host === undefined || isPlaceholder(host)
        ? []
        : [{ host, at: [...path.slice(0, 3), 'hosts', index] }];
    });
  if (object.kind !== 'Gateway' || path[1] !== 'listeners' || path[3] !== 'tls') return [];
  const listener = listenersOf(object)[Number(path[2])];
  return listener?.hostname === undefined || isPlaceholder(listener.hostname)
    ? []
    : [{ host: listener.hostname, at: [...listener.path, 'hostname'] }];
}

/** RFC 6125: a wildcard stands for the first label. */
export function isFor(name: string, host: string): boolean {
  const [wanted, asked] = [name.toLowerCase(), host.toLowerCase()];
  return (
    wanted === asked ||
    (wanted.startsWith('*.') && asked.slice(asked.indexOf('.')) === wanted.slice(1))
  );
}

/** The first host of `tls` where none of all the hosts there is that of a rule. */
export function entryWithoutRule({
  spec,
}: Ingress): { host: string; hosts: string; at: Path } | undefined {
  const hosts = (spec?.rules ?? []).map((rule) => rule.host ?? '');
  const entries = spec?.tls ?? [];
  const names = entries.flatMap((entry) => entry.hosts ?? []);
  const index = entries.findIndex((entry) => (entry.hosts ?? []).length > 0);
  const [host] = names;
  if (host === undefined || hosts.length === 0 || hosts.includes('')) return undefined;
  if ([...hosts, ...names].some(isPlaceholder)) return undefined;
  if (names.some((name) => hosts.some((one) => isFor(name, one) || isFor(one, name))))
    return undefined;
  const at = ['spec', 'tls', index, 'hosts', 0];
  return { host, at, hosts: [...new Set(hosts)].slice(0, 5).join(', ') };
}

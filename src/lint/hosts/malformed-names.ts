/** Names of Services as cluster DNS has none, and which Service was meant by them. */
import type { Cluster } from '../../cluster/cluster.ts';
import { isSlip } from '../../text/slip.ts';
import { namespaceOf } from '../references/reference.ts';
import type { Place } from '../rule.ts';
import { appSettings, partOf } from './app-settings.ts';

export const clusterDomain = '.cluster.local';

/**
 * The Service whose name has the labels of a host in another order, or with others between them.
 */
export function meantBy(
  host: string,
  own: string,
  { servicesByName }: Cluster,
): string | undefined {
  const labels = host.split('.');
  if (labels.length > 6 || labels.length < 2) return undefined;
  const end = mistakenEnd(labels);
  if (end !== undefined) return below(labels.slice(0, end), servicesByName);
  const inDomain = host.endsWith(clusterDomain);
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
  return `${name}.${namespace}.svc${isLong ? clusterDomain : ''}`;
}

/** Where an end begins that was meant to be the domain: `svc.local`, `svc.cluter.local`. */
function mistakenEnd(labels: readonly string[]): number | undefined {
  const svc = labels.indexOf('svc', 2);
  const end = svc === -1 ? labels.length - 3 : svc;
  const tail = labels.slice(end).join('.');
  const full = `svc${clusterDomain}`;
  const isMistaken = /^svc\.(?:cluster|local)$/.test(tail) || isSlip(full, tail);
  return end > 1 && tail !== full && isMistaken ? end : undefined;
}

/** The full name of SERVICE.NAMESPACE or POD.SERVICE.NAMESPACE, if there is that Service. */
function below(
  labels: readonly string[],
  servicesByName: Cluster['servicesByName'],
): string | undefined {
  const [namespace = '', name = '', ...pod] = [...labels].reverse();
  const key = `${namespace}/${name}`;
  return pod.length < 2 && servicesByName.has(key)
    ? [...pod, fullName(key, true)].join('.')
    : undefined;
}

/** A Service name as composers of containers write it: `http://my_api:8080`. */
const underscored =
  /:\/\/(?:[^@\s/]{1,100}@)?([a-z0-9]+(?:_[a-z0-9]+)+)(?=[:/?#\s"']|$)(?![^@\s/]{0,100}@)/dgi;

/** Hosts of URLs with underscores, where a Service has hyphens in their place. */
export function* underscoredHosts(
  cluster: Cluster,
): Iterable<{ readonly place: Place; readonly host: string; readonly name: string }> {
  for (const given of appSettings(cluster)) {
    if (!given.text.includes('_')) continue;
    const namespace = namespaceOf(given.object, cluster);
    for (const { indices } of given.text.matchAll(underscored)) {
      const [start, end] = indices?.[1] ?? [0, 0];
      const host = given.text.slice(start, end);
      const name = host.toLowerCase().replaceAll('_', '-');
      if (cluster.servicesByName.has(`${namespace}/${name}`))
        yield { place: partOf(given, start, end - start), host, name };
    }
  }
}

/** Hosts of the cluster that pods and controllers are told of. */
import type { Cluster } from '../../cluster/cluster.ts';
import { namespaceOf } from '../references/reference.ts';
import type { AppSetting } from './app-settings.ts';
import { clusterNames, shortNames } from './cluster-names.ts';
import { type DnsTarget, dnsTarget } from './dns-names.ts';
import { namingTexts, type SpokenHost, spokenHosts } from './spoken-hosts.ts';

export interface NamedHost {
  readonly name: SpokenHost;
  /** What cluster DNS would take it for. */
  readonly target: DnsTarget;
  /**
   * A controller is told of it, perhaps for another cluster, or it is an example that somebody has
   * yet to replace: only a near miss says something.
   */
  readonly nearOnly: boolean;
}

export function* namedHosts(cluster: Cluster): Iterable<NamedHost> {
  for (const { given, hosts } of namingTexts(cluster))
    for (const name of hosts) {
      const target = targetOf(name, given, cluster);
      const isLocal =
        target?.cluster === false && (given.local.has(name.host) || name.host === 'localhost');
      const nearOnly = given.unfinished === true;
      if (target !== undefined && !isLocal) yield { name, target, nearOnly };
    }
  for (const given of shortNames(cluster))
    for (const name of spokenHosts(given)) {
      const target = targetOf(name, given, cluster);
      if (target !== undefined) yield { name, target, nearOnly: true };
    }
  for (const given of clusterNames(cluster))
    for (const name of spokenHosts(given)) {
      const target = targetOf(name, given, cluster);
      if (target?.cluster === true) yield { name, target, nearOnly: true };
    }
}

/** What cluster DNS would take a host for that stands in a text of an object. */
export function targetOf(
  { host }: SpokenHost,
  { object }: Pick<AppSetting, 'object'>,
  cluster: Cluster,
): DnsTarget | undefined {
  return dnsTarget(host, namespaceOf(object, cluster), cluster);
}

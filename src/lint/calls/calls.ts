/**
 * Which pods call which Services, as far as texts say it: the URLs and hosts that containers are
 * given, in their own manifest or in a ConfigMap.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import { addTo, groupBy } from '../../multimap.ts';
import type { AppSetting } from '../hosts/app-settings.ts';
import { dnsTarget } from '../hosts/dns-names.ts';
import { namingTexts } from '../hosts/spoken-hosts.ts';
import { keysRead } from '../references/keys-read.ts';
import { namingsOf, wantedBy } from '../references/namings.ts';
import { namespaceOf } from '../references/reference.ts';
import type { Place } from '../rule.ts';

export interface Call {
  readonly from: PodSet;
  readonly service: ServicePicture;
  /** As written; undefined where the text leaves it to the protocol. */
  readonly port: number | undefined;
  /** The text that names it. */
  readonly place: Place;
  /**
   * The text is the pod's own; one of a ConfigMap that several share may be for another of them.
   */
  readonly own: boolean;
}

const known = remembered((cluster: Cluster): readonly Call[] => [...findCalls(cluster).values()]);

/** Every call to a Service that was read, each Service and port once for a set of pods. */
export function callsOf(cluster: Cluster): readonly Call[] {
  return known(cluster);
}

const byService = remembered((cluster: Cluster) =>
  groupBy(callsOf(cluster), ({ service }) => service),
);

/** Those to one Service. */
export function callsTo(cluster: Cluster, service: ServicePicture): readonly Call[] {
  return byService(cluster).get(service) ?? [];
}

/** A text of the pod's own counts for more than one of a ConfigMap that says the same. */
function findCalls(cluster: Cluster): ReadonlyMap<string, Call> {
  const callersOfText = textReaders(cluster);
  const found = new Map<string, Call>();
  for (const { given, hosts } of namingTexts(cluster)) {
    const callers = callersOfText(given);
    if (callers.length === 0) continue;
    const own = namespaceOf(given.object, cluster);
    for (const { host, port, place } of hosts) {
      const target = dnsTarget(host, own, cluster);
      if (target === undefined || (given.local.has(host) && !target.cluster)) continue;
      const service = cluster.servicesByName.get(`${target.namespace}/${target.service}`);
      if (service === undefined) continue;
      for (const from of callers) {
        const key =
          `${from.namespace}/${from.workload.kind}/${from.workload.name} ` +
          `${target.namespace}/${target.service}:${port ?? ''}`;
        const isOwn = given.object === from.workload;
        const known = found.get(key);
        if (known !== undefined && (known.own || !isOwn)) continue;
        found.set(key, { from, service, port, place: place(0, host.length), own: isOwn });
      }
    }
  }
  return found;
}

/** The pods that read a text: their own, or one of a ConfigMap or Secret that they are given. */
export function textReaders(cluster: Cluster): (given: AppSetting) => readonly PodSet[] {
  const readers = new Map<ClusterObject, { set: PodSet; keys: readonly string[] | undefined }[]>();
  const maps = ['ConfigMap', 'Secret'].flatMap((kind) => namingsOf(cluster, '', kind));
  for (const naming of maps) {
    const { kind, namespace, name } = wantedBy(naming, cluster);
    const map = cluster.objects.findOfKind('', kind, namespace, name);
    if (map !== undefined)
      for (const set of cluster.pods.ofWorkload(naming.object))
        addTo(readers, map, { set, keys: keysRead(naming)?.map(({ value }) => value) });
  }
  return ({ object, at }) => {
    const own = cluster.pods.ofWorkload(object);
    if (own.length > 0) return own;
    return (readers.get(object) ?? [])
      .filter(({ keys }) => keys?.includes(String(at[1])) !== false)
      .map(({ set }) => set);
  };
}

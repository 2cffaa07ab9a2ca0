import type { Cluster } from '../../cluster/cluster.ts';
import type { Backend } from '../../cluster/controllers/endpointslice.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { perList, remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';

/** Services that have the very same pods behind the same ports. */
export interface ServiceGroup {
  readonly backends: readonly Backend[];
  /** In the order of the cluster. */
  readonly services: readonly ServicePicture[];
}

interface ServiceIndex {
  readonly bySet: ReadonlyMap<PodSet, readonly ServiceGroup[]>;
  readonly order: ReadonlyMap<ServicePicture, number>;
  /** Where several groups take a set. */
  readonly joined: Map<PodSet, readonly ServicePicture[]>;
}

const indexOf = remembered(makeIndex);

/**
 * The Services that take the pods of a set for certain, by their selector; the index is made when
 * it is first asked for.
 */
export function servicesOf(cluster: Cluster, set: PodSet): readonly ServicePicture[] {
  const { bySet, order, joined } = indexOf(cluster);
  const groups = bySet.get(set) ?? [];
  if (groups.length < 2) return groups[0]?.services ?? [];
  let services = joined.get(set);
  if (services === undefined) {
    const place = (service: ServicePicture): number => order.get(service) ?? 0;
    services = groups.flatMap((group) => group.services).sort((a, b) => place(a) - place(b));
    joined.set(set, services);
  }
  return services;
}

/** The groups that take the pods of a set. */
export function groupsOf(cluster: Cluster, set: PodSet): readonly ServiceGroup[] {
  return indexOf(cluster).bySet.get(set) ?? [];
}

/**
 * What is worked out once for all Services with the same pods behind the same ports, however many
 * there are.
 */
export function perBackends<T>(): (
  service: Pick<ServicePicture, 'backends'>,
  key: string | number,
  make: () => T,
) => T {
  const made = perList<T>();
  return ({ backends }, key, make) => made(backends, key, make);
}

function makeIndex({ services }: Cluster): ServiceIndex {
  const byBackends = new Map<readonly Backend[], ServicePicture[]>();
  for (const service of services)
    if (service.backends.length > 0) addTo(byBackends, service.backends, service);
  const groups = [...byBackends].map(([backends, own]): ServiceGroup => ({
    backends,
    services: own,
  }));
  const bySet = new Map<PodSet, ServiceGroup[]>();
  for (const group of groups)
    for (const set of new Set(group.backends.map(({ members }) => members.set)))
      addTo(bySet, set, group);
  return {
    bySet,
    order: new Map(services.map((service, place) => [service, place])),
    joined: new Map(),
  };
}

/** The pods that a Service takes. */
export function servedPods(cluster: Cluster): readonly PodSet[] {
  return cluster.pods.all.filter((set) => servicesOf(cluster, set).length > 0);
}

/** The first pods behind a Service that run as an account. */
export function servingAs(
  cluster: Cluster,
  namespace: string,
  account: string,
): PodSet | undefined {
  return byAccount(cluster).get(`${namespace}/${account}`);
}

const byAccount = remembered((cluster: Cluster): ReadonlyMap<string, PodSet> => {
  const serving = servedPods(cluster).map((set): [string, PodSet] => [
    `${set.namespace}/${set.spec.serviceAccountName ?? 'default'}`,
    set,
  ]);
  return new Map(serving.reverse());
});

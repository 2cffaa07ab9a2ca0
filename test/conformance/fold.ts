/**
 * Folds a predicted cluster into the shape of a golden: pods by workload, slices that differ only
 * in their endpoints as one.
 */
import {
  endpointSliceObjects,
  endpointsObjects,
  podObjects,
} from '../../src/cluster/api-objects.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { PodSet } from '../../src/cluster/pods.ts';

// Goldens are read as they are: the test says what is in them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Fields = Record<string, any>;

const managedBy = 'endpointslice.kubernetes.io/managed-by';
const serviceName = 'kubernetes.io/service-name';
const headless = 'service.kubernetes.io/headless';
const controller = 'endpointslice-controller.k8s.io';
const ownMarks = new Set([
  'kubeplumb/predicted',
  'kubeplumb/workload',
  'endpoints.kubernetes.io/over-capacity',
]);

export interface Golden {
  /** Version of the API server, `1.36.3`. */
  readonly kubernetes: string;
  readonly cluster: {
    readonly ipFamilies: string[];
    readonly podIPFamilies: string[];
    readonly nodes: number;
  };
  readonly objects: readonly {
    ref: string;
    accepted: boolean;
    skipped?: string;
    error?: string;
    warnings?: string[];
  }[];
  readonly workloads: Record<string, Fields>;
  readonly services: Record<string, Fields>;
  readonly unattached?: Fields;
}

/**
 * How many pods the golden has for one that we predict: a DaemonSet has one per node, and the
 * cluster has `nodes`.
 */
const timesNodes = (set: PodSet, nodes: number): number =>
  set.workload.kind === 'DaemonSet' ? nodes : 1;

export function foldCluster(cluster: Cluster, nodes: number): Fields {
  const owners = new Map<string, { workload: string; times: number }>();
  const workloads: Fields = {};
  const pods = podObjects(cluster);
  let next = 0;
  for (const set of cluster.pods.all) {
    // The golden counts an adopted ReplicaSet with its Deployment.
    if (set.countReason?.startsWith('a Deployment') === true) continue;
    const workload = `${set.workload.kind}/${set.namespace}/${set.workload.name}`;
    const own = pods.slice(next, (next += set.count)) as Fields[];
    const times = timesNodes(set, nodes);
    for (const pod of own) owners.set(`${set.namespace}/${pod.metadata.name}`, { workload, times });
    const entry = (workloads[workload] ??= {
      pods: 0,
      ready: 0,
      labels: undefined,
      podNames: [],
      hostnames: [],
      subdomain: undefined,
    });
    entry.pods += own.length * times;
    if (set.countReason?.startsWith('its pods cannot be created') === true)
      entry.createErrors = [set.countReason];
    for (const pod of own) {
      if (pod.status.conditions[0].status === 'True') entry.ready += times;
      const labels = {
        ...Object.fromEntries(
          [...set.labels].filter(([, value]) => value === null).map(([key]) => [key, '*']),
        ),
        ...pod.metadata.labels,
      };
      entry.labels = entry.labels === undefined ? labels : mergeLabels(entry.labels, labels);
      if (set.ordinals !== undefined) entry.podNames.push(pod.metadata.name);
      if (pod.spec.hostname !== undefined && !entry.hostnames.includes(pod.spec.hostname))
        entry.hostnames.push(pod.spec.hostname);
      entry.subdomain = pod.spec.subdomain;
    }
  }
  return {
    workloads,
    services: foldServices(cluster, owners),
    unattached: foldUnattached(cluster),
  };
}

function mergeLabels(a: Fields, b: Fields): Fields {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [
      key,
      a[key] === b[key] ? a[key] : '*',
    ]),
  );
}

function foldServices(
  cluster: Cluster,
  owners: Map<string, { workload: string; times: number }>,
): Fields {
  const services: Fields = {};
  for (const { object, spec, ports, selector } of cluster.services) {
    const {
      type,
      clusterIP,
      ipFamilyPolicy,
      ipFamilies,
      publishNotReadyAddresses,
      allocateLoadBalancerNodePorts,
    } = spec as Fields;
    const allocated =
      type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
    services[`${object.namespace}/${object.name}`] = {
      stored: {
        type,
        clusterIP: clusterIP === 'None' ? 'None' : type === 'ExternalName' ? '' : 'IP',
        ipFamilyPolicy,
        ipFamilies,
        selector,
        publishNotReadyAddresses: publishNotReadyAddresses === true ? true : undefined,
        ports: ports.map(({ name = '', protocol, port, targetPort, nodePort, appProtocol }) => ({
          name,
          protocol,
          port,
          targetPort,
          appProtocol,
          nodePort: nodePort !== undefined || allocated ? 'allocated' : undefined,
        })),
      },
      slices: [],
      endpoints: { present: false },
    };
  }
  for (const slice of endpointSliceObjects(cluster) as Fields[]) {
    const service = services[`${slice.metadata.namespace}/${slice.metadata.labels?.[serviceName]}`];
    if (service !== undefined) addSlice(service.slices, slice, owners);
  }
  for (const endpoints of endpointsObjects(cluster) as Fields[]) {
    const service = services[`${endpoints.metadata.namespace}/${endpoints.metadata.name}`];
    if (service !== undefined) service.endpoints = foldEndpoints(endpoints, owners);
  }
  return services;
}

function foldUnattached(cluster: Cluster): Fields {
  const none = new Map<string, never>();
  const slices = cluster.unattachedSlices.map(({ value, namespace, name }) => {
    const list: Fields[] = [];
    addSlice(list, { ...value, metadata: { ...value.metadata, name } }, none);
    return [`${namespace}/${name}`, list[0]];
  });
  const endpoints = cluster.unattachedEndpoints.map(({ value, namespace, name }) => [
    `${namespace}/${name}`,
    foldEndpoints(value as Fields, none),
  ]);
  return { slices: Object.fromEntries(slices), endpoints: Object.fromEntries(endpoints) };
}

function addSlice(
  list: Fields[],
  slice: Fields,
  owners: Map<string, { workload: string; times: number }>,
): void {
  const labels = { ...slice.metadata.labels };
  const predicted = slice.metadata.annotations?.['kubeplumb/predicted'] === 'true';
  const automatic = labels[managedBy] === controller && predicted;
  const endpoints = (slice.endpoints ?? []) as Fields[];
  const folded = automatic
    ? foldMembers(
        endpoints.map((endpoint) => ({
          name: endpoint.targetRef.name,
          namespace: endpoint.targetRef.namespace,
          hostname: endpoint.hostname,
          ...endpoint.conditions,
        })),
        owners,
      )
    : endpoints.map(literal);
  const entry: Fields = {
    managedBy: labels[managedBy] ?? '',
    name: predicted ? undefined : slice.metadata.name,
    addressType: slice.addressType,
    headlessLabel: headless in labels,
    ports:
      slice.ports === null || slice.ports === undefined || slice.ports.length === 0
        ? null
        : slice.ports,
    sizes: [automatic ? folded.reduce((sum, { count }) => sum + count, 0) : endpoints.length],
    endpoints: folded,
    labels: rest(labels, [managedBy, serviceName, headless]),
    annotations: rest(slice.metadata.annotations ?? {}, []),
  };
  const same = automatic
    ? list.find(
        (other) =>
          JSON.stringify([other.managedBy, other.addressType, other.ports]) ===
          JSON.stringify([entry.managedBy, entry.addressType, entry.ports]),
      )
    : undefined;
  if (same === undefined) list.push(entry);
  else {
    same.sizes.push(...entry.sizes);
    same.endpoints = mergeMembers([...same.endpoints, ...folded]);
  }
}

function literal(endpoint: Fields): Fields {
  const { addresses, conditions, hostname, nodeName, targetRef, zone } = endpoint;
  return {
    addresses,
    conditions:
      conditions !== undefined && Object.keys(conditions).length > 0 ? conditions : undefined,
    hostname,
    nodeName,
    targetRef,
    zone,
  };
}

function foldMembers(
  members: Fields[],
  owners: Map<string, { workload: string; times: number }>,
): Fields[] {
  return mergeMembers(
    members.map(({ namespace, name, hostname, ready, serving }) => {
      const { workload, times } = owners.get(`${namespace}/${name}`) ?? {
        workload: `?/${name}`,
        times: 1,
      };
      return {
        workload,
        targetRefKind: 'Pod',
        count: times,
        ready: ready ? times : 0,
        serving: serving ? times : 0,
        hostnames: hostname === undefined ? [] : [hostname],
      };
    }),
  );
}

function mergeMembers(members: Fields[]): Fields[] {
  const merged = new Map<string, Fields>();
  for (const member of members) {
    const known = merged.get(member.workload);
    if (known === undefined) merged.set(member.workload, { ...member });
    else
      for (const key of ['count', 'ready', 'serving', 'hostnames'])
        known[key] =
          key === 'hostnames'
            ? [...new Set([...known[key], ...member[key]])]
            : known[key] + member[key];
  }
  return [...merged.values()];
}

function foldEndpoints(
  endpoints: Fields,
  owners: Map<string, { workload: string; times: number }>,
): Fields {
  const labels = endpoints.metadata.labels ?? {};
  const address = (list: Fields[] | undefined): Fields[] | undefined => {
    if (list === undefined || list.length === 0) return undefined;
    if (list[0]?.targetRef?.kind !== 'Pod')
      return list.map(({ ip, hostname, nodeName }) => ({ ip, hostname, nodeName }));
    return foldMembers(
      list.map(({ targetRef, hostname }) => ({ ...targetRef, hostname })),
      owners,
    ).map(({ workload, count, hostnames }) => ({ workload, count, hostnames }));
  };
  return {
    present: true,
    managedBy: labels['endpoints.kubernetes.io/managed-by'],
    headlessLabel: headless in labels ? true : undefined,
    truncated:
      endpoints.metadata.annotations?.['endpoints.kubernetes.io/over-capacity'] === 'truncated'
        ? true
        : undefined,
    labels: rest(labels, ['endpoints.kubernetes.io/managed-by', headless]),
    annotations: rest(endpoints.metadata.annotations ?? {}, []),
    subsets: (endpoints.subsets ?? []).map((subset: Fields) => ({
      ports: subset.ports?.map((port: Fields) => ({ name: '', ...port })),
      addresses: address(subset.addresses),
      notReadyAddresses: address(subset.notReadyAddresses),
    })),
  };
}

function rest(map: Fields, without: string[]): Fields | undefined {
  const left = Object.entries(map).filter(([key]) => !without.includes(key) && !ownMarks.has(key));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/**
 * Only a cluster has zones and nodes to hint at and events; why pods cannot be created is said in
 * words of our own, so of that only the fact counts.
 */
const unpredicted = new Set(['hints', 'events']);

/**
 * Drops what is absent, empty or not predicted and sorts what has no order, so that two folds can
 * be compared as text.
 */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(canonical).map((item) => ({ item, key: JSON.stringify(item) }));
    return items.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !unpredicted.has(key))
    .map(
      ([key, field]) =>
        [
          key,
          key === 'createErrors' ? Array.isArray(field) && field.length > 0 : canonical(field),
        ] as const,
    )
    .filter(
      ([, field]) =>
        field !== undefined &&
        field !== null &&
        !(typeof field === 'object' && Object.keys(field).length === 0),
    );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

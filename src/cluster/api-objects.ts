/**
 * The picture as the API objects that `kubectl get -o yaml` would print, with stand-ins for what
 * only a cluster gives out.
 */
import type { EndpointAddress } from 'kubernetes-types/core/v1';
import type { Endpoint } from 'kubernetes-types/discovery/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import {
  completionIndexLabel,
  podIndexLabel,
  podNameLabel,
  serviceNameLabel,
  sliceManagedByLabel,
} from '../kubernetes/labels.ts';
import { setOwn } from '../own.ts';
import type { Cluster } from './cluster.ts';
import type { EndpointMembers } from './controllers/endpointslice.ts';
import type { MirroredSlice } from './controllers/mirroring.ts';
import type { ClusterObject } from './objects.ts';
import type { ClusterOptions, IPFamily } from './options.ts';
import type { PodSet } from './pods.ts';
import type { EndpointPort } from './ports.ts';
import type { ServicePicture } from './service.ts';
import { memberNumbers, PodAddresses, podHostname, podName } from './stand-ins.ts';

/** An API object, ready to be printed. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

const predicted = { 'kubeplumb/predicted': 'true' };
const headlessLabel = 'service.kubernetes.io/headless';
/**
 * The first release whose endpoints controller labels what it writes (pkg/controller/endpoint
 * `syncService`).
 */
const endpointsManagedBy = 33;
const reservedLabels = new Set([serviceNameLabel, sliceManagedByLabel, headlessLabel]);

/**
 * Services as stored: defaulted, with the families that were allotted; cluster IPs are not made up.
 */
export function serviceObjects(cluster: Cluster): ApiObject[] {
  return cluster.services.map(({ object, spec, selector }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: named(object, object.value.metadata ?? {}),
    spec: { ...spec, selector },
  }));
}

export function podObjects(cluster: Cluster): ApiObject[] {
  const addresses = new PodAddresses(cluster.pods.all);
  return cluster.pods.all.flatMap((set) =>
    memberNumbers({ set, count: set.count }).map((number) =>
      podObject(set, number, addresses, cluster),
    ),
  );
}

function podObject(
  set: PodSet,
  number: number,
  addresses: PodAddresses,
  { options }: Cluster,
): ApiObject {
  const { workload, namespace, subdomain } = set;
  const { hostname: _template, subdomain: _overwritten, ...spec } = set.spec;
  const hostname = podHostname(set, number);
  const ready = set.notReady.length === 0 && set.hasAddress;
  const ips = set.hasAddress
    ? options.podIPFamilies.map((family) => ({ ip: addresses.of(set, number, family) }))
    : [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(set, number),
      namespace,
      labels: podLabels(set, number),
      annotations: {
        ...predicted,
        'kubeplumb/workload': `${workload.kind}/${namespace}/${workload.name}`,
      },
    },
    spec: {
      ...spec,
      ...(hostname !== undefined && { hostname }),
      ...(subdomain !== undefined && { subdomain }),
    },
    status: {
      phase: set.hasAddress ? 'Running' : 'Pending',
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          ...(ready ? {} : { message: set.notReady.map(({ message }) => message).join('; ') }),
        },
      ],
      ...(ips[0] !== undefined && { podIP: ips[0].ip, podIPs: ips }),
    },
  };
}

/** Labels whose value only the cluster knows are left out. */
function podLabels(set: PodSet, number: number): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, value] of set.labels) if (value !== null) setOwn(labels, key, value);
  if (set.ordinals !== undefined) {
    labels[podNameLabel] = podName(set, number);
    if (set.ordinals.indexLabel) labels[podIndexLabel] = String(set.ordinals.start + number);
  }
  if (set.indexed?.indexLabel === true) labels[completionIndexLabel] = String(number);
  return labels;
}

/**
 * Automatic slices, mirrored ones and those written by hand, Service by Service; then slices that
 * belong to none.
 */
export function endpointSliceObjects(cluster: Cluster): ApiObject[] {
  const addresses = new PodAddresses(cluster.pods.all);
  const all = cluster.services.flatMap((service) => [
    ...automaticSlices(service, addresses),
    ...service.mirrored.map((slice, index) => mirroredSlice(service, slice, index)),
    ...service.manualSlices.map(writtenObject),
  ]);
  return [...all, ...cluster.unattachedSlices.map(writtenObject)];
}

function automaticSlices(service: ServicePicture, addresses: PodAddresses): ApiObject[] {
  const { object } = service;
  const labels = {
    ...withoutReserved(object.value.metadata?.labels),
    [serviceNameLabel]: object.name,
    [sliceManagedByLabel]: 'endpointslice-controller.k8s.io',
    ...headless(service),
  };
  const slices: ApiObject[] = [];
  for (const { addressType, ports, sizes, members } of service.slices) {
    const endpoints = members.flatMap((member) => endpointsOf(member, addressType, addresses));
    let from = 0;
    for (const size of sizes) {
      slices.push({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: `${object.name}-predicted-${slices.length + 1}`,
          namespace: object.namespace ?? '',
          labels,
          annotations: predicted,
        },
        addressType,
        ports: ports.length === 0 ? null : ports.map(portObject),
        endpoints: size === 0 ? null : endpoints.slice(from, from + size),
      });
      from += size;
    }
  }
  return slices;
}

function endpointsOf(
  member: EndpointMembers,
  family: IPFamily,
  addresses: PodAddresses,
): Endpoint[] {
  const { set, ready, serving, hostnames } = member;
  return memberNumbers(member).map((number) => ({
    addresses: [addresses.of(set, number, family)],
    conditions: { ready, serving, terminating: false },
    targetRef: { kind: 'Pod', namespace: set.namespace, name: podName(set, number) },
    ...(hostnames && { hostname: podHostname(set, number) ?? '' }),
  }));
}

function mirroredSlice(
  { object, manualEndpoints }: ServicePicture,
  { addressType, ports, endpoints }: MirroredSlice,
  index: number,
): ApiObject {
  const metadata = manualEndpoints?.value.metadata;
  const kept = Object.entries(metadata?.annotations ?? {}).filter(
    ([key]) =>
      key !== 'endpoints.kubernetes.io/last-change-trigger-time' &&
      key !== 'kubectl.kubernetes.io/last-applied-configuration',
  );
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${object.name}-predicted-${index + 1}`,
      namespace: object.namespace ?? '',
      labels: {
        ...metadata?.labels,
        [serviceNameLabel]: object.name,
        [sliceManagedByLabel]: 'endpointslicemirroring-controller.k8s.io',
      },
      annotations: { ...Object.fromEntries(kept), ...predicted },
    },
    addressType,
    ports: ports.length === 0 ? null : ports.map(portObject),
    endpoints: endpoints.map(({ address, ready }) => {
      const { ip, hostname, nodeName, targetRef } = address;
      return {
        addresses: [ip],
        conditions: { ready },
        ...(hostname && { hostname }),
        ...(nodeName !== undefined && { nodeName }),
        ...(targetRef !== undefined && { targetRef }),
      };
    }),
  };
}

/**
 * What the endpoints controller writes, hand-written Endpoints it leaves alone, and Endpoints
 * without a Service.
 */
export function endpointsObjects(cluster: Cluster): ApiObject[] {
  const addresses = new PodAddresses(cluster.pods.all);
  const all = cluster.services.flatMap((service) => {
    if (service.endpoints !== undefined)
      return [automaticEndpoints(service, addresses, cluster.options)];
    return service.manualEndpoints === undefined ? [] : [writtenObject(service.manualEndpoints)];
  });
  return [...all, ...cluster.unattachedEndpoints.map(writtenObject)];
}

function automaticEndpoints(
  service: ServicePicture,
  addresses: PodAddresses,
  options: ClusterOptions,
): ApiObject {
  const { object, endpoints, manualEndpoints } = service;
  const family = ((service.spec.ipFamilies ?? [])[0] ?? 'IPv4') as IPFamily;
  const list = (members: readonly EndpointMembers[]): EndpointAddress[] =>
    members.flatMap((member) =>
      memberNumbers(member).map((number) => ({
        ip: addresses.of(member.set, number, family),
        ...(member.hostnames && { hostname: podHostname(member.set, number) ?? '' }),
        targetRef: {
          kind: 'Pod',
          namespace: member.set.namespace,
          name: podName(member.set, number),
        },
      })),
    );
  const subsets = (endpoints?.subsets ?? []).map((subset) => ({
    ...(subset.addresses.length > 0 && { addresses: list(subset.addresses) }),
    ...(subset.notReadyAddresses.length > 0 && {
      notReadyAddresses: list(subset.notReadyAddresses),
    }),
    ...(subset.ports.length > 0 && { ports: subset.ports.map(portObject) }),
  }));
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: object.name,
      namespace: object.namespace ?? '',
      labels: {
        ...withoutHeadless(object.value.metadata?.labels),
        ...(options.kubernetesMinor >= endpointsManagedBy && {
          'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
        }),
        ...headless(service),
      },
      annotations: {
        ...manualEndpoints?.value.metadata?.annotations,
        ...(endpoints?.truncated === true && {
          'endpoints.kubernetes.io/over-capacity': 'truncated',
        }),
        ...predicted,
      },
    },
    ...(subsets.length > 0 && { subsets }),
  };
}

function headless({ headless: isHeadless }: ServicePicture): Record<string, string> {
  return isHeadless ? { [headlessLabel]: '' } : {};
}

/** Of the reserved labels the endpoints controller looks after this one only (`syncService`). */
function withoutHeadless({
  [headlessLabel]: _own,
  ...labels
}: Readonly<Record<string, string>> = {}): Record<string, string> {
  return labels;
}

function withoutReserved(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !reservedLabels.has(key)));
}

function portObject({ name, port, protocol, appProtocol }: EndpointPort): object {
  return { name, port, protocol, ...(appProtocol !== undefined && { appProtocol }) };
}

/** As the API server stores it. */
export function writtenObject(object: ClusterObject): ApiObject {
  const value = object.value as ApiObject;
  return {
    ...value,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: named(object, value.metadata),
  };
}

function named({ name, namespace }: ClusterObject, metadata: ObjectMeta): ObjectMeta {
  return { ...metadata, name, ...(namespace !== undefined && { namespace }) };
}

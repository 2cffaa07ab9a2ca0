/**
 * What a cluster says of itself, read from `kubectl get … -A -o yaml`: who answers for each
 * Service, and why a pod does not.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { notMirroredReason } from '../cluster/controllers/mirroring.ts';
import { dialledPort, type ProxyPort } from '../cluster/proxy.ts';
import { asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { serviceNameLabel } from '../kubernetes/labels.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';
import { type DumpedPod, Owners, podOf } from './dumped-pods.ts';

/** An address that a proxy would dial, or not. */
export interface DumpedEndpoint {
  /** `Deployment/web`, or the address where no pod is behind it. */
  readonly workload: string;
  readonly port?: number;
  readonly ready: boolean;
}

export interface DumpedService {
  readonly namespace: string;
  readonly name: string;
  readonly spec: Json;
  /** One list for each family of addresses. */
  readonly endpoints: (port: ServicePort | undefined) => readonly (readonly DumpedEndpoint[])[];
}

export interface Dump {
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, DumpedService>;
  /** By `namespace/Kind/name` of the workload. */
  readonly pods: ReadonlyMap<string, readonly DumpedPod[]>;
  /** Everything but what controllers made, by `namespace/Kind/name`. */
  readonly objects: ReadonlyMap<string, ManifestObject>;
  /**
   * Whether a Service has neither slices nor Endpoints that every cluster makes for it: they were
   * not listed.
   */
  readonly lacksEndpoints: boolean;
}

/** Slices and Endpoints alike: addresses, and ports that all of them have. */
interface Group {
  readonly family: string;
  readonly ports: readonly ProxyPort[];
  readonly addresses: readonly { readonly workload: string; readonly ready: boolean }[];
}

export function readDump(objects: readonly ManifestObject[]): Dump {
  const owners = new Owners(objects);
  const pods = new Map<string, DumpedPod[]>();
  for (const object of objects)
    if (object.kind === 'Pod' && object.apiVersion === 'v1') {
      const pod = podOf(object, owners);
      addTo(pods, `${pod.namespace}/${pod.workload}`, pod);
    }
  const groups = new Map<string, Group[]>();
  const slices = objects.filter(({ kind }) => kind === 'EndpointSlice');
  for (const slice of slices) {
    const service = asText(fieldAt(slice.value, 'metadata', 'labels', serviceNameLabel));
    if (service !== undefined)
      addTo(groups, `${namespaceOf(slice)}/${service}`, sliceGroup(slice, owners));
  }
  const listed = objects.filter(({ kind }) => kind === 'Endpoints');
  for (const endpoints of listed) {
    // What a proxy dials is in the slices, as soon as there are any.
    if (slices.length > 0) break;
    if (notMirroredReason(endpoints.value) !== undefined && !isMade(endpoints)) continue;
    const key = `${namespaceOf(endpoints)}/${endpoints.name}`;
    for (const subset of asList(fieldAt(endpoints.value, 'subsets')))
      addTo(groups, key, subsetGroup(subset, namespaceOf(endpoints), owners));
  }
  const services = objects.filter(
    ({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1',
  );
  return {
    services: new Map(
      services.map((service) => {
        const key = `${namespaceOf(service)}/${service.name}`;
        return [key, dumpedService(service, groups.get(key) ?? [])];
      }),
    ),
    pods,
    objects: owners.objects,
    lacksEndpoints:
      slices.length + listed.length === 0 &&
      services.some(
        ({ value }) =>
          fieldAt(value, 'spec', 'selector') !== undefined &&
          fieldAt(value, 'spec', 'type') !== 'ExternalName',
      ),
  };
}

function dumpedService(service: ManifestObject, groups: readonly Group[]): DumpedService {
  return {
    namespace: namespaceOf(service),
    name: service.name,
    spec: fieldAt(service.value, 'spec') ?? {},
    endpoints: (port) => {
      const families = new Map<string, DumpedEndpoint[]>();
      for (const { family, ports, addresses } of groups) {
        const number = port === undefined ? undefined : dialledPort(port, ports);
        if (port !== undefined && number === undefined) continue;
        for (const address of addresses)
          addTo(families, family, { ...address, ...(number !== undefined && { port: number }) });
      }
      return [...families.values()];
    },
  };
}

function sliceGroup(slice: ManifestObject, owners: Owners): Group {
  const { value } = slice;
  const namespace = namespaceOf(slice);
  return {
    family: asText(fieldAt(value, 'addressType')) ?? '',
    ports: asList(fieldAt(value, 'ports')).map(proxyPort),
    addresses: asList(fieldAt(value, 'endpoints')).flatMap((endpoint) => {
      const ready = fieldAt(endpoint, 'conditions', 'ready') !== false;
      const pod = podName(endpoint);
      return asList(fieldAt(endpoint, 'addresses')).map((address) => ({
        workload: pod === undefined ? String(address) : owners.ofPod(namespace, pod),
        ready,
      }));
    }),
  };
}

function subsetGroup(subset: Json, namespace: string, owners: Owners): Group {
  const addresses = (field: string, ready: boolean): Group['addresses'] =>
    asList(fieldAt(subset, field)).map((address) => {
      const pod = podName(address);
      const ip = asText(fieldAt(address, 'ip')) ?? '';
      return { workload: pod === undefined ? ip : owners.ofPod(namespace, pod), ready };
    });
  return {
    family: '',
    ports: asList(fieldAt(subset, 'ports')).map(proxyPort),
    addresses: [...addresses('addresses', true), ...addresses('notReadyAddresses', false)],
  };
}

/** The controller of a Service with a selector wrote them, since 1.33 with a label that says so. */
function isMade({ value }: ManifestObject): boolean {
  const annotations = fieldAt(value, 'metadata', 'annotations');
  return (
    fieldAt(value, 'metadata', 'labels', 'endpoints.kubernetes.io/managed-by') !== undefined ||
    fieldAt(annotations, 'endpoints.kubernetes.io/last-change-trigger-time') !== undefined
  );
}

function podName(endpoint: Json): string | undefined {
  const target = fieldAt(endpoint, 'targetRef');
  return fieldAt(target, 'kind') === 'Pod' ? asText(fieldAt(target, 'name')) : undefined;
}

/** A port without a name is the one whose name is empty. */
function proxyPort(port: Json): ProxyPort {
  const number = fieldAt(port, 'port');
  return {
    name: asText(fieldAt(port, 'name')) ?? '',
    port: typeof number === 'number' ? number : undefined,
    protocol: asText(fieldAt(port, 'protocol')),
  };
}

/** What is in a dump says its namespace. */
function namespaceOf({ namespace }: ManifestObject): string {
  return namespace ?? 'default';
}

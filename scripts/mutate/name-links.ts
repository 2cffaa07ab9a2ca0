/**
 * References by name, as the product's own table has them: who names a Service (and one of its
 * ports) or a workload.
 */
import type { Service } from 'kubernetes-types/core/v1';
import { dataKeys } from '../../src/cluster/data-keys.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { isWorkloadKind } from '../../src/kubernetes/kinds.ts';
import { type Reference, referencesOf } from '../../src/kubernetes/references.ts';
import { getOwn } from '../../src/own.ts';
import type { Accepted, End, Link } from './link.ts';
import type { MutationId } from './mutations.ts';

/**
 * Group and kind of the object that names a Service → what is tried at the name and at the port.
 */
const tried: Readonly<Record<string, readonly [name: MutationId, port?: MutationId]>> = {
  'networking.k8s.io/Ingress': ['ingress-backend-name', 'ingress-backend-port'],
  'apps/StatefulSet': ['stateful-set-service-name'],
  'gateway.networking.k8s.io/HTTPRoute': ['route-backend-name', 'route-backend-port'],
  'gateway.networking.k8s.io/GRPCRoute': ['route-backend-name', 'route-backend-port'],
  'gateway.networking.k8s.io/TCPRoute': ['route-backend-name', 'route-backend-port'],
  'gateway.networking.k8s.io/TLSRoute': ['route-backend-name', 'route-backend-port'],
  'gateway.networking.k8s.io/UDPRoute': ['route-backend-name', 'route-backend-port'],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': [
    'webhook-service-name',
    'webhook-service-port',
  ],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': [
    'webhook-service-name',
    'webhook-service-port',
  ],
  'apiextensions.k8s.io/CustomResourceDefinition': ['webhook-service-name', 'webhook-service-port'],
  'apiregistration.k8s.io/APIService': ['api-service-name', 'api-service-port'],
  'networking.istio.io/VirtualService': ['virtual-service-host', 'virtual-service-port'],
  'networking.istio.io/DestinationRule': ['destination-rule-host'],
  'route.openshift.io/Route': ['openshift-route-name'],
  'argoproj.io/Rollout': ['rollout-service-name'],
};
/** What scales a workload. */
const scalers: ReadonlySet<string> = new Set([
  'HorizontalPodAutoscaler',
  'VerticalPodAutoscaler',
  'ScaledObject',
]);

export function nameLinks(accepted: Accepted): Link[] {
  return accepted.all.flatMap((object) => {
    const references = referencesOf(object);
    const mutations = getOwn(tried, `${groupOf(object.apiVersion)}/${object.kind}`);
    const toServices =
      mutations === undefined
        ? []
        : references
            .filter(({ kind }) => kind === 'Service')
            .flatMap((reference) => serviceLinks(object, reference, mutations, accepted));
    const target = scalers.has(object.kind)
      ? references.find(({ path }) => /TargetRef$/.test(String(path.at(-2))))
      : undefined;
    return [
      ...toServices,
      ...(target === undefined ? [] : scaled(object, target, accepted)),
      ...references.flatMap((reference) => needed(object, reference, accepted)),
    ];
  });
}

function serviceLinks(
  { source }: ClusterObject,
  reference: Reference,
  [name, port]: readonly [MutationId, MutationId?],
  accepted: Accepted,
): Link[] {
  const service = accepted.find('Service', reference.namespace, reference.name);
  if (service === undefined) return [];
  const nameEnds: End[] = [
    { object: source, path: reference.path, aspect: 'name', mutations: [name] },
    {
      object: service.source,
      path: ['metadata', 'name'],
      aspect: 'name',
      mutations: ['service-name'],
    },
  ];
  const identity = [source, reference.path.join('.')];
  const link: Link = { kind: 'service', identity, ends: nameEnds };
  if (reference.port === undefined || port === undefined) return [link];
  const { path, value } = reference.port;
  const by = typeof value === 'string' ? 'name' : 'port';
  const ports = (service.value as Service).spec?.ports ?? [];
  const index = ports.findIndex((one) => one[by] === value);
  if (index === -1) return [link];
  const portEnds: End[] = [
    { object: source, path, aspect: 'port', mutations: [port] },
    {
      object: service.source,
      path: ['spec', 'ports', index, by],
      aspect: 'port',
      mutations: [by === 'name' ? 'service-port-name' : 'service-port-number'],
    },
  ];
  return [
    link,
    {
      kind: 'service-port',
      identity: [source, path.join('.')],
      ends: [...nameEnds, ...portEnds],
    },
  ];
}

/** What pods cannot start without. */
const needs: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'ServiceAccount',
]);

/** What a workload needs by name, and the key that it takes out of it. */
function needed(object: ClusterObject, reference: Reference, accepted: Accepted): Link[] {
  const { kind, name, namespace, path, key, optional } = reference;
  if (!needs.has(kind) || !isWorkloadKind(object.kind) || optional) return [];
  if (path.includes('imagePullSecrets')) return [];
  const found = accepted.find(kind, namespace, name);
  if (found === undefined) return [];
  const { source } = object;
  const identity = [source, path.join('.')];
  const nameEnd: End = { object: source, path, aspect: 'name', mutations: ['dependency-name'] };
  const link: Link = { kind: 'dependency', identity, ends: [nameEnd] };
  if (key === undefined || !dataKeys(found).has(key.value)) return [link];
  const keyEnd: End = {
    object: source,
    path: key.path,
    aspect: 'name',
    mutations: ['dependency-key'],
  };
  return [link, { kind: 'key', identity: [source, key.path.join('.')], ends: [nameEnd, keyEnd] }];
}

function scaled(object: ClusterObject, target: Reference, accepted: Accepted): Link[] {
  const workload = accepted.find(target.kind, object.namespace, target.name);
  if (workload === undefined) return [];
  const ends: End[] = [
    { object: object.source, path: target.path, aspect: 'name', mutations: ['scale-target-name'] },
    {
      object: workload.source,
      path: ['metadata', 'name'],
      aspect: 'name',
      mutations: ['scaled-workload-name'],
    },
  ];
  return [{ kind: 'scale-target', identity: [object.source], ends }];
}

/** References by name: who names a Service (and one of its ports) or a workload. */
import type { Service } from 'kubernetes-types/core/v1';
import { type ClusterObject, groupOf } from '../../src/cluster/objects.ts';
import { asJsonObject, type Path } from '../../src/manifest/node.ts';
import { type Field, fieldsAt, stringAt } from './fields.ts';
import type { Accepted, End, Link } from './links.ts';
import type { MutationId } from './mutations.ts';

/** How a kind of object names Services. */
interface Reference {
  readonly kinds: RegExp;
  /** Empty for the core group. */
  readonly group: RegExp;
  /** To the objects that hold the fields below. */
  readonly at: readonly string[];
  readonly name: string;
  readonly namespace?: string;
  /** The port by number or name; `*.` looks at either of `port.name` and `port.number`. */
  readonly ports?: readonly string[];
  readonly mutations: { readonly name: MutationId; readonly port: MutationId };
}

const references: readonly Reference[] = [
  {
    kinds: /^Ingress$/,
    group: /^networking\.k8s\.io$/,
    at: ['spec.defaultBackend.service', 'spec.rules.*.http.paths.*.backend.service'],
    name: 'name',
    ports: ['port.name', 'port.number'],
    mutations: { name: 'ingress-backend-name', port: 'ingress-backend-port' },
  },
  {
    kinds: /^StatefulSet$/,
    group: /^apps$/,
    at: ['spec'],
    name: 'serviceName',
    mutations: { name: 'stateful-set-service-name', port: 'stateful-set-service-name' },
  },
  {
    kinds: /^(HTTP|GRPC|TCP|TLS|UDP)Route$/,
    group: /^gateway\.networking\.k8s\.io$/,
    at: ['spec.rules.*.backendRefs.*', 'spec.rules.*.filters.*.requestMirror.backendRef'],
    name: 'name',
    namespace: 'namespace',
    ports: ['port'],
    mutations: { name: 'route-backend-name', port: 'route-backend-port' },
  },
  {
    kinds: /WebhookConfiguration$/,
    group: /^admissionregistration\.k8s\.io$/,
    at: ['webhooks.*.clientConfig.service'],
    name: 'name',
    namespace: 'namespace',
    ports: ['port'],
    mutations: { name: 'webhook-service-name', port: 'webhook-service-port' },
  },
  {
    kinds: /^APIService$/,
    group: /^apiregistration\.k8s\.io$/,
    at: ['spec.service'],
    name: 'name',
    namespace: 'namespace',
    ports: ['port'],
    mutations: { name: 'api-service-name', port: 'api-service-port' },
  },
  {
    kinds: /^VirtualService$/,
    group: /^networking\.istio\.io$/,
    at: ['http', 'tcp', 'tls'].map((list) => `spec.${list}.*.route.*.destination`),
    name: 'host',
    ports: ['port.number'],
    mutations: { name: 'virtual-service-host', port: 'virtual-service-port' },
  },
  {
    kinds: /^DestinationRule$/,
    group: /^networking\.istio\.io$/,
    at: ['spec'],
    name: 'host',
    mutations: { name: 'destination-rule-host', port: 'destination-rule-host' },
  },
  {
    kinds: /^Route$/,
    group: /^route\.openshift\.io$/,
    at: ['spec.to'],
    name: 'name',
    mutations: { name: 'openshift-route-name', port: 'openshift-route-name' },
  },
  ...[
    'canary.canaryService',
    'canary.stableService',
    'blueGreen.activeService',
    'blueGreen.previewService',
  ].map((path): Reference => ({
    kinds: /^Rollout$/,
    group: /^argoproj\.io$/,
    at: [`spec.strategy.${path.split('.')[0]}`],
    name: path.split('.')[1] ?? '',
    mutations: { name: 'rollout-service-name', port: 'rollout-service-name' },
  })),
];

export function nameLinks(accepted: Accepted): Link[] {
  const links: Link[] = [];
  for (const object of accepted.all) {
    const group = groupOf(object.apiVersion);
    for (const reference of references) {
      if (!reference.kinds.test(object.kind) || !reference.group.test(group)) continue;
      for (const field of reference.at.flatMap((at) => fieldsAt(object.value, at)))
        links.push(...serviceReference(object, field, reference, accepted));
    }
    links.push(...scaleTargets(object, accepted));
  }
  return links;
}

function serviceReference(
  object: ClusterObject,
  { path, value }: Field,
  reference: Reference,
  accepted: Accepted,
): Link[] {
  const fields = asJsonObject(value);
  const name = fields && stringAt(fields, reference.name);
  if (
    fields === undefined ||
    name === undefined ||
    (stringAt(fields, 'kind') ?? 'Service') !== 'Service'
  )
    return [];
  const written =
    reference.namespace === undefined ? undefined : stringAt(fields, reference.namespace);
  const service = findService(name, written ?? object.namespace, accepted);
  if (service === undefined) return [];
  const source = object.source;
  const nameEnds: End[] = [
    {
      object: source,
      path: [...path, reference.name],
      aspect: 'name',
      mutations: [reference.mutations.name],
    },
    {
      object: service.source,
      path: ['metadata', 'name'],
      aspect: 'name',
      mutations: ['service-name'],
    },
  ];
  const identity = [source, [...path, reference.name].join('.')];
  const links: Link[] = [{ kind: 'service', identity, ends: nameEnds }];
  const ports = (service.value as Service).spec?.ports ?? [];
  for (const field of (reference.ports ?? []).flatMap((pattern) => fieldsAt(fields, pattern))) {
    const by = typeof field.value === 'string' ? 'name' : 'port';
    const index = ports.findIndex((port) => port[by] === field.value);
    if (index === -1) continue;
    const at: Path = [...path, ...field.path];
    const ends: End[] = [
      { object: source, path: at, aspect: 'port', mutations: [reference.mutations.port] },
      {
        object: service.source,
        path: ['spec', 'ports', index, by],
        aspect: 'port',
        mutations: [by === 'name' ? 'service-port-name' : 'service-port-number'],
      },
    ];
    links.push({
      kind: 'service-port',
      identity: [source, at.join('.')],
      ends: [...nameEnds, ...ends],
    });
  }
  return links;
}

/** By name, or as `name.namespace.svc…` where hosts are given. */
export function findService(
  host: string,
  namespace: string | undefined,
  accepted: Pick<Accepted, 'find'>,
): ClusterObject | undefined {
  const [name = '', inNamespace, svc] = host.split('.');
  if (inNamespace === undefined) return accepted.find('Service', namespace, name);
  return svc === undefined || svc === 'svc'
    ? accepted.find('Service', inNamespace, name)
    : undefined;
}

/** What an autoscaler scales: HorizontalPodAutoscaler, VerticalPodAutoscaler, KEDA's ScaledObject. */
function scaleTargets(object: ClusterObject, accepted: Accepted): Link[] {
  const at = {
    HorizontalPodAutoscaler: 'scaleTargetRef',
    VerticalPodAutoscaler: 'targetRef',
    ScaledObject: 'scaleTargetRef',
  }[object.kind];
  const target =
    at === undefined ? undefined : asJsonObject(fieldsAt(object.value, `spec.${at}`)[0]?.value);
  const name = target && stringAt(target, 'name');
  if (at === undefined || target === undefined || name === undefined) return [];
  const workload = accepted.find(stringAt(target, 'kind') ?? 'Deployment', object.namespace, name);
  if (workload === undefined) return [];
  const path: Path = ['spec', at, 'name'];
  const ends: End[] = [
    { object: object.source, path, aspect: 'name', mutations: ['scale-target-name'] },
    {
      object: workload.source,
      path: ['metadata', 'name'],
      aspect: 'name',
      mutations: ['scaled-workload-name'],
    },
  ];
  return [{ kind: 'scale-target', identity: [object.source], ends }];
}

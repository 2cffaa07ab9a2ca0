/** What an object offers to others and what it needs of them, read off the manifest as written: enough to tell which directories belong together. */
import { groupOf } from '../kubernetes/group-version.ts';
import { asJsonObject, asList, type Json, type JsonObject } from '../kubernetes/json.ts';
import { findPodLabel, serviceNameLabel } from '../kubernetes/labels.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { childOf } from '../manifest/node.ts';
import { getOwn } from '../own.ts';

/** Pods by labels, or an object by kind and name; always of one namespace (empty where the manifest leaves it open). */
export type Need = (
  | {
      readonly type: 'pods';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  | { readonly type: 'object'; readonly key: string }
) & {
  /** Who needs it. */
  readonly by: ManifestObject;
};

export interface Offer {
  readonly object: ManifestObject;
  readonly key: string;
  /** Labels of the pods that the object makes. */
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly namespace: string;
}

export function objectKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

export function identity(object: ManifestObject): string {
  return `${groupOf(object.apiVersion)}/${objectKey(object.kind, object.namespace ?? '', object.name)}`;
}

export function offerOf(object: ManifestObject): Offer {
  const namespace = object.namespace ?? '';
  const podLabels = labelsAt(podMetadata(object));
  return {
    object,
    key: objectKey(object.kind, namespace, object.name),
    namespace,
    ...(podLabels !== undefined && { podLabels }),
  };
}

const needyKinds = new Set([
  'Service',
  'PodDisruptionBudget',
  'Endpoints',
  'EndpointSlice',
  'StatefulSet',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'VerticalPodAutoscaler',
  'Ingress',
  'Route',
  'Rollout',
  'APIService',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'VirtualService',
  'DestinationRule',
  'PodMonitor',
]);

export function needsOf(object: ManifestObject): Need[] {
  const { kind, name } = object;
  if (!needyKinds.has(kind)) return [];
  const { value } = object;
  const namespace = object.namespace ?? '';
  const spec = asJsonObject(value['spec']);
  const needsObject = (
    target: Json | undefined,
    targetKind: string,
    itsNamespace = namespace,
  ): Need[] =>
    typeof target === 'string' && target !== ''
      ? [{ type: 'object', key: objectKey(targetKind, itsNamespace, target), by: object }]
      : [];
  const needsService = (reference: Json | undefined): Need[] => {
    const { name, namespace } = asJsonObject(reference) ?? {};
    return typeof namespace === 'string' ? needsObject(name, 'Service', namespace) : [];
  };
  switch (kind) {
    case 'Service': {
      const labels = labelsAt({ labels: spec?.['selector'] ?? null });
      if (labels === undefined)
        return spec?.['type'] === 'ExternalName' ? [] : needsObject(name, 'Endpoints');
      return [
        {
          type: 'pods',
          namespace,
          labels: Object.fromEntries(
            Object.entries(labels).filter(([key]) => findPodLabel(key) === undefined),
          ),
          by: object,
        },
      ];
    }
    case 'PodMonitor':
    case 'PodDisruptionBudget': {
      const labels = labelsAt({
        labels: asJsonObject(spec?.['selector'])?.['matchLabels'] ?? null,
      });
      return labels === undefined ? [] : [{ type: 'pods', namespace, labels, by: object }];
    }
    case 'Endpoints':
      return needsObject(name, 'Service');
    case 'EndpointSlice':
      return needsObject(labelsAt(asJsonObject(value['metadata']))?.[serviceNameLabel], 'Service');
    case 'StatefulSet':
      return needsObject(spec?.['serviceName'], 'Service');
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject':
    case 'VerticalPodAutoscaler': {
      const target = asJsonObject(spec?.['scaleTargetRef'] ?? spec?.['targetRef']);
      const targetKind = target?.['kind'] ?? (kind === 'ScaledObject' ? 'Deployment' : undefined);
      return typeof targetKind === 'string' ? needsObject(target?.['name'], targetKind) : [];
    }
    case 'Ingress':
      return ingressServices(spec).flatMap((service) => needsObject(service, 'Service'));
    case 'Route':
      return [spec?.['to'], ...asList(spec?.['alternateBackends'])].flatMap((target) =>
        needsObject(asJsonObject(target)?.['name'], 'Service'),
      );
    case 'Rollout': {
      const { canary, blueGreen } = asJsonObject(spec?.['strategy']) ?? {};
      return [
        ...['stableService', 'canaryService'].map((field) => getOwn(asJsonObject(canary), field)),
        ...['activeService', 'previewService'].map((field) =>
          getOwn(asJsonObject(blueGreen), field),
        ),
      ].flatMap((service) => needsObject(service, 'Service'));
    }
    case 'APIService':
      return needsService(spec?.['service']);
    case 'ValidatingWebhookConfiguration':
    case 'MutatingWebhookConfiguration':
      return asList(value['webhooks']).flatMap((webhook) =>
        needsService(asJsonObject(asJsonObject(webhook)?.['clientConfig'])?.['service']),
      );
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
    case 'TLSRoute':
    case 'UDPRoute':
      return [
        ...valuesOf(spec, 'backendRefs').flatMap(asList),
        ...valuesOf(spec, 'backendRef'),
      ].flatMap((item) => {
        const reference = asJsonObject(item);
        if ((reference?.['kind'] ?? 'Service') !== 'Service') return [];
        return needsService({ namespace, ...reference });
      });
    case 'VirtualService':
    case 'DestinationRule':
      return valuesOf(spec, 'host').flatMap((host) => {
        const [service, itsNamespace = namespace, ...rest] =
          typeof host === 'string' ? host.split('.') : [];
        return rest.length === 0 || rest.join('.') === 'svc.cluster.local'
          ? needsObject(service, 'Service', itsNamespace)
          : [];
      });
    default:
      return [];
  }
}

function ingressServices(spec: JsonObject | undefined): Json[] {
  const services: Json[] = [];
  const add = (backend: JsonObject | undefined): void => {
    const service = asJsonObject(backend?.['service'])?.['name'];
    if (service !== undefined) services.push(service);
  };
  add(asJsonObject(spec?.['defaultBackend']));
  for (const rule of asList(spec?.['rules'])) {
    for (const path of asList(asJsonObject(asJsonObject(rule)?.['http'])?.['paths']))
      add(asJsonObject(asJsonObject(path)?.['backend']));
  }
  return services;
}

/** What stands under a field of this name, however deep. */
function valuesOf(value: Json | undefined, name: string): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, name));
  return Object.entries(asJsonObject(value) ?? {}).flatMap(([field, child]) =>
    field === name ? [child] : valuesOf(child, name),
  );
}

/** The metadata of the pods an object makes; any kind with a pod template where Deployments have it counts. */
function podMetadata(object: ManifestObject): JsonObject | undefined {
  const { kind, node } = object;
  // Looking at the tree first spares the rest of the object.
  if (
    kind !== 'Pod' &&
    kind !== 'CronJob' &&
    childOf(childOf(node, 'spec'), 'template') === undefined
  )
    return undefined;
  const { value } = object;
  if (kind === 'Pod') return asJsonObject(value['metadata']);
  let spec = asJsonObject(value['spec']);
  if (kind === 'CronJob') spec = asJsonObject(asJsonObject(spec?.['jobTemplate'])?.['spec']);
  const template = asJsonObject(spec?.['template']);
  return asJsonObject(template?.['spec']) === undefined
    ? undefined
    : asJsonObject(template?.['metadata']);
}

function labelsAt(metadata: JsonObject | undefined): Record<string, string> | undefined {
  const labels = asJsonObject(metadata?.['labels']);
  if (labels === undefined) return undefined;
  const pairs = Object.entries(labels).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/**
 * What an object offers to others and what it needs of them, read off the manifest as written:
 * enough to tell which directories belong together.
 */
import { groupOf } from '../kubernetes/group-version.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type JsonObject,
  textPairs,
} from '../kubernetes/json.ts';
import { allWorkloads, isNamespaced } from '../kubernetes/kinds.ts';
import { findPodLabel } from '../kubernetes/labels.ts';
import { isCustom, referencesOf } from '../kubernetes/references.ts';
import { selectorsOf } from '../kubernetes/selectors.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { calledHosts } from './called-hosts.ts';

/** Pods or Services by labels, or an object by kind and name; always of one namespace. */
export type Need = (
  | {
      readonly type: 'pods' | 'services';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'object';
      readonly key: string;
      /**
       * The key of the same name in any namespace, where one that is there only under another
       * namespace than the written one is meant.
       */
      readonly anywhere?: string;
    }
) & {
  /** Equal for needs that the same things meet. */
  readonly id: string;
  /** Who needs it. */
  readonly by: ManifestObject;
};

export interface Offer {
  readonly object: ManifestObject;
  readonly key: string;
  /** The same for a namespace that is written, with `*` in its place. */
  readonly anywhere?: string;
  /** Labels of the pods that the object makes. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Of a Service: its own labels. */
  readonly serviceLabels?: Readonly<Record<string, string>>;
  readonly namespace: string;
}

/**
 * Where a namespace is left out kubectl writes this one, so a manifest that writes it means the
 * same.
 */
const unwritten = 'default';

function objectKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

export function identity(object: ManifestObject): string {
  const { apiVersion, kind, namespace = unwritten, name } = object;
  return `${groupOf(apiVersion)}/${objectKey(kind, namespace, name)}`;
}

export function offerOf(object: ManifestObject): Offer {
  const { kind, name } = object;
  const namespace = object.namespace ?? unwritten;
  const offer: { -readonly [K in keyof Offer]: Offer[K] } = {
    object,
    key: objectKey(kind, namespace, name),
    namespace,
  };
  const podLabels = labelsAt(podMetadata(object));
  if (podLabels !== undefined) offer.podLabels = podLabels;
  if (kind !== 'Service') return offer;
  if (object.namespace !== undefined) offer.anywhere = objectKey(kind, '*', name);
  const serviceLabels = labelsAt(asJsonObject(object.value['metadata']));
  if (serviceLabels !== undefined) offer.serviceLabels = serviceLabels;
  return offer;
}

/** The labels of what a need is for, in an offer. */
export function labelsFor(
  { type }: Need & { readonly type: 'pods' | 'services' },
  { podLabels, serviceLabels }: Offer,
): Readonly<Record<string, string>> | undefined {
  return type === 'pods' ? podLabels : serviceLabels;
}

/** What directories are joined for: what routes, certificates and pods need, and what is scaled. */
const joining: ReadonlySet<string> = new Set([
  ...['Service', 'Gateway', 'VirtualService', 'ServiceAccount', 'Secret', 'Certificate', 'Issuer'],
  ...allWorkloads.map(({ kind }) => kind),
]);

/** Kinds whose selectors say which pods or Services they are for. */
const selecting: ReadonlySet<string> = new Set([
  'Service',
  'PodDisruptionBudget',
  'PodMonitor',
  'NetworkPolicy',
  'ServiceMonitor',
]);

export function needsOf(object: ManifestObject): Need[] {
  const { kind, name } = object;
  const namespace = isNamespaced(kind) ? (object.namespace ?? unwritten) : undefined;
  const need = (
    targetKind: string,
    itsNamespace: string,
    target: string,
  ): Need & { readonly type: 'object' } => {
    const key = objectKey(targetKind, itsNamespace, target);
    return { type: 'object', id: key, key, by: object };
  };
  if (selecting.has(kind)) {
    const selected = selectedBy(object);
    if (selected.length > 0 || kind !== 'Service') return selected;
    const isExternal = fieldAt(object.value, 'spec', 'type') === 'ExternalName';
    return isExternal ? [] : [need('Endpoints', namespace ?? '', name)];
  }
  if (kind === 'Endpoints') return [need('Service', namespace ?? '', name)];
  const needs: Need[] = [];
  // Custom resources are for each other; but ConfigMaps of one name are everywhere.
  const asked = isCustom(groupOf(object.apiVersion)) ? undefined : joining;
  for (const { kind: named, ...reference } of referencesOf(object, asked, namespace)) {
    const where = reference.namespace ?? (isNamespaced(named) ? undefined : unwritten);
    if (where !== undefined && named !== 'ConfigMap')
      needs.push(need(named, where, reference.name));
  }
  for (const host of calledHosts(object)) {
    const named = need('Service', host.namespace ?? namespace ?? unwritten, host.service);
    const anywhere = objectKey('Service', '*', host.service);
    needs.push(host.cluster ? { ...named, id: `${named.id} ${anywhere}`, anywhere } : named);
  }
  return needs;
}

/** What directories are not joined for as well: all that it names, and its namespace. */
export function allNeedsOf(object: ManifestObject): Need[] {
  const { namespace = unwritten } = object;
  const named = referencesOf(object, undefined, namespace).map((reference) =>
    objectKey(reference.kind, reference.namespace ?? unwritten, reference.name),
  );
  if (object.namespace !== undefined) named.push(objectKey('Namespace', unwritten, namespace));
  return [
    ...needsOf(object),
    ...named.map((key): Need => ({ type: 'object', id: key, key, by: object })),
  ];
}

/**
 * Labels that controllers add say nothing about which workload is meant; nor do the peers of a
 * policy, which may be anywhere.
 */
function selectedBy(object: ManifestObject): Need[] {
  return selectorsOf(object).flatMap(({ pairs, takes, looksInto }): Need[] => {
    if (isEmpty(pairs) || looksInto === 'selected' || looksInto === 'all') return [];
    const labels = withoutPodLabels(pairs);
    const type = takes === 'Pod' ? 'pods' : 'services';
    const written = JSON.stringify(labels);
    return namespacesOf(object, looksInto).map((namespace) => ({
      type,
      id: `${type} ${namespace} ${written}`,
      namespace,
      labels,
      by: object,
    }));
  });
}

function withoutPodLabels(
  pairs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(pairs).filter(([key]) => findPodLabel(key) === undefined);
  return kept.length === Object.keys(pairs).length ? pairs : Object.fromEntries(kept);
}

function namespacesOf(object: ManifestObject, looksInto: 'own' | 'named'): string[] {
  const own = [object.namespace ?? unwritten];
  if (looksInto === 'own') return own;
  const selector = fieldAt(object.value, 'spec', 'namespaceSelector');
  if (fieldAt(selector, 'any') === true) return [];
  const named = asList(fieldAt(selector, 'matchNames')).flatMap((name) => asText(name) ?? []);
  return named.length === 0 ? own : named;
}

/**
 * The metadata of the pods an object makes; any kind with a pod template where Deployments have it
 * counts.
 */
function podMetadata(object: ManifestObject): JsonObject | undefined {
  const { kind, value } = object;
  if (kind === 'Pod') return asJsonObject(value['metadata']);
  let spec = asJsonObject(value['spec']);
  if (kind === 'CronJob') spec = asJsonObject(asJsonObject(spec?.['jobTemplate'])?.['spec']);
  const template = asJsonObject(spec?.['template']);
  return asJsonObject(template?.['spec']) === undefined
    ? undefined
    : asJsonObject(template?.['metadata']);
}

function labelsAt(metadata: JsonObject | undefined): Readonly<Record<string, string>> | undefined {
  const labels = textPairs(metadata?.['labels']);
  return isEmpty(labels) ? undefined : labels;
}

function isEmpty(labels: Readonly<Record<string, string>>): boolean {
  for (const _ in labels) return false;
  return true;
}

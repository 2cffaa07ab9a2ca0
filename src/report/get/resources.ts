/**
 * What `get` can be asked for: what the control plane makes, and every kind that is in the
 * manifests.
 */
import {
  type ApiObject,
  endpointSliceObjects,
  endpointsObjects,
  podObjects,
  serviceObjects,
  writtenObject,
} from '../../cluster/api-objects.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { CustomKind } from '../../kubernetes/custom-kind.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { kinds } from '../../kubernetes/kinds.ts';
import {
  categoryAll,
  namesKind,
  qualifiedName,
  resourceName,
} from '../../kubernetes/resource-names.ts';
import type { Unseen } from '../../lint/unseen/unseen.ts';
import { endpointsView } from './endpoints.ts';
import { endpointSlicesView } from './endpointslices.ts';
import { podsView } from './pods.ts';
import type { View } from './row.ts';
import { servicesView } from './services.ts';
import { writtenView } from './written.ts';

export interface Resource {
  readonly kind: string;
  /** As kubectl calls it: `endpointslices`. */
  readonly name: string;
  /** As `-o name` prints it. */
  readonly qualified: string;
  /** What the control plane makes; of anything else there is only what somebody wrote. */
  readonly isPredicted: boolean;
  readonly objects: (cluster: Cluster) => readonly ApiObject[];
  readonly view: (cluster: Cluster, unseen: Unseen, wide: boolean) => View;
}

export interface Type {
  readonly apiVersion: string;
  readonly kind: string;
  /** What its definition says, where that was read. */
  readonly names?: CustomKind['names'];
  readonly columns?: CustomKind['columns'];
  readonly namespaced?: CustomKind['namespaced'];
}

const predicted: readonly Resource[] = [
  {
    ...named({ apiVersion: 'v1', kind: 'Endpoints' }),
    isPredicted: true,
    objects: endpointsObjects,
    view: endpointsView,
  },
  {
    ...named({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' }),
    isPredicted: true,
    objects: endpointSliceObjects,
    view: endpointSlicesView,
  },
  {
    ...named({ apiVersion: 'v1', kind: 'Service' }),
    isPredicted: true,
    objects: serviceObjects,
    view: (cluster, _unseen, wide) => servicesView(cluster, wide),
  },
  {
    ...named({ apiVersion: 'v1', kind: 'Pod' }),
    isPredicted: true,
    objects: podObjects,
    view: (cluster, _unseen, wide) => podsView(cluster, wide),
  },
];

/** The names of what the control plane makes. */
export const predictedNames = predicted.map(({ name }) => name);

/** The names of all kinds that are known without their being in a manifest. */
export const tabledNames = kinds.map(({ kind }) => resourceName(kind));

function named(type: Type): Pick<Resource, 'kind' | 'name' | 'qualified'> {
  return {
    kind: type.kind,
    name: type.names?.plural ?? resourceName(type.kind),
    // kubectl prints this one in the plural, as the API does.
    qualified: qualifiedName(type),
  };
}

/** `all`, as kubectl means it: pods, Services and what makes pods. */
export function isAll(word: string): boolean {
  return word.toLowerCase() === 'all';
}

/**
 * The resources that a word names: one, or those of a category that there are.
 * @param present types of the objects that were read; a kind that is in no table is known by them
 */
export function resourcesNamed(word: string, present: readonly Type[]): readonly Resource[] {
  const inCategory = present.filter(({ names }) => names?.categories.includes(word.toLowerCase()));
  if (isAll(word)) {
    const own = categoryAll.flatMap((kind) => {
      const type = kinds.find((row) => row.kind === kind);
      const isThere = present.some((other) => other.kind === kind) || kind === 'Pod';
      return type === undefined || !isThere ? [] : [type];
    });
    return [...own, ...inCategory].map(resourceOf);
  }
  const type = typeNamed(word, present);
  return (type === undefined ? inCategory : [type]).map(resourceOf);
}

/** Kinds of the tables are called as Kubernetes calls them, and as their definitions do. */
export function typeNamed(word: string, present: readonly Type[]): Type | undefined {
  const isNamed = (type: Type): boolean => namesKind(word, type);
  const type = kinds.find(isNamed) ?? present.find(isNamed);
  return present.find((one) => type !== undefined && isSameKind(one, type)) ?? type;
}

function isSameKind(a: Type, b: Type): boolean {
  return a.kind === b.kind && groupOf(a.apiVersion) === groupOf(b.apiVersion);
}

/**
 * The kinds of which documents have to be parsed for `get` and `describe` to show what a word
 * names: nothing that is predicted depends on them.
 */
export function kindsBehind(word: string): readonly string[] {
  const type = typeNamed(word, []);
  const group = groupOf(type?.apiVersion ?? '');
  const isCustom = type === undefined || (group.includes('.') && !group.endsWith('.k8s.io'));
  return [...(type === undefined ? [] : [type.kind]), ...(isCustom ? [definitions] : [])];
}

/** Where its definition was not read, a kind is taken for one that belongs to namespaces. */
export function withoutNamespace({ namespace: _, ...object }: ClusterObject): ClusterObject {
  return object;
}

const definitions = 'CustomResourceDefinition';

/** Whether a word can be nothing but a kind, whatever was read. */
export function isKnownKind(word: string): boolean {
  return resourcesNamed(word, []).length > 0;
}

function resourceOf(type: Type): Resource {
  const made = predicted.find(({ kind }) => kind === type.kind);
  if (made !== undefined && qualifiedName(type) === made.qualified) return made;
  const group = groupOf(type.apiVersion);
  const objectsIn = ({ objects }: Cluster): readonly ClusterObject[] => {
    const found = objects.ofKind(group, type.kind);
    return type.namespaced === false ? found.map(withoutNamespace) : found;
  };
  return {
    ...named(type),
    isPredicted: false,
    objects: (cluster) => objectsIn(cluster).map(writtenObject),
    view: (cluster, _unseen, wide) => writtenView(objectsIn(cluster), cluster, wide, type.columns),
  };
}

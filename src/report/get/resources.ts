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
import { groupOf } from '../../kubernetes/group-version.ts';
import { kinds } from '../../kubernetes/kinds.ts';
import {
  categoryAll,
  namesKind,
  qualifiedName,
  resourceName,
} from '../../kubernetes/resource-names.ts';
import type { Unseen } from '../../lint/unseen.ts';
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
    view: (cluster) => servicesView(cluster),
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
    name: type.kind === 'Endpoints' ? 'endpoints' : resourceName(type.kind),
    // kubectl prints this one in the plural, as the API does.
    qualified: qualifiedName(type),
  };
}

/** `all`, as kubectl means it: pods, Services and what makes pods. */
export function isAll(word: string): boolean {
  return word.toLowerCase() === 'all';
}

/**
 * The resources that a word names: one, or those of the category `all` that there are.
 * @param present types of the objects that were read; a kind that is in no table is known by them
 */
export function resourcesNamed(word: string, present: readonly Type[]): readonly Resource[] {
  if (isAll(word))
    return categoryAll.flatMap((kind) => {
      const type = kinds.find((row) => row.kind === kind);
      const isThere = present.some((other) => other.kind === kind) || kind === 'Pod';
      return type === undefined || !isThere ? [] : [resourceOf(type)];
    });
  const type = [...kinds, ...present].find((other) => namesKind(word, other));
  return type === undefined ? [] : [resourceOf(type)];
}

/** Whether a word can be nothing but a kind, whatever was read. */
export function isKnownKind(word: string): boolean {
  return resourcesNamed(word, []).length > 0;
}

function resourceOf(type: Type): Resource {
  const made = predicted.find(({ kind }) => kind === type.kind);
  if (made !== undefined && qualifiedName(type) === made.qualified) return made;
  const group = groupOf(type.apiVersion);
  const objectsIn = ({ objects }: Cluster): ReturnType<Cluster['objects']['ofKind']> =>
    objects.ofKind(group, type.kind);
  return {
    ...named(type),
    isPredicted: false,
    objects: (cluster) => objectsIn(cluster).map(writtenObject),
    view: (cluster, _unseen, wide) => writtenView(objectsIn(cluster), cluster, wide),
  };
}

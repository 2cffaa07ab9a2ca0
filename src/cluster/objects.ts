/** The objects of one cluster: admitted or refused, each found by kind, namespace and name. */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type {
  Endpoints,
  Namespace,
  Pod,
  ReplicationController,
  Service,
} from 'kubernetes-types/core/v1';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { groupOf } from '../kubernetes/group-version.ts';
import { fieldAt, type Path, textPairs } from '../kubernetes/json.ts';
import { decodedGroup, type DecodedKind } from '../kubernetes/kinds.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import type { ObjectReference } from '../manifest/object-reference.ts';
import { lazily } from '../memo.ts';
import { entryOf, groupBy } from '../multimap.ts';
import type { Refusal } from './apiserver/refusal.ts';

/** The types of the kinds that are decoded; every other object is only known by name. */
export interface Kinds {
  Service: Service;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  Namespace: Namespace;
  Pod: Pod;
  ReplicationController: ReplicationController;
  ReplicaSet: ReplicaSet;
  Deployment: Deployment;
  StatefulSet: StatefulSet;
  DaemonSet: DaemonSet;
  Job: Job;
  CronJob: CronJob;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  Ingress: Ingress;
  NetworkPolicy: NetworkPolicy;
  PodDisruptionBudget: PodDisruptionBudget;
}

export interface ClusterObject<T extends object = object> extends ObjectReference {
  readonly source: ManifestObject;
  /** Decoded and defaulted, as the API server stores it. */
  readonly value: T;
  /** Why the API server would not take it; such an object does not exist. */
  readonly refusals: readonly Refusal[];
  /** Where a placeholder stands for a whole structure, of which nothing is known. */
  readonly incomplete: readonly Path[];
  /** The namespace was not written but assumed. */
  readonly namespaceAssumed: boolean;
  /**
   * Of an object that the API server refuses and that stands in the picture all the same, as it
   * will be once it is repaired.
   */
  readonly repaired?: Repaired;
}

export interface Repaired {
  /** The object as it is given. */
  readonly from: ClusterObject;
  /** Where it is refused, as paths into the repaired object: nothing is known of these places. */
  readonly refusedAt: readonly Path[];
  /** What has to be written otherwise besides the apiVersion. */
  readonly changes: readonly string[];
}

/** A refused object in the picture that lint judges. */
export interface Intended {
  /** As it will be; without refusals. */
  readonly object: ClusterObject;
  /** The same with what the API server would refuse next, if it would. */
  readonly later?: ClusterObject;
}

/** One object in one cluster; applying a second one with the same identity changes the first. */
export function identityOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`;
}

/** Those that are texts: an object of a kind that is not decoded may hold anything. */
export function annotationsOf({ value }: ClusterObject): Readonly<Record<string, string>> {
  return textPairs(fieldAt(value, 'metadata', 'annotations'));
}

/** Finds objects without looking at all of them. */
export class ObjectIndex {
  readonly all: readonly ClusterObject[];
  /**
   * Objects that the API server would refuse; where it would go on refusing one that was repaired,
   * that one, too.
   */
  readonly refused: readonly ClusterObject[];
  /**
   * Refused objects that take part as they will be once they are repaired; an accepted one of the
   * same identity wins.
   */
  readonly repaired: readonly ClusterObject[];
  /** By kind and group: most of what is asked for is not there at all. */
  readonly #byKind = new Map<string, Map<string, ObjectsOfKind>>();
  /** No two objects have one identity. */
  readonly areDistinct: boolean;
  /** Whether there is more, or less, than those that count. */
  readonly #isRepeated: boolean;
  readonly #allByFile = new Map<string, Grouped>();
  readonly #refusedByName = lazily(() =>
    groupBy(this.refused, ({ kind, name }) => `${kind}/${name}`),
  );
  readonly #everyByKind = lazily(() =>
    groupBy(
      this.all.filter(({ refusals }) => refusals.length === 0),
      ({ apiVersion, kind }) => kindKey(groupOf(apiVersion), kind),
    ),
  );
  readonly #allOfKind = lazily(() => groupBy(this.all, ({ kind }) => kind));

  /**
   * `objects` in the order they are applied; of those with one identity the last accepted one
   * counts.
   */
  constructor(objects: readonly ClusterObject[], intended: readonly Intended[] = []) {
    this.all = objects;
    const later = intended.flatMap((one) => one.later ?? []);
    this.refused = [...objects.filter((object) => object.refusals.length > 0), ...later];
    let accepted = 0;
    for (const object of objects)
      if (object.refusals.length === 0 && this.#othersOf(object).add(object)) accepted += 1;
    this.areDistinct = accepted === objects.length;
    const repaired = new Map(
      intended
        .filter(({ object }) => !this.#othersOf(object).has(object))
        .map(({ object }) => [identityOf(object), object]),
    );
    this.repaired = [...repaired.values()];
    this.#isRepeated =
      repaired.size > 0 || accepted + this.refused.length - later.length < this.all.length;
    for (const object of this.repaired) this.#othersOf(object).add(object);
  }

  #othersOf({ apiVersion, kind }: ClusterObject): ObjectsOfKind {
    const ofKind = entryOf(this.#byKind, kind, () => new Map<string, ObjectsOfKind>());
    return entryOf(ofKind, groupOf(apiVersion), () => new ObjectsOfKind());
  }

  #ofKind(group: string, kind: string): ObjectsOfKind {
    return this.#byKind.get(kind)?.get(group) ?? noneOfKind;
  }

  /** All accepted objects of a kind that is decoded by type. */
  of<K extends DecodedKind>(kind: K): readonly ClusterObject<Kinds[K]>[] {
    const served = this.#ofKind(decodedGroup(kind), kind).all();
    return served as readonly ClusterObject<Kinds[K]>[];
  }

  find<K extends DecodedKind>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): ClusterObject<Kinds[K]> | undefined {
    const found = this.#ofKind(decodedGroup(kind), kind).find(namespace, name);
    return found as ClusterObject<Kinds[K]> | undefined;
  }

  /** All accepted objects of any kind, decoded by type or not. */
  ofKind(group: string, kind: string): readonly ClusterObject[] {
    return this.#ofKind(group, kind).all();
  }

  /** The same with those of one identity that another one replaces. */
  everyOfKind(group: string, kind: string): readonly ClusterObject[] {
    if (!this.#isRepeated) return this.ofKind(group, kind);
    return this.#everyByKind().get(kindKey(group, kind)) ?? [];
  }

  /** An accepted object of any kind; `namespace` is undefined for kinds that have none. */
  findOfKind(
    group: string,
    kind: string,
    namespace: string | undefined,
    name: string,
  ): ClusterObject | undefined {
    return this.#ofKind(group, kind).find(namespace, name);
  }

  /** Those of one namespace; undefined for kinds that have none. */
  inNamespace(
    group: string,
    kind: string,
    namespace: string | undefined,
  ): readonly ClusterObject[] {
    return this.#ofKind(group, kind).inNamespace(namespace);
  }

  /** Accepted objects of a kind with a name, in any namespace. */
  named(group: string, kind: string, name: string): readonly ClusterObject[] {
    return this.#ofKind(group, kind).named(name);
  }

  /** Refused objects of a kind with a name, in any namespace. */
  refusedNamed(kind: string, name: string): readonly ClusterObject[] {
    return this.#refusedByName().get(`${kind}/${name}`) ?? [];
  }

  /** Accepted objects of a kind and one namespace that stand in one file. */
  readFrom(
    path: string,
    group: string,
    kind: string,
    namespace: string | undefined,
  ): readonly ClusterObject[] {
    return this.#ofKind(group, kind).readFrom(path, namespace);
  }

  /** Objects of a kind, accepted or not, of one namespace that stand in one file. */
  inFile(path: string, kind: string, namespace: string | undefined): readonly ClusterObject[] {
    const inFiles = entryOf(this.#allByFile, kind, () =>
      groupBy(this.#allOfKind().get(kind) ?? [], inFileKey),
    );
    return inFiles.get(nameKey(namespace, path)) ?? none;
  }
}

/** Accepted objects of one kind; those of one identity once. */
class ObjectsOfKind {
  readonly #byIdentity = new Map<string, ClusterObject>();
  // Made when they are first asked for.
  #all: readonly ClusterObject[] | undefined;
  #byNamespace: Grouped | undefined;
  #byName: Grouped | undefined;
  #byFile: Grouped | undefined;

  /** Whether it is the first of its identity; a later one takes its place. */
  add(object: ClusterObject): boolean {
    const { size } = this.#byIdentity;
    this.#byIdentity.set(nameKey(object.namespace, object.name), object);
    return this.#byIdentity.size > size;
  }

  has({ namespace, name }: ClusterObject): boolean {
    return this.find(namespace, name) !== undefined;
  }

  find(namespace: string | undefined, name: string): ClusterObject | undefined {
    return this.#byIdentity.size === 0 ? undefined : this.#byIdentity.get(nameKey(namespace, name));
  }

  all(): readonly ClusterObject[] {
    return (this.#all ??= [...this.#byIdentity.values()]);
  }

  inNamespace(namespace: string | undefined): readonly ClusterObject[] {
    this.#byNamespace ??= groupBy(this.all(), (object) => object.namespace);
    return this.#byNamespace.get(namespace) ?? none;
  }

  named(name: string): readonly ClusterObject[] {
    this.#byName ??= groupBy(this.all(), (object) => object.name);
    return this.#byName.get(name) ?? none;
  }

  readFrom(path: string, namespace: string | undefined): readonly ClusterObject[] {
    this.#byFile ??= groupBy(this.all(), inFileKey);
    return this.#byFile.get(nameKey(namespace, path)) ?? none;
  }
}

const none: readonly ClusterObject[] = [];
const noneOfKind = new ObjectsOfKind();

function nameKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

type Grouped = ReadonlyMap<string | undefined, readonly ClusterObject[]>;

function inFileKey({ namespace, source }: ClusterObject): string {
  return nameKey(namespace, source.document.file.path);
}

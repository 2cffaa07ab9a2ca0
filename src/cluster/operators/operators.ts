/** What the custom resources of a cluster turn into, as far as their operators are known. */
import { groupOf } from '../../kubernetes/group-version.ts';
import { monitoringGroup } from '../../kubernetes/groups.ts';
import type { JsonObject } from '../../kubernetes/json.ts';
import { isDecoded } from '../../kubernetes/kinds.ts';
import type { Definition } from '../../manifest/definition.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { lazily } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { type ClusterObject, type ObjectIndex } from '../objects.ts';
import type { ClusterOptions } from '../options.ts';
import { customPods, findCustomWorkload } from './custom-workloads.ts';
import { definitionsIn } from './definitions.ts';
import { type Doubt, doubtOf, KindsInDoubt } from './doubt.ts';
import { MadeIndex } from './made-index.ts';
import { MakersIndex } from './makers-index.ts';
import { type Creation, fitOf, type MadePods, type Operator } from './operator.ts';
import { isListed, operatorOf } from './table.ts';

export interface Operated {
  readonly object: ClusterObject;
  readonly namespace: string;
  readonly made: Creation;
}

type Pairs = Readonly<Record<string, string>>;

export class Operators {
  /** Custom resources that make pods or Services, in the order read. */
  readonly all: readonly Operated[];
  /** Custom resources of which nobody knows what comes of them. */
  readonly unknown: readonly Doubt[];
  /** API groups of the CustomResourceDefinitions. */
  readonly definedGroups: ReadonlySet<string>;
  /** Kinds known by their operator, not by the look of their pod template. */
  readonly #known = new Set<ClusterObject>();
  readonly #byNamespace = new Map<string, Operated[]>();
  readonly #anythingIn = new Map<string, { readonly object: ClusterObject | undefined }>();
  readonly #makers = new Map<string, MakersIndex>();
  readonly #pods = new Map<string, MadeIndex<Operated>>();
  /** Of what these make some may be in any namespace. */
  readonly #everywhere: readonly Operated[];
  readonly #podsAnywhere = lazily(() =>
    indexOf(this.#everywhere, ({ anywhere }) => anywhere === true),
  );
  readonly #unknownByNamespace = new Map<string, Doubt[]>();
  readonly #unknownEverywhere: readonly Doubt[];

  /**
   * @param definitions the CustomResourceDefinitions of the unit, beside those among its objects
   * @param spent see `Beside`
   */
  constructor(
    objects: ObjectIndex,
    options: ClusterOptions,
    definitions: readonly Definition[] = [],
    spent: ReadonlySet<ManifestObject> = new Set(),
  ) {
    const all: Operated[] = [];
    const unknown: Doubt[] = [];
    const kinds = new KindsInDoubt();
    const defined = definitionsIn(objects, definitions);
    for (const object of objects.all) {
      if (isDecoded(object) || object.refusals.length > 0) continue;
      const group = groupOf(object.apiVersion);
      const operator = taught(group, object.kind, options) ?? operatorOf(group, object.kind);
      if (operator === 'inert') continue;
      const namespace = object.namespace ?? options.namespace;
      if (operator === undefined) {
        const definition = defined.get(`${group}/${object.kind}`);
        unknown.push(doubtOf(object, namespace, definition, isListed(group), kinds));
        continue;
      }
      this.#known.add(object);
      if (spent.has(object.source)) continue;
      const made = operator(
        { kind: object.kind, name: object.name, namespace, value: object.value as JsonObject },
        objects,
      );
      const { pods, services, secrets, anything } = made;
      if ([pods, services, secrets, anything].some((one) => one !== undefined))
        all.push({ object, namespace, made });
    }
    this.all = all;
    this.unknown = unknown;
    this.definedGroups = new Set([...defined.values()].map(({ group }) => group));
    this.#everywhere = all.filter(
      ({ made: { pods = [], anything } }) =>
        anything !== undefined || pods.some(({ anywhere }) => anywhere),
    );
    for (const operated of all) addTo(this.#byNamespace, operated.namespace, operated);
    this.#unknownEverywhere = unknown.filter(({ namespace }) => namespace === undefined);
    for (const doubt of unknown)
      if (doubt.namespace !== undefined) addTo(this.#unknownByNamespace, doubt.namespace, doubt);
  }

  isKnown(object: ClusterObject): boolean {
    return this.#known.has(object);
  }

  /**
   * A custom resource of which pods may come that the selector takes; those that are known in full
   * are in the picture already.
   */
  mayBeSelected(selector: Pairs, namespace: string): ClusterObject | undefined {
    const pairs = Object.entries(selector);
    return (
      this.#bringsAnything(namespace) ??
      this.#findPods(selector, namespace, (pods) => fitOf(selector, pods) !== 'no') ??
      this.#findDoubt(namespace, (doubt) => doubt.mayBeSelected(pairs))
    );
  }

  /** The same where every label that is asked for is known to be on the pods in some release. */
  explains(selector: Pairs, namespace: string): ClusterObject | undefined {
    return this.#findPods(selector, namespace, (pods) =>
      ['certain', 'explained'].includes(fitOf(selector, pods)),
    );
  }

  /**
   * Whether there are pods that the selector takes for sure, although they are not in the picture.
   */
  hasPods(selector: Pairs, namespace: string): boolean {
    const found = this.#findPods(
      selector,
      namespace,
      (pods) => pods.replicas !== 0 && fitOf(selector, pods) === 'certain',
    );
    return found !== undefined;
  }

  /** The custom resource whose operator makes a Service of this name. */
  makerOfService(namespace: string, name: string): ClusterObject | undefined {
    return this.#makersIn(namespace).ofService(name);
  }

  /** What operators are known to make of a kind in a namespace, by name. */
  knownIn(namespace: string, kind: string): ReturnType<MakersIndex['known']> {
    return this.#makersIn(namespace).known(kind);
  }

  /**
   * A custom resource whose operator may make an object of this kind and name: operators name what
   * they make after the resource.
   */
  mayMake(kind: string, namespace: string, name: string): ClusterObject | undefined {
    return (
      this.#bringsAnything(namespace) ??
      this.#makersIn(namespace).ofPart(kind, name) ??
      this.#findDoubt(namespace, (doubt) => doubt.mayMake(name))
    );
  }

  /**
   * Any custom resource of which something may come in one of these namespaces; with these labels,
   * where they are given.
   */
  anyIn(namespaces: readonly string[], labels?: readonly string[]): ClusterObject | undefined {
    const mayLabel = ({ object }: Operated): boolean =>
      groupOf(object.apiVersion) !== monitoringGroup || labels?.some(isOperatedLabel) !== false;
    for (const namespace of namespaces) {
      const found =
        this.#byNamespace.get(namespace)?.find(mayLabel)?.object ??
        this.#bringsAnything(namespace) ??
        this.#findDoubt(namespace, () => true);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #makersIn(namespace: string): MakersIndex {
    return entryOf(
      this.#makers,
      namespace,
      () => new MakersIndex(this.#byNamespace.get(namespace) ?? []),
    );
  }

  #findPods(
    selector: Pairs,
    namespace: string,
    fits: (pods: MadePods) => boolean,
  ): ClusterObject | undefined {
    const here = entryOf(this.#pods, namespace, () =>
      indexOf(this.#byNamespace.get(namespace) ?? [], () => true),
    );
    const found =
      here.candidates(selector).find(({ pods }) => fits(pods)) ??
      this.#podsAnywhere()
        .candidates(selector)
        .find(({ pods }) => fits(pods));
    return found?.owner.object;
  }

  /** Manifests that were not read go into this namespace. */
  #bringsAnything(namespace: string): ClusterObject | undefined {
    return entryOf(this.#anythingIn, namespace, () => {
      const found = this.#everywhere.find(
        ({ made: { anything } }) =>
          anything !== undefined && (anything.namespace ?? namespace) === namespace,
      );
      return { object: found?.object };
    }).object;
  }

  #findDoubt(namespace: string, meets: (doubt: Doubt) => boolean): ClusterObject | undefined {
    const found =
      this.#unknownByNamespace.get(namespace)?.find(meets) ?? this.#unknownEverywhere.find(meets);
    return found?.object;
  }
}

/** What prometheus-operator's own Services are found by (`operated-prometheus: "true"`). */
function isOperatedLabel(key: string): boolean {
  return key.startsWith('operated-');
}

function indexOf(
  operated: readonly Operated[],
  counts: (pods: MadePods) => boolean,
): MadeIndex<Operated> {
  return new MadeIndex(
    operated.flatMap((owner, order) =>
      (owner.made.pods ?? []).filter(counts).map((pods) => ({ owner, pods, order })),
    ),
  );
}

/** What the user says of a kind is stronger than what we know. */
function taught(group: string, kind: string, { workloads }: ClusterOptions): Operator | undefined {
  const workload = workloads.length === 0 ? undefined : findCustomWorkload(workloads, group, kind);
  return workload && ((resource) => customPods(workload, resource));
}

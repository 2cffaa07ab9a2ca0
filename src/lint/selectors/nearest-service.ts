/**
 * Services by their own labels, for what selects them: those that it takes, and the one that it was
 * probably meant for where it takes none.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesPairs, matchesSelector } from '../../cluster/labels.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Work } from '../../cluster/work.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { addTo, entryOf } from '../../multimap.ts';
import type { Monitor } from '../monitors/monitors.ts';
import { type Labelled, type Nearest, onePairOff, type Pairs } from './nearest.ts';

/** More Services than this are not looked at for a typo. */
const mostCandidates = 500;

export interface TakenServices {
  readonly certain: readonly ServicePicture[];
  /** With those that it may take. */
  readonly count: number;
}

/** Services by namespace and label pair. */
export class ServiceLabels {
  readonly #work: Work;
  readonly #taken = new Map<string, TakenServices>();
  readonly #all: readonly ServicePicture[];
  readonly #byNamespace = new Map<string, ServicePicture[]>();
  readonly #byPair = new Map<string, ServicePicture[]>();
  /** Services with labels that are filled in later. */
  readonly #open: ServicePicture[] = [];

  constructor({ services, work }: Cluster) {
    this.#work = work;
    this.#all = services;
    for (const service of services) {
      addTo(this.#byNamespace, service.object.namespace ?? '', service);
      const labels = Object.entries(labelsOf(service));
      for (const [key, value] of labels) addTo(this.#byPair, `${key}\n${value}`, service);
      if (labels.some(([, value]) => isPlaceholder(value))) this.#open.push(service);
    }
  }

  in(namespaces: readonly string[] | undefined): readonly ServicePicture[] {
    return namespaces === undefined
      ? this.#all
      : namespaces.flatMap((namespace) => this.#byNamespace.get(namespace) ?? []);
  }

  /**
   * The Services that a monitor takes, certainly or possibly; equal selectors are given the same
   * list.
   */
  select({ selector, pairs, namespaces }: Monitor): TakenServices {
    return entryOf(this.#taken, JSON.stringify([selector, namespaces]), () => {
      const inside = namespaces && new Set(namespaces);
      const candidates = this.#candidates(pairs, namespaces);
      this.#work.spend(candidates.length);
      const all = candidates
        .filter(({ object }) => inside?.has(object.namespace ?? '') !== false)
        .map((service) => ({
          service,
          truth: matchesSelector(selector, labelsFrom(labelsOf(service))),
        }))
        .filter(({ truth }) => truth !== 'no');
      const certain = all.filter(({ truth }) => truth === 'yes').map(({ service }) => service);
      return { certain, count: all.length };
    });
  }

  /** For a monitor that takes none. */
  nearest(monitor: Monitor): Nearest | undefined {
    const { object, pairs, namespaces } = monitor;
    const here = this.in(namespaces);
    this.#work.spend(here.length);
    const near = onePairOff(pairs, object, here.slice(0, mostCandidates).map(asLabelled));
    // Its own labels with a letter off explain more than its selector, which has them right by the
    // nature of things.
    const slip = near?.certain === true && near.difference !== 'missing' ? near : undefined;
    return this.#otherNamespace(monitor) ?? slip ?? withoutLabels(pairs, here) ?? near;
  }

  #candidates(pairs: Pairs, namespaces: readonly string[] | undefined): readonly ServicePicture[] {
    const certain = Object.entries(pairs).filter(([, value]) => !isPlaceholder(value));
    const lists = certain.map(([key, value]) => this.#byPair.get(`${key}\n${value}`) ?? []);
    const [first, ...others] = lists;
    if (first === undefined) return this.in(namespaces);
    const rarest = others.reduce((best, list) => (list.length < best.length ? list : best), first);
    return [...new Set([...rarest, ...this.#open])];
  }

  #otherNamespace({
    object,
    selector,
    pairs,
    namespaces,
    ownNamespaceOnly,
  }: Monitor): Nearest | undefined {
    if (namespaces === undefined || Object.keys(pairs).length === 0) return undefined;
    const found = this.#candidates(pairs, undefined).find(
      (service) => matchesSelector(selector, labelsFrom(labelsOf(service))) === 'yes',
    )?.object;
    if (found === undefined) return undefined;
    const certain = !found.namespaceAssumed && !(ownNamespaceOnly && object.namespaceAssumed);
    const at = ['metadata', certain ? 'namespace' : 'name'];
    return { object: found, bearer: 'object', difference: 'namespace', at, certain };
  }
}

function labelsOf({ object }: ServicePicture): Pairs {
  return object.value.metadata?.labels ?? {};
}

function asLabelled(service: ServicePicture): Labelled {
  const labels = labelsFrom(labelsOf(service));
  return { object: service.object, bearer: 'object', labels, at: ['metadata', 'labels'] };
}

/** The classic: the labels that were copied into the monitor are those of the pods. */
function withoutLabels(pairs: Pairs, services: readonly ServicePicture[]): Nearest | undefined {
  if (Object.keys(pairs).length === 0) return undefined;
  const common = { bearer: 'object', certain: true } as const;
  const bySelector = services.find(
    ({ selector }) => selector !== undefined && matchesPairs(pairs, labelsFrom(selector)) === 'yes',
  );
  if (bySelector !== undefined)
    return {
      ...common,
      object: bySelector.object,
      difference: 'selector',
      at: ['spec', 'selector'],
    };
  const byPods = services.find(({ backends }) =>
    backends.some(({ members }) => matchesPairs(pairs, members.set.labels) === 'yes'),
  );
  return (
    byPods && {
      ...common,
      object: byPods.object,
      difference: 'backends',
      at: ['metadata', 'name'],
    }
  );
}

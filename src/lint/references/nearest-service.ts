/** For something that selects Services by their own labels: which one was probably meant, and by how little the labels differ. */
import type { Cluster } from '../../cluster/cluster.ts';
import {
  formatPairs,
  labelsFrom,
  matchesPairs,
  matchesSelector,
  type Truth,
} from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Path } from '../../manifest/node.ts';
import { addTo } from '../../multimap.ts';
import { isSlip } from '../../text/slip.ts';
import { formatNamespaces, type Monitor } from './monitors.ts';
import type { World } from '../world.ts';
import { getOwn } from '../../own.ts';

export interface NearestService {
  readonly service: ServicePicture;
  /**
   * - `namespace`: its labels are the wanted ones, in a namespace that is not looked into
   * - `selector`: its own selector has the pairs, its labels have not
   * - `pods`: the pods behind it have the pairs, its labels have not
   * - `value`, `key`, `missing`: one pair is different, stands under another key, or is not there
   */
  readonly difference: 'namespace' | 'selector' | 'pods' | 'value' | 'key' | 'missing';
  /** The wanted key that is not met. */
  readonly key?: string;
  /** What the Service has instead. */
  readonly actual?: { readonly key: string; readonly value: string };
  /** Where the difference shows in the Service. */
  readonly at: Path;
  /** Close enough to say that this one was meant. */
  readonly certain: boolean;
}

/** Services by namespace and label pair. */
export class ServiceLabels {
  readonly #all: readonly ServicePicture[];
  readonly #byNamespace = new Map<string, ServicePicture[]>();
  readonly #byPair = new Map<string, ServicePicture[]>();
  /** Services with labels that are filled in later. */
  readonly #open: ServicePicture[] = [];

  constructor({ services }: Cluster) {
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

  /** The Services that a monitor takes, certainly or possibly. */
  select({ selector, pairs, namespaces }: Monitor): { service: ServicePicture; truth: Truth }[] {
    const inside = (service: ServicePicture): boolean =>
      namespaces === undefined || namespaces.includes(service.object.namespace ?? '');
    return this.#candidates(pairs, namespaces)
      .filter(inside)
      .map((service) => ({
        service,
        truth: matchesSelector(selector, labelsFrom(labelsOf(service))),
      }))
      .filter(({ truth }) => truth !== 'no');
  }

  #candidates(
    pairs: Readonly<Record<string, string>>,
    namespaces: readonly string[] | undefined,
  ): readonly ServicePicture[] {
    const certain = Object.entries(pairs).filter(([, value]) => !isPlaceholder(value));
    const lists = certain.map(([key, value]) => this.#byPair.get(`${key}\n${value}`) ?? []);
    const [first, ...others] = lists;
    if (first === undefined) return this.in(namespaces);
    const rarest = others.reduce((best, list) => (list.length < best.length ? list : best), first);
    return [...new Set([...rarest, ...this.#open])];
  }

  /** For a monitor that takes none. */
  nearest(monitor: Monitor): NearestService | undefined {
    const here = this.in(monitor.namespaces);
    const near = onePairOff(monitor, here);
    // Its own labels with a letter off explain more than its selector, which has them right by the nature of things.
    const slip = near?.certain === true && near.difference !== 'missing' ? near : undefined;
    return this.#otherNamespace(monitor) ?? slip ?? withoutLabels(monitor, here) ?? near;
  }

  #otherNamespace(monitor: Monitor): NearestService | undefined {
    if (monitor.namespaces === undefined || Object.keys(monitor.pairs).length === 0)
      return undefined;
    const found = this.#candidates(monitor.pairs, undefined).find(
      (service) => matchesSelector(monitor.selector, labelsFrom(labelsOf(service))) === 'yes',
    );
    if (found === undefined) return undefined;
    const certain =
      !found.object.namespaceAssumed &&
      !(monitor.ownNamespaceOnly && monitor.object.namespaceAssumed);
    return {
      service: found,
      difference: 'namespace',
      at: ['metadata', certain ? 'namespace' : 'name'],
      certain,
    };
  }
}

export function labelsOf({ object }: ServicePicture): Readonly<Record<string, string>> {
  return object.value.metadata?.labels ?? {};
}

/** The classic: the labels that were copied into the monitor are those of the pods. */
function withoutLabels(
  { pairs }: Monitor,
  services: readonly ServicePicture[],
): NearestService | undefined {
  if (Object.keys(pairs).length === 0) return undefined;
  const bySelector = services.find(
    ({ selector }) => selector !== undefined && matchesPairs(pairs, labelsFrom(selector)) === 'yes',
  );
  if (bySelector !== undefined)
    return { service: bySelector, difference: 'selector', at: ['spec', 'selector'], certain: true };
  const byPods = services.find(({ backends }) =>
    backends.some(({ members }) => matchesPairs(pairs, members.set.labels) === 'yes'),
  );
  return byPods && { service: byPods, difference: 'pods', at: ['metadata', 'name'], certain: true };
}

/** More Services than this are not looked at for a slip of the pen. */
const limit = 500;

/** Certain ones first, then those that share most; of equals the one named like the monitor. */
function onePairOff(
  { pairs, object }: Monitor,
  services: readonly ServicePicture[],
): NearestService | undefined {
  let best: { readonly nearest: NearestService; readonly rank: number } | undefined;
  for (const service of services.slice(0, limit)) {
    const nearest = describeDifference(pairs, service, object);
    if (nearest === undefined) continue;
    const rank = (nearest.certain ? 2 : 0) + (service.object.name === object.name ? 1 : 0);
    if (best === undefined || rank > best.rank) best = { nearest, rank };
  }
  return best?.nearest;
}

function describeDifference(
  pairs: Readonly<Record<string, string>>,
  service: ServicePicture,
  monitor: ClusterObject,
): NearestService | undefined {
  const labels = labelsOf(service);
  const keys = Object.keys(pairs);
  const wrong = keys.filter((key) => getOwn(labels, key) !== getOwn(pairs, key));
  const [key] = wrong;
  if (key === undefined || wrong.length > 1) return undefined;
  const wanted = getOwn(pairs, key) ?? '';
  const sameName = service.object.name === monitor.name || service.object.name === wanted;
  const shared = keys.length - 1;
  const actual = getOwn(labels, key);
  if (actual !== undefined) {
    const certain = isSlip(wanted, actual) || sameName;
    return certain || shared > 0
      ? {
          service,
          difference: 'value',
          key,
          actual: { key, value: actual },
          at: ['metadata', 'labels', key],
          certain,
        }
      : undefined;
  }
  const renamed = Object.keys(labels).find(
    (other) => getOwn(labels, other) === wanted && !Object.hasOwn(pairs, other),
  );
  if (renamed !== undefined)
    return {
      service,
      difference: 'key',
      key,
      actual: { key: renamed, value: wanted },
      at: ['metadata', 'labels', renamed],
      certain: true,
    };
  return sameName || shared > 0
    ? { service, difference: 'missing', key, at: ['metadata', 'labels'], certain: sameName }
    : undefined;
}

/** What to say of the nearest Service: `Service shop/api has app=api`. */
export function describeNearestService(
  { service, difference, key, actual }: NearestService,
  { pairs }: Monitor,
): string {
  const who = describeObject(service.object);
  switch (difference) {
    case 'namespace':
      return `${who} has them, in a namespace that is not looked into`;
    case 'selector':
      return `${who} has ${formatPairs(pairs)} in its selector, not among its own labels`;
    case 'pods':
      return `the pods of ${who} have ${formatPairs(pairs)}, its own labels have not`;
    case 'value':
    case 'key':
      return `${who} has ${actual?.key}=${actual?.value}`;
    case 'missing':
      return `${who} lacks the label ${key}`;
  }
}

/** What to change. */
export function suggestLabels(
  { service: { object }, difference, key, actual }: NearestService,
  { pairs }: Monitor,
): string {
  switch (difference) {
    case 'namespace':
      return `add namespaceSelector: { matchNames: [${object.namespace}] }`;
    case 'selector':
    case 'pods':
      return `add ${formatPairs(pairs)} to metadata.labels of ${describeObject(object)}: a ServiceMonitor looks at the labels of the Service itself`;
    case 'value':
      return `change the selector to ${key}: ${actual?.value}`;
    case 'key':
      return `change the selector's key ${key} to ${actual?.key}`;
    case 'missing':
      return `add the label ${key}: ${key === undefined ? '' : (getOwn(pairs, key) ?? '')} to ${describeObject(object)}, or take it out of the selector`;
  }
}

/** Why a Service that was not read may be meant: nothing of the namespaces was read, or somebody else makes Services. */
export function whyOpen(
  { namespaces, pairs }: Monitor,
  services: ServiceLabels,
  { pods }: Cluster,
  world: World,
): string | undefined {
  if (namespaces === undefined) return 'it looks into every namespace';
  if (namespaces.includes('kube-system') || pairs['component'] === 'apiserver')
    return 'Services of the cluster itself are in no manifest';
  const isEmpty = (namespace: string): boolean =>
    services.in([namespace]).length === 0 || pods.inNamespace(namespace).length === 0;
  if (namespaces.some(isEmpty))
    return `no workload with a Service was read of ${formatNamespaces(namespaces.filter(isEmpty))}`;
  return world.unseen('Service');
}

/** What there is to see at `NearestService.at`. */
export function describeServiceSide({ difference }: NearestService): string {
  switch (difference) {
    case 'namespace':
      return 'this Service has the labels';
    case 'selector':
      return 'a selector says which pods, it gives no labels to the Service';
    case 'pods':
      return 'the Service in front of these pods';
    case 'value':
      return 'the value that the Service has';
    case 'key':
      return 'the key that the Service has';
    case 'missing':
      return 'the labels of the Service';
  }
}

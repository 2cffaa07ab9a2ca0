/** Services whose selector takes the pods of another application as well. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Backend } from '../../cluster/controllers/endpointslice.ts';
import { hasValue, matchesPairs } from '../../cluster/labels.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { imageName } from '../../kubernetes/image-name.ts';
import { runsToCompletion } from '../../kubernetes/kinds.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { coreOf, shareWord } from '../../text/kind-words.ts';
import { servicesOf } from './services-of.ts';

export interface ForeignBackend {
  readonly service: ServicePicture;
  /** The pods that the Service is named after. */
  readonly own: PodSet;
  readonly foreign: PodSet;
  /** The Service of the others: its selector is this one, or this one and more. */
  readonly theirs: ServicePicture;
  /** What it asks for besides, and the own pods have another value of. */
  readonly key: string;
}

/** More workloads behind one Service, or Services before one workload, are not compared. */
const mostCompared = 20;

/**
 * Services that are named after one of the workloads whose pods they take, and take those of
 * another as well, which has a Service of its own name: the selector lacks the label that tells the
 * two apart. Replicas, shards and canaries run one image.
 *
 * @param told those of which something like it is said already
 */
export function* foreignBackends(
  cluster: Cluster,
  told: ReadonlySet<ServicePicture>,
): Iterable<ForeignBackend> {
  for (const service of cluster.services) {
    if (service.headless || service.selector === undefined || told.has(service)) continue;
    const { list, byName } = workloadsBehind(service.backends);
    if (list.length < 2) continue;
    const { name } = service.object;
    const namesakes = byName.get(coreOf(name)) ?? [];
    const namesake = namesakes.find(({ workload }) => workload.name === name) ?? namesakes[0];
    const own = namesake ?? onlyAlike(service, list);
    if (own === undefined) continue;
    const found = list.flatMap((foreign): ForeignBackend[] => {
      const theirs = foreign === own ? undefined : serviceOf(service, own, foreign, cluster);
      return theirs === undefined ? [] : [{ service, own, foreign, ...theirs }];
    });
    // One of two may be for all, and the other for some; of three each is for its own.
    const telling = found.find(isOther) ?? (found.length > 1 ? found[0] : undefined);
    if (telling !== undefined) yield telling;
  }
}

function isOther({ own, foreign, service, theirs }: ForeignBackend): boolean {
  return runOtherImages(own, foreign) || hasSamePairs(service, theirs);
}

const workloadsBehind = remembered((backends: readonly Backend[]) => {
  const list = backends
    .map(({ members }) => members.set)
    .filter(({ workload }) => !runsToCompletion(workload.kind))
    .slice(0, mostCompared);
  return { list, byName: groupBy(list, ({ workload }) => coreOf(workload.name)) };
});

/** Of Services that are for all pods of an application. */
const forAll = /metrics|monitor|headless/;

/** The only one of the workloads that the Service shares a word with. */
function onlyAlike({ object }: ServicePicture, list: readonly PodSet[]): PodSet | undefined {
  if (forAll.test(object.name)) return undefined;
  const [only, ...others] = list.filter(({ workload }) => areAlike(object.name, workload.name));
  return others.length === 0 ? only : undefined;
}

function areAlike(a: string, b: string): boolean {
  return shareWord(coreOf(a), coreOf(b));
}

function serviceOf(
  service: ServicePicture,
  own: PodSet,
  foreign: PodSet,
  cluster: Cluster,
): Pick<ForeignBackend, 'theirs' | 'key'> | undefined {
  for (const theirs of servicesOf(cluster, foreign).slice(0, mostCompared)) {
    const key =
      narrowerKey(service, own, foreign, theirs) ?? sameKey(service, own, foreign, theirs);
    if (key !== undefined) return { theirs, key };
  }
  return undefined;
}

/** The Service of other pods asks for what this one asks for, and for a label that tells them. */
function narrowerKey(
  { object, selector = {} }: ServicePicture,
  own: PodSet,
  foreign: PodSet,
  { object: { name }, selector: asked = {} }: ServicePicture,
): string | undefined {
  const isNamed =
    coreOf(name) === coreOf(foreign.workload.name) ||
    (areAlike(name, foreign.workload.name) && !areAlike(name, own.workload.name));
  const isExact =
    object.name === own.workload.name &&
    name === foreign.workload.name &&
    !name.startsWith(`${object.name}-`);
  if (!isNamed || !(isExact || runOtherImages(own, foreign))) return undefined;
  if (matchesPairs(asked, own.labels) !== 'no') return undefined;
  if (Object.entries(selector).some(([key, value]) => getOwn(asked, key) !== value))
    return undefined;
  return Object.entries(asked).find(([...one]) => hasValue(own.labels, ...one) === 'no')?.[0];
}

/**
 * Two Services that are named after two workloads ask for the same, which both have: the label that
 * the workloads differ in was left out.
 */
function sameKey(
  service: ServicePicture,
  own: PodSet,
  foreign: PodSet,
  other: ServicePicture,
): string | undefined {
  const [{ name: first }, { name }] = [service.object, other.object];
  const [mine, theirs] = [own, foreign].map(({ workload }) => coreOf(workload.name));
  if (coreOf(first) !== mine || coreOf(name) !== theirs || mine === theirs) return undefined;
  // `web` is for its canaries as well, whose own Service `web-canary` is not for all.
  if (theirs?.startsWith(`${mine}-`) === true && !runOtherImages(own, foreign)) return undefined;
  if (other.headless || !hasSamePairs(service, other)) return undefined;
  return [...own.labels.keys()].find((key) => {
    const [a, b] = [own.labels.get(key), foreign.labels.get(key)];
    return typeof a === 'string' && typeof b === 'string' && a !== b;
  });
}

function hasSamePairs(one: ServicePicture, other: ServicePicture): boolean {
  const [pairs, others] = [Object.entries(one.selector ?? {}), other.selector ?? {}];
  return (
    pairs.length === Object.keys(others).length &&
    pairs.every(([key, value]) => getOwn(others, key) === value)
  );
}

/** The first container is what a pod is for. */
function runOtherImages(a: PodSet, b: PodSet): boolean {
  const [one = '', other = ''] = [a, b].map(({ spec }) => spec.containers[0]?.image ?? '');
  if ([one, other].some((image) => image === '' || isPlaceholder(image))) return false;
  return imageName(one) !== imageName(other);
}

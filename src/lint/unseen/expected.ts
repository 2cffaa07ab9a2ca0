/**
 * What was not found in a unit that is a guess, and is like nothing in it: should it have been
 * there?
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject, ObjectIndex } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { referencesOf } from '../../kubernetes/references.ts';
import { remembered } from '../../memo.ts';
import { entryOf, groupBy, groupByEach } from '../../multimap.ts';
import { shareWord, wordsOfName } from '../../text/kind-words.ts';
import { directoryOf } from '../../units/paths.ts';
import { besideKey } from '../references/nearest-object.ts';
import { servicesOf } from '../selectors/services-of.ts';

interface WantedObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * Whether a name that is like no other should have been among what was read: a workload has it; the
 * file that refers to it holds others of that kind, or workloads (beside an Ingress such that are
 * called alike); or its directory holds others of that kind (Services such that are called alike,
 * or that it names as well). An Ingress on its own leads to what another manifest, a chart or a
 * manual installs.
 */
export function isExpected(
  cluster: Cluster,
  from: ClusterObject,
  { kind, namespace, name }: WantedObject,
  loose: boolean,
): boolean {
  const { objects, pods } = cluster;
  if (namespace !== undefined && pods.named(namespace, name).length > 0) return true;
  if (loose) return false;
  const { path } = from.source.document.file;
  const isBeside = (object: ClusterObject): boolean => object !== from;
  if (objects.inFile(path, kind, namespace).some(isBeside)) return true;
  const near = inDirectory(objects).get(directoryKey(directoryOf(path), kind, namespace)) ?? [];
  const isExpectedNear =
    kind === 'Service'
      ? holdsAlike(near, name, from) || namesServiceBeside(cluster, from)
      : near.some(isBeside);
  if (isExpectedNear || namespace === undefined) return isExpectedNear;
  const workloads = workloadsOf(pods.inFile(namespace, path));
  return kind === 'Service' && from.kind === 'Ingress'
    ? holdsAlike(workloads, name, from)
    : workloads.some(isBeside);
}

const inDirectory = remembered((objects: ObjectIndex) =>
  groupBy(objects.all, ({ kind, namespace, source }) =>
    directoryKey(directoryOf(source.document.file.path), kind, namespace),
  ),
);

function directoryKey(directory: string, kind: string, namespace: string | undefined): string {
  return `${kind}/${namespace ?? ''}/${directory}`;
}

const workloadsOf = remembered((sets: readonly PodSet[]) => sets.map(({ workload }) => workload));

/**
 * Whether one of them shares a word with a name: what a chart or a manual installs beside them has
 * a name of its own.
 */
function holdsAlike(objects: readonly ClusterObject[], name: string, from: ClusterObject): boolean {
  const index = byWord(objects);
  return wordsOfName(name).some((word) => index.get(word)?.some((object) => object !== from));
}

const byWord = remembered((objects: readonly ClusterObject[]) =>
  groupByEach(objects, ({ name }) => new Set(wordsOfName(name))),
);

/** Whether one of the Services that an object names stands in its directory. */
function namesServiceBeside(cluster: Cluster, from: ClusterObject): boolean {
  return entryOf(namesBeside(cluster), from, () => {
    const { apiVersion, kind, source } = from;
    const namespace = from.namespace ?? cluster.options.namespace;
    const directory = directoryOf(source.document.file.path);
    const named = referencesOf({ apiVersion, kind, namespace, value: source.value }, services);
    return named.some((reference) => {
      const service = cluster.objects.find('Service', reference.namespace, reference.name);
      return service !== undefined && directoryOf(service.source.document.file.path) === directory;
    });
  });
}

const services: ReadonlySet<string> = new Set(['Service']);
const namesBeside = remembered((_: Cluster) => new Map<ClusterObject, boolean>());

/**
 * Whether pods like none that were read should have been among them: a workload has the Service's
 * name, or its file or directory holds one that is behind no Service. In another file than the
 * Service's that has to be the only one (with ports, or called alike), or one with a port that the
 * Service leads to; of several the only one with such a port, if it is called alike. Others are as
 * likely to come from elsewhere (a chart, an add-on of the cloud) as to be missing.
 *
 * @returns the workload; undefined where nothing is expected
 */
export function expectedPods(
  { object, ports }: ServicePicture,
  namespace: string,
  cluster: Cluster,
): PodSet | undefined {
  const { path } = object.source.document.file;
  const counts = ({ hook }: PodSet): boolean => hook === undefined;
  const isFree = (set: PodSet): boolean => counts(set) && servicesOf(cluster, set).length === 0;
  const named = cluster.pods.named(namespace, object.name).find(counts);
  const beside = cluster.pods.inFile(namespace, path).find(isFree);
  if (named !== undefined || beside !== undefined) return beside ?? named;
  const { near, free } = setsBeside(cluster).get(besideKey(namespace, object)) ?? nothing;
  const [only, ...others] = free;
  if (only === undefined || free.length > mostFree) return undefined;
  const leadsTo = (set: PodSet): boolean => ports.some((port) => isDeclared(port, set));
  const isAlike = ({ workload }: PodSet): boolean => shareWord(workload.name, object.name);
  if (others.length > 0) {
    const [one, ...more] = free.filter(leadsTo);
    return one !== undefined && more.length === 0 && isAlike(one) ? one : undefined;
  }
  const isMeant = isAlike(only) || declaredPorts(only.spec).length > 0;
  return (near === 1 && isMeant) || leadsTo(only) ? only : undefined;
}

/** Among more workloads without a Service nobody looks for the one that was meant. */
const mostFree = 12;

interface SetsBeside {
  readonly near: number;
  /** Those that no Service takes. */
  readonly free: readonly PodSet[];
}

const nothing: SetsBeside = { near: 0, free: [] };

/** The sets of a namespace whose workloads stand in one directory. */
const setsBeside = remembered((cluster: Cluster): ReadonlyMap<string, SetsBeside> => {
  const counted = cluster.pods.all.filter(({ hook }) => hook === undefined);
  const sets = groupBy(counted, ({ namespace, workload }) => besideKey(namespace, workload));
  const isFree = (set: PodSet): boolean => servicesOf(cluster, set).length === 0;
  return new Map(
    [...sets].map(([key, near]) => [key, { near: near.length, free: near.filter(isFree) }]),
  );
});

function isDeclared({ port, targetPort = port }: ServicePort, { spec }: PodSet): boolean {
  return declaredPorts(spec).some(
    ({ port: declared }) => declared.containerPort === targetPort || declared.name === targetPort,
  );
}

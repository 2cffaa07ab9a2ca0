/**
 * What was not found in a unit that is a guess, and is like nothing in it: should it have been
 * there?
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { PodSet } from '../cluster/pods.ts';
import { declaredPorts } from '../cluster/ports.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { addTo } from '../multimap.ts';
import { directoryOf } from '../units/paths.ts';
import { servicesOf } from './selectors/services-of.ts';

interface WantedObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * Whether a name that is like no other should have been among what was read: a workload has it, or
 * the file that refers to it holds others of that kind, or workloads (beside an Ingress such that
 * are called alike). An Ingress on its own leads to what another manifest, a chart or a manual
 * installs.
 */
export function isExpected(
  { objects, pods }: Cluster,
  from: ClusterObject,
  { kind, namespace, name }: WantedObject,
  loose: boolean,
): boolean {
  if (namespace !== undefined && pods.named(namespace, name).length > 0) return true;
  if (loose) return false;
  const { path } = from.source.document.file;
  const isBeside = (object: ClusterObject): boolean =>
    object !== from && object.namespace === namespace;
  return (
    objects.inFile(path, kind, namespace).some(isBeside) ||
    (namespace !== undefined &&
      pods
        .inFile(namespace, path)
        .some(
          ({ workload }) =>
            isBeside(workload) &&
            (kind !== 'Service' || from.kind !== 'Ingress' || isAlike(workload.name, name)),
        ))
  );
}

/** Whether they share a word: what a chart or a manual installs beside it has a name of its own. */
function isAlike(a: string, b: string): boolean {
  const words = new Set(a.split('-').filter((word) => word.length > 2));
  return b.split('-').some((word) => words.has(word));
}

/**
 * Whether pods like none that were read should have been among them: a workload has the Service's
 * name, or its file or directory holds one that is behind no Service. In another file than the
 * Service's that has to be the only one, or one with a port that the Service leads to. Others are
 * as likely to come from elsewhere (a chart, an add-on of the cloud) as to be missing.
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
  const { near, free } = setsBeside(cluster, namespace, directoryOf(path));
  const [only, ...others] = free;
  if (only === undefined || others.length > 0) return undefined;
  return near === 1 || ports.some((port) => isDeclared(port, only)) ? only : undefined;
}

interface SetsBeside {
  readonly near: number;
  /** Those that no Service takes. */
  readonly free: readonly PodSet[];
}

const besides = new WeakMap<Cluster, ReadonlyMap<string, SetsBeside>>();

/** The sets of a namespace whose workloads stand in one directory. */
function setsBeside(cluster: Cluster, namespace: string, directory: string): SetsBeside {
  let index = besides.get(cluster);
  if (index === undefined) {
    const sets = new Map<string, PodSet[]>();
    for (const set of cluster.pods.all) {
      const { path } = set.workload.source.document.file;
      if (set.hook === undefined) addTo(sets, `${set.namespace}\n${directoryOf(path)}`, set);
    }
    index = new Map(
      [...sets].map(([key, near]) => [
        key,
        {
          near: near.length,
          free: near.filter((set) => servicesOf(cluster, set).length === 0),
        },
      ]),
    );
    besides.set(cluster, index);
  }
  return index.get(`${namespace}\n${directory}`) ?? { near: 0, free: [] };
}

function isDeclared({ port, targetPort = port }: ServicePort, { spec }: PodSet): boolean {
  return declaredPorts(spec).some(
    ({ port: declared }) => declared.containerPort === targetPort || declared.name === targetPort,
  );
}

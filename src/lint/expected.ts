/** What was not found in a unit that is a guess, and is like nothing in it: should it have been there? */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { PodSet } from '../cluster/pods.ts';
import { declaredPorts } from '../cluster/ports.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { directoryOf } from '../units/paths.ts';
import { servicesOf } from './selectors/services-of.ts';

interface WantedObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * Whether a name that is like no other should have been among what was read: a workload has it, or the file that refers to it holds others of that kind,
 * or workloads (beside an Ingress such that are called alike).
 * An Ingress on its own leads to what another manifest, a chart or a manual installs.
 */
export function isExpected(
  { objects, pods }: Cluster,
  from: ClusterObject,
  { kind, namespace, name }: WantedObject,
  loose: boolean,
): boolean {
  const workloads =
    namespace === undefined ? [] : pods.inNamespace(namespace).map(({ workload }) => workload);
  if (workloads.some((workload) => workload.name === name)) return true;
  if (loose) return false;
  const { file } = from.source.document;
  const isBeside = (object: ClusterObject): boolean =>
    object !== from && object.source.document.file === file && object.namespace === namespace;
  return (
    objects.all.some((object) => object.kind === kind && isBeside(object)) ||
    workloads.some(
      (workload) =>
        isBeside(workload) &&
        (kind !== 'Service' || from.kind !== 'Ingress' || isAlike(workload.name, name)),
    )
  );
}

/** Whether they share a word: what a chart or a manual installs beside it has a name of its own. */
function isAlike(a: string, b: string): boolean {
  const words = new Set(a.split('-').filter((word) => word.length > 2));
  return b.split('-').some((word) => words.has(word));
}

/**
 * Whether pods like none that were read should have been among them: a workload has the Service's name, or its file or directory holds one that is behind no
 * Service. In another file than the Service's that has to be the only one, or one with a port that the Service leads to. Others are as likely to come from
 * elsewhere (a chart, an add-on of the cloud) as to be missing.
 *
 * @returns the workload; undefined where nothing is expected
 */
export function expectedPods(
  { object, ports }: ServicePicture,
  namespace: string,
  cluster: Cluster,
): PodSet | undefined {
  const { file } = object.source.document;
  const directory = directoryOf(file.path);
  const here = cluster.pods.inNamespace(namespace).filter(({ hook }) => hook === undefined);
  const isFree = (set: PodSet): boolean => servicesOf(cluster, set).length === 0;
  const named = here.find(({ workload }) => workload.name === object.name);
  const beside = here.find((set) => set.workload.source.document.file === file && isFree(set));
  if (named !== undefined || beside !== undefined) return beside ?? named;
  const near = here.filter(
    ({ workload }) => directoryOf(workload.source.document.file.path) === directory,
  );
  const free = near.filter(isFree);
  const [only, ...others] = free;
  if (only === undefined || others.length > 0) return undefined;
  return near.length === 1 || ports.some((port) => isDeclared(port, only)) ? only : undefined;
}

function isDeclared({ port, targetPort = port }: ServicePort, { spec }: PodSet): boolean {
  return declaredPorts(spec).some(
    ({ port: declared }) => declared.containerPort === targetPort || declared.name === targetPort,
  );
}

/** What was not found in a unit that is a guess, and is like nothing in it: should it have been there? */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { ServicePicture } from '../cluster/service.ts';

interface WantedObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * Whether a name that is like no other should have been among what was read: a workload has it, or the file that refers to it holds others of that kind.
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
    workloads.some(isBeside)
  );
}

/**
 * Whether pods like none that were read should have been among them: a workload has the Service's name, or its file holds one that is behind no Service.
 * Others are as likely to come from elsewhere (a chart, an add-on of the cloud) as to be missing.
 */
export function arePodsExpected(
  { object }: ServicePicture,
  namespace: string,
  cluster: Cluster,
): boolean {
  const served = new Set(
    cluster.services.flatMap(({ backends }) => backends.map(({ members }) => members.set)),
  );
  return cluster.pods
    .inNamespace(namespace)
    .some(
      (set) =>
        set.hook === undefined &&
        (set.workload.name === object.name ||
          (set.workload.source.document.file === object.source.document.file && !served.has(set))),
    );
}

/**
 * The pictures that `get` and `describe` show: what `kubectl apply -f` of the inputs would give.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { type ClusterObject, ObjectIndex } from '../cluster/objects.ts';
import { PodIndex } from '../cluster/pods.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { type Picture, pictures, type Project } from '../project/project.ts';

/** What is shown of a project. */
export function shownPictures(project: Project): Picture[] {
  return pictures(project).map((picture) => ({
    ...picture,
    cluster: ownPart(picture.cluster, project.assumed),
  }));
}

/** What is only assumed to be there counts, but is not shown. */
function ownPart(cluster: Cluster, assumed: readonly ManifestObject[]): Cluster {
  if (assumed.length === 0) return cluster;
  const files = new Set(assumed.map(({ document: { file } }) => file));
  const isOwn = ({ source }: ClusterObject): boolean => !files.has(source.document.file);
  return {
    ...cluster,
    services: cluster.services.filter(({ object }) => isOwn(object)),
    unattachedEndpoints: cluster.unattachedEndpoints.filter(isOwn),
    unattachedSlices: cluster.unattachedSlices.filter(isOwn),
  };
}

/**
 * The same for what is only shown when it is asked for: the other views need all pods and objects
 * to explain what is missing.
 * @param kind what is asked for
 */
export function ownPictures(
  shown: readonly Picture[],
  kind: string,
  assumed: readonly ManifestObject[],
): readonly Picture[] {
  if (assumed.length === 0) return shown;
  const files = new Set(assumed.map(({ document: { file } }) => file));
  const isOwn = ({ source }: ClusterObject): boolean => !files.has(source.document.file);
  const ownOf = (cluster: Cluster): Partial<Cluster> =>
    kind === 'Pod'
      ? { pods: new PodIndex(cluster.pods.all.filter(({ workload }) => isOwn(workload))) }
      : { objects: new ObjectIndex(cluster.objects.all.filter(isOwn)) };
  return shown.map((picture) => ({
    ...picture,
    cluster: { ...picture.cluster, ...ownOf(picture.cluster) },
  }));
}

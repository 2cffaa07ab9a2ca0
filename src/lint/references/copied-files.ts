/** Files of ConfigMaps that pods keep as they were when the pod started. */
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asJsonObject, fieldAt } from '../../kubernetes/json.ts';
import type { Place } from '../rule.ts';

export interface CopiedFile extends Place {
  readonly file: string;
  readonly map: string;
}

/**
 * Mounts with `subPath`, which the kubelet does not bring up to date; the first of each ConfigMap
 * that was read. Those whose change makes new pods are left out: a name or an annotation with a
 * hash, Reloader, immutable ones.
 */
export function copiedFiles(set: PodSet, cluster: Cluster): CopiedFile[] {
  const { workload, templatePath, spec, namespace } = set;
  if (isFollowed(set)) return [];
  const maps = new Map(
    (spec.volumes ?? []).map(({ name, configMap }) => [name, configMap?.name ?? '']),
  );
  const found = new Map<string, CopiedFile>();
  for (const { container, path } of runningContainers(spec))
    for (const [index, { name, subPath }] of (container.volumeMounts ?? []).entries()) {
      const map = maps.get(name) ?? '';
      if (subPath === undefined || found.has(map) || hashed.test(map)) continue;
      const object = cluster.objects.findOfKind('', 'ConfigMap', namespace, map);
      if (object === undefined || fieldAt(object.value, 'immutable') === true) continue;
      const at = [...templatePath, 'spec', ...path, 'volumeMounts', index, 'subPath'];
      found.set(map, { object: workload, at, file: subPath, map });
    }
  return [...found.values()];
}

/** The suffix of kustomize (api/hasher `encode`). */
const hashed = /-[2456789bcdfghkmt]{10}$/;

/** Something makes new pods when a ConfigMap changes. */
function isFollowed({ workload, templatePath }: PodSet): boolean {
  const value = workload.value;
  const keys = [[], templatePath].flatMap((path) =>
    Object.keys(asJsonObject(fieldAt(value, ...path, 'metadata', 'annotations')) ?? {}),
  );
  return keys.some((key) => /reloader\.stakater\.com|checksum|hash|sha256/i.test(key));
}

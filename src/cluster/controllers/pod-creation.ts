/** Workloads that the API server accepts although it will refuse every one of their pods. */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import type { ClusterObject } from '../objects.ts';

/** Why the pods of a workload cannot be created; undefined when they can. */
export function createError(workload: ClusterObject, _metadata: ObjectMeta, spec: PodSpec): string | undefined {
  if (workload.kind === 'StatefulSet' && workload.name.length > 52) {
    return `its pods cannot be created: the label controller-revision-hash would be "${workload.name}-<hash>", longer than 63 characters`;
  }
  return workload.kind === 'Pod' ? undefined : hostPortConflict(spec);
}

/**
 * With hostNetwork every container port is a host port of the pod (pkg/apis/core/v1/defaults.go `defaultHostNetworkPorts`), so the same number twice is a
 * conflict that only the pods show: templates are not defaulted that way since 1.28.
 */
function hostPortConflict(spec: PodSpec): string | undefined {
  if (spec.hostNetwork !== true) return undefined;
  const seen = new Set<string>();
  for (const { ports = [] } of spec.containers ?? []) {
    for (const { containerPort, protocol = 'TCP', hostIP = '' } of ports) {
      const key = `${protocol}/${hostIP}/${containerPort}`;
      if (seen.has(key))
        return `its pods cannot be created: with hostNetwork two containers would both take port ${containerPort} of the node`;
      seen.add(key);
    }
  }
  return undefined;
}

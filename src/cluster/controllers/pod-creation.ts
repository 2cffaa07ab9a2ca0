/** Workloads that the API server accepts although it will refuse every one of their pods. */
import type { PodSpec } from 'kubernetes-types/core/v1';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { podSecurityViolations } from '../apiserver/pod-security.ts';
import { type EnforcedLevels, enforceLabel } from '../apiserver/pod-security-levels.ts';
import { isDNS1123Label } from '../apiserver/validation/names.ts';
import type { ClusterObject } from '../objects.ts';
import { type CountCause, inPodSpec, type PodSet } from '../pods.ts';
import type { CreateError, PodLimits } from './pod-limits.ts';

export function refusedAt(path: Path): CountCause {
  return { code: 'refused', path };
}

/**
 * Why the pods of a workload cannot be created; undefined when they can. `templatePath` leads to
 * their template.
 */
export function createError(
  workload: ClusterObject,
  spec: PodSpec,
  templatePath: Path,
): CreateError | undefined {
  if (outgrows(workload) === 'certainly') {
    const message =
      'its pods cannot be created: the label controller-revision-hash would be ' +
      `"${workload.name}-<hash>", longer than 63 characters`;
    return { message, path: ['metadata', 'name'] };
  }
  const subdomain = workload.kind === 'StatefulSet' ? subdomainOf(workload) : '';
  if (subdomain !== '' && isDNS1123Label(subdomain).length > 0) {
    const message =
      `its pods cannot be created: their subdomain would be spec.serviceName "${subdomain}", ` +
      'which is not a DNS label';
    return { message, path: ['spec', 'serviceName'] };
  }
  const conflict = workload.kind === 'Pod' ? undefined : hostPortConflict(spec);
  return conflict === undefined
    ? undefined
    : { message: conflict, path: [...templatePath, 'spec', 'hostNetwork'] };
}

/**
 * Whether the label controller-revision-hash of a StatefulSet's pods is too long: the name, a dash
 * and a number of 32 bits. That has ten digits for three revisions of four, nine or ten for 98 of
 * 100, and seven or less for one of 430.
 *
 * @source kubernetes/kubernetes pkg/controller/history/controller_history.go
 *   `HashControllerRevision`, `ControllerRevisionName` @v1.34.0
 */
export function outgrows({ kind, name }: ClusterObject): 'certainly' | 'mostly' | undefined {
  if (kind !== 'StatefulSet' || isPlaceholder(name) || name.length < 53) return undefined;
  return name.length > 54 ? 'certainly' : 'mostly';
}

/**
 * A pod set as its namespace allows it: all of it, a part, or none where its pods are forbidden.
 */
export function allowedPods(set: PodSet, levels: EnforcedLevels, limits: PodLimits): PodSet {
  // Where a placeholder stands for a structure, or an operator writes it, that may hold what is
  // asked for.
  const open = set.assumed || set.sketched === true || set.workload.incomplete.length > 0;
  if (set.count === 0 || open) return set;
  const refusal = forbidden(set, levels) ?? limits.refusal(set);
  if (refusal !== undefined)
    return {
      ...set,
      count: 0,
      countKnown: true,
      countReason: `its pods cannot be created: ${refusal.message}`,
      countCause: {
        ...refusedAt(refusal.path),
        namespaceLabel: refusal.namespaceLabel,
        by: refusal.by,
      },
    };
  const most = limits.most(set);
  return most === undefined || !set.countKnown || set.count <= most.count
    ? set
    : {
        ...set,
        count: most.count,
        countReason: `only ${most.count} of its ${set.count} pods can be created: ${most.message}`,
        countCause: { ...refusedAt(['spec', 'replicas']), by: most.by },
      };
}

function forbidden(set: PodSet, levels: EnforcedLevels): CreateError | undefined {
  const level = levels.get(set.namespace);
  if (level === undefined) return undefined;
  const violations = podSecurityViolations(level, set.spec);
  return violations.length === 0
    ? undefined
    : {
        message:
          `namespace ${set.namespace} enforces Pod Security "${level}", which forbids ` +
          `${violations.join(', ')}`,
        path: inPodSpec(set),
        namespaceLabel: enforceLabel,
      };
}

/**
 * Before 1.33 nobody looked at spec.serviceName until pods were made of it
 * (pkg/apis/apps/validation `ValidateStatefulSetSpec`).
 */
function subdomainOf(statefulSet: ClusterObject): string {
  const serviceName = asText(fieldAt(statefulSet.value, 'spec', 'serviceName')) ?? '';
  return isPlaceholder(serviceName) ? '' : serviceName;
}

/**
 * With hostNetwork every container port is a host port of the pod (pkg/apis/core/v1/defaults.go
 * `defaultHostNetworkPorts`), so the same number twice is a conflict that only the pods show:
 * templates are not defaulted that way since 1.28.
 */
function hostPortConflict(spec: PodSpec): string | undefined {
  if (spec.hostNetwork !== true) return undefined;
  const seen = new Set<string>();
  for (const { ports = [] } of spec.containers ?? []) {
    for (const { containerPort, protocol = 'TCP', hostIP = '' } of ports) {
      const key = `${protocol}/${hostIP}/${containerPort}`;
      if (seen.has(key))
        return (
          'its pods cannot be created: with hostNetwork two containers would both take port ' +
          `${containerPort} of the node`
        );
      seen.add(key);
    }
  }
  return undefined;
}

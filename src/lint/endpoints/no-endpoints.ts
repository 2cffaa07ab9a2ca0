/**
 * Services of which nobody takes a connection, for certain: what causes it, and where that stands.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Backend } from '../../cluster/controllers/endpointslice.ts';
import { endpointState } from '../../cluster/endpoint-state.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { pushAll } from '../../lists.ts';
import { referrersOf } from '../references/referenced.ts';
import { whyMissing } from './why-none.ts';
import { type Cause, type NoEndpoints, noneByHand } from './written-endpoints.ts';

/**
 * Where another rule tells the cause, nothing is said of the Service; nor of an ExternalName, which
 * is not meant to have endpoints.
 */
export function withoutEndpoints(cluster: Cluster): NoEndpoints[] {
  const found: NoEndpoints[] = [];
  const groups = new Map<readonly Backend[], ServicePicture[]>();
  for (const service of cluster.services) {
    if (
      endpointState(service) !== 'none' ||
      service.spec.type === 'ExternalName' ||
      isAggregated(service, cluster)
    )
      continue;
    if (!service.automatic) pushAll(found, noneByHand(service));
    else if (service.backends.length > 0) {
      // Services with the same pods behind the same ports are told together.
      const group = groups.get(service.backends);
      if (group === undefined) pushAll(found, causesOf(service, cluster, groups));
      else group.push(service);
    }
  }
  return found;
}

/** Begins a group with the first Service of it. */
function causesOf(
  service: ServicePicture,
  cluster: Cluster,
  groups: Map<readonly Backend[], ServicePicture[]>,
): NoEndpoints[] {
  const causes = service.backends.map((backend) => causeOf(backend, service, cluster));
  const services = [service];
  groups.set(service.backends, services);
  return causes.includes('told')
    ? []
    : causes.flatMap((cause) =>
        cause === undefined || cause === 'told' ? [] : [{ ...cause, services }],
      );
}

/** Whether an APIService leads to it: apiservice-service-missing tells what becomes of that. */
function isAggregated({ object }: ServicePicture, cluster: Cluster): boolean {
  return referrersOf(cluster, object).some(({ kind }) => kind === 'APIService');
}

/** Why the pods of one workload are not endpoints; `told` where another rule says it. */
function causeOf(
  backend: Backend,
  service: ServicePicture,
  cluster: Cluster,
): NoEndpoints | 'told' | undefined {
  const { set, count } = backend.members;
  const reason = whyMissing(backend, service, cluster);
  if (reason === undefined) return undefined;
  const because = (cause: Cause, at: Path, object = set.workload): NoEndpoints => ({
    service,
    cause,
    reason,
    object,
    at,
  });
  if (count === 0) return noPods(set, because);
  if (set.unscheduled !== undefined) return because('unscheduled', set.unscheduled.path);
  if (!set.hasAddress) return because('gated', inPodSpec(set, 'schedulingGates', 0, 'name'));
  const families = service.spec.ipFamilies ?? cluster.options.ipFamilies;
  if (!families.some((family) => cluster.options.podIPFamilies.some((own) => own === family)))
    return because('family', ['spec', 'ipFamilies'], service.object);
  const [first] = set.notReady;
  // Ports that do not resolve, probes and images have rules of their own.
  if (first === undefined || (backend.resolved.ports.length === 0 && service.ports.length > 0))
    return 'told';
  return set.notReady.every(({ code }) => code === 'readiness-gate' || code === 'condition')
    ? because('waiting', inPodSpec(set, ...first.path))
    : 'told';
}

function noPods(
  set: PodSet,
  because: (cause: Cause, at: Path) => NoEndpoints,
): NoEndpoints | 'told' {
  const { code, path } = set.countCause ?? { code: 'replicas', path: ['spec', 'replicas'] };
  // Pods that are refused, old revisions and replicas of 0 have rules of their own.
  if (
    code === 'refused' ||
    code === 'dependency' ||
    code === 'old-revision' ||
    path.join('.') === 'spec.replicas'
  )
    return 'told';
  if (code === 'nodes') return because('unscheduled', path);
  return because(code === 'paused' ? 'paused' : 'suspended', path);
}

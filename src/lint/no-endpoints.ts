/**
 * Services of which nobody takes a connection, for certain: what causes it, and where that stands.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { Backend } from '../cluster/controllers/endpointslice.ts';
import {
  leaderAnnotation,
  notMirroredReason,
  skipMirrorLabel,
} from '../cluster/controllers/mirroring.ts';
import { endpointState } from '../cluster/endpoint-state.ts';
import type { PodSet } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { pushAll } from '../lists.ts';
import type { Path } from '../manifest/node.ts';
import { getOwn } from '../own.ts';
import { referrersOf } from './references/referenced.ts';
import type { Place } from './rule.ts';
import { whyMissing } from './why-none.ts';

/**
 * - `suspended`: the workload makes no pods for now
 * - `paused`: it is paused from birth, so nothing makes its pods
 * - `gated`: its pods wait for a scheduling gate
 * - `unscheduled`: no node takes its pods
 * - `waiting`: its pods are not ready as long as nobody says they are
 * - `not-ready`: what was written by hand holds addresses, none of which is ready
 * - `not-mirrored`: nothing makes slices of the Endpoints that were written by hand
 * - `no-address`: what was written by hand holds no address at all
 * - `no-port`: it holds addresses, and none of the ports that the Service has
 * - `family`: its pods have no address of a family that the Service has
 */
export type Cause =
  | 'suspended'
  | 'paused'
  | 'gated'
  | 'unscheduled'
  | 'waiting'
  | 'not-ready'
  | 'not-mirrored'
  | 'no-address'
  | 'no-port'
  | 'family';

export interface NoEndpoints extends Place {
  readonly service: ServicePicture;
  readonly cause: Cause;
  /** Lower case, no full stop: what `get` says. */
  readonly reason: string;
  /** All of which it is said, this one first; absent where that is the only one. */
  readonly services?: readonly ServicePicture[];
}

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
    if (!service.automatic) pushAll(found, written(service));
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
  if (!set.hasAddress) return because('gated', [...podSpec(set), 'schedulingGates', 0, 'name']);
  const families = service.spec.ipFamilies ?? cluster.options.ipFamilies;
  if (!families.some((family) => cluster.options.podIPFamilies.some((own) => own === family)))
    return because('family', ['spec', 'ipFamilies'], service.object);
  const [first] = set.notReady;
  // Ports that do not resolve, probes and images have rules of their own.
  if (first === undefined || (backend.resolved.ports.length === 0 && service.ports.length > 0))
    return 'told';
  return set.notReady.every(({ code }) => code === 'readiness-gate' || code === 'condition')
    ? because('waiting', [...podSpec(set), ...first.path])
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

function podSpec({ templatePath }: PodSet): Path {
  return templatePath.length === 0 ? ['spec'] : [...templatePath, 'spec'];
}

/**
 * Of a Service whose endpoints somebody else writes; where nobody has, service-without-endpoints
 * asks.
 */
function written(service: ServicePicture): NoEndpoints[] {
  const { manualEndpoints, manualSlices } = service;
  if (manualEndpoints !== undefined) {
    const { subsets = [], metadata } = manualEndpoints.value;
    const common = { service, object: manualEndpoints };
    const refused = notMirroredReason(manualEndpoints.value);
    if (refused !== undefined) {
      const skipped = getOwn(metadata?.labels, skipMirrorLabel) === 'true';
      const at = skipped
        ? ['metadata', 'labels', skipMirrorLabel]
        : ['metadata', 'annotations', leaderAnnotation];
      // A lock of an election that has a Service: nobody means to dial it.
      const cause = skipped ? 'not-mirrored' : 'no-address';
      const reason = `the Endpoints written by hand are not mirrored: ${refused}`;
      return [{ ...common, cause, at, reason }];
    }
    const full = subsets.findIndex(({ addresses = [] }) => addresses.length > 0);
    if (full >= 0) {
      // What is ready and yet not dialled has the wrong port: rules of their own tell that.
      if (subsets.some(({ ports = [] }) => ports.length > 0)) return [];
      const reason =
        'the Endpoints written by hand list no ports, so no port of the Service leads to them';
      return [
        { ...common, cause: 'no-port', at: ['subsets', full, 'addresses'], part: 'key', reason },
      ];
    }
    const index = subsets.findIndex(({ notReadyAddresses = [] }) => notReadyAddresses.length > 0);
    if (index >= 0)
      return [
        {
          ...common,
          cause: 'not-ready',
          at: ['subsets', index, 'notReadyAddresses'],
          part: 'key',
          reason: 'all addresses that are written by hand are under notReadyAddresses',
        },
      ];
    return [
      {
        ...common,
        cause: 'no-address',
        at: ['subsets'],
        part: 'key',
        reason: 'the Endpoints written by hand hold no address',
      },
    ];
  }
  return manualSlices.flatMap((object): NoEndpoints[] => {
    const { endpoints = [] } = object.value;
    const [first] = endpoints;
    return first === undefined
      ? [
          {
            service,
            object,
            cause: 'no-address',
            at: ['endpoints'],
            part: 'key',
            reason: 'the EndpointSlice written by hand holds no endpoint',
          },
        ]
      : endpoints.every(({ conditions }) => conditions?.ready === false)
        ? [
            {
              service,
              object,
              cause: 'not-ready',
              at: ['endpoints', 0, 'conditions', 'ready'],
              reason:
                'every endpoint of the EndpointSlice that is written by hand says that it ' +
                'is not ready',
            },
          ]
        : [];
  });
}

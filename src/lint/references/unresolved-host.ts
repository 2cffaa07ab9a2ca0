/** What a host that names no Service was meant for, as far as that can be told. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { DnsTarget } from './dns-names.ts';
import { isUncalled, madeServiceByPort, serviceByPort } from './meant-service.ts';
import type { Candidate } from './nearest-object.ts';
import { serviceMade } from './reached-service.ts';
import type { Lookup } from './reference.ts';
import type { SpokenHost } from './spoken-hosts.ts';
import { workloadOf } from './workload-hosts.ts';

export type Meant =
  /** The Service of the workload that has the name. */
  | { readonly as: 'workload'; readonly workload: ClusterObject; readonly service: ServicePicture }
  /** A Service that nobody calls and that has the port. */
  | { readonly as: 'port'; readonly candidate: Candidate }
  /** A Service of this name, or of one like it: `nearest` as the lookup found it. */
  | { readonly as: 'name'; readonly nearest: Candidate | undefined };

/**
 * Undefined where it may be anything: a short name whose like is not there, or does not have the
 * port.
 *
 * @param object that holds the text
 * @param nearOnly nothing is meant by a name of the cluster's domain to which nothing is near,
 *   either
 */
export function whatHostMeans(
  cluster: Cluster,
  object: ClusterObject,
  name: SpokenHost,
  target: DnsTarget,
  lookup: Lookup,
  nearOnly: boolean,
): Meant | undefined {
  const { form, port } = name;
  const { workload, service } = workloadOf(target, port, cluster) ?? {};
  if (workload !== undefined && service !== undefined && !isWritten(lookup))
    return { as: 'workload', workload, service };
  const nearest = lookup.state === 'missing' ? lookup.nearest : undefined;
  const like = isLike(object, name, nearest);
  const isDialled = form === 'setting' || form === 'url' || form === 'pair';
  const byPort =
    isDialled && !target.cluster && port !== undefined && !like && !isWritten(lookup)
      ? candidateByPort(cluster, target, port)
      : undefined;
  if (byPort !== undefined) return { as: 'port', candidate: byPort };
  const byWord =
    nearest?.difference === 'similar' &&
    ((form === 'setting' && isUncalled(cluster, nearest.object)) ||
      ((isDialled || target.cluster) && port !== undefined));
  // A short name may be anything: only one that fits in its port as well is taken for a Service's.
  const fits = nearest !== undefined && hasPort(nearest, port, cluster);
  return (target.cluster && !nearOnly) || (fits && (like || byWord))
    ? { as: 'name', nearest }
    : undefined;
}

function candidateByPort(cluster: Cluster, target: DnsTarget, port: number): Candidate | undefined {
  const common = { difference: 'similar', certain: false } as const;
  const object = serviceByPort(cluster, target, port)?.object;
  if (object !== undefined) return { ...common, object, written: object.name };
  const made = madeServiceByPort(cluster, target, port);
  return made && { ...common, object: made.maker, written: made.name, made: true };
}

function isLike(
  object: ClusterObject,
  { form, port }: SpokenHost,
  nearest: Candidate | undefined,
): boolean {
  if (nearest?.difference !== 'namespace')
    return (
      nearest?.difference === 'slip' || nearest?.difference === 'renamed' || nearest?.made === true
    );
  // Of namespaces that nobody wrote it is not known that they are two.
  return (
    !object.namespaceAssumed &&
    !nearest.object.namespaceAssumed &&
    (port !== undefined || form === 'url' || form === 'setting')
  );
}

function hasPort(
  { object: { namespace, name }, written, made }: Candidate,
  port: number | undefined,
  cluster: Cluster,
): boolean {
  const ports =
    made === true
      ? serviceMade(cluster, { namespace, name: written })?.ports
      : (cluster.servicesByName.get(`${namespace}/${name}`)?.ports ?? []);
  return (
    port === undefined ||
    ports === undefined ||
    ports.some((one) => one.port === port || one.targetPort === port)
  );
}

/** Something that was read elsewhere, or that somebody says is there, may well be meant. */
function isWritten(lookup: Lookup): boolean {
  return lookup.state === 'unknown' && lookup.open !== true;
}

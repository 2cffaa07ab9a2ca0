/** What a host that names no Service was meant for, as far as that can be told. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { wordsOfName } from '../../text/kind-words.ts';
import type { Candidate } from '../references/nearest-object.ts';
import { serviceMade } from '../references/reached-service.ts';
import { isNowhere, type Lookup, namespaceOf } from '../references/reference.ts';
import type { RuleContext } from '../rule.ts';
import type { DnsTarget } from './dns-names.ts';
import { type LoneHost, loneHost } from './lone-hosts.ts';
import { isUncalled, madeServiceByPort, serviceByPort } from './meant-service.ts';
import type { SpokenHost } from './spoken-hosts.ts';
import { unservedPods, workloadOf } from './workload-hosts.ts';

type Context = Pick<RuleContext<never>, 'cluster' | 'unseen'>;

export type Meant =
  /** The Service of the workload that has the name. */
  | { readonly as: 'workload'; readonly workload: ClusterObject; readonly service: ServicePicture }
  /** The pods that have the port, behind no Service. */
  | { readonly as: 'pods'; readonly pods: PodSet }
  /** A Service that nobody calls and that has the port. */
  | { readonly as: 'port'; readonly candidate: Candidate }
  /** A Service that should be there, as the others that are named beside it are. */
  | ({ readonly as: 'lone' } & LoneHost)
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
  context: Context,
  object: ClusterObject,
  name: SpokenHost,
  target: DnsTarget,
  lookup: Lookup,
  nearOnly: boolean,
): Meant | undefined {
  const { cluster } = context;
  const { form, port } = name;
  const { workload, service } = workloadOf(target, port, cluster) ?? {};
  if (workload !== undefined && service !== undefined && !isWritten(lookup))
    return { as: 'workload', workload, service };
  const nearest = lookup.state === 'missing' ? lookup.nearest : undefined;
  // What a resource says of itself is how it is called from outside.
  if (nearOnly && nearest?.object === object) return undefined;
  const like = isLike(object, name, nearest);
  const isDialled = dialled.has(form);
  const told =
    nearOnly && target.cluster ? undefined : portThatTells(context, object, name, target);
  const byPort =
    told !== undefined && !like && !isWritten(lookup)
      ? candidateByPort(cluster, object, target, told)
      : undefined;
  if (byPort !== undefined && (!nearOnly || areAlike(byPort.written, target.service)))
    return { as: 'port', candidate: byPort };
  const byWord =
    nearest?.difference === 'similar' &&
    ((form === 'setting' &&
      isUncalled(cluster, nearest.object) &&
      hasPort(nearest, port ?? name.usualPort, cluster)) ||
      ((isDialled || target.cluster) && port !== undefined));
  // A short name may be anything: only one that fits in its port as well is taken for a Service's.
  const fits = nearest !== undefined && hasPort(nearest, port, cluster);
  if ((target.cluster && !nearOnly) || (fits && (like || byWord))) return { as: 'name', nearest };
  const isMissing = lookup.state === 'missing' && isDialled && !nearOnly;
  const pods = isMissing ? unservedPods(target, name, object, cluster) : undefined;
  if (pods !== undefined) return { as: 'pods', pods };
  const mayBeLone = !nearOnly && !target.cluster && isNowhere(lookup);
  const lone = mayBeLone ? loneHost(context, object, name, target) : undefined;
  return lone && { as: 'lone', ...lone };
}

/** One name is the other with more words, or two of their words are the same. */
function areAlike(a: string, b: string): boolean {
  const words = new Set(wordsOfName(a));
  const shared = wordsOfName(b).filter((word) => words.has(word)).length;
  const [x, y] = [`-${a}-`, `-${b}-`];
  return x.includes(y) || y.includes(x) || shared > 1;
}

const dialled: ReadonlySet<SpokenHost['form']> = new Set(['setting', 'url', 'pair', 'dialled']);

/**
 * The port that tells which Service was meant. A full name, and the port of a protocol that is not
 * written, may as well be those of what a chart installs.
 */
function portThatTells(
  { cluster, unseen }: Context,
  object: ClusterObject,
  { form, port: written, usualPort }: SpokenHost,
  { cluster: isFull, namespace, service: name }: DnsTarget,
): number | undefined {
  if (!isFull && !dialled.has(form)) return undefined;
  if (!isFull && written !== undefined) return written;
  const isAllRead =
    namespace === namespaceOf(object, cluster) &&
    unseen.whyUnseen('Service', { namespace, name }) === undefined;
  return isAllRead ? (written ?? usualPort) : undefined;
}

function candidateByPort(
  cluster: Cluster,
  caller: ClusterObject,
  target: DnsTarget,
  port: number,
): Candidate | undefined {
  const common = { difference: 'similar', certain: false } as const;
  const object = serviceByPort(cluster, target, port, caller)?.object;
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

/**
 * The Service that a reference leads to, with its ports: one that was read, that somebody said
 * exists, or that an operator makes.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Place, RuleContext } from '../rule.ts';
import type { Wanted } from './nearest-object.ts';
import { follow, lookUp, type missingMessages, namespaceOf } from './reference.ts';

/** A Service that was read, or one that somebody said exists, with the ports that were named. */
export interface ReachedService {
  readonly object?: ClusterObject;
  /** Of a Service that was not read: what an operator makes it of. */
  readonly maker?: ClusterObject;
  readonly picture?: ServicePicture;
  readonly ports: readonly ServicePort[];
  /** Why its ports are not known; goes on a sentence. */
  readonly unknown?: string;
}

/**
 * The Service of a name, for its ports; reports at `place` what is missing, as `follow` does. An
 * assumed Service without ports has nothing to check and gives undefined.
 */
export function followService(
  context: Pick<
    RuleContext<typeof missingMessages>,
    'cluster' | 'unseen' | 'unit' | 'report' | 'unknown'
  >,
  place: Place,
  wanted: { readonly name: string; readonly namespace?: string | undefined },
  extra: Parameters<typeof follow>[3] = {},
): ReachedService | undefined {
  const reached = reachService(context, place.object, wanted);
  if (reached !== undefined) return reached;
  follow(context, place, serviceWanted(context.cluster, place.object, wanted), extra);
  return undefined;
}

/**
 * The same without a report, for rules on ports: that the Service exists is another rule's
 * business.
 */
export function reachService(
  context: Pick<RuleContext<typeof missingMessages>, 'cluster' | 'unseen' | 'unit'>,
  from: ClusterObject,
  wanted: { readonly name: string; readonly namespace?: string | undefined },
): ReachedService | undefined {
  const lookup = lookUp(context, from, serviceWanted(context.cluster, from, wanted));
  if (lookup.state === 'assumed') {
    const { ports } = lookup.assumption;
    if (ports === undefined) return undefined;
    return {
      ports: ports.map((port) => (typeof port === 'number' ? { port } : { port: 0, name: port })),
    };
  }
  if (lookup.state === 'made') {
    return serviceMade(context.cluster, serviceWanted(context.cluster, from, wanted));
  }
  if (lookup.state !== 'found') return undefined;
  const { object } = lookup;
  const picture = context.cluster.servicesByName.get(`${object.namespace}/${object.name}`);
  if (picture === undefined) return undefined;
  const open =
    object.incomplete.length > 0 || picture.ports.some(({ name }) => isPlaceholder(name));
  return {
    object,
    picture,
    ports: picture.ports,
    ...(open && { unknown: `the ports of ${describeObject(object)} are filled in later` }),
  };
}

/** A Service that an operator makes, where its ports are known. */
export function serviceMade(
  { operators }: Cluster,
  { namespace = '', name }: Pick<Wanted, 'namespace' | 'name'>,
): ReachedService | undefined {
  const { object: maker, ports } = operators.knownIn(namespace, 'Service').get(name) ?? {};
  return maker === undefined || ports === undefined ? undefined : { maker, ports };
}

function serviceWanted(
  cluster: Cluster,
  from: ClusterObject,
  { name, namespace }: { readonly name: string; readonly namespace?: string | undefined },
): Wanted {
  return { group: '', kind: 'Service', namespace: namespace ?? namespaceOf(from, cluster), name };
}

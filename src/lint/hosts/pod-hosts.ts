/**
 * Names of single pods below that of a Service: cluster DNS has them for the pods of a StatefulSet
 * whose `serviceName` it is.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { isSlip } from '../../text/slip.ts';
import type { DnsTarget } from './dns-names.ts';

/** Spread them into the messages of a rule that reports what `podMiss` finds. */
export const podMessages = {
  governed: ({ pod, set, service }: { pod: string; set: string; service: string }) =>
    `pods of StatefulSet ${set} have no name below this Service: its serviceName is ` +
    `"${service}", and so "${pod}.${service}" is one`,
  ungoverned: ({ pod, set }: { pod: string; set: string }) =>
    `there is no name for pod "${pod}": StatefulSet ${set} has no serviceName`,
  unnumbered: ({ pod, set }: { pod: string; set: string }) =>
    `there is no name for pod "${pod}": pods of ${set} have neither numbers nor names of their own`,
  stranger: ({ pod, sets }: { pod: string; sets: string }) =>
    `there is no pod "${pod}" behind this Service: its pods are those of ${sets}`,
  elsewhere: ({ pod, namespace, set }: Record<'pod' | 'namespace' | 'set', string>) =>
    `nothing was read of namespace ${namespace}; pod "${pod}" is one of ${set}`,
  pod: ({ pod, set, replicas }: { pod: string; set: string; replicas: number }) =>
    `there is no pod "${pod}"; StatefulSet ${set} has ${replicas} ` +
    `${replicas === 1 ? 'replica' : 'replicas'}`,
};

/**
 * What is wrong with the pod in a name; made to be spread into a finding. Undefined where there is
 * such a pod, or nobody can know.
 *
 * @param own the namespace of who asks, where a pod of this name may be
 */
export function podMiss(
  { pod: written = '', service, namespace }: DnsTarget,
  cluster: Cluster,
  own = namespace,
) {
  // The first of a range: `minio-{0...3}`.
  const pod = written.replace(/-0{2,}$/, '-0');
  const [, base, ordinal] = /^(.+)-(\d+)$/.exec(pod) ?? [];
  if (base === undefined) return undefined;
  const named = cluster.pods
    .inNamespace(namespace)
    .filter(({ workload, ordinals }) => ordinals !== undefined && workload.name === base);
  const set = named.find(({ subdomain }) => subdomain === service);
  if (set !== undefined) return beyondReplicas(pod, Number(ordinal), set);
  const [other] = named;
  return other === undefined
    ? (unnumbered(pod, base, namespace, cluster) ??
        inOwn(pod, base, { service, namespace }, own, cluster) ??
        behindNone(pod, base, cluster.servicesByName.get(`${namespace}/${service}`)))
    : belowAnother(pod, service, other);
}

/** The same pod of the same Service, in the namespace of who asks and not in the one it writes. */
function inOwn(
  pod: string,
  base: string,
  { service, namespace }: Pick<DnsTarget, 'service' | 'namespace'>,
  own: string,
  { pods }: Cluster,
) {
  if (pods.inNamespace(namespace).length > 0) return undefined;
  const set = pods
    .named(own, base)
    .find(({ ordinals, subdomain }) => ordinals !== undefined && subdomain === service);
  if (set === undefined || set.workload.namespaceAssumed) return undefined;
  return {
    id: 'elsewhere' as const,
    severity: 'warning' as const,
    data: { pod, namespace, set: describeObject(set.workload) },
    help: `write ${pod}.${service}`,
    related: [{ object: set.workload, at: ['metadata', 'namespace'], message: 'its namespace' }],
  };
}

/**
 * No workload that was read has such pods, and all that stand behind the Service are of
 * StatefulSets that are called otherwise: one of them was meant, surely where the one name holds
 * the other.
 */
function behindNone(pod: string, base: string, service: ServicePicture | undefined) {
  if (service?.automatic !== true || service.possible.length > 0) return undefined;
  const sets = service.backends.map(({ members }) => members.set);
  const [only, ...others] = sets;
  const areGoverned = sets.every(
    ({ ordinals, subdomain }) => ordinals !== undefined && subdomain === service.object.name,
  );
  if (only === undefined || !areGoverned) return undefined;
  const near = sets.find(({ workload: { name } }) => isSlip(base, name) || holds(name, base));
  const { name } = (near ?? only).workload;
  return {
    id: 'stranger' as const,
    severity: near === undefined ? ('warning' as const) : ('error' as const),
    data: { pod, sets: sets.map(({ workload }) => describeObject(workload)).join(' and ') },
    help:
      near === undefined && others.length > 0
        ? 'write the name of one of them, with its number'
        : `write ${name}${pod.slice(base.length)}`,
    related: sets.slice(0, 3).map(({ workload }) => ({
      object: workload,
      at: ['metadata', 'name'],
      message: 'its pods are behind the Service',
    })),
  };
}

/** `shop-redis-master` and `redis-master`. */
function holds(a: string, b: string): boolean {
  return `-${a}-`.includes(`-${b}-`) || `-${b}-`.includes(`-${a}-`);
}

/** Pods of a Deployment are named at random, and their names are not in cluster DNS. */
function unnumbered(pod: string, name: string, namespace: string, { objects }: Cluster) {
  const workload = objects.find('Deployment', namespace, name);
  if (workload === undefined) return undefined;
  return {
    id: 'unnumbered' as const,
    data: { pod, set: describeObject(workload) },
    help: 'ask for the Service, or make it a StatefulSet with a headless Service',
    related: [{ object: workload, at: ['kind'], message: 'a StatefulSet has pods with names' }],
  };
}

/** The pods of the set are named below another Service, or below none. */
function belowAnother(pod: string, service: string, { workload, subdomain }: PodSet) {
  if (isPlaceholder(subdomain)) return undefined;
  const set = workload.name;
  if (subdomain === undefined || subdomain === '')
    return {
      id: 'ungoverned' as const,
      data: { pod, set },
      help: `add serviceName: ${service} to the StatefulSet`,
      related: [
        {
          object: workload,
          at: ['spec'],
          part: 'key' as const,
          message: 'its pods are named below no Service',
        },
      ],
    };
  return {
    id: 'governed' as const,
    data: { pod, set, service: subdomain },
    help: `write ${pod}.${subdomain}, or change the serviceName to ${service}`,
    related: [
      {
        object: workload,
        at: ['spec', 'serviceName'],
        message: 'the Service that its pods are named below',
      },
    ],
  };
}

function beyondReplicas(pod: string, ordinal: number, { workload, ...set }: PodSet) {
  if (!set.countKnown || set.count === 0) return undefined;
  const start = set.ordinals?.start ?? 0;
  if (ordinal >= start && ordinal < start + set.count) return undefined;
  const { name } = workload;
  return {
    id: 'pod' as const,
    severity: 'warning' as const,
    data: { pod, set: name, replicas: set.count },
    help: `its pods are ${name}-${start} to ${name}-${start + set.count - 1}`,
    related: [{ object: workload, at: ['spec', 'replicas'], message: 'how many pods there are' }],
  };
}

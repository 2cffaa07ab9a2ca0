/** Services whose pods a policy opens to others, which are to call them. */
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { rulesOf } from '../../cluster/policy-rules.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import type { Place } from '../rule.ts';
import { servicesOf } from '../selectors/services-of.ts';

interface Opened {
  readonly service: ServicePicture;
  readonly set: PodSet;
  readonly place: Place;
}

/**
 * The first Service of other pods to which a policy of egress lets the pods out, by labels and
 * within their namespace: whoever opens that wants them to call it, though nothing says by which
 * name. Pods with an account of their own may learn addresses of the API server instead.
 */
export function openedTo(from: PodSet, cluster: Cluster): Opened | undefined {
  const { serviceAccountName = 'default', automountServiceAccountToken } = from.spec;
  if (serviceAccountName !== 'default' && automountServiceAccountToken !== false) return undefined;
  for (const { policy, truth } of cluster.policies.isolating(from, 'Egress')) {
    const opened = truth === 'yes' ? openedBy(cluster).get(policy) : undefined;
    if (opened !== undefined && opened.set !== from) return opened;
  }
  return undefined;
}

const openedBy = remembered(
  (cluster: Cluster) =>
    new Map(cluster.policies.all.map((policy) => [policy, findOpened(policy, cluster)])),
);

function findOpened(policy: ClusterObject<NetworkPolicy>, cluster: Cluster): Opened | undefined {
  for (const { peers, path } of rulesOf(policy, 'Egress'))
    for (const [index, { podSelector, namespaceSelector }] of peers.entries()) {
      if (podSelector?.matchLabels === undefined || namespaceSelector !== undefined) continue;
      const [only, ...others] = cluster.policies.pods(podSelector, policy);
      if (only?.truth !== 'yes' || others.length > 0) continue;
      const [service] = servicesOf(cluster, only.set);
      const at = [...path, 'to', index, 'podSelector'];
      if (service !== undefined)
        return { service, set: only.set, place: { object: policy, at, part: 'key' } };
    }
  return undefined;
}

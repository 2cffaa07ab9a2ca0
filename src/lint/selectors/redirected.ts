/** Services whose traffic is led elsewhere before endpoints are asked. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';

/**
 * Policies by the Service they name: `shop/dns`. On every node their own pods answer in its place.
 *
 * @source cilium/cilium pkg/k8s/apis/cilium.io/v2/clrp_types.go `RedirectFrontend` @v1.18.4
 */
const redirects = remembered(
  ({ objects }: Cluster): ReadonlyMap<string, ClusterObject> =>
    new Map(
      objects.ofKind('cilium.io', 'CiliumLocalRedirectPolicy').flatMap((policy) => {
        const matcher = fieldAt(policy.value, 'spec', 'redirectFrontend', 'serviceMatcher');
        const name = asText(fieldAt(matcher, 'serviceName'));
        const namespace = asText(fieldAt(matcher, 'namespace')) ?? policy.namespace ?? '';
        return name === undefined ? [] : [[`${namespace}/${name}`, policy] as const];
      }),
    ),
);

/** What redirects all that is sent to a Service. */
export function redirectOf(
  { name }: ClusterObject,
  namespace: string,
  cluster: Cluster,
): ClusterObject | undefined {
  return redirects(cluster).get(`${namespace}/${name}`);
}

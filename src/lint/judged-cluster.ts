/** The cluster that a unit is judged by. */
import { type Cluster, predict } from '../cluster/cluster.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import type { ManifestObject } from '../manifest/manifest.ts';

/** A Service that needs an address family tells that the cluster has it, unless somebody said which families there are. */
export function judgedCluster(
  objects: readonly ManifestObject[],
  options: ClusterOptions,
): Cluster {
  // A unit is what belongs together, not what is proven to run side by side.
  const assumed = { ...options, oneCluster: false };
  const cluster = predict(objects, assumed);
  const assumptionFails =
    options.ipFamiliesAssumed &&
    cluster.objects.refused.some(({ refusals }) =>
      refusals.some(({ assumes }) => assumes === 'ip-families'),
    );
  return assumptionFails
    ? predict(objects, {
        ...assumed,
        ipFamilies: ['IPv4', 'IPv6'],
        podIPFamilies: ['IPv4', 'IPv6'],
      })
    : cluster;
}

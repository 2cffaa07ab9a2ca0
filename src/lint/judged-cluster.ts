/** The cluster that a unit is judged by. */
import { type Cluster, predict } from '../cluster/cluster.ts';
import { intendedObjects } from '../cluster/mending/intended.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import type { Unit } from '../units/unit.ts';
import { looksLikePatch } from './partial-object.ts';

/**
 * A Service that needs an address family tells that the cluster has it, unless somebody said which families there are.
 *
 * @param asMeant the unit, if what the API server refuses takes part as it will be once it is mended
 */
export function judgedCluster(
  objects: readonly ManifestObject[],
  options: ClusterOptions,
  asMeant?: Unit,
): Cluster {
  const cluster = acceptedCluster(objects, options);
  if (asMeant === undefined || cluster.objects.refused.length === 0) return cluster;
  const intended = intendedObjects(cluster, (refused, refusals) =>
    looksLikePatch(refused, refusals, asMeant),
  );
  return intended.length === 0 ? cluster : predict(objects, cluster.options, intended);
}

function acceptedCluster(objects: readonly ManifestObject[], options: ClusterOptions): Cluster {
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

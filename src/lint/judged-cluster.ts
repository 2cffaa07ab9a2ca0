/** The cluster that a unit is judged by. */
import { Admissions } from '../cluster/admissions.ts';
import { type Beside, type Cluster, predict } from '../cluster/cluster.ts';
import type { Assumed } from '../cluster/controllers/pod-needs.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import { intendedObjects } from '../cluster/repair/intended.ts';
import type { Definition } from '../manifest/definition.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import type { Unit } from '../units/unit.ts';
import { looksLikePatch } from './objects/partial-object.ts';

/**
 * A Service that needs an address family tells that the cluster has it, unless somebody said which
 * families there are.
 *
 * @param objects those of the unit, and what is assumed beside them
 * @param isAssumed what somebody said exists elsewhere
 * @param admissions what the API server says of the objects, as far as it was asked
 * @param asMeant whether what the API server refuses takes part as it will be once it is repaired
 */
export function judgedCluster(
  unit: Unit,
  objects: readonly ManifestObject[],
  options: ClusterOptions,
  isAssumed: Assumed,
  admissions = new Admissions(),
  asMeant = false,
): Cluster {
  const beside: Beside = {
    admissions,
    definitions: definitionsOf(unit),
    spent: unit.deliverers,
    isAssumed: (kind, namespace, name) =>
      unit.generated?.has(`${kind}/${name}`) === true || isAssumed(kind, namespace, name),
  };
  const cluster = acceptedCluster(objects, options, beside);
  if (!asMeant || cluster.objects.refused.length === 0) return cluster;
  const intended = intendedObjects(cluster, (refused, refusals) =>
    looksLikePatch(refused, refusals, unit),
  );
  return intended.length === 0
    ? cluster
    : predict(objects, cluster.options, { ...beside, intended });
}

function acceptedCluster(
  objects: readonly ManifestObject[],
  options: ClusterOptions,
  beside: Beside,
): Cluster {
  // A unit is what belongs together, not what is proven to run side by side.
  const assumed = { ...options, oneCluster: false };
  const cluster = predict(objects, assumed, beside);
  const assumptionFails =
    options.ipFamiliesAssumed &&
    cluster.objects.refused.some(({ refusals }) =>
      refusals.some(({ assumes }) => assumes === 'ip-families'),
    );
  return assumptionFails
    ? predict(
        objects,
        { ...assumed, ipFamilies: ['IPv4', 'IPv6'], podIPFamilies: ['IPv4', 'IPv6'] },
        beside,
      )
    : cluster;
}

/** What the CustomResourceDefinitions define that were not parsed. */
function definitionsOf({ documents }: Unit): Definition[] {
  return documents.flatMap(({ defines }) => (defines === undefined ? [] : [defines]));
}

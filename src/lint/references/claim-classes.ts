/** Classes of claims that no volume has, beside volumes whose class is nearly called so. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { AnyFinding } from '../rule.ts';

/** Spread them into the messages of a rule that reports a `misspeltClass`. */
export const classMessages = {
  slip: ({ wanted, near }: Record<'wanted' | 'near', string>) =>
    `nothing that was read is of the class "${wanted}"; did you mean "${near}"?`,
};

/** Where a StorageClass was read another rule follows the name. */
export function misspeltClass(
  claim: ClusterObject,
  { objects }: Cluster,
): AnyFinding<typeof classMessages> | undefined {
  const wanted = classOf(claim) ?? '';
  if (wanted === '' || isPlaceholder(wanted)) return undefined;
  const volumes = objects.ofKind('', 'PersistentVolume');
  if (volumes.length === 0) return undefined;
  if (objects.ofKind('storage.k8s.io', 'StorageClass').length > 0) return undefined;
  const known = classesOf(volumes);
  const near = known.includes(wanted) ? undefined : nearestIn(wanted, known);
  if (near === undefined) return undefined;
  return {
    object: claim,
    at: ['spec', 'storageClassName'],
    id: 'slip',
    data: { wanted, near },
    title: 'asks for a class that no volume has',
    help: `change it to ${near}`,
  };
}

const classesOf = remembered((volumes: readonly ClusterObject[]): readonly string[] => [
  ...new Set(volumes.flatMap((one) => classOf(one) ?? [])),
]);

/** Of a volume or claim; an annotation of old still goes before the field. */
export function classOf({ value }: ClusterObject): string | undefined {
  return (
    asText(fieldAt(value, 'metadata', 'annotations', 'volume.beta.kubernetes.io/storage-class')) ??
    asText(fieldAt(value, 'spec', 'storageClassName'))
  );
}

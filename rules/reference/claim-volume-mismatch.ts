import { parseQuantity } from '../../src/cluster/apiserver/quantity.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../src/kubernetes/json.ts';
import { classMessages, classOf, misspeltClass } from '../../src/lint/references/claim-classes.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  modes: ({ wanted, known }: Record<'wanted' | 'known', string>) =>
    `it asks for ${wanted}, and the volume has ${known}`,
  size: ({ wanted, has }: Record<'wanted' | 'has', string>) =>
    `it asks for ${wanted}, and the volume has ${has}`,
  class: ({ wanted, has }: Record<'wanted' | 'has', string>) =>
    `it asks for the class ${wanted}, and the volume is of ${has}`,
  unset: ({ has }: Record<'has', string>) =>
    `it names no class and so gets the default one of the cluster, and the volume is of ${has}`,
  ...classMessages,
};

export const claimVolumeMismatch = defineRule({
  meta: {
    id: 'claim-volume-mismatch',
    category: 'reference',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['PersistentVolumeClaim'],
    title: 'asks for more than its volume has',
    summary: 'A claim names a PersistentVolume that does not have what the claim asks for',
    why:
      'a claim is bound to the volume that it names only if the volume has its class, its access ' +
      'modes and at least its size; otherwise it stays Pending, and so do the pods that mount it',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind('', 'PersistentVolumeClaim')) {
      const claim = fieldAt(object.value, 'spec');
      const name = asText(fieldAt(claim, 'volumeName')) ?? '';
      const volume = cluster.objects.findOfKind('', 'PersistentVolume', undefined, name);
      if (volume === undefined) {
        const misspelt = name === '' ? misspeltClass(object, cluster) : undefined;
        if (misspelt !== undefined) report(misspelt);
        continue;
      }
      const has = fieldAt(volume.value, 'spec');
      if (isMeantFor(object, has, cluster)) continue;
      for (const { at, other, ...words } of [
        ...mismatches(claim, has),
        ...classMismatch(object, volume, cluster),
      ])
        report({
          object,
          at: ['spec', ...at],
          ...words,
          help: 'ask for what the volume has, or name another one',
          related: [{ object: volume, at: ['spec', ...other], message: 'what it has' }],
        });
    }
  },
});

type Mismatch = Words<typeof messages> & { readonly at: Path; readonly other: Path };

/**
 * Whether a volume names the claim as well: the two are bound, whatever they ask for and have.
 *
 * @source kubernetes/kubernetes pkg/controller/volume/persistentvolume/pv_controller.go
 *   `syncUnboundClaim` @v1.34.0
 */
function isMeantFor(claim: ClusterObject, volume: Json | undefined, cluster: Cluster): boolean {
  const namespace = fieldAt(volume, 'claimRef', 'namespace') ?? cluster.options.namespace;
  return (
    fieldAt(volume, 'claimRef', 'name') === claim.name && namespace === namespaceOf(claim, cluster)
  );
}

/** pkg/controller/volume/persistentvolume/pv_controller.go `checkVolumeSatisfyClaim`. */
function mismatches(claim: Json | undefined, volume: Json | undefined): Mismatch[] {
  const found: Mismatch[] = [];
  const modes = (of: Json | undefined): string[] => asList(fieldAt(of, 'accessModes')).map(String);
  const known = modes(volume);
  const wanted = modes(claim).find((mode) => !known.includes(mode) && !isPlaceholder(mode));
  if (wanted !== undefined && !known.some(isPlaceholder))
    found.push({
      at: ['accessModes'],
      other: ['accessModes'],
      id: 'modes',
      data: { wanted, known: known.join(', ') || 'none' },
    });
  const asked = fieldAt(claim, ...request);
  const given = fieldAt(volume, ...capacity);
  const [least, most] = [parseQuantity(asked), parseQuantity(given)];
  if (least !== undefined && most !== undefined && least.nanos > most.nanos)
    found.push({
      at: request,
      other: capacity,
      id: 'size',
      data: { wanted: String(asked), has: String(given) },
    });
  return found;
}

/** Without one the claim gets the default class of the cluster, if it has one. */
function classMismatch(claim: ClusterObject, volume: ClusterObject, cluster: Cluster): Mismatch[] {
  const own = classOf(claim);
  const has = classOf(volume) ?? '';
  if (own === has || isPlaceholder(own ?? '') || isPlaceholder(has)) return [];
  const other = has === '' ? [] : ['storageClassName'];
  if (own !== undefined) {
    const data = { wanted: own || '""', has: has || 'none' };
    return [{ at: ['storageClassName'], other, id: 'class', data }];
  }
  const common = cluster.objects.findOfKind('storage.k8s.io', 'StorageClass', undefined, has);
  const isDefault = fieldAt(common?.value, ...defaultClass) === 'true';
  return has === '' || isDefault
    ? []
    : [{ at: [], other, id: 'unset', data: { has }, severity: 'info' }];
}

const defaultClass = ['metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class'];

const request = ['resources', 'requests', 'storage'];
const capacity = ['capacity', 'storage'];

/**
 * Claims that controllers make: those of StatefulSets for each of their pods, and those that CDI
 * imports into.
 */
import { asText, fieldAt } from '../kubernetes/json.ts';
import { remembered } from '../memo.ts';
import { entryOf } from '../multimap.ts';
import type { ClusterObject, ObjectIndex } from './objects.ts';

/** `data-db-2` of the template `data` of StatefulSet `db`. */
const ofPod = /^(.+)-\d+$/;

/**
 * By namespace: makers by the name of a claim without the number of the pod, or by the whole name.
 */
const makers = remembered((objects: ObjectIndex) => {
  const found = new Map<string, Map<string, ClusterObject>>();
  const add = (maker: ClusterObject, name: string): void => {
    const names = entryOf(found, maker.namespace ?? '', () => new Map<string, ClusterObject>());
    names.set(name, maker);
  };
  for (const set of objects.of('StatefulSet'))
    for (const { metadata } of set.value.spec?.volumeClaimTemplates ?? [])
      if (metadata?.name !== undefined) add(set, `${metadata.name}-${set.name}-`);
  for (const volume of objects.ofKind('cdi.kubevirt.io', 'DataVolume')) add(volume, volume.name);
  for (const machine of objects.ofKind('kubevirt.io', 'VirtualMachine')) {
    const templates = fieldAt(machine.value, 'spec', 'dataVolumeTemplates');
    for (const template of Array.isArray(templates) ? templates : []) {
      const name = asText(fieldAt(template, 'metadata', 'name'));
      if (name !== undefined) add(machine, name);
    }
  }
  return found;
});

/**
 * The object whose controller makes a claim; a StatefulSet keeps the claims of pods that it no
 * longer has.
 */
export function claimMaker(
  objects: ObjectIndex,
  namespace: string | undefined,
  name: string,
): ClusterObject | undefined {
  const names = makers(objects).get(namespace ?? '');
  const [, prefix] = ofPod.exec(name) ?? [];
  return names?.get(name) ?? (prefix === undefined ? undefined : names?.get(`${prefix}-`));
}

/** Which keys of ConfigMaps and Secrets are taken. */
import { asList, asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import type { Naming } from './namings.ts';

interface TakenKey {
  readonly path: Path;
  readonly value: string;
}

/** The keys that a reference takes, and the files that mounts take out of its volume. */
export function keysTaken(naming: Naming): readonly TakenKey[] {
  return keysRead(naming) ?? keysMounted(naming);
}

/**
 * Which keys a reference takes: one by a variable, those of its items by a volume; undefined for
 * all of them.
 */
export function keysRead({
  object,
  reference: { key, path },
}: Naming): readonly TakenKey[] | undefined {
  if (key !== undefined) return [key];
  const at = [...path.slice(0, -1), 'items'];
  const items = asList(fieldAt(object.value, ...at));
  if (items.length === 0) return undefined;
  return items.flatMap((item, index) => {
    const value = asText(fieldAt(item, 'key'));
    return value === undefined ? [] : [{ path: [...at, index, 'key'], value }];
  });
}

/** The files that mounts take out of the volume of a reference: `subPath` without `items`. */
function keysMounted({ object, reference: { path } }: Naming): readonly TakenKey[] {
  const volumes = path.lastIndexOf('volumes');
  if (volumes === -1 || path.includes('projected')) return [];
  const spec = path.slice(0, volumes);
  const value = object.value;
  const name = asText(fieldAt(value, ...path.slice(0, volumes + 2), 'name'));
  return ['initContainers', 'containers'].flatMap((list) =>
    asList(fieldAt(value, ...spec, list)).flatMap((container, index) =>
      asList(fieldAt(container, 'volumeMounts')).flatMap((mount, place) => {
        const file = asText(fieldAt(mount, 'subPath'));
        return file === undefined || asText(fieldAt(mount, 'name')) !== name
          ? []
          : [{ path: [...spec, list, index, 'volumeMounts', place, 'subPath'], value: file }];
      }),
    ),
  );
}

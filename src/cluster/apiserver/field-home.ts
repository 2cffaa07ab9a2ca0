/** Where in an object a field is known that stands in the wrong place. */
import { isJsonObject, type Json, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { MinorVersion } from '../options.ts';
import { showPath } from './field-path.ts';
import type { Field, FieldType, StructType } from './struct-type.ts';

/** Further away than this a field of the same name is another field. */
const farthest = 4;

/** Structs that nobody writes, or that only repeat the ones beside them. */
const byways = new Set([
  'status',
  'managedFields',
  'ownerReferences',
  'initContainers',
  'ephemeralContainers',
]);

interface Place {
  readonly struct: StructType;
  readonly path: Path;
  /** Whether it is around the place where the field was written, not beside it. */
  readonly ancestor: boolean;
}

export interface Home {
  /**
   * Of the struct that has the field; lists that the object may not have yet are shown as
   * `containers[]`.
   */
  readonly path: string;
  /** The same as steps; a list is entered by its first item. */
  readonly steps: Path;
  /** How many levels above the place where it was written, if it is right above. */
  readonly levelsUp?: number;
}

/**
 * The nearest structs of the object that know the field and take what is written; several if they
 * are equally near. `parent` leads to what has it now.
 */
export function homesOf(
  key: string,
  value: Json,
  parent: Path,
  root: StructType,
  minor: MinorVersion,
): Home[] {
  const around = structsAlong(root, parent, minor).reverse();
  const seen = new Set([showPath(parent)]);
  let layer: Place[] = around.slice(0, 1);
  for (let distance = 1; distance <= farthest; distance++) {
    layer = [
      ...around.slice(distance, distance + 1),
      ...layer.flatMap((place) => (mayHold(place, parent) ? below(place, minor) : [])),
    ];
    const homes = layer.flatMap(({ struct, path, ancestor }): Home[] => {
      const shown = showPath(path);
      if (seen.has(shown)) return [];
      seen.add(shown);
      // The object has them, or it would be none.
      if (path.length === 0 && (key === 'kind' || key === 'apiVersion')) return [];
      const field = struct.fields.get(key);
      if (field === undefined || !isServed(field, minor) || !takes(field.type, value)) return [];
      const steps = path.flatMap((step): Path =>
        typeof step === 'string' && step.endsWith('[]') ? [step.slice(0, -2), 0] : [step],
      );
      return [{ path: shown, steps, ...(ancestor && { levelsUp: distance }) }];
    });
    if (homes.length > 0) return homes;
  }
  return [];
}

/**
 * What stands beside a struct deep in the object (another source of a volume, another handler of a
 * probe) has fields of the same names by chance.
 */
function mayHold({ path, ancestor }: Place, parent: Path): boolean {
  return !ancestor || path.length === 0 || path.length === parent.length;
}

/** The struct itself and those around it, outermost first. */
function structsAlong(root: StructType, path: Path, minor: MinorVersion): Place[] {
  const found: Place[] = [{ struct: root, path: [], ancestor: true }];
  let type: FieldType | undefined = { type: 'struct', go: root.name, struct: () => root };
  for (const [depth, step] of path.entries()) {
    if (type?.type === 'struct') {
      const field: Field | undefined = type.struct().fields.get(String(step));
      type = field !== undefined && isServed(field, minor) ? field.type : undefined;
    } else type = type?.type === 'list' || type?.type === 'map' ? type.element : undefined;
    if (type?.type === 'struct')
      found.push({ struct: type.struct(), path: path.slice(0, depth + 1), ancestor: true });
  }
  return found;
}

function below({ struct, path }: Place, minor: MinorVersion): Place[] {
  return [...struct.fields].flatMap(([name, field]) => {
    if (byways.has(name) || !isServed(field, minor)) return [];
    const { type } = field;
    const inner = type.type === 'list' ? type.element : type;
    if (inner.type !== 'struct') return [];
    const step = type.type === 'list' ? `${name}[]` : name;
    return [{ struct: inner.struct(), path: [...path, step], ancestor: false }];
  });
}

function isServed({ since, until }: Field, minor: MinorVersion): boolean {
  return since <= minor && until >= minor;
}

/** Whether a value looks like one of a type: a struct must know at least one of its keys. */
export function takes(type: FieldType, value: Json): boolean {
  if (isPlaceholder(value)) return true;
  switch (type.type) {
    case 'struct': {
      if (!isJsonObject(value)) return false;
      const keys = Object.keys(value);
      const { fields } = type.struct();
      return keys.length === 0 || keys.some((key) => fields.has(key));
    }
    case 'list':
      return Array.isArray(value) && (value[0] === undefined || takes(type.element, value[0]));
    case 'map':
      return isJsonObject(value);
    case 'any':
      return true;
    case 'boolean':
      return typeof value === 'boolean';
    case 'int32':
    case 'int64':
      return typeof value === 'number';
    case 'quantity':
    case 'intOrString':
      return typeof value === 'number' || typeof value === 'string';
    default:
      return typeof value === 'string';
  }
}

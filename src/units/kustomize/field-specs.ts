/**
 * Fields by path and kind, in which kustomize sets labels, names and the like (kustomize
 * api/filters/fieldspec/fieldspec.go).
 */
import { splitApiVersion } from '../../kubernetes/group-version.ts';
import { isNull, withEntry, withValue } from '../../manifest/edit.ts';
import { entryOf, type MapNode, type Node } from '../../manifest/node.ts';
import type { Range, SourceFile } from '../../manifest/source.ts';
import type { ResourceId } from './resource.ts';

export interface FieldSpec {
  readonly path: readonly string[];
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  /** Maps that are missing on the way are made. */
  readonly create: boolean;
}

/** `fieldSpec('apps', 'Deployment', 'spec/template', true)`; empty parts fit all. */
export function fieldSpec(group: string, kind: string, path: string, create = false): FieldSpec {
  return {
    path: splitPath(path),
    create,
    ...(group !== '' && { group }),
    ...(kind !== '' && { kind }),
  };
}

/** A slash that belongs to a field's name is written `\/` (`PathSplitter`). */
export function splitPath(path: string): string[] {
  return path
    .split(/(?<!\\)\//)
    .filter((step) => step !== '')
    .map((step) => step.replaceAll('\\/', '/'));
}

export function applies(
  { group, version, kind }: FieldSpec,
  id: Pick<ResourceId, 'apiVersion' | 'kind'>,
): boolean {
  // Most specs are of another kind.
  if (kind !== undefined && kind !== id.kind) return false;
  const [ownGroup, ownVersion] = splitApiVersion(id.apiVersion);
  return (
    (group === undefined || group === ownGroup) && (version === undefined || version === ownVersion)
  );
}

/** Where a field that is made lies: at what made it necessary. */
export interface MadeAt {
  readonly file: SourceFile;
  readonly range: Range;
}

/**
 * The tree with `set` applied to the field at the path, in every item of the lists on the way. With
 * `madeAt` a field that is missing is made: `set` gets undefined. A path that leads through a
 * scalar changes nothing.
 */
export function edited(
  node: Node,
  path: readonly string[],
  madeAt: MadeAt | undefined,
  set: (node: Node | undefined) => Node,
): Node {
  const [step, ...rest] = path;
  if (step === undefined) return set(node);
  if (node.type === 'seq') {
    const items = node.items.map((item) => edited(item, path, madeAt, set));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (node.type !== 'map') return node;
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  const entry = entryOf(node, name);
  if (entry !== undefined && !isNull(entry.value)) {
    const value = edited(entry.value, rest, madeAt, set);
    return value === entry.value ? node : replaced(node, name, madeAt, entry.value, value);
  }
  if (madeAt === undefined || isList) return node;
  const value = rest.length === 0 ? set(undefined) : edited(emptyMap(madeAt), rest, madeAt, set);
  return withEntry(node, name, madeAt.range, value);
}

/** A scalar that comes from elsewhere brings its key along. */
function replaced(
  map: MapNode,
  name: string,
  madeAt: MadeAt | undefined,
  before: Node,
  value: Node,
): MapNode {
  const isOther = value.type === 'scalar' && value.file !== before.file;
  return isOther && madeAt !== undefined
    ? withEntry(map, name, madeAt.range, value)
    : withValue(map, name, value);
}

export function emptyMap({ file, range }: MadeAt): MapNode {
  return { type: 'map', range, file, entries: [] };
}

/**
 * A field of an object where it is written: kustomize may have put the object together from several
 * files.
 */
import type { Path } from '../../src/kubernetes/json.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import {
  childOf,
  type Entry,
  entryOf,
  locateAcross,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../src/manifest/node.ts';
import type { Range, SourceFile } from '../../src/manifest/source.ts';

export interface WrittenField {
  /** The file of the value; where there is none, of what would hold it. */
  readonly file: SourceFile;
  readonly node: Node | undefined;
  /** The mapping or list it stands in. */
  readonly holder: Node | undefined;
  /** In a mapping that lies in the same file. */
  readonly entry: Entry | undefined;
}

export function fieldOf(object: ManifestObject, path: Path): WrittenField {
  let file = object.document.file;
  let node: Node | undefined = object.node;
  let holder: Node | undefined;
  let entry: Entry | undefined;
  for (const step of path) {
    holder = node;
    const holderFile: SourceFile = file;
    entry = entryOf(holder, String(step));
    node = childOf(holder, step);
    if (node === undefined) break;
    file = node.file ?? file;
    if (file !== holderFile) entry = undefined;
  }
  return { file, node, holder, entry };
}

/**
 * The value, if this very text stands in the file: neither a block scalar nor something that
 * kustomize made of it.
 */
export function plainScalar({ node, file }: WrittenField): ScalarNode | undefined {
  if (node?.type !== 'scalar' || node.style === 'block') return undefined;
  const written = file.text.slice(...node.range);
  const unquoted = /^(["'])(.*)\1$/.exec(written)?.[2] ?? written;
  return unquoted === String(node.value) ? node : undefined;
}

/** The mapping that holds the field, if it lies in the field's file as a whole. */
export function holdingMap({ holder, file }: WrittenField): MapNode | undefined {
  return holder?.type === 'map' && (holder.file ?? file) === file ? holder : undefined;
}

export interface Region {
  readonly file: SourceFile;
  readonly range: Range;
}

/**
 * From the key to the end of the value; of a field that is not written, the deepest key on the way
 * to it.
 */
export function regionOf(object: ManifestObject, path: Path): Region {
  const { file, entry, node } = fieldOf(object, path);
  if (entry !== undefined) return { file, range: [entry.keyRange[0], entry.value.range[1]] };
  return node === undefined
    ? locateAcross(object.document.file, object.node, path)
    : { file, range: node.range };
}

/** The key of the mapping or list that holds a field; `matchLabels` stands for its selector. */
export function holderKeys(object: ManifestObject, path: Path): Region[] {
  let holder = path.slice(0, -1);
  while (typeof holder.at(-1) === 'number') holder = holder.slice(0, -1);
  const holders = holder.at(-1) === 'matchLabels' ? [holder, holder.slice(0, -1)] : [holder];
  return holders.map((at) => locateAcross(object.document.file, object.node, at, 'key'));
}

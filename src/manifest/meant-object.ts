/**
 * The object that is plainly meant where a key is misspelt, the version is missing, or no line is
 * indented.
 */
import { usualApiVersion } from '../kubernetes/kinds.ts';
import type { Problem } from './manifest.ts';
import { entryOf, type MapNode } from './node.ts';
import { type TypeMeta } from './skip.ts';
import type { Range } from './source.ts';
import { typeByShape } from './type-by-shape.ts';
import { stringAt } from './type-meta.ts';

/** With the key that was meant. */
export function renamed(root: MapNode, { meantKey, range }: Problem): MapNode | undefined {
  if (meantKey === undefined) return undefined;
  const entries = root.entries.map((entry) =>
    entry.keyRange === range ? { ...entry, key: meantKey } : entry,
  );
  return { ...root, entries };
}

/** The type of an object that says its kind and no apiVersion, or that only its fields tell. */
export function usualType(root: MapNode): TypeMeta | undefined {
  const kind = stringAt(root, 'kind') ?? '';
  const written = stringAt(root, 'apiVersion') ?? '';
  if (kind === '') {
    const meant = typeByShape(root);
    return written === '' || written === meant?.apiVersion ? meant : undefined;
  }
  if (written !== '') return undefined;
  const apiVersion = usualApiVersion(kind);
  return apiVersion === undefined ? undefined : { apiVersion, kind };
}

const fieldsBesideMetadata =
  /^metadata:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*(?:name|namespace|labels|annotations|generateName):/m;

/**
 * Whether what belongs below `metadata:` stands beside it, as everything else in the document does.
 */
export function flatMetadata(text: string, range: Range, root: MapNode): Problem | undefined {
  const metadata = entryOf(root, 'metadata');
  if (metadata?.value.type !== 'scalar' || metadata.value.value !== null) return undefined;
  const chunk = text.slice(...range);
  if (/^[ \t]+[^\s#]/m.test(chunk)) return undefined;
  const found = fieldsBesideMetadata.exec(chunk);
  if (found === null) return undefined;
  const at = range[0] + found.index;
  return {
    code: 'flat',
    message: 'no line is indented',
    range: [at, at + 'metadata'.length],
  };
}

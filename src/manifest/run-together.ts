/**
 * Objects that stand one after the other in one document, because the `---` between them is
 * missing: `cat *.yaml` of files that do not begin with one.
 */
import type { DuplicateKey } from './node.ts';
import type { Range } from './source.ts';

export interface Beginning {
  /** Where the separator belongs: above the comment on the object, if it has one. */
  readonly at: number;
  /** The first key of the object. */
  readonly key: Range;
}

/**
 * Where in a document further objects begin. Each repeats both `apiVersion` and `kind` and has more
 * than these two; anything else is a key given twice by mistake.
 */
export function beginnings(
  text: string,
  [start, end]: Range,
  duplicateKeys: readonly DuplicateKey[],
): Beginning[] {
  const versions = occurrences(text, duplicateKeys, 'apiVersion');
  const kinds = occurrences(text, duplicateKeys, 'kind');
  if (versions.length < 2 || versions.length !== kinds.length) return [];
  const found: Beginning[] = [];
  let from = start;
  for (const [index, version] of versions.entries()) {
    const kind = kinds[index] as Range;
    const key = version[0] < kind[0] ? version : kind;
    const at = aboveComment(text, key[0], start);
    const last = Math.max(version[1], kind[1]);
    // Neither may belong to the object before or behind.
    if (index > 0 && (at < from || !hasMore(text, from, at))) return [];
    if (index > 0) found.push({ at, key });
    from = last;
  }
  return hasMore(text, from, end) ? found : [];
}

/** Where a key of the document itself stands, first to last. */
function occurrences(text: string, duplicateKeys: readonly DuplicateKey[], name: string): Range[] {
  const ranges = new Map<number, Range>();
  for (const { key, first, second } of duplicateKeys)
    if (key === name)
      for (const range of [first, second])
        if (range[0] === 0 || text[range[0] - 1] === '\n') ranges.set(range[0], range);
  return [...ranges.values()].sort((a, b) => a[0] - b[0]);
}

/** Whether other keys follow, so that what began is an object. */
function hasMore(text: string, from: number, to: number): boolean {
  return /^(?!apiVersion:|kind:)["']?[A-Za-z][\w.-]*["']?:/m.test(text.slice(from, to));
}

function aboveComment(text: string, lineStart: number, start: number): number {
  let at = lineStart;
  while (at > start) {
    const before = text.lastIndexOf('\n', at - 2) + 1;
    if (before < start || text[before] !== '#') break;
    at = before;
  }
  return at;
}

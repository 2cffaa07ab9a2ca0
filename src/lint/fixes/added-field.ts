/** The edit that adds a field to an object, in the style of what stands there. */
import { childOf, type MapNode } from '../../manifest/node.ts';
import type { SourceFile } from '../../manifest/source.ts';
import type { TextEdit } from '../diagnostic.ts';
import { scalarText } from './scalar-text.ts';

export interface AddedField {
  /**
   * The mapping that gets it, from the top of the object; of what is missing on the way all is
   * written.
   */
  readonly to: readonly string[];
  readonly key: string;
  readonly value: string;
}

/**
 * Undefined where there is nothing to hold on to: an empty mapping, or one that came from an alias.
 */
export function addField(
  root: MapNode,
  { to, key, value }: AddedField,
  file: SourceFile,
): TextEdit | undefined {
  let map = root;
  let depth = 0;
  for (; depth < to.length; depth += 1) {
    const next = childOf(map, to[depth] ?? '');
    if (next?.type !== 'map') break;
    map = next;
  }
  const [first] = map.entries;
  if (
    first === undefined ||
    first.merged === true ||
    map.file !== undefined ||
    childOf(map, to[depth] ?? key) !== undefined
  )
    return undefined;
  const missing = to.slice(depth);
  const at = first.keyRange[0];
  const isFlow = file.text[map.range[0]] === '{';
  return {
    range: [at, at],
    text: isFlow
      ? inFlow(missing, key, value, file.text[at] === '"')
      : inBlock(missing, key, value, file, at),
  };
}

function inFlow(missing: readonly string[], key: string, value: string, isJson: boolean): string {
  const written = (text: string): string => scalarText(text, isJson ? '"' : '');
  const pair = `${written(key)}: ${written(value)}`;
  return `${missing.reduceRight((inner, step) => `${written(step)}: { ${inner} }`, pair)}, `;
}

/** One line for each, and the key that stood there moves to a line of its own. */
function inBlock(
  missing: readonly string[],
  key: string,
  value: string,
  file: SourceFile,
  at: number,
): string {
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(file.position(at).column - 1);
  const lines = [
    ...missing.map((step) => `${step}:`),
    `${scalarText(key, '')}: ${scalarText(value, '')}`,
  ];
  const indented = lines.map(
    (line, depth) => `${depth === 0 ? '' : indent}${'  '.repeat(depth)}${line}`,
  );
  return `${indented.join(newline)}${newline}${indent}`;
}

/**
 * What a scalar of the wrong type was meant to be: the text without YAML's reading of it, or the
 * number or boolean in quotes.
 */
import type { Node } from '../../manifest/node.ts';
import { resolvePlain } from '../../manifest/scalars.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { isGoString } from './decode-help.ts';

/**
 * The type that Go asked for and what it found instead, of a message about a wrong type; undefined
 * where a custom unmarshaler wrote it.
 */
export function goTypes(
  message: string,
): { readonly go: string; readonly found: string } | undefined {
  const [, found, go] =
    /^json: cannot unmarshal (.+) into Go struct field \S+ of type (\S+)$/.exec(message) ?? [];
  return found === undefined || go === undefined ? undefined : { go, found };
}

/** Undefined where the types are too far apart; `file` is the one that the node lies in. */
export function meantScalar(
  node: Node | undefined,
  go: string,
  file: SourceFile,
): string | number | boolean | undefined {
  if (node?.type !== 'scalar') return undefined;
  const text = file.text.slice(...node.range);
  // An anchored value may be right where its aliases stand.
  if (/&[^\s&]+$/.test(file.text.slice(Math.max(0, node.range[0] - 80), node.range[0]).trimEnd()))
    return undefined;
  if (node.style === 'plain') return isGoString(go) && isPlainValue(text) ? text : undefined;
  const { value } = node;
  if (typeof value !== 'string') return undefined;
  if (/^int(32|64)$/.test(go) && /^-?(0|[1-9]\d{0,14})$/.test(value)) return Number(value);
  return go === 'bool' && /^(true|false)$/.test(value) ? value === 'true' : undefined;
}

/** Whether YAML reads a plain scalar as a number or a boolean. */
export function isPlainValue(text: string): boolean {
  const value = /^[\w.+-]+$/.test(text) ? resolvePlain(text) : '';
  return typeof value === 'number' || typeof value === 'boolean';
}

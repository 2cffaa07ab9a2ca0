/** What is asked of nodes and tokens of the library yaml. */
import type { CST, Node as YamlNode, Scalar, YAMLMap } from 'yaml';
import { isScalar } from 'yaml';
import type { Range } from './source.ts';

/**
 * Where the text is nested deeper than `limit`. The tokens are walked without recursion: they may
 * be nested beyond any stack.
 */
export function deepToken(tokens: readonly CST.Token[], limit: number): Range | undefined {
  const left: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { token, depth } = next;
    if (depth > limit) return [token.offset, token.offset + 1];
    const value = 'value' in token ? token.value : undefined;
    if (token.type === 'document' && value !== undefined) left.push({ token: value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      const key = 'key' in item ? item.key : undefined;
      if (key !== undefined && key !== null) left.push({ token: key, depth: depth + 1 });
      if (item.value !== undefined) left.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}

export function isMergeKey(node: YamlNode): boolean {
  return (
    isScalar(node) &&
    (node.tag === 'tag:yaml.org,2002:merge' ||
      (node.tag === undefined && node.type === 'PLAIN' && node.source === '<<'))
  );
}

export function isNothing(node: Scalar): boolean {
  return (
    node.tag === undefined &&
    (node.source ?? '') === '' &&
    (node.type === 'PLAIN' || node.type === undefined)
  );
}

/** `[a: b]`: a mapping without braces. */
export function isBarePair(node: YAMLMap<YamlNode, YamlNode | null>): boolean {
  return (
    node.srcToken === undefined ||
    (node.srcToken.type === 'flow-collection' && node.srcToken.start.source !== '{')
  );
}

export function dashesOf(token: CST.BlockSequence): number[] {
  return token.items.flatMap(({ start }) =>
    start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset + 1),
  );
}

export function rangeOf(node: YamlNode): Range {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}

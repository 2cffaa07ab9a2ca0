/** Which keys the generators of a kustomization give to what they make. */
import { itemsOf, textOf } from '../../manifest/edit.ts';
import { childOf, type MapNode, type Node } from '../../manifest/node.ts';
import { baseName } from '../paths.ts';

/** By `Secret/db`; undefined where a file that was not read says them. */
export type GeneratedKeys = ReadonlyMap<string, readonly string[] | undefined>;

/**
 * `KEY=value` of `literals`, `key=path` and the name of the file of `files`; what `envs` hold is in
 * files (kustomize api/kv/kv.go `Load`).
 */
export function generatedKeys(root: MapNode): GeneratedKeys {
  const found = new Map<string, readonly string[] | undefined>();
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const item of itemsOf(childOf(root, field)))
      found.set(`${kind}/${textOf(childOf(item, 'name')) ?? ''}`, keysOf(item));
  return found;
}

function keysOf(item: Node): readonly string[] | undefined {
  if (childOf(item, 'env') !== undefined || childOf(item, 'envs') !== undefined) return undefined;
  // It may add to one of the same name that something else makes.
  if (textOf(childOf(item, 'behavior')) === 'merge') return undefined;
  const texts = (field: string): string[] =>
    itemsOf(childOf(item, field)).flatMap((one) => textOf(one) ?? []);
  const keys = [
    ...texts('literals').map((text) => text.split('=', 1)[0] ?? ''),
    ...texts('files').map((text) =>
      text.includes('=') ? (text.split('=', 1)[0] ?? '') : baseName(text),
    ),
  ];
  return keys.length > 0 && keys.every((key) => /^[\w.-]+$/.test(key)) ? keys : undefined;
}

/** Two of one name are one, of which nothing is known for certain. */
export function mergeKeys(
  all: Map<string, readonly string[] | undefined>,
  more: GeneratedKeys,
): void {
  for (const [name, keys] of more)
    all.set(name, all.has(name) && all.get(name) !== keys ? undefined : keys);
}

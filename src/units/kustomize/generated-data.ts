/** What the generators of a kustomization make: with which keys, and in which namespace. */
import type { ClusterOptions } from '../../cluster/options.ts';
import { itemsOf, textOf } from '../../manifest/edit.ts';
import { childOf, type MapNode, type Node } from '../../manifest/node.ts';
import { baseName } from '../paths.ts';

export interface Generated {
  /** Undefined where a file that was not read says them. */
  readonly keys: readonly string[] | undefined;
  /**
   * Outside of it the name is found by nobody, for it gets a hash; empty where none is written,
   * undefined where that is not so.
   */
  readonly namespace: string | undefined;
}

/** By `Secret/db`. */
export type GeneratedData = ReadonlyMap<string, Generated>;

/**
 * Whether a reference from a namespace finds what is generated: elsewhere its name has a hash.
 */
export function isGeneratedIn(
  generated: Generated,
  namespace: string | undefined,
  options: Pick<ClusterOptions, 'namespace'>,
): boolean {
  if (generated.namespace === undefined || namespace === undefined) return true;
  return (generated.namespace || options.namespace) === namespace;
}

/**
 * `KEY=value` of `literals`, `key=path` and the name of the file of `files`; what `envs` hold is in
 * files (kustomize api/kv/kv.go `Load`).
 */
export function generatedData(root: MapNode): GeneratedData {
  const found = new Map<string, Generated>();
  const hashless = isHashless(childOf(root, 'generatorOptions'));
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const item of itemsOf(childOf(root, field)))
      found.set(`${kind}/${textOf(childOf(item, 'name')) ?? ''}`, {
        keys: keysOf(item),
        namespace: hashless ? undefined : namespaceOf(item),
      });
  return found;
}

/** What merges into another one is where that is. */
function namespaceOf(item: Node): string | undefined {
  const isOwn = ['create', undefined].includes(textOf(childOf(item, 'behavior')));
  const isHashed = isOwn && !isHashless(childOf(item, 'options'));
  return isHashed ? (textOf(childOf(item, 'namespace')) ?? '') : undefined;
}

function isHashless(options: Node | undefined): boolean {
  return textOf(childOf(options, 'disableNameSuffixHash')) === 'true';
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
export function mergeGenerated(all: Map<string, Generated>, more: GeneratedData): void {
  for (const [name, one] of more) {
    const { keys, namespace } = all.get(name) ?? one;
    all.set(name, {
      keys: keys === one.keys ? keys : undefined,
      namespace: namespace === one.namespace ? namespace : undefined,
    });
  }
}

/** After a kustomization has put everything into its namespace. */
export function movedTo(namespace: string, generated: GeneratedData): GeneratedData {
  return new Map(
    [...generated].map(([name, one]) => [
      name,
      one.namespace === undefined ? one : { ...one, namespace },
    ]),
  );
}

/**
 * The trees of patches, in files and inline in a kustomization; every node knows its file, for it
 * is going to stand in a tree of another one.
 */
import { readJson } from '../../manifest/json.ts';
import type { Node, ScalarNode } from '../../manifest/node.ts';
import { readPlain } from '../../manifest/plain.ts';
import { type Range, SourceFile } from '../../manifest/source.ts';
import { splitDocuments } from '../../manifest/split.ts';
import { readYaml } from '../../manifest/yaml.ts';

const known = new WeakMap<SourceFile, Node[] | 'unreadable'>();

/**
 * The documents of a file, which several kustomizations may use; undefined if one of them cannot be
 * read.
 */
export function readTrees(file: SourceFile): Node[] | undefined {
  const trees = known.get(file) ?? readAnew(file) ?? 'unreadable';
  known.set(file, trees);
  return trees === 'unreadable' ? undefined : trees;
}

function readAnew(file: SourceFile): Node[] | undefined {
  const json = /^\s*[[{]/.test(file.text) ? readJson(file.text, 0) : undefined;
  if (json !== undefined && file.text.slice(json.end).trim() === '')
    return [placed(json.root, file)];
  const trees: Node[] = [];
  for (const { range, problem } of splitDocuments(
    file.text,
    file.text.startsWith('\ufeff') ? 1 : 0,
  )) {
    const root = problem === undefined ? readTree(file.text, range) : 'unreadable';
    if (root === 'unreadable') return undefined;
    if (root !== undefined) trees.push(placed(root, file));
  }
  return trees;
}

/**
 * The documents in a scalar of a file: a block scalar is read where it stands, so that its values
 * know their places; in any other all lie at the scalar.
 */
export function readInlineTrees(scalar: ScalarNode, file: SourceFile): Node[] | undefined {
  const text = String(scalar.value);
  const start = scalar.style === 'block' ? file.text.indexOf('\n', scalar.range[0]) + 1 : 0;
  if (start > 0 && file.text[scalar.range[0]] === '|' && !/^---/m.test(text)) {
    const root = readTree(file.text, [start, scalar.range[1]]);
    if (root !== undefined && root !== 'unreadable') return [placed(root, file)];
  }
  const trees = readTrees(new SourceFile(file.path, text));
  return trees?.map((tree) => placed(tree, file, scalar.range));
}

function readTree(text: string, range: Range): Node | undefined | 'unreadable' {
  const plain = readPlain(text, range);
  const tree = plain === undefined || plain === 'template' ? readYaml(text, range) : plain;
  return 'problem' in tree ? 'unreadable' : tree.root;
}

/** Every node with its file, and with the range where one is given. */
function placed(node: Node, file: SourceFile, range?: Range): Node {
  const at = { file, range: range ?? node.range };
  if (node.type === 'scalar') return { ...node, ...at };
  if (node.type === 'seq')
    return { ...node, ...at, items: node.items.map((item) => placed(item, file, range)) };
  const entries = node.entries.map((entry) => ({
    ...entry,
    keyRange: range ?? entry.keyRange,
    value: placed(entry.value, file, range),
  }));
  return { ...node, ...at, entries };
}

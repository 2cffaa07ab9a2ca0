/** Reads a kubeplumb.yaml: every fault in it at once, each at its place. */
import { readPlain } from '../manifest/plain.ts';
import { type Entry, type JsonObject, type MapNode, type Node, toJson } from '../manifest/node.ts';
import { type SourceFile } from '../manifest/source.ts';
import { splitDocuments } from '../manifest/split.ts';
import { readYaml } from '../manifest/yaml.ts';
import type { RuleMeta } from '../lint/rule.ts';
import { checkMeaning } from './check.ts';
import type { ConfigProblem } from './problem.ts';
import { configSchema, type Config } from './schema.ts';
import { validate } from './validate.ts';

/** A configuration and where each part of it stands. */
export interface ConfigFile {
  readonly file: SourceFile;
  readonly root: MapNode;
  readonly config: Config;
}

export type ReadConfig = ConfigFile | { readonly problems: readonly ConfigProblem[] };

/** Never throws. A file of comments alone says nothing, which is valid. */
export function readConfig(file: SourceFile, rules: readonly { readonly meta: RuleMeta }[]): ReadConfig {
  const { text } = file;
  const [chunk, second] = splitDocuments(text, text.startsWith('\ufeff') ? 1 : 0).filter(
    ({ range, problem }) => problem !== undefined || text.slice(...range).trim() !== '',
  );
  const range = chunk?.range ?? ([0, 0] as const);
  if (chunk?.problem !== undefined) return { problems: [chunk.problem] };
  if (second !== undefined)
    return { problems: [{ range: firstLine(text, second.range[0]), message: 'there is one document in a configuration, not several' }] };
  const plain = readPlain(text, range);
  const tree = plain === undefined || plain === 'template' ? readYaml(text, range) : plain;
  if ('problem' in tree) return { problems: [tree.problem] };
  const root: Node = asWritten(tree.root ?? { type: 'map', range: [range[0], range[0]], entries: [] }, text);
  const problems: ConfigProblem[] = tree.duplicateKeys.map(({ key, second: again }) => ({
    range: again,
    message: `"${key}" is given twice`,
  }));
  problems.push(...validate(root, configSchema(rules), text));
  if (root.type !== 'map') return { problems };
  problems.push(...checkMeaning(root));
  if (problems.length > 0) return { problems: problems.sort((a, b) => a.range[0] - b.range[0]) };
  return { file, root, config: toJson(root) as JsonObject as Config };
}

function firstLine(text: string, from: number): readonly [number, number] {
  const start = from + text.slice(from).search(/\S|$/);
  const end = text.indexOf('\n', start);
  return [start, end === -1 ? text.length : end];
}

/**
 * Manifests are YAML 1.1, in which `off`, `on`, `yes` and `no` are booleans; a configuration is what editors and people take it for: YAML 1.2. A
 * version is a string however it is written: 1.30 is not 1.3.
 */
function asWritten(node: Node, text: string, key?: string): Node {
  if (node.type === 'map')
    return { ...node, entries: node.entries.map((entry): Entry => ({ ...entry, value: asWritten(entry.value, text, entry.key) })) };
  if (node.type === 'seq') return { ...node, items: node.items.map((item) => asWritten(item, text)) };
  const written = text.slice(...node.range);
  const isWord = typeof node.value === 'boolean' && !/^(true|false)$/i.test(written);
  const isVersion = typeof node.value === 'number' && key === 'kubernetesVersion';
  return node.style === 'plain' && (isWord || isVersion) ? { ...node, value: written } : node;
}

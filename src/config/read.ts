/** Reads a kubeplumb.yaml: every fault in it at once, each at its place. */
import type { JsonObject } from '../kubernetes/json.ts';
import type { RuleMeta } from '../lint/rule.ts';
import { pushAll } from '../lists.ts';
import { childOf, type Entry, type MapNode, type Node, toJson } from '../manifest/node.ts';
import { readPlain } from '../manifest/plain.ts';
import type { Range, SourceFile } from '../manifest/source.ts';
import { splitDocuments } from '../manifest/split.ts';
import { readYaml } from '../manifest/yaml.ts';
import { checkMeaning } from './check.ts';
import { pluginOptionProblems, withoutPluginOptions } from './plugin-options.ts';
import { type ConfigProblem, inOneLine } from './problem.ts';
import { type Config, configSchema } from './schema.ts';
import { validate } from './validate.ts';

/** A configuration and where each part of it stands. */
export interface ConfigFile {
  readonly file: SourceFile;
  readonly root: MapNode;
  readonly config: Config;
}

export type ReadConfig = ConfigFile | { readonly problems: readonly ConfigProblem[] };

/**
 * A configuration as it is written, before anybody knows which rules there are: plugins bring some.
 */
export interface ConfigTree {
  readonly file: SourceFile;
  readonly root: Node;
  /** Keys that are given twice. */
  readonly problems: readonly ConfigProblem[];
}

/** Never throws. A file of comments alone says nothing, which is valid. */
export function readConfig(
  file: SourceFile,
  rules: readonly { readonly meta: RuleMeta }[],
): ReadConfig {
  const tree = readConfigTree(file);
  return 'root' in tree ? checkConfig(tree, rules) : tree;
}

/**
 * Never throws. What is not well-formed is a problem; what is not legal is for `checkConfig` to
 * say.
 */
export function readConfigTree(
  file: SourceFile,
): ConfigTree | { readonly problems: readonly ConfigProblem[] } {
  const { text } = file;
  const [chunk, second] = splitDocuments(text, text.startsWith('\ufeff') ? 1 : 0).filter(
    ({ range, problem }) => problem !== undefined || text.slice(...range).trim() !== '',
  );
  const range = chunk?.range ?? ([0, 0] as const);
  if (chunk?.problem !== undefined) return { problems: [chunk.problem] };
  if (second !== undefined)
    return {
      problems: [
        {
          range: firstLine(text, second.range[0]),
          message: 'there is one document in a configuration, not several',
        },
      ],
    };
  const plain = readPlain(text, range);
  const tree = plain === undefined || plain === 'template' ? readYaml(text, range) : plain;
  if ('problem' in tree) return { problems: [tree.problem] };
  const root: Node = asWritten(
    tree.root ?? { type: 'map', range: [range[0], range[0]], entries: [] },
    text,
  );
  const problems: ConfigProblem[] = tree.duplicateKeys.map(({ key, second: again }) => ({
    range: again,
    message: `"${key}" is given twice`,
  }));
  return { file, root, problems };
}

/**
 * `foreignRules`: what is said of rules of plugins that are not among `rules` is left out, not
 * judged.
 */
export function checkConfig(
  { file, root: written, problems: known }: ConfigTree,
  rules: readonly { readonly meta: RuleMeta }[],
  { foreignRules = false } = {},
): ReadConfig {
  const root = foreignRules
    ? withoutForeignRules(written, new Set(rules.map(({ meta }) => meta.id)))
    : written;
  const own = root.type === 'map' ? withoutPluginOptions(root, rules) : root;
  const problems = [...known, ...validate(own, configSchema(rules), file.text)];
  if (root.type !== 'map') return { problems: problems.map(inOneLine) };
  pushAll(problems, pluginOptionProblems(root, rules, file.text));
  pushAll(problems, checkMeaning(root));
  if (problems.length > 0)
    return { problems: problems.map(inOneLine).sort((a, b) => a.range[0] - b.range[0]) };
  return { file, root, config: toJson(root) as JsonObject };
}

function firstLine(text: string, from: number): readonly [number, number] {
  const start = from + text.slice(from).search(/\S|$/);
  const end = text.indexOf('\n', start);
  return [start, end === -1 ? text.length : end];
}

/**
 * Manifests are YAML 1.1, in which `off`, `on`, `yes` and `no` are booleans; a configuration is
 * what editors and people take it for: YAML 1.2. A version is a string however it is written: 1.30
 * is not 1.3.
 */
function asWritten(node: Node, text: string, key?: string): Node {
  if (node.type === 'map')
    return {
      ...node,
      entries: node.entries.map((entry): Entry => ({
        ...entry,
        value: asWritten(entry.value, text, entry.key),
      })),
    };
  if (node.type === 'seq')
    return { ...node, items: node.items.map((item) => asWritten(item, text)) };
  const written = text.slice(...node.range);
  const isWord = typeof node.value === 'boolean' && !/^(true|false)$/i.test(written);
  const isVersion = typeof node.value === 'number' && key === 'kubernetesVersion';
  return node.style === 'plain' && (isWord || isVersion) ? { ...node, value: written } : node;
}

/** Where the plugins stand that a configuration names, as far as they are strings. */
export function pluginNodes({
  root,
}: Pick<ConfigTree, 'root'>): readonly { readonly name: string; readonly range: Range }[] {
  const list = childOf(root, 'plugins');
  return (list?.type === 'seq' ? list.items : []).flatMap((item) =>
    item.type === 'scalar' && typeof item.value === 'string' && item.value !== ''
      ? [{ name: item.value, range: item.range }]
      : [],
  );
}

/** Rules of plugins have a slash in their ids. */
function withoutForeignRules(root: Node, known: ReadonlySet<string>): Node {
  const withoutRules = (node: Node): Node =>
    withEntry(node, 'rules', (rules) =>
      rules.type === 'map'
        ? {
            ...rules,
            entries: rules.entries.filter(({ key }) => known.has(key) || !key.includes('/')),
          }
        : rules,
    );
  return withEntry(withoutRules(root), 'overrides', (overrides) =>
    overrides.type === 'seq'
      ? { ...overrides, items: overrides.items.map(withoutRules) }
      : overrides,
  );
}

function withEntry(node: Node, key: string, change: (value: Node) => Node): Node {
  if (node.type !== 'map') return node;
  return {
    ...node,
    entries: node.entries.map((entry) =>
      entry.key === key ? { ...entry, value: change(entry.value) } : entry,
    ),
  };
}

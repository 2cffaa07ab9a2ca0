/**
 * The reader for all of YAML: the `yaml` package finds the structure, what it means is decided here
 * as go-yaml v2 does (decode.go), which is what kubectl decodes with (sigs.k8s.io/yaml).
 */
import type { Node as YamlNode, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml';
import { mostNesting } from '../text/limits.ts';
import { AliasBudget } from './alias-budget.ts';
import { readBlockScalar } from './block-scalar.ts';
import type { Problem } from './manifest.ts';
import { moved, shifted } from './moved-tree.ts';
import type { DuplicateKey, Entry, MapNode, Node, ScalarNode, SeqNode } from './node.ts';
import type { DocumentTree } from './plain.ts';
import { readQuoted } from './quoted-scalar.ts';
import { resolveKey, resolvePlain } from './scalars.ts';
import type { Range } from './source.ts';
import { syntaxProblem } from './syntax.ts';
import { resolveTagged } from './tags.ts';
import { Aliases, checkBudget } from './yaml-aliases.ts';
import { dashesOf, deepToken, isBarePair, isMergeKey, isNothing, rangeOf } from './yaml-nodes.ts';
import { Refusal, refusal } from './yaml-refusal.ts';
import { checkCharacters, checkEscapes, checkQuestionMarks, checkTabs } from './yaml-strict.ts';

const documentEnd = /^\.\.\.(?=\s|$)/m;

/**
 * Reads the first YAML document in `range`, or says why it cannot be read. What follows a line of
 * `...` is ignored, as kubectl does.
 */
export function readYaml(
  text: string,
  range: Range,
  budget: AliasBudget = new AliasBudget(),
): DocumentTree | { readonly problem: Problem } {
  // A lone carriage return breaks a line for go-yaml (yamlprivateh.go: `is_break`); of the same
  // length, so that offsets stay.
  const chunk = text.slice(...range).replace(/\r(?!\n)/g, '\n');
  const end = documentEnd.exec(chunk)?.index ?? chunk.length;
  const source = chunk.slice(0, end).endsWith('\n')
    ? chunk.slice(0, end)
    : `${chunk.slice(0, end)}\n`;
  try {
    checkCharacters(source);
    checkBudget(source, budget);
    const contents = contentsOf(source);
    const tree =
      contents === undefined
        ? { root: undefined, duplicateKeys: [] }
        : new YamlReader(source, new Aliases(contents, budget)).tree(contents);
    if (tree.root === undefined && end < chunk.length)
      throw refusal('nothing comes before "..."', [end, end + 3]);
    return range[0] === 0 ? tree : moved(tree, range[0]);
  } catch (error) {
    if (error instanceof Refusal)
      return { problem: { ...error.problem, range: shifted(error.problem.range, range[0]) } };
    throw error;
  }
}

/** Undefined where there is nothing but blanks and comments. */
function contentsOf(text: string): YamlNode | undefined {
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    strict: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  });
  const tokens = [...new Parser().parse(text)];
  const tooDeep = deepToken(tokens, mostNesting);
  if (tooDeep !== undefined)
    throw refusal(`it is nested more than ${mostNesting} levels deep`, tooDeep, undefined, 'limit');
  const { value: document } = composer.compose(tokens, true, text.length).next();
  if (document === undefined) return undefined;
  const { contents, errors } = document;
  const problem = syntaxProblem(
    errors,
    text,
    contents?.range?.[1] ?? 0,
    isMap(contents) || isSeq(contents) ? contents.flow === true : false,
  );
  if (problem !== undefined) throw new Refusal(problem);
  if (contents === null || (isScalar(contents) && isNothing(contents))) return undefined;
  checkTabs(text, contents);
  checkQuestionMarks(text, contents);
  return contents;
}

/** Offsets are into the chunk; `readYaml` moves them at the end. */
class YamlReader {
  readonly #text: string;
  readonly #aliases: Aliases;
  readonly #duplicateKeys: DuplicateKey[] = [];

  constructor(text: string, aliases: Aliases) {
    this.#text = text;
    this.#aliases = aliases;
  }

  tree(contents: YamlNode): DocumentTree {
    return { root: this.#node(contents, 0), duplicateKeys: this.#duplicateKeys };
  }

  /** `empty` is where a value that is not there would be. */
  #node(node: YamlNode, empty: number): Node {
    this.#aliases.count(node);
    if (isAlias(node))
      return this.#aliases.follow(node, (target) => this.#node(target, target.range?.[0] ?? 0));
    if (isMap<YamlNode, YamlNode | null>(node))
      return this.#endsInColon(node) ?? this.#inBraces(node) ?? this.#mapping(node);
    if (isSeq<YamlNode>(node)) return this.#sequence(node);
    return this.#scalar(node as Scalar, empty);
  }

  #scalar(node: Scalar, empty: number): ScalarNode {
    if (isNothing(node))
      return { type: 'scalar', range: [empty, empty], value: null, style: 'plain' };
    if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
      return this.#blockScalar(node);
    const style = node.type === 'PLAIN' || node.type === undefined ? 'plain' : 'quoted';
    const range = rangeOf(node);
    const source = this.#source(node);
    const value =
      node.tag !== undefined
        ? this.#tagged(node.tag, source, range)
        : style === 'plain'
          ? resolvePlain(source)
          : source;
    if (typeof value === 'number' && !Number.isFinite(value))
      throw refusal(
        `JSON has no number ${source}`,
        range,
        `write "${source}" in quotes if a string is meant`,
      );
    return { type: 'scalar', range, value, style };
  }

  /** The package drops lines of blanks at the end, which go-yaml keeps: the text is read again. */
  #blockScalar(node: Scalar): ScalarNode {
    const [start, end] = rangeOf(node);
    const parent = node.srcToken?.type === 'block-scalar' ? node.srcToken.indent : -1;
    const scalar = readBlockScalar(this.#text, start, end, parent)?.node;
    if (scalar === undefined)
      throw refusal(
        'the lines of the block are not indented alike',
        [start, start + 1],
        'say how far, as in |2',
      );
    if (node.tag === undefined) return scalar;
    return { ...scalar, value: this.#tagged(node.tag, String(scalar.value), scalar.range) };
  }

  #tagged(tag: string, source: string, range: Range): ScalarNode['value'] {
    const value = resolveTagged(tag, source);
    if (value === undefined)
      throw refusal(`"${source}" is no ${tag.replace('tag:yaml.org,2002:', '!!')}`, range);
    return value;
  }

  /** The text of a scalar without its quotes. */
  #source(node: Scalar): string {
    if (node.type === 'PLAIN' || node.type === undefined) return node.source ?? '';
    if (node.type !== 'QUOTE_DOUBLE') return String(node.value);
    const [start, end] = rangeOf(node);
    checkEscapes(this.#text, [start, end]);
    // The package does not know the escape \'.
    return String(
      (this.#text.slice(start, end).includes("\\'") ? readQuoted(this.#text, start, end) : node)
        ?.value ?? node.value,
    );
  }

  #sequence(node: YAMLSeq<YamlNode>): SeqNode {
    const dashes = node.srcToken?.type === 'block-seq' ? dashesOf(node.srcToken) : [];
    const items = node.items.map((item, index) => this.#node(item, dashes[index] ?? 0));
    if (node.flow === true || node.srcToken?.type !== 'block-seq')
      return { type: 'seq', range: rangeOf(node), items };
    const last = node.items.at(-1);
    const end = last === undefined ? rangeOf(node)[1] : this.#endOf(last, items.at(-1));
    return { type: 'seq', range: [(dashes[0] ?? 1) - 1, end], items };
  }

  #endOf(node: YamlNode, read: Node | undefined): number {
    return isAlias(node) || read === undefined ? rangeOf(node)[1] : read.range[1];
  }

  /** `[fe80::, x]`: to go-yaml a colon is text unless a blank follows. */
  #endsInColon(node: YAMLMap<YamlNode, YamlNode | null>): ScalarNode | undefined {
    const [pair] = node.items;
    if (
      !isBarePair(node) ||
      pair === undefined ||
      !isScalar(pair.key) ||
      pair.key.type !== 'PLAIN' ||
      pair.key.tag !== undefined
    )
      return undefined;
    const [start, end] = rangeOf(pair.key);
    if (!/^:[,\]]/.test(this.#text.slice(end, end + 2))) return undefined;
    return {
      type: 'scalar',
      range: [start, end + 1],
      value: this.#text.slice(start, end + 1),
      style: 'plain',
    };
  }

  /**
   * `{name}`, which Python's `str.format` fills in, is a mapping of a key without a value to YAML:
   * nobody writes one on purpose.
   */
  #inBraces(node: YAMLMap<YamlNode, YamlNode | null>): ScalarNode | undefined {
    if (node.flow !== true || node.items.length !== 1 || node.tag !== undefined) return undefined;
    const range = rangeOf(node);
    const value = this.#text.slice(...range);
    return /^\{[A-Za-z_][\w.-]*\}$/.test(value)
      ? { type: 'scalar', range, value, style: 'plain' }
      : undefined;
  }

  #mapping(node: YAMLMap<YamlNode, YamlNode | null>): MapNode {
    const entries = new Map<string, Entry>();
    let end = rangeOf(node)[0];
    for (const pair of node.items) end = this.#entry(pair, entries);
    const isBlock = node.srcToken?.type === 'block-map';
    const first = node.items[0]?.key;
    const start = first === undefined ? rangeOf(node)[0] : rangeOf(first)[0];
    return {
      type: 'map',
      range: node.flow === true && !isBlock && !isBarePair(node) ? rangeOf(node) : [start, end],
      entries: [...entries.values()],
    };
  }

  /**
   * Gives the offset behind the entry. Merged entries replace those before them, as in go-yaml v2:
   * only explicit keys that come later win.
   */
  #entry(pair: Pair<YamlNode, YamlNode | null>, entries: Map<string, Entry>): number {
    const { key: keyNode, value: valueNode } = pair;
    if (isMergeKey(keyNode)) {
      this.#merge(valueNode, keyNode, entries);
      return valueNode === null ? rangeOf(keyNode)[1] : rangeOf(valueNode)[1];
    }
    const { key, range: keyRange } = this.#key(keyNode);
    const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind')?.offset;
    const empty = colon === undefined ? rangeOf(keyNode)[1] : colon + 1;
    const value = valueNode === null ? this.#absent(keyNode, empty) : this.#node(valueNode, empty);
    const before = entries.get(key);
    if (before !== undefined && before.merged !== true && !this.#aliases.isInside)
      this.#duplicateKeys.push({ key, first: before.keyRange, second: keyRange });
    entries.delete(key);
    entries.set(key, { key, keyRange, value });
    return valueNode === null ? empty : this.#endOf(valueNode, value);
  }

  #absent(keyNode: YamlNode, empty: number): ScalarNode {
    this.#aliases.count(keyNode);
    return { type: 'scalar', range: [empty, empty], value: null, style: 'plain' };
  }

  #key(node: YamlNode): { key: string; range: Range } {
    this.#aliases.count(node);
    if (isAlias(node))
      return this.#aliases.follow(node, (target) => ({
        ...this.#key(target),
        range: rangeOf(node),
      }));
    if (!isScalar(node)) {
      const what = isMap(node) ? 'a mapping' : 'a list';
      const help = this.#text.startsWith('{{', rangeOf(node)[0] - 1)
        ? 'quote the template: "{{ … }}"'
        : undefined;
      throw refusal(`${what} cannot be a key`, rangeOf(node), help);
    }
    const range = rangeOf(node);
    const source = this.#source(node);
    const tagged = node.tag === undefined ? undefined : this.#tagged(node.tag, source, range);
    if (typeof tagged === 'string' || (node.tag === undefined && node.type !== 'PLAIN'))
      return { key: typeof tagged === 'string' ? tagged : source, range };
    const key = resolveKey(source);
    if (key === undefined)
      throw refusal(
        source === '' ? 'a key is missing' : `${source} cannot be a key`,
        range,
        source === '' ? undefined : `quote it: "${source}"`,
      );
    return { key, range };
  }

  #merge(node: YamlNode | null, keyNode: YamlNode, entries: Map<string, Entry>): void {
    // Earlier mappings of a list take precedence, so they come last.
    const sources = isSeq<YamlNode>(node) ? node.items.toReversed() : [node];
    for (const source of sources) {
      const target = isAlias(source) ? this.#aliases.targetOf(source) : source;
      if (source === null || !isMap(target))
        throw refusal('only mappings can be merged in with "<<"', rangeOf(source ?? keyNode));
      const merged = this.#node(source, 0) as MapNode;
      for (const entry of merged.entries) {
        entries.delete(entry.key);
        entries.set(entry.key, { ...entry, merged: true });
      }
    }
  }
}

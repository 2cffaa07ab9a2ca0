/** Anchors and aliases: what each alias stands for, and how much all of them may. */
import type { Alias, Node as YamlNode } from 'yaml';
import { isAlias, isMap, isSeq } from 'yaml';
import { mostAliased } from '../text/limits.ts';
import type { AliasBudget } from './alias-budget.ts';
import type { Range } from './source.ts';
import { rangeOf } from './yaml-nodes.ts';
import { type Refusal, refusal } from './yaml-refusal.ts';

/** Those of one document. */
export class Aliases {
  readonly #budget: AliasBudget;
  readonly #targets = new Map<Alias, YamlNode>();
  readonly #open = new Set<Alias>();
  #decoded = 0;
  #aliased = 0;

  constructor(contents: YamlNode, budget: AliasBudget) {
    this.#budget = budget;
    this.#bind(contents, new Map());
  }

  /**
   * An alias means the last node so far that has the anchor, be it complete or not (decode.go:
   * `parser.anchor`).
   */
  #bind(node: YamlNode | null, anchors: Map<string, YamlNode>): void {
    if (node === null) return;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) throw unknownAnchor(node);
      this.#targets.set(node, target);
      return;
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isSeq<YamlNode>(node)) for (const item of node.items) this.#bind(item, anchors);
    if (isMap<YamlNode, YamlNode>(node)) {
      for (const { key, value } of node.items) {
        this.#bind(key, anchors);
        this.#bind(value, anchors);
      }
    }
  }

  /** Whether what is read stands for an alias. */
  get isInside(): boolean {
    return this.#open.size > 0;
  }

  /** Undefined where it is of another document. */
  targetOf(alias: Alias): YamlNode | undefined {
    return this.#targets.get(alias);
  }

  /** Reads what an alias stands for. */
  follow<T>(alias: Alias, read: (target: YamlNode) => T): T {
    const target = this.#targets.get(alias);
    if (target === undefined || this.#open.has(alias))
      throw refusal(
        `anchor "${alias.source}" contains itself`,
        rangeOf(alias),
        undefined,
        'aliases',
      );
    this.#open.add(alias);
    const result = read(target);
    this.#open.delete(alias);
    return result;
  }

  /**
   * decode.go: `unmarshal` counts what aliases bring in and gives up where they bring in nearly
   * everything.
   */
  count(node: YamlNode): void {
    this.#decoded++;
    if (this.isInside) {
      this.#aliased++;
      if (!this.#budget.spend()) throw overspent(rangeOf(node));
    }
    if (
      this.#aliased > 100 &&
      this.#decoded > 1000 &&
      this.#aliased / this.#decoded > allowedAliasRatio(this.#decoded)
    )
      throw refusal('aliases expand to too much', rangeOf(node), undefined, 'aliases');
  }
}

/**
 * Refuses a document with an alias where the budget is spent, before it is parsed: thousands of
 * them would take as long as those that are read.
 */
export function checkBudget(text: string, budget: AliasBudget): void {
  if (!budget.isSpent) return;
  const alias = aliasIn.exec(text);
  if (alias === null) return;
  const start = alias.index + alias[0].indexOf('*');
  if (text.includes(`&${alias[1]}`)) throw overspent([start, alias.index + alias[0].length]);
}

/** What looks like one: it may stand in a text, which matters to nobody in such input. */
const aliasIn = /(?:^|[\s,[{:])\*([\w-]{1,200})/;

function overspent(range: Range): Refusal {
  return refusal(
    `aliases in all documents together stand for more than ${mostAliased} values`,
    range,
    undefined,
    'limit',
  );
}

function unknownAnchor(alias: Alias): Refusal {
  if (/^[\w-]+$/.test(alias.source))
    return refusal(
      `no anchor "${alias.source}" comes before its alias`,
      rangeOf(alias),
      'put the value in quotes if its "*" is text',
    );
  return refusal('a value cannot start with *', rangeOf(alias), 'put it in quotes');
}

/** decode.go: `allowedAliasRatio`. */
function allowedAliasRatio(decoded: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (decoded <= low) return 0.99;
  return decoded >= high ? 0.1 : 0.99 - 0.89 * ((decoded - low) / (high - low));
}

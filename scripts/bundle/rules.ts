/**
 * Rules in pieces. A rule is one file, of which a run needs little: `rules/index.ts` is replaced by
 * a list of what decides whether a rule runs. What a rule does is loaded when it runs first, and
 * its words when it has found something, or is to be explained.
 */
import { dirname, relative, resolve } from 'node:path';
import { type PluginBuild, transformSync } from 'esbuild';
import { isInPreset } from '../../src/config/presets.ts';
import type { Rule, RuleMeta } from '../../src/lint/rule.ts';
import { exportName } from '../rule-index.ts';
import { evaluated, isData, once, parsed } from './evaluated.ts';
import type { SourceOf } from './loops.ts';
import { only } from './split.ts';
import { withPaddedSpreads } from './spreads.ts';

/** Nearly every input has these. */
const commonKinds = ['Deployment', 'Service'];

const index = 'rules/index.ts';

interface RuleFile {
  /** From the root: what a build gives does not depend on where it is made. */
  readonly path: string;
  readonly source: string;
  /** What it exports the rule as. */
  readonly name: string;
  readonly rule: Rule;
  /** The part that what it does is in. */
  readonly part: string;
}

/** Rules of one part run on like inputs: few need those of another. */
function partOf({ category, kinds }: RuleMeta): string {
  if (!isInPreset({ category }, 'recommended')) return 'asked-rules';
  const isCommon = kinds.length === 0 || kinds.some((kind) => commonKinds.includes(kind));
  return isCommon ? 'lint' : 'rare-rules';
}

/** Puts late rules in the place of `rules/index.ts`, and of the file of any rule. */
export async function splitRules(
  bundler: PluginBuild,
  root: string,
  /** What of the work of a rule is not loaded later than the rest. */
  stays: (path: string, source: string) => string,
  sourceOf: SourceOf,
): Promise<void> {
  const files = await ruleFiles(root, sourceOf);
  const works = new Map(files.map((file) => [file.path, stays(file.path, withoutWords(file))]));
  const fileOf = new Map(files.map((file) => [file.path, file]));
  bundler.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
    const file = relative(root, resolve(resolveDir, path));
    return file === index || fileOf.has(file) ? { path: file, namespace: 'rule' } : undefined;
  });
  bundler.onResolve({ filter: /^(does|says):/ }, ({ path }) => {
    const [namespace = '', name = ''] = path.split(':', 2);
    return { path: name, namespace };
  });
  bundler.onLoad({ filter: /.*/, namespace: 'rule' }, ({ path }) => {
    const file = fileOf.get(path);
    return {
      contents: file === undefined ? lateRules(files) : oneOf(file),
      resolveDir: resolve(root, dirname(index)),
    };
  });
  for (const [namespace, left] of [
    ['does', (file: RuleFile): string => works.get(file.path) ?? ''],
    ['says', withoutWork],
  ] as const)
    bundler.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const file = fileOf.get(path);
      if (file === undefined) return { contents: pieces(namespace, path, files), resolveDir: root };
      return {
        contents: withPaddedSpreads(left(file)),
        loader: 'ts',
        resolveDir: resolve(root, dirname(path)),
      };
    });
}

async function ruleFiles(root: string, sourceOf: SourceOf): Promise<RuleFile[]> {
  const { rules } = (await evaluated(index, root)) as { readonly rules: readonly Rule[] };
  return rules.map((rule) => {
    const { category, id } = rule.meta;
    const path = `rules/${category}/${id}.ts`;
    return {
      path,
      source: sourceOf(path),
      name: exportName(id),
      rule,
      part: partOf(rule.meta),
    };
  });
}

/**
 * Of any rule all that a run asks for which it does not concern.
 *
 * @param numberOf many rules share their list of kinds
 */
function row(
  { rule: { meta, check }, part, path }: RuleFile,
  numberOf: (kinds: readonly string[]) => number,
): readonly unknown[] {
  const { id, category, severity, since, scope, kinds, fixable, options } = meta;
  const { title, summary, why } = meta;
  const told = { id, category, severity, since, scope, kinds, title, summary, why, fixable };
  const all = options === undefined ? told : { ...told, options };
  if (!isData(meta) || Object.keys(all).join() !== Object.keys(meta).join())
    throw new Error(`${path}: meta is to hold data only, in the order of other rules`);
  const does = check === undefined ? 'checkIgnores' : 'check';
  return [part, does, id, category, severity, numberOf(kinds), options];
}

/** What is asked of a rule only where something is told of it. */
const late = ['since', 'scope', 'title', 'summary', 'why', 'fixable'] as const;

/** Getters are those of a class: made for each rule anew they would be half of a list's start. */
function lateRules(files: readonly RuleFile[]): string {
  const parts = new Set(files.map(({ part }) => part));
  const kinds = once();
  const rows = files.map((file) => row(file, kinds.numberOf));
  const loads = [...parts].map((part) => `"${part}": () => import("does:${part}").rules`);
  return `
    const parts = { ${loads.join(', ')} };
    const words = (id) => import("says:words").rules[id];
    const kinds = ${kinds.written()};
    class Meta {
      constructor(id, category, severity, kinds, options) {
        this.id = id;
        this.category = category;
        this.severity = severity;
        this.kinds = kinds;
        if (options) this.options = options;
      }
      ${late.map((field) => `get ${field}() { return words(this.id).meta.${field}; }`).join('\n')}
    }
    class Late {
      constructor(meta) { this.meta = meta; }
      get messages() { return words(this.meta.id).messages; }
    }
    export const rules = ${parsed(rows)}.map(
      ([part, does, id, category, severity, ofKinds, options]) => {
        const rule = new Late(new Meta(id, category, severity, kinds[ofKinds], options));
        let work;
        rule[does] = (context) => { (work ??= parts[part]()[id][does])(context); };
        return rule;
      },
    );`;
}

const oneOf = ({ name, rule }: RuleFile): string =>
  `import { rules } from "./index.ts";
  export const ${name} = rules.find(({ meta }) => meta.id === "${rule.meta.id}");`;

/** A part: rules by id, or the words of them all. */
function pieces(namespace: string, part: string, files: readonly RuleFile[]): string {
  const own = files.filter((file) => namespace === 'says' || file.part === part);
  const imports = own.map(
    ({ name, path }) => `import { ${name} } from ${JSON.stringify(`${namespace}:${path}`)};`,
  );
  const entries = own.map(({ name, rule }) => `"${rule.meta.id}": ${name}`);
  return `${imports.join('\n')}\nexport const rules = { ${entries.join(', ')} };`;
}

/** The source of a rule that reports, but has nothing to say. */
function withoutWords(file: RuleFile): string {
  const source = without(file, file.source, /^ {2}meta: \{\n.*?^ {2}\},\n/ms);
  const own = /^ {2}messages(,|: \w+,|: \{.*?\},)\n(?= {2}check)/ms;
  const left = without(file, source, own).replace(/^const messages = \{\n.*?^\};\n/ms, '');
  // Types may name them.
  if (/\bmessages\b|\.meta\b/.test(transformSync(left, { loader: 'ts' }).code))
    throw new Error(`${file.path}: what it does asks for its own meta or messages`);
  return left;
}

/** The source of a rule that only says what it is, and what its findings mean. */
function withoutWork(file: RuleFile): string {
  const left = without(file, file.source, /^ {2}check(Ignores)?\(.*?^ {2}\},\n/ms);
  return only(file.path, left, file.name);
}

function without({ path }: RuleFile, source: string, pattern: RegExp): string {
  const left = source.replace(pattern, '');
  if (left === source) throw new Error(`${path} is not written as rules are: ${String(pattern)}`);
  return left;
}

/**
 * Runs a rule over a table of manifests, as strictly as ESLint's RuleTester: a case that could not
 * fail, or that leaves a part of what the rule said unmentioned, is refused. It knows no test
 * framework: it is given one's `describe` and `it`.
 */
import { predict } from '../cluster/cluster.ts';
import { defaultClusterOptions } from '../cluster/options.ts';
import type { AnyRule, Rule } from '../lint/rule.ts';
import {
  checkError,
  checkOutput,
  checkUnknowns,
  type Fail,
  filesOf,
  inside,
  refuseUnknownFields,
  ruleOptions,
  summarize,
} from './check-case.ts';
import { type LintedFiles, lintFiles } from './lint-files.ts';
import {
  type ExpectedError,
  type InvalidCase,
  type RuleCase,
  type RuleTable,
  type ValidCase,
} from './rule-table.ts';

/** What a test framework has: vitest, node:test, mocha and jest all do. */
export interface TestFramework {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, body: () => void) => unknown;
}

/** Defines one test per case, and one for the table as a whole. */
export type TestRule = (rule: AnyRule, table: RuleTable) => void;

/**
 * The tester for a framework.
 *
 * @example
 * import { describe, it } from 'node:test';
 * const testRule = ruleTester({ describe, it });
 * testRule(rule, {
 *   valid: [{ name: 'none', yaml: '…' }],
 *   invalid: [{ name: 'one', yaml: '…', errors: [{ id: 'bad', line: 1, column: 1, endColumn: 4 }]
 *   }], });
 */
export function ruleTester({ describe, it }: TestFramework): TestRule {
  return (rule, table) => {
    const anyRule = rule as Rule;
    describe(rule.meta.id, () => {
      it('has a complete table', () => checkTable(anyRule, table));
      describe('valid', () => {
        for (const entry of table.valid) it(entry.name, () => checkValid(anyRule, entry));
      });
      describe('invalid', () => {
        for (const entry of table.invalid) it(entry.name, () => checkInvalid(anyRule, entry));
      });
    });
  };
}

/** @throws Error when cases repeat, or a message of the rule is not in any of them. */
export function checkTable({ meta, messages }: Rule, { valid, invalid }: RuleTable): void {
  const fail = (problem: string): never => {
    throw new Error(`${meta.id}: ${problem}`);
  };
  if (valid.length === 0) fail('there is no valid case');
  if (invalid.length === 0) fail('there is no invalid case');
  const names = new Set<string>();
  const inputs = new Map<string, string>();
  for (const entry of [...valid, ...invalid]) {
    if (names.has(entry.name)) fail(`two cases are called "${entry.name}"`);
    names.add(entry.name);
    const input = JSON.stringify([
      entry.yaml,
      entry.files,
      entry.mode,
      entry.options,
      entry.requireReason,
      entry.ruleOptions,
      entry.beside?.map(({ meta: { id } }) => id),
    ]);
    const other = inputs.get(input);
    if (other !== undefined) fail(`"${entry.name}" has the same input as "${other}"`);
    inputs.set(input, entry.name);
  }
  const used = new Set(invalid.flatMap(({ errors }) => errors.map(({ id }) => id)));
  const untested = Object.keys(messages).filter((id) => !used.has(id));
  if (untested.length > 0) fail(`no invalid case has message "${untested.join('", "')}"`);
  const fixed = invalid.some(({ output }) => output !== undefined);
  if (meta.fixable && !fixed) fail('it says that it is fixable, but no case has an output');
  if (!meta.fixable && fixed)
    fail('a case has an output, but the rule says that it is not fixable');
}

const caseFields = [
  'name',
  'yaml',
  'files',
  'mode',
  'options',
  'beside',
  'requireReason',
  'ruleOptions',
  'unknown',
  'refused',
  'unread',
];

/** @throws Error when the rule says anything, or the case proves nothing. */
export function checkValid(rule: Rule, entry: ValidCase): void {
  const fail = failer(rule, 'valid', entry);
  refuseUnknownFields(entry, caseFields, fail);
  const result = lintCase(rule, entry, fail);
  const [first] = result.diagnostics;
  if (first !== undefined)
    fail(
      'the rule reports ' +
        `${result.diagnostics.map((diagnostic) => summarize(diagnostic)).join(', ')}: ` +
        `${first.message}`,
    );
  checkUnknowns(result, entry, fail);
}

/**
 * @throws Error when the rule says anything else than the table, or the table leaves something out.
 */
export function checkInvalid(rule: Rule, entry: InvalidCase): void {
  const fail = failer(rule, 'invalid', entry);
  refuseUnknownFields(entry, [...caseFields, 'errors', 'output'], fail);
  if (entry.errors.length === 0) fail('it lists no errors; is it a valid case?');
  for (const { id } of entry.errors) {
    if (!(id in rule.messages))
      fail(`the rule has no message "${id}"; it has "${Object.keys(rule.messages).join('", "')}"`);
  }
  const result = lintCase(rule, entry, fail);
  const { diagnostics } = result;
  if (diagnostics.length !== entry.errors.length) {
    const said =
      diagnostics.length === 0
        ? 'nothing'
        : diagnostics.map((diagnostic) => summarize(diagnostic)).join(', ');
    fail(`it lists ${entry.errors.length} errors, the rule reports ${diagnostics.length}: ${said}`);
  }
  for (const [index, diagnostic] of diagnostics.entries())
    checkError(diagnostic, entry.errors[index] as ExpectedError, rule, entry, (problem) =>
      fail(`error ${index + 1}: ${problem}`),
    );
  checkUnknowns(result, entry, fail);
  checkOutput(rule, entry, result, fail);
}

function failer({ meta }: Rule, list: 'valid' | 'invalid', { name }: RuleCase): Fail {
  return (problem) => {
    throw new Error(`${meta.id}, ${list} case "${name}": ${problem}`);
  };
}

/**
 * Lints, and sees to it that the case is what it seems: all documents read, all objects accepted,
 * but for those it counts.
 */
function lintCase(rule: Rule, entry: RuleCase, fail: Fail): LintedFiles {
  const all = lintFiles(
    filesOf(entry, fail),
    [rule, ...((entry.beside ?? []) as readonly Rule[])],
    entry.mode,
    entry.options,
    {
      requireReason: entry.requireReason === true,
      ...ruleOptions(entry),
    },
  );
  const own = <T extends { readonly rule: string }>(said: readonly T[]): T[] =>
    said.filter((one) => one.rule === rule.meta.id);
  const result = { ...all, diagnostics: own(all.diagnostics), unknowns: own(all.unknowns) };
  const reported = new Set(result.diagnostics.map(({ file, range }) => `${file.path} ${range[0]}`));
  const accused = (path: string, range: readonly [number, number]): boolean =>
    [...reported].some(
      (place) =>
        place.startsWith(`${path} `) && inside(Number(place.slice(path.length + 1)), range),
    );
  const documents = result.manifests
    .flatMap((manifest) => manifest.documents)
    .filter(({ state }) => state === 'broken' || state === 'template');
  const unread = documents.filter(
    ({ file, range, problem }) =>
      !accused(file.path, range) && !(problem !== undefined && accused(file.path, problem.range)),
  );
  if (unread.length !== (entry.unread ?? 0)) {
    fail(
      `${unread.length} documents cannot be read ` +
        `(${unread.map(({ problem, state }) => problem?.message ?? state).join('; ')}), the ` +
        `case says ${entry.unread ?? 0}`,
    );
  }
  if (result.summary.objects === 0 && unread.length === 0 && documents.length === 0)
    fail('it holds no object at all');
  const refused = new Map<object, string>();
  for (const unit of result.units) {
    for (const object of predict(unit.objects, { ...defaultClusterOptions, ...entry.options })
      .objects.refused) {
      if (!accused(object.source.document.file.path, object.source.node.range))
        refused.set(object.source.node, object.refusals[0]?.message ?? '');
    }
  }
  if (refused.size !== (entry.refused ?? 0))
    fail(
      `the API server refuses ${refused.size} objects ` +
        `(${[...refused.values()].join('; ')}), the case says ${entry.refused ?? 0}`,
    );
  return result;
}

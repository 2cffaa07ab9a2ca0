/**
 * Runs a rule over a table of manifests, as strictly as ESLint's RuleTester: a case that could not
 * fail, or that leaves a part of what the rule said unmentioned, is refused. It knows no test
 * framework: it is given one's `describe` and `it`.
 */
import { predict } from '../cluster/cluster.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import { defaultClusterOptions } from '../cluster/options.ts';
import type { Diagnostic, Severity } from '../lint/diagnostic.ts';
import type { AnyRule, Rule } from '../lint/rule.ts';
import { asJudged } from '../lint/settings.ts';
import type { Settings } from '../project/settings.ts';
import type { UnitMode } from '../units/unit.ts';
import { applyFixes } from './apply-fixes.ts';
import { type Files, type LintedFiles, lintFiles } from './lint-files.ts';

export interface RuleCase {
  readonly name: string;
  /** One file, or several by path. */
  readonly yaml?: string;
  readonly files?: Files;
  readonly mode?: UnitMode;
  readonly options?: Partial<ClusterOptions>;
  /** Other rules that run as well; what they say does not count. */
  readonly beside?: readonly AnyRule[];
  readonly requireReason?: boolean;
  /** Of the rule, where they are not its defaults. */
  readonly ruleOptions?: Readonly<Record<string, unknown>>;
  /** What the rule could not answer: a part of each reason, in the order of the places. */
  readonly unknown?: readonly string[];
  /** How many objects the API server refuses, apart from those that this rule reports on. */
  readonly refused?: number;
  /**
   * How many documents cannot be read (broken or templates), apart from those that this rule
   * reports on.
   */
  readonly unread?: number;
}

export type ValidCase = RuleCase;

export interface InvalidCase extends RuleCase {
  /** In the order of a report: by file, then position. */
  readonly errors: readonly ExpectedError[];
  /** The text after all fixes, safe and unsafe; of several files those that change, by path. */
  readonly output?: string | Files;
}

export interface ExpectedError {
  /** Of the message. */
  readonly id: string;
  /** Needed where the case has several files. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** Where the range ends in another line than it begins. */
  readonly endLine?: number;
  readonly endColumn: number;
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  readonly title?: string;
  readonly message?: string;
  readonly why?: string;
  readonly help?: string;
  /** Whether the fix is a guess. */
  readonly safety?: 'safe' | 'unsafe';
  /** `line:column text` of every related place, with the file before it where there are several. */
  readonly related?: readonly string[];
}

export interface RuleTable {
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}

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

type Fail = (problem: string) => never;

function failer({ meta }: Rule, list: 'valid' | 'invalid', { name }: RuleCase): Fail {
  return (problem) => {
    throw new Error(`${meta.id}, ${list} case "${name}": ${problem}`);
  };
}

function refuseUnknownFields(value: object, known: readonly string[], fail: Fail): void {
  for (const field of Object.keys(value))
    if (!known.includes(field))
      fail(`"${field}" is not a property of it; known: ${known.join(', ')}`);
}

function filesOf(entry: RuleCase, fail: Fail): Files {
  if ((entry.yaml === undefined) === (entry.files === undefined))
    fail('it needs either yaml or files');
  return entry.files ?? { 'manifest.yaml': entry.yaml ?? '' };
}

function ruleOptions({ ruleOptions: set }: RuleCase): Partial<Settings> {
  return set === undefined ? {} : { severities: { ...asJudged, options: () => set } };
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

function inside(offset: number, [start, end]: readonly [number, number]): boolean {
  return offset >= start && offset <= end;
}

const errorFields = [
  'id',
  'file',
  'line',
  'column',
  'endLine',
  'endColumn',
  'severity',
  'title',
  'message',
  'why',
  'help',
  'safety',
  'related',
];

function checkError(
  diagnostic: Diagnostic,
  expected: ExpectedError,
  rule: Rule,
  entry: RuleCase,
  fail: Fail,
): void {
  refuseUnknownFields(expected, errorFields, fail);
  if (entry.files !== undefined && expected.file === undefined)
    fail('the case has several files: say which file');
  const start = diagnostic.file.position(diagnostic.range[0]);
  const end = diagnostic.file.position(diagnostic.range[1]);
  const underlined = JSON.stringify(diagnostic.file.text.slice(...diagnostic.range));
  const compare = (what: string, actual: unknown, wanted: unknown): void => {
    if (actual !== wanted)
      fail(
        `${what} is ${JSON.stringify(actual)}, the table says ${JSON.stringify(wanted)} ` +
          `(message "${diagnostic.messageId}" at ${start.line}:${start.column}, underlined: ` +
          `${underlined})`,
      );
  };
  compare('id', diagnostic.messageId, expected.id);
  if (expected.file !== undefined) compare('file', diagnostic.file.path, expected.file);
  compare('line', start.line, expected.line);
  compare('column', start.column, expected.column);
  compare('endLine', end.line, expected.endLine ?? expected.line);
  compare('endColumn', end.column, expected.endColumn);
  compare('severity', diagnostic.severity, expected.severity ?? rule.meta.severity);
  for (const field of ['title', 'message', 'why', 'help'] as const)
    if (expected[field] !== undefined) compare(field, diagnostic[field], expected[field]);
  if (expected.safety !== undefined)
    compare('safety', diagnostic.fixes[0]?.safety, expected.safety);
  if (expected.related !== undefined) {
    const related = diagnostic.related.map(({ file, range, message }) => {
      const { line, column } = file.position(range[0]);
      return `${entry.files === undefined ? '' : `${file.path}:`}${line}:${column} ${message}`;
    });
    compare('related', JSON.stringify(related), JSON.stringify(expected.related));
  }
}

function checkUnknowns(
  { unknowns }: LintedFiles,
  { unknown: expected = [] }: RuleCase,
  fail: Fail,
): void {
  const reasons = unknowns.map(({ reason }) => reason);
  if (reasons.length !== expected.length)
    fail(
      `the rule leaves ${reasons.length} questions open (${reasons.join('; ')}), the case ` +
        `says ${expected.length}`,
    );
  for (const [index, part] of expected.entries())
    if (!reasons[index]?.includes(part))
      fail(`the rule does not know because "${reasons[index]}", the case says "${part}"`);
}

/**
 * Every fix there is must be in the table, and must leave a manifest that the rule has less to say
 * of.
 */
function checkOutput(
  rule: Rule,
  entry: InvalidCase,
  { diagnostics }: LintedFiles,
  fail: Fail,
): void {
  const files = filesOf(entry, fail);
  const fixable = diagnostics.filter(({ fixes }) => fixes.length > 0);
  const fixed = applyFixes(files, diagnostics);
  if (entry.output === undefined) {
    if (fixable.length > 0)
      fail(
        'there is a fix that it does not mention; output would ' +
          `be:\n${Object.values(fixed).join('\n')}`,
      );
    return;
  }
  if (fixable.length === 0) fail('it has an output, but the rule offers no fix');
  const expected: Files =
    typeof entry.output === 'string'
      ? { [Object.keys(files)[0] as string]: entry.output }
      : entry.output;
  for (const path of new Set([...Object.keys(fixed), ...Object.keys(expected)])) {
    if (fixed[path] === expected[path]) continue;
    if (fixed[path] === files[path] || fixed[path] === undefined)
      fail(`output mentions ${path}, which no fix changes`);
    fail(`output of ${path} differs; it is:\n${fixed[path]}`);
  }
  const left = lintFiles(
    { ...files, ...fixed },
    [rule],
    entry.mode,
    entry.options,
    ruleOptions(entry),
  ).diagnostics;
  const unfixable = diagnostics.length - fixable.length;
  if (left.length > unfixable)
    fail(
      'after its fixes the rule still reports ' +
        `${left.map((diagnostic) => summarize(diagnostic)).join(', ')}`,
    );
}

function summarize({ messageId, file, range }: Diagnostic): string {
  const start = file.position(range[0]);
  const end = file.position(range[1]);
  return (
    `{ id: '${messageId}', line: ${start.line}, column: ${start.column}, ` +
    `${end.line === start.line ? '' : `endLine: ${end.line}, `}endColumn: ${end.column} }`
  );
}

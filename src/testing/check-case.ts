/** Whether a rule says what a table expects. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Rule } from '../lint/rule.ts';
import { asJudged } from '../lint/settings.ts';
import type { Settings } from '../project/settings.ts';
import { applyFixes } from './apply-fixes.ts';
import { type Files, type LintedFiles, lintFiles } from './lint-files.ts';
import type { ExpectedError, InvalidCase, Replacement, RuleCase } from './rule-table.ts';

export type Fail = (problem: string) => never;

export function refuseUnknownFields(value: object, known: readonly string[], fail: Fail): void {
  for (const field of Object.keys(value))
    if (!known.includes(field))
      fail(`"${field}" is not a property of it; known: ${known.join(', ')}`);
}

export function inside(offset: number, [start, end]: readonly [number, number]): boolean {
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

export function checkError(
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
        `${what} is ${JSON.stringify(actual)}, the table says ${shown(wanted)} ` +
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

export function checkUnknowns(
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
export function checkOutput(
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
  const expected = outputFiles(entry.output, files, fail);
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

function outputFiles(output: NonNullable<InvalidCase['output']>, files: Files, fail: Fail): Files {
  const [path = '', ...others] = Object.keys(files);
  if (typeof output === 'string') return { [path]: output };
  if (!isReplacements(output)) return output;
  if (others.length > 0) fail('the case has several files: its output says what becomes of each');
  let text = files[path] ?? '';
  for (const [before, after] of output) {
    const times = text.split(before).length - 1;
    if (times !== 1) fail(`output replaces "${before}", which the text has ${times} times`);
    text = text.replace(before, () => after);
  }
  return { [path]: text };
}

function isReplacements(output: readonly Replacement[] | Files): output is readonly Replacement[] {
  return Array.isArray(output);
}

export function summarize({ messageId, file, range }: Diagnostic): string {
  const start = file.position(range[0]);
  const end = file.position(range[1]);
  return (
    `{ id: '${messageId}', line: ${start.line}, column: ${start.column}, ` +
    `${end.line === start.line ? '' : `endLine: ${end.line}, `}endColumn: ${end.column} }`
  );
}

export function filesOf(entry: RuleCase, fail: Fail): Files {
  if ((entry.yaml === undefined) === (entry.files === undefined))
    fail('it needs either yaml or files');
  return entry.files ?? { 'manifest.yaml': entry.yaml ?? '' };
}

export function ruleOptions({ ruleOptions: set }: RuleCase): Partial<Settings> {
  return set === undefined ? {} : { severities: { ...asJudged, options: () => set } };
}

/** A pattern, which a table may not have, would be shown as `{}`. */
function shown(wanted: unknown): string {
  return wanted instanceof RegExp
    ? `the pattern ${String(wanted)}: write the whole text`
    : JSON.stringify(wanted);
}

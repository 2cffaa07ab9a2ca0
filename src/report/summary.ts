/** The last lines of a report: what was found, what was read, what was not. */
import { type LintSummary, severities, type Severity } from '../lint/diagnostic.ts';
import { enumerate } from '../text/enumerate.ts';
import { foldedText } from './fold-test-data.ts';
import { failures, judgedNothing, type LintReport } from './lint-report.ts';
import { printable } from './safe-text.ts';
import type { Style } from './style.ts';
import { counted, displayWidth, wrap } from './text.ts';

/** So many kinds of skipped documents are named. */
const namedKinds = 6;

export function summary(
  report: LintReport,
  { style, width, showUnknown }: { style: Style; width: number; showUnknown: boolean },
): string[] {
  const { diagnostics, unknowns, summary: read, charts } = report;
  const numbers = countBySeverity(diagnostics);
  const isEmpty = judgedNothing(report) || read.files === 0;
  const isWhole = failures(report).length === 0;
  const { suppressed = 0 } = report;
  const inTestData = foldedText(report);
  const notRead = [
    ...(inTestData === undefined ? [] : [inTestData]),
    ...(suppressed > 0 ? [`${counted(suppressed, 'finding')} suppressed`] : []),
    ...notParsed(read),
    ...unreadInputs(report, isEmpty),
    ...(unknowns.length > 0 && !showUnknown
      ? [
          `${counted(unknowns.length, 'question')} left unknown (--show-unknown lists ` +
            `${unknowns.length === 1 ? 'it' : 'them'})`,
        ]
      : []),
  ];
  const found = severities
    .filter((severity) => numbers[severity] > 0)
    .map((severity) => counted(numbers[severity], severity));
  const where =
    `${counted(read.files, 'file')} (${counted(read.objects, 'object')}, ` +
    `${counted(read.services, 'Service')}${inUnits(read)})`;
  const sentence =
    found.length === 0
      ? isEmpty
        ? `Nothing to judge: no ${read.files === 0 ? 'manifest' : 'Kubernetes object'} in ` +
          (read.files === 0 ? 'what was named' : counted(read.files, 'file'))
        : isWhole
          ? wellMessage(where, read.endpoints)
          : `No finding in ${where}, but not all was judged`
      : `${found.join(', ')} in ${where}${fixMessage(diagnostics)}`;
  const paint =
    numbers.error > 0
      ? style.red
      : numbers.warning > 0
        ? style.yellow
        : numbers.info > 0
          ? style.blue
          : read.endpoints.none > 0 || isEmpty || !isWhole
            ? style.yellow
            : style.green;
  // What was found stands alone where not everything fits into one line.
  const whole = [sentence, ...(notRead.length > 0 ? [notRead.join(', ')] : [])].join('; ');
  const lines =
    displayWidth(whole) <= width || notRead.length === 0
      ? wrap(whole, width).map(paint)
      : [
          ...wrap(sentence, width).map(paint),
          ...wrap(notRead.join(', '), width).map((line) => style.dim(line)),
        ];
  return [
    ...lines,
    ...(isEmpty ? chartHint(charts, read.templates, style) : []),
    ...(report.hints ?? []).flatMap((hint) => hintLines(hint, style, width)),
  ];
}

/** Each unit has Services of its own; there may be more of them than objects. */
function inUnits({ services, objects, units }: LintSummary): string {
  return services > objects ? ` in ${counted(units, 'unit')}` : '';
}

/** What the two degrees of --fix would change; the bolder one only where it does more. */
function fixMessage(diagnostics: LintReport['diagnostics']): string {
  const safe = diagnostics.filter(({ fixes }) =>
    fixes.some(({ safety }) => safety === 'safe'),
  ).length;
  const any = diagnostics.filter(({ fixes }) => fixes.length > 0).length;
  if (any === 0) return '';
  if (safe === 0) return `; --fix=unsafe fixes ${howMany(any, diagnostics.length)}`;
  const more =
    any === safe
      ? ''
      : `, --fix=unsafe ${any < diagnostics.length ? any : any === 2 ? 'both' : `all ${any}`}`;
  return `; --fix fixes ${howMany(safe, diagnostics.length)}${more}`;
}

/** So many of all findings. */
function howMany(number: number, all: number): string {
  if (number < all) return `${number} of them`;
  return number === 1 ? 'it' : number === 2 ? 'both' : 'all of them';
}

function hintLines(hint: string, style: Style, width: number): string[] {
  const label = 'hint:';
  return wrap(printable(`${label} ${hint}`), width).map((line, index) =>
    index === 0 ? style.bold(label) + line.slice(label.length) : `  ${line}`,
  );
}

function chartHint(charts: readonly string[], templates: number, style: Style): string[] {
  const [first] = charts;
  const [count, what] =
    first === undefined ? [templates, 'template'] : [charts.length, 'Helm chart'];
  if (count === 0) return [];
  const [subject, it] = count === 1 ? [`a ${what}`, 'it'] : [`${count} ${what}s`, 'they'];
  return [
    `${style.bold('hint:')} ${subject} must be rendered before ${it} can be read:`,
    `  helm template ${first === undefined ? 'CHART' : printable(quoted(first))} | kubeplumb -`,
  ];
}

/** Where something else was judged, a few words are enough; else there is a hint of its own. */
function unrenderedCharts(charts: readonly string[], isEmpty: boolean): string[] {
  const [first] = charts;
  if (first === undefined) return [];
  const chart = charts.length === 1 ? printable(quoted(first)) : 'CHART';
  const how = isEmpty ? '' : ` (--helm ${chart} does it)`;
  return [`${counted(charts.length, 'Helm chart')} not rendered${how}`];
}

function wellMessage(where: string, { reached, unknown, none }: LintSummary['endpoints']): string {
  const total = reached + unknown + none;
  if (total === 0) return `No problem found in ${where}`;
  const all = total === 1 ? 'the Service' : total === 2 ? 'both Services' : `all ${total} Services`;
  if (reached === total)
    return `No problem found in ${where}: ${all} ${total === 1 ? 'has' : 'have'} endpoints`;
  if (unknown === total) {
    const they =
      total === 1
        ? 'the Service has'
        : total === 2
          ? 'the two Services have'
          : `the ${total} Services have`;
    return `No problem found in ${where}: whether ${they} endpoints cannot be told`;
  }
  // Nobody was to look, or to be told: a Service without endpoints is no proof of health.
  if (none === total)
    return (
      `No finding in ${where}: ${all} ${total === 1 ? 'gets' : 'get'} no endpoints ` + 'from here'
    );
  const parts: string[] = [];
  if (reached > 0)
    parts.push(`${counted(reached, 'Service')} ${reached === 1 ? 'has' : 'have'} endpoints`);
  if (none > 0)
    parts.push(
      reached > 0
        ? `${none} ${none === 1 ? 'gets' : 'get'} none from here`
        : `${counted(none, 'Service')} ${none === 1 ? 'gets' : 'get'} no endpoints from here`,
    );
  if (unknown > 0) parts.push(`${unknown} cannot be told`);
  return `${none > 0 ? 'No finding' : 'No problem found'} in ${where}: ${enumerate(parts)}`;
}

function notParsed({ skipped, templates, broken, foreign, invalid }: LintSummary): string[] {
  const kinds = Object.entries(skipped).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const count = kinds.reduce((sum, [, number]) => sum + number, 0);
  const named = kinds
    .slice(0, namedKinds)
    .map(([kind, number]) => (number === 1 ? kind : `${kind} ×${number}`));
  const more = kinds.length > namedKinds ? [`${kinds.length - namedKinds} more kinds`] : [];
  return [
    ...(count > 0
      ? [`${counted(count, 'document')} skipped (${printable([...named, ...more].join(', '))})`]
      : []),
    ...(foreign > 0
      ? [
          `${counted(foreign, 'document')} that ` +
            `${foreign === 1 ? 'is not a Kubernetes object' : 'are not Kubernetes objects'}`,
        ]
      : []),
    ...(invalid > 0
      ? [`${counted(invalid, 'file')} ${invalid === 1 ? 'is' : 'are'} no valid YAML`]
      : []),
    ...(templates > 0 ? [`${counted(templates, 'template')} not rendered`] : []),
    ...(broken > 0 ? [`${counted(broken, 'document')} that could not be decoded`] : []),
  ];
}

function unreadInputs({ problems, charts }: LintReport, isEmpty: boolean): string[] {
  const unread = problems.filter(({ explicit }) => !explicit);
  return [
    ...(unread.length > 0
      ? [
          `${counted(unread.length, 'file')} not read (${unread
            .slice(0, 3)
            .map(({ path, message }) => printable(`${path} ${message}`))
            .join('; ')}${unread.length > 3 ? '; …' : ''})`,
        ]
      : []),
    ...unrenderedCharts(charts, isEmpty),
  ];
}

export function countBySeverity(
  diagnostics: readonly { readonly severity: Severity }[],
): Record<Severity, number> {
  const numbers: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) numbers[severity]++;
  return numbers;
}

/** As a shell takes it. */
export function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

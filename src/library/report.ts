import type { LintResult } from '../lint/diagnostic.ts';
import type { Rule } from '../lint/rule.ts';
import { faultProblems, type UnreadInput } from '../report/lint-report.ts';
import { render, type ReportFormat, reportFormats } from '../report/render.ts';
import { ansiStyle, plainStyle } from '../report/style.ts';
import { recommendedRules } from './lint.ts';
import { version } from './version.ts';
import { hasFields, shown, wantOptions } from './wanted.ts';

export interface ReportOptions {
  /** Those that were run, which SARIF lists; by default the preset `recommended`. */
  readonly rules?: readonly Rule[];
  /**
   * Where the paths start, from the root of the repository, for formats that count from there; by
   * default it is the root.
   */
  readonly directory?: string;
  /**
   * Where people see the files, for links in markdown: `https://github.com/acme/shop/blob/main/`.
   */
  readonly sources?: string;
  /** Of pretty: columns to use (100), and whether to write ANSI colours (false). */
  readonly width?: number;
  readonly color?: boolean;
  /** Of pretty and markdown: list the questions that could not be answered. */
  readonly showUnknown?: boolean;
  /**
   * List what was found in test data one by one, in formats that only count it otherwise (all but
   * json and sarif).
   */
  readonly showTestData?: boolean;
  /** Of pretty: leave the summary out. */
  readonly quiet?: boolean;
  /** What could not be read, so that a report says so. */
  readonly problems?: readonly UnreadInput[];
}

const optionNames: readonly string[] = [
  ...['rules', 'directory', 'sources', 'width', 'color', 'showUnknown', 'showTestData', 'quiet'],
  'problems',
];

/**
 * The text of a report, as `kubeplumb -o FORMAT` writes it.
 *
 * @example
 * const text = report(lint(load(files)), 'sarif');
 */
export function report(
  result: LintResult,
  format: ReportFormat = 'pretty',
  options: ReportOptions = {},
): string {
  if (!hasFields(result, 'diagnostics', 'summary'))
    throw new TypeError(
      'report takes what lint gives, and a format: report(lint(load(files)), format)',
    );
  if (!reportFormats.includes(format))
    throw new TypeError(
      `report knows no format ${shown(format)}; formats: ${reportFormats.join(', ')}`,
    );
  wantOptions(options, 'report', optionNames);
  const {
    rules = recommendedRules,
    directory = '',
    sources,
    width = 100,
    color = false,
    showUnknown = false,
    showTestData = false,
    quiet = false,
    problems = [],
  } = options;
  return render(
    { ...result, problems: [...problems, ...faultProblems(result)], charts: [] },
    format,
    {
      tool: { name: 'kubeplumb', version },
      rules: rules.map(({ meta }) => meta),
      style: color ? ansiStyle(false) : plainStyle,
      width,
      showUnknown,
      showTestData,
      quiet,
      directory,
      ...(sources !== undefined && { sources }),
      listsSuppressed: true,
    },
  );
}

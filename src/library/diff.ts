import { type DiffReport, diffReport, type DiffSide } from '../diff/diff-report.ts';
import { type DiffFormat, diffFormats, renderDiff } from '../diff/report/render.ts';
import { diffSide } from '../diff/side.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { ansiStyle, plainStyle } from '../report/style.ts';
import { type LintOptions, projectOf } from './lint.ts';
import { version } from './version.ts';
import { wantFields, wantOneOf } from './wanted.ts';

/** One side of a comparison. Files of both sides go by equal paths. */
export interface DiffInput {
  /** As people call it: `main`, `this change`. */
  readonly label: string;
  readonly manifests: readonly Manifest[];
}

/**
 * What a change does to endpoints and findings: Services that lose their last endpoint, gain some,
 * or are reached otherwise.
 *
 * @example
 * const { changes, findings } = diff(
 *   { label: 'main', manifests: load(before) },
 *   { label: 'this change', manifests: load(after) },
 * );
 */
export function diff(base: DiffInput, head: DiffInput, options: LintOptions = {}): DiffReport {
  return diffReport(side(base, options), side(head, options));
}

function side(input: DiffInput, options: LintOptions): DiffSide {
  wantFields(input, 'diff', 'two sides, { label, manifests: load(files) }', 'label', 'manifests');
  const { label, manifests } = input;
  const named = { label, kind: 'path', ownPath: (path: string) => path } as const;
  return diffSide(projectOf(manifests, options, 'diff'), named, { problems: [], charts: [] });
}

export interface ReportDiffOptions {
  /** Where the paths start, from the root of the repository; by default it is the root. */
  readonly directory?: string;
  /** Where people see the files after and before the change, for links in markdown. */
  readonly sources?: string;
  readonly baseSources?: string;
  /** Of pretty: columns to use (100), and whether to write ANSI colours (false). */
  readonly width?: number;
  readonly color?: boolean;
}

/**
 * The text of a comparison, as `kubeplumb diff -o FORMAT` writes it; markdown is for a comment
 * below a pull request.
 *
 * @example
 * const text = reportDiff(diff(base, head), 'markdown');
 */
export function reportDiff(
  compared: DiffReport,
  format: DiffFormat = 'pretty',
  options: ReportDiffOptions = {},
): string {
  wantFields(
    compared,
    'reportDiff',
    'what diff gives, reportDiff(diff(before, after), format)',
    'changes',
    'findings',
  );
  wantOneOf(format, 'reportDiff', 'a format', diffFormats);
  const { directory = '', sources, baseSources, width = 100, color = false } = options;
  return renderDiff(compared, format, {
    tool: { name: 'kubeplumb', version },
    style: color ? ansiStyle(false) : plainStyle,
    width,
    quiet: false,
    directory,
    ...(sources !== undefined && { sources }),
    ...(baseSources !== undefined && { baseSources }),
  });
}

/**
 * GitLab's Code Quality report:
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
import type { Diagnostic, Severity } from '../lint/diagnostic.ts';
import { fingerprint } from '../lint/fingerprint.ts';
import { failures, type LintReport, type UnreadInput } from './lint-report.ts';
import { fromRoot, shownRegion } from './place.ts';
import { jsonText } from './safe-text.ts';
import { said } from './said.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'major',
  warning: 'minor',
  info: 'info',
};

/**
 * `directory`: the working directory below the repository's root, where GitLab looks for the files.
 */
export function gitlab(
  report: Pick<LintReport, 'diagnostics' | 'problems'>,
  { directory }: { readonly directory: string },
): string {
  return `${jsonText([
    ...failures(report).map((problem) => unreadIssue(problem, directory)),
    ...report.diagnostics.map((diagnostic) => issue(diagnostic, directory)),
  ])}\n`;
}

function unreadIssue({ code, path, message }: UnreadInput, directory: string): object {
  const place = fromRoot(path, directory);
  return {
    description: `unread: ${path} ${message}`,
    check_name: 'unread',
    fingerprint: fingerprint(`unread\n${code}\n${place}`),
    severity: 'critical',
    location: { path: place, lines: { begin: 1 } },
  };
}

function issue(diagnostic: Diagnostic, directory: string): object {
  const { rule, severity, file, range, fingerprint: own } = diagnostic;
  const { line, endLine } = shownRegion(file, range);
  return {
    // GitLab does not show the check's name.
    description: `${rule}: ${said(diagnostic)}`,
    check_name: rule,
    // Reports of several jobs are joined: the same file name in two directories must not look like
    // one finding.
    fingerprint: directory === '' ? own : fingerprint(`${directory}\n${own}`),
    severity: severities[severity],
    location: {
      path: fromRoot(file.path, directory),
      lines: { begin: line, ...(endLine > line && { end: endLine }) },
    },
  };
}

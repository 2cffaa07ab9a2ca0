/**
 * JUnit's XML: a suite for each file, a failed test for each finding, and one that passes where
 * there is none (CI systems complain about no tests at all).
 */
import type { Diagnostic } from '../lint/diagnostic.ts';
import { byFile } from './by-file.ts';
import { failures, type LintReport, type UnreadInput } from './lint-report.ts';
import { shownRegion } from './place.ts';
import { said } from './said.ts';
import { type Element, element, xmlDocument } from './xml.ts';

const packageName = 'org.kubeplumb';

export function junit(report: Pick<LintReport, 'diagnostics' | 'problems'>): string {
  const { diagnostics } = report;
  const unread = failures(report);
  const suites = [...byFile(diagnostics)].map(([name, found]) =>
    suite(name, found.length, found.map(failedTest)),
  );
  if (unread.length > 0) suites.unshift(unreadSuite(unread));
  if (suites.length === 0)
    suites.push(
      suite('kubeplumb', 0, [
        element('testcase', { name: 'No problem found', classname: 'kubeplumb' }),
      ]),
    );
  const failed = diagnostics.length;
  return xmlDocument(
    element(
      'testsuites',
      {
        name: 'kubeplumb',
        tests: Math.max(1, failed + unread.length),
        failures: failed,
        errors: unread.length,
      },
      suites,
    ),
  );
}

function suite(name: string, failures: number, tests: readonly Element[]): Element {
  return element(
    'testsuite',
    { name, package: packageName, tests: tests.length, failures, errors: 0 },
    tests,
  );
}

/** What was not judged is not a failure of a test but an error. */
function unreadSuite(unread: readonly UnreadInput[]): Element {
  const tests = unread.map(({ path, code, message }) =>
    element('testcase', { name: path, classname: 'kubeplumb' }, [
      element('error', { message: `not read: ${message}`, type: code }),
    ]),
  );
  const errors = tests.length;
  const attributes = { name: 'not read', package: packageName, tests: errors, failures: 0, errors };
  return element('testsuite', attributes, tests);
}

function failedTest(diagnostic: Diagnostic): Element {
  const { file, range, rule, severity, why, help, related } = diagnostic;
  const message = said(diagnostic);
  const { line, column } = shownRegion(file, range);
  const text = [
    `line ${line}, col ${column}, ${message}`,
    ...related.map((other) => {
      const place = other.file.position(other.range[0]);
      return `see ${other.file.path}:${place.line}:${place.column}: ${other.message}`;
    }),
    ...(why === undefined ? [] : [`why: ${why}`]),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ];
  const classname = file.path.replace(/\.[^./]+$/, '');
  const failure = element('failure', { message, type: severity }, text.join('\n'));
  return element('testcase', { name: `${packageName}.${rule}`, classname, line, column }, [
    failure,
  ]);
}

/**
 * JUnit's XML: a suite for each file, a failed test for each finding, and one that passes where
 * there is none (CI systems complain about no tests at all).
 *
 * Jenkins refuses attributes that its schema does not have, such as the line of a test
 * (`jenkinsci/xunit-plugin:src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd`);
 * of tests with one name GitLab shows the first (https://docs.gitlab.com/ci/testing/unit_test_reports).
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
  const names = new Map<string, number>();
  const suites = [...byFile(diagnostics)].map(([path, found]) =>
    suite(
      path,
      found.length,
      found.map((one) => failedTest(one, names)),
      { file: path },
    ),
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

function suite(
  name: string,
  failures: number,
  tests: readonly Element[],
  more: { readonly file?: string } = {},
): Element {
  return element(
    'testsuite',
    { name, ...more, package: packageName, tests: tests.length, failures, errors: 0 },
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

/** @param names how often each was given so far */
function failedTest(diagnostic: Diagnostic, names: Map<string, number>): Element {
  const { file, range, rule, title, severity, why, help, related } = diagnostic;
  const message = said(diagnostic);
  const { line, column } = shownRegion(file, range);
  const text = [
    `${file.path}:${line}:${column}: ${message}`,
    ...related.map((other) => {
      const place = other.file.position(other.range[0]);
      return `see ${other.file.path}:${place.line}:${place.column}: ${other.message}`;
    }),
    ...(why === undefined ? [] : [`why: ${why}`]),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ];
  const classname = file.path.replace(/\.[^./]+$/, '');
  const failure = element('failure', { message, type: severity }, text.join('\n'));
  const name = `${rule}: ${title}`;
  const times = (names.get(`${classname} ${name}`) ?? 0) + 1;
  names.set(`${classname} ${name}`, times);
  const unique = times === 1 ? name : `${name} (${times})`;
  return element('testcase', { name: unique, classname }, [failure]);
}

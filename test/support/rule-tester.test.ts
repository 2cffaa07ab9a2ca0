/** The tester itself: every kind of sloppy case is refused, and says which case it is. */
import { describe, expect, it } from 'vitest';
import { defineRule, type Rule } from '../../src/lint/rule.ts';
import type { InvalidCase, ValidCase } from '../../src/testing/rule-table.ts';
import { checkInvalid, checkTable, checkValid } from './rule-tester.ts';

/** Finds Services called `bad`, and renames them. */
const rule = defineRule({
  meta: {
    id: 'bad-name',
    category: 'name',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'is bad',
    summary: 'Bad',
    why: 'because',
    fixable: true,
  },
  messages: {
    bad: ({ name }: { name: string }) => `"${name}" is bad`,
    worse: (_: object) => 'worse',
  },
  check({ cluster, report, unknown }) {
    for (const { object } of cluster.services) {
      const place = { object, at: ['metadata', 'name'] };
      if (object.name === 'odd') unknown({ ...place, reason: 'nobody knows' });
      if (object.name === 'bad')
        report({
          ...place,
          id: 'bad',
          data: { name: object.name },
          help: 'rename it',
          fixes: [{ title: 'rename it', safety: 'safe', replace: 'good' }],
        });
      if (object.name === 'stuck')
        report({
          ...place,
          id: 'bad',
          data: { name: object.name },
          fixes: [{ title: 'rename it', safety: 'safe', replace: 'bad' }],
        });
      if (object.name === 'worse') report({ ...place, id: 'worse', data: {} });
    }
  },
}) as unknown as Rule;

const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { clusterIP: None }\n`;
const at = { line: 3, column: 19, endColumn: 22 };
const bad: InvalidCase = {
  name: 'bad',
  yaml: service('bad'),
  errors: [{ id: 'bad', ...at }],
  output: service('good'),
};
const worse: InvalidCase = {
  name: 'worse',
  yaml: service('worse'),
  errors: [{ id: 'worse', line: 3, column: 19, endColumn: 24 }],
};
const good: ValidCase = { name: 'good', yaml: service('good') };

describe('what is right passes', () => {
  it('a valid case', () => checkValid(rule, good));
  it('a question left open and said so', () =>
    checkValid(rule, { name: 'odd', yaml: service('odd'), unknown: ['nobody'] }));
  it('an invalid case with its fix', () => checkInvalid(rule, bad));
  it('an invalid case with what its fix replaces', () =>
    checkInvalid(rule, { ...bad, output: [['bad', 'good']] }));
  it('an invalid case without a fix', () => checkInvalid(rule, worse));
  it('several files', () =>
    checkInvalid(rule, {
      name: 'files',
      files: { 'a.yaml': service('good'), 'b.yaml': service('bad') },
      errors: [{ id: 'bad', file: 'b.yaml', ...at }],
      output: { 'b.yaml': service('good') },
    }));
  it('a document that cannot be read and is counted', () =>
    checkValid(rule, {
      name: 'broken',
      yaml: `${service('good')}---\nkind: Service\nmetadata: {\n`,
      unread: 1,
    }));
  it('a table', () => checkTable(rule, { valid: [good], invalid: [bad, worse] }));
});

describe('valid cases', () => {
  it.each<[string, ValidCase, string]>([
    [
      'report nothing',
      { name: 'x', yaml: service('bad') },
      'the rule reports { id: \'bad\', line: 3, column: 19, endColumn: 22 }: "bad" is bad',
    ],
    [
      'leave nothing open without saying so',
      { name: 'x', yaml: service('odd') },
      'leaves 1 questions open (nobody knows), the case says 0',
    ],
    [
      'give the right reason',
      { name: 'x', yaml: service('odd'), unknown: ['somebody'] },
      'the rule does not know because "nobody knows", the case says "somebody"',
    ],
    [
      'parse',
      { name: 'x', yaml: `${service('good')}---\nkind: Service\nmetadata: {\n` },
      '1 documents cannot be read',
    ],
    [
      'are not templates',
      { name: 'x', yaml: `${service('good')}---\na: {{ b }}\n{{ c }}\n` },
      '1 documents cannot be read',
    ],
    ['hold something', { name: 'x', yaml: '# nothing\n' }, 'it holds no object at all'],
    [
      'are accepted by the API server',
      { name: 'x', yaml: service('Good') },
      'the API server refuses 1 objects',
    ],
    ['have either yaml or files', { name: 'x' }, 'it needs either yaml or files'],
    [
      'have known properties only',
      { ...good, yml: '' } as ValidCase,
      '"yml" is not a property of it',
    ],
  ])('%s', (_, entry, message) => {
    expect(() => checkValid(rule, entry)).toThrow(message);
    expect(() => checkValid(rule, entry)).toThrow(`bad-name, valid case "${entry.name}": `);
  });
});

describe('invalid cases', () => {
  const change = (error: object): InvalidCase => ({
    ...bad,
    errors: [{ id: 'bad', ...at, ...error }],
  });

  it.each<[string, InvalidCase, string]>([
    ['list errors', { ...bad, errors: [] }, 'it lists no errors; is it a valid case?'],
    [
      'list as many as there are',
      {
        ...bad,
        errors: [
          { id: 'bad', ...at },
          { id: 'worse', ...at },
        ],
      },
      'it lists 2 errors, the rule reports 1',
    ],
    [
      'are reported',
      { ...bad, yaml: service('good') },
      'it lists 1 errors, the rule reports 0: nothing',
    ],
    [
      'name messages that exist',
      { ...bad, errors: [{ id: 'awful', ...at }] },
      'the rule has no message "awful"; it has "bad", "worse"',
    ],
    [
      'name the right message',
      { ...bad, errors: [{ id: 'worse', ...at }] },
      'error 1: id is "bad", the table says "worse"',
    ],
    ['have the right line', change({ line: 4 }), 'error 1: line is 3, the table says 4'],
    ['have the right column', change({ column: 18 }), 'error 1: column is 19, the table says 18'],
    [
      'have the right end',
      change({ endColumn: 23 }),
      'error 1: endColumn is 22, the table says 23 (message "bad" at 3:19, underlined: "bad")',
    ],
    [
      'have the right severity',
      change({ severity: 'error' }),
      'severity is "warning", the table says "error"',
    ],
    [
      'have the right text',
      change({ message: 'nice' }),
      'message is "\\"bad\\" is bad", the table says "nice"',
    ],
    ['have the right help', change({ help: 'none' }), 'help is "rename it", the table says "none"'],
    ['have the right related places', change({ related: ['1:1 here'] }), 'related is'],
    [
      'have the right safety',
      change({ safety: 'unsafe' }),
      'safety is "safe", the table says "unsafe"',
    ],
    [
      'have known properties only',
      change({ messageId: 'bad' }),
      '"messageId" is not a property of it',
    ],
    [
      'say which of several files',
      {
        name: 'x',
        files: { 'a.yaml': service('bad') },
        errors: [{ id: 'bad', ...at }],
        output: {},
      },
      'the case has several files: say which file',
    ],
    [
      'mention the fix',
      { name: 'x', yaml: bad.yaml ?? '', errors: bad.errors },
      'there is a fix that it does not mention',
    ],
    [
      'mention the right fix',
      { ...bad, output: service('fine') },
      'output of manifest.yaml differs',
    ],
    [
      'replace by what the fix writes',
      { ...bad, output: [['bad', 'fine']] },
      'output of manifest.yaml differs',
    ],
    [
      'replace what is there',
      { ...bad, output: [['worse', 'good']] },
      'output replaces "worse", which the text has 0 times',
    ],
    [
      'replace what is there once',
      { ...bad, output: [['a', 'o']] },
      'output replaces "a", which the text has',
    ],
    [
      'mention no fix that is not there',
      { ...worse, output: service('good') },
      'it has an output, but the rule offers no fix',
    ],
    [
      'are fixed by their fix',
      {
        name: 'x',
        yaml: service('stuck'),
        errors: [{ id: 'bad', line: 3, column: 19, endColumn: 24 }],
        output: service('bad'),
      },
      'after its fixes the rule still reports',
    ],
  ])('%s', (_, entry, message) => {
    expect(() => checkInvalid(rule, entry)).toThrow(message);
    expect(() => checkInvalid(rule, entry)).toThrow(`bad-name, invalid case "${entry.name}": `);
  });
});

describe('tables', () => {
  it.each([
    ['have valid cases', { valid: [], invalid: [bad, worse] }, 'there is no valid case'],
    ['have invalid cases', { valid: [good], invalid: [] }, 'there is no invalid case'],
    [
      'have no name twice',
      { valid: [good, { ...good, yaml: service('fine') }], invalid: [bad, worse] },
      'two cases are called "good"',
    ],
    [
      'have no input twice',
      { valid: [good, { ...good, name: 'again' }], invalid: [bad, worse] },
      '"again" has the same input as "good"',
    ],
    [
      'have every message',
      { valid: [good], invalid: [bad] },
      'no invalid case has message "worse"',
    ],
    [
      'have a fix if there is one',
      {
        valid: [good],
        invalid: [{ name: 'bad', yaml: service('bad'), errors: bad.errors }, worse],
      },
      'it says that it is fixable, but no case has an output',
    ],
  ])('%s', (_, table, message) => {
    expect(() => checkTable(rule, table)).toThrow(`bad-name: ${message}`);
  });

  it('have no fix if the rule says that there is none', () => {
    const unfixable = { ...rule, meta: { ...rule.meta, fixable: false } };
    expect(() => checkTable(unfixable, { valid: [good], invalid: [bad, worse] })).toThrow(
      'a case has an output, but the rule says that it is not fixable',
    );
  });
});

/** The grammar of messages: what is one, and that a rule which breaks it fails its cases. */
import { describe, expect, it } from 'vitest';
import { defineRule, type Rule } from '../../src/lint/rule.ts';
import { grammarProblem, inGrammar } from './grammar.ts';
import { checkInvalid } from './rule-tester.ts';

describe('grammarProblem', () => {
  it.each([
    'no pod in namespace shop has app=ap; Deployment shop/api has app=api',
    '"The" is not a port of any container',
    '443 is the port of the Service',
    'Service shop/web is in namespace shop',
    'change it to "please"',
  ])('%s: none', (text) => expect(grammarProblem(text)).toBeUndefined());

  it.each([
    ['The port is wrong', 'is no sentence in lower case without a full stop'],
    ['the port is wrong.', 'is no sentence in lower case without a full stop'],
    ['you should write another port', 'says "should"'],
    ['the port is undefined', 'has a part that is missing'],
    [' the port', 'is empty, or has space around it'],
    ['', 'is empty, or has space around it'],
  ])('%s: %s', (text, problem) => expect(grammarProblem(text)).toBe(problem));
});

it.each([
  { what: 'message', words: { data: { name: 'The name.' } } },
  { what: 'help', words: { data: { name: 'web' }, help: 'Please rename it' } },
  { what: 'why', words: { data: { name: 'web' }, why: 'nobody finds it.' } },
])('a rule whose $what breaks it fails its case', ({ words }) => {
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
      fixable: false,
    },
    messages: { bad: ({ name }: { name: string }) => name },
    check({ cluster, report }) {
      for (const { object } of cluster.services)
        report({ object, at: ['metadata', 'name'], id: 'bad', ...words });
    },
  }) as unknown as Rule;
  const yaml =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { clusterIP: None }\n';
  const check = (): void =>
    checkInvalid(inGrammar(rule), {
      name: 'web',
      yaml,
      errors: [{ id: 'bad', line: 3, column: 19, endColumn: 22 }],
    });
  expect(check).toThrow(/: Error: the (?:message|help|why) (?:says|is no) /);
});

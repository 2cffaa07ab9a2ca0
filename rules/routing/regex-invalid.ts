import { brokenRegexes, regexReaders } from '../../src/lint/routes/regexes.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const regexInvalid = defineRule({
  meta: {
    id: 'regex-invalid',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: regexReaders.map(({ kind }) => kind),
    title: 'has a regular expression that nothing reads',
    summary: 'A route or monitor has a regular expression that RE2 cannot read',
    why:
      'proxies and Prometheus read patterns by RE2, which knows neither lookaround nor ' +
      'references to groups, and is not asked before the object is applied',
    fixable: false,
  },
  messages: {
    broken: ({ pattern, fault }: Record<'pattern' | 'fault', string>) =>
      `"${pattern}" is no regular expression: ${fault}`,
  },
  check({ cluster, report }) {
    for (const { object, at, pattern, fault, consequence } of brokenRegexes(cluster))
      report({
        object,
        at,
        id: 'broken',
        data: { pattern, fault },
        why: consequence,
        help: 'correct the pattern; \\ before a bracket or a sign makes a letter of it',
      });
  },
});

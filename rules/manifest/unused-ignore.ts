import { defineRule } from '../../src/lint/rule.ts';

export const unusedIgnore = defineRule({
  meta: {
    id: 'unused-ignore',
    category: 'manifest',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'ignores what is not there',
    summary: 'An ignore silences no finding',
    why:
      'the finding it was written for is gone, or was never there; the day the rule has ' +
      'something to say here, it would go unheard',
    fixable: false,
  },
  messages: {
    unused: ({ rules }: { rules: string }) => `nothing here is reported by ${rules}`,
  },
  checkIgnores({ ignores, ran, reportDocument }) {
    for (const ignore of ignores.all) {
      const unused = ignores.unused(ignore).filter((rule) => ran.has(rule));
      if (unused.length === 0) continue;
      reportDocument({
        document: ignore.document,
        range: ignore.range,
        id: 'unused',
        data: { rules: unused.map((rule) => `"${rule}"`).join(', ') },
        help:
          unused.length === ignore.rules.length
            ? `take the ${ignore.kind} away`
            : `take ${unused.join(', ')} out of it`,
      });
    }
  },
});

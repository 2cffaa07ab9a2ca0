import { defineRule } from '../../src/lint/rule.ts';
import { nearestIn } from '../../src/text/name-index.ts';

export const invalidIgnore = defineRule({
  meta: {
    id: 'invalid-ignore',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'has an ignore with a mistake in it',
    summary: 'An ignore is misspelt, or gives no reason where one is required',
    why:
      'an ignore that names no known rule silences nothing, and whoever wrote it believes ' +
      'otherwise',
    fixable: false,
  },
  messages: {
    form: ({ problem }: { problem: string }) => problem,
    unknown: ({ rule, near }: { rule: string; near: string }) =>
      `there is no rule "${rule}"${near}`,
    reason: () => 'it gives no reason, and requireReason is set',
  },
  checkIgnores({ ignores, known, requireReason, reportDocument }) {
    const names = [...known];
    for (const { document, range, problem, help: form, rules, reason, kind } of ignores.all) {
      const place = { document, range };
      if (problem !== undefined) {
        reportDocument({
          ...place,
          id: 'form',
          data: { problem },
          ...(form !== undefined && { help: form }),
        });
        continue;
      }
      for (const rule of rules) {
        if (known.has(rule)) continue;
        const near = nearestIn(rule, names);
        const help =
          near === undefined ? '`kubeplumb rules` lists all of them' : `change it to ${near}`;
        reportDocument({
          ...place,
          id: 'unknown',
          data: { rule, near: near === undefined ? '' : `; did you mean "${near}"?` },
          help,
        });
      }
      if (requireReason && reason === undefined) {
        const form =
          kind === 'comment'
            ? `# kubeplumb-ignore[${rules.join(', ')}]: reason`
            : `${rules.join(', ')}: reason`;
        const why = 'without a reason nobody who comes later can judge whether it still holds';
        reportDocument({ ...place, id: 'reason', data: undefined, why, help: `write ${form}` });
      }
    }
  },
});

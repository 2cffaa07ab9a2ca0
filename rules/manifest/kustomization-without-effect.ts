import { defineRule } from '../../src/lint/rule.ts';

export const kustomizationWithoutEffect = defineRule({
  meta: {
    id: 'kustomization-without-effect',
    category: 'manifest',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'has an entry that is for nothing',
    summary: 'A patch or an image of a kustomization names what is none of its resources',
    why:
      'kustomize passes over patches whose target it does not find, and over images that no ' +
      'container has: what is applied is not what was meant, and nothing says so',
    fixable: false,
  },
  messages: {
    idle: ({ message }: { message: string }) => message,
  },
  check({ unit, reportDocument }) {
    for (const { document, range, message, help } of unit.idle ?? [])
      reportDocument({
        document,
        kind: 'Kustomization',
        range,
        id: 'idle',
        data: { message },
        help,
      });
  },
});

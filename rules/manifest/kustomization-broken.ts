import { defineRule } from '../../src/lint/rule.ts';

export const kustomizationBroken = defineRule({
  meta: {
    id: 'kustomization-broken',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'cannot be built by kustomize',
    summary:
      'A kustomization has a path that is not there, an unknown field or a patch for no object',
    why:
      'kustomize build stops at the first error and prints no object at all, so nothing of ' +
      'the kustomization reaches the cluster',
    fixable: false,
  },
  messages: {
    broken: ({ message }: { message: string }) => message,
  },
  check({ unit, reportDocument }) {
    for (const { document, range, message, help } of unit.broken ?? [])
      reportDocument({
        document,
        kind: 'Kustomization',
        range,
        id: 'broken',
        data: { message },
        help,
      });
  },
});

import { defineRule } from '../../src/lint/rule.ts';
import { isKustomizationFile } from '../../src/manifest/kustomization-file.ts';

export const duplicateKey = defineRule({
  meta: {
    id: 'duplicate-key',
    category: 'manifest',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'gives a key twice',
    summary: 'A mapping has the same key twice',
    why:
      'kubectl converts YAML to JSON without complaint: the last of equal keys wins and the ' +
      'ones before it are lost silently',
    fixable: false,
  },
  messages: {
    twice: ({ key, line }: { key: string; line: number }) =>
      `"${key}" was already given on line ${line}; the value there is lost`,
  },
  check({ unit, reportDocument }) {
    for (const document of unit.documents) {
      // Files of other programs have readers of their own.
      if (document.state === 'foreign' && !isKustomizationFile(document.file.path)) continue;
      for (const { key, first, second } of document.duplicateKeys) {
        reportDocument({
          document,
          range: second,
          id: 'twice',
          data: { key, line: document.file.position(first[0]).line },
          help: 'keep one of the two',
          related: [{ range: first, message: `the first "${key}", which is lost` }],
        });
      }
    }
  },
});

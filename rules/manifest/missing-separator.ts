import { defineRule } from '../../src/lint/rule.ts';

export const missingSeparator = defineRule({
  meta: {
    id: 'missing-separator',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'begins without ---',
    summary: 'A second object begins in a document, without `---` above it',
    why:
      'kubectl takes the document for one object in which keys are given twice: the last of ' +
      'equal keys wins, so of the objects above little or nothing reaches the cluster, and ' +
      'nobody is told',
    fixable: true,
  },
  messages: {
    runsOn: () => 'a second object begins here; `---` is missing above',
  },
  check({ unit, reportDocument }) {
    for (const document of unit.documents) {
      const { runsOn, file, range } = document;
      if (runsOn === undefined) continue;
      const at = range[0];
      const text = file.text.includes('\r\n') ? '---\r\n' : '---\n';
      reportDocument({
        document,
        range: runsOn,
        id: 'runsOn',
        data: undefined,
        help: 'write --- on a line of its own above the object',
        fixes: [
          { title: 'write --- above it', safety: 'safe', edits: [{ range: [at, at], text }] },
        ],
      });
    }
  },
});

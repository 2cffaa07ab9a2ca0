import { reindent } from '../../src/cluster/apiserver/reindent.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const lostIndentation = defineRule({
  meta: {
    id: 'lost-indentation',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'has lost its indentation',
    summary: 'Every line of an object begins in the first column',
    why:
      'what belongs below metadata and spec stands beside them: the keys are unknown there, ' +
      'equal ones overwrite each other, and the object has no name, so the API server refuses it',
    fixable: true,
  },
  messages: {
    flat: () => 'no line from here on is indented',
  },
  check({ cluster, unit, reportDocument }) {
    for (const document of unit.documents) {
      const { file, problem, range, apiVersion = '', kind = '' } = document;
      if (problem?.code !== 'flat') continue;
      const text = file.text.slice(...range);
      const meant = reindent(text, { apiVersion, kind }, cluster.options.kubernetesMinor);
      reportDocument({
        document,
        range: problem.range,
        id: 'flat',
        data: undefined,
        help:
          meant === undefined
            ? 'copy it again from a source that keeps blanks, such as the raw view of a file'
            : 'indent it: there is one way in which the types of the API take all lines',
        ...(meant !== undefined && {
          fixes: [{ title: 'indent it', safety: 'unsafe', edits: [{ range, text: meant }] }],
        }),
      });
    }
  },
});

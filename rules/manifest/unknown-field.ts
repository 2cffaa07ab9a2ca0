import { showPath } from '../../src/cluster/apiserver/field-path.ts';
import { misfitsOf } from '../../src/lint/objects/misfits.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const unknownField = defineRule({
  meta: {
    id: 'unknown-field',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'has a field that the API server does not know',
    summary: 'An object has a field that the API server does not know',
    why:
      'kubectl asks for strict decoding (--validate=strict is its default), so one unknown ' +
      'field is enough for the API server to refuse the object; a laxer client has the field ' +
      'dropped silently',
    fixable: true,
  },
  messages: {
    unknown: ({ message }: { message: string }) => message,
  },
  check({ cluster, unit, report, unknown }) {
    for (const object of cluster.objects.refused) {
      const looksLikePatch = unit.fragments.has(object.source.document.file);
      for (const { type, path, part, message, help, replacement } of object.refusals) {
        if (type !== 'Unknown field') continue;
        const place = { object, at: path, ...(part !== undefined && { part }) };
        // `$patch` and its like are directives of strategic merge.
        if (looksLikePatch && String(path.at(-1)).startsWith('$')) {
          unknown({ ...place, reason: 'a directive in it makes the object look like a patch' });
          continue;
        }
        report({
          ...place,
          id: 'unknown',
          data: { message },
          ...(help !== undefined && { help }),
          ...(typeof replacement === 'string' && {
            fixes: [{ title: `rename it to ${replacement}`, safety: 'safe', replace: replacement }],
          }),
        });
      }
    }
    for (const misfit of misfitsOf(cluster)) {
      if (misfit.problem !== 'field' && misfit.problem !== 'label') continue;
      const { at, wanted } = misfit;
      const place = { object: misfit.object, at, part: 'key' as const };
      report({
        ...place,
        id: 'unknown',
        data: { message: `unknown field "${showPath(at)}"` },
        help:
          misfit.problem === 'label'
            ? `labels stand below ${wanted}; a selector that is left empty takes everything`
            : `did you mean ${wanted}?`,
        ...(misfit.problem === 'field' &&
          misfit.fits && {
            fixes: [{ title: `rename it to ${wanted}`, safety: 'safe', replace: wanted }],
          }),
      });
    }
  },
});

import { asJsonObject, fieldAt } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

const prefix = 'pod-security.kubernetes.io/';
const modes = ['enforce', 'audit', 'warn'];
const keys = modes.flatMap((mode) => [mode, `${mode}-version`]);
const levels = ['privileged', 'baseline', 'restricted'];

export const podSecurityLabelInvalid = defineRule({
  meta: {
    id: 'pod-security-label-invalid',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Namespace'],
    title: 'has a Pod Security label that is none',
    summary: 'A Namespace has a Pod Security level, version or mode that does not exist',
    why:
      'the admission plugin PodSecurity refuses a Namespace whose level it does not know, and ' +
      'takes no notice of a label that is none of its own: then everything is allowed',
    fixable: true,
  },
  messages: {
    level: ({ value }: { value: string }) => `"${value}" is no level; levels: ${levels.join(', ')}`,
    version: ({ value }: { value: string }) =>
      `"${value}" is no version; a version is "latest", or a release as "v1.33"`,
    mode: ({ key }: { key: string }) =>
      `"${key}" is none of the labels of Pod Security; modes: ${modes.join(', ')}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('Namespace')) {
      const labels = asJsonObject(fieldAt(object.value, 'metadata', 'labels')) ?? {};
      for (const [key, written] of Object.entries(labels)) {
        if (!key.startsWith(prefix) || isPlaceholder(written)) continue;
        const at = ['metadata', 'labels', key];
        const name = key.slice(prefix.length);
        const value = String(written);
        if (!keys.includes(name)) {
          const meant = nearestName(name, keys);
          if (meant !== undefined)
            report({
              object,
              at,
              part: 'key',
              id: 'mode',
              data: { key },
              severity: 'warning',
              help: `did you mean ${prefix}${meant}?`,
            });
        } else if (name.endsWith('-version')) {
          if (value !== 'latest' && !/^v1\.\d{1,3}$/.test(value))
            report({ object, at, id: 'version', data: { value }, help: 'write latest, or v1.N' });
        } else if (!levels.includes(value)) {
          const meant = nearestName(value.toLowerCase(), levels);
          const title = `change it to ${meant ?? ''}`;
          report({
            object,
            at,
            id: 'level',
            data: { value },
            help: meant === undefined ? `write one of ${levels.join(', ')}` : title,
            fixes: meant === undefined ? [] : [{ title, safety: 'unsafe', replace: meant }],
          });
        }
      }
    }
  },
});

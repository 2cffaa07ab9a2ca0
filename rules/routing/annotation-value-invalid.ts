import { annotationsOf } from '../../src/cluster/objects.ts';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { controllerOf } from '../../src/lint/routes/ingress-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

/**
 * What ingress-nginx takes for an annotation. Of switches it takes what Go reads as one.
 *
 * @source kubernetes/ingress-nginx internal/ingress/annotations `AnnotationFields`,
 *   parser/main.go `parseBool` @v1.11.0
 */
const words: Readonly<Record<string, readonly string[]>> = {
  affinity: ['cookie'],
  'affinity-canary-behavior': ['sticky', 'legacy'],
  'affinity-mode': ['balanced', 'persistent'],
  'auth-secret-type': ['auth-file', 'auth-map'],
  'auth-tls-verify-client': ['on', 'off', 'optional', 'optional_no_ca'],
  'auth-type': ['basic', 'digest'],
  'backend-protocol': ['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'],
  'session-cookie-samesite': ['None', 'Lax', 'Strict'],
};
const switches =
  'canary enable-cors force-ssl-redirect from-to-www-redirect service-upstream ssl-passthrough ' +
  'ssl-redirect upstream-hash-by-subset use-regex';
const booleans = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];

export const annotationValueInvalid = defineRule({
  meta: {
    id: 'annotation-value-invalid',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Ingress'],
    title: 'has a value that is not read',
    summary: 'An annotation of ingress-nginx has a value that it does not know',
    why:
      'ingress-nginx logs a value that it cannot read and goes on without the annotation: the ' +
      'Ingress is served as if it had none',
    fixable: true,
  },
  messages: {
    word: ({ value, known }: Record<'value' | 'known', string>) =>
      `"${value}" is not known; known: ${known}`,
    boolean: ({ value }: { value: string }) => `"${value}" is neither true nor false`,
  },
  check({ cluster, report }) {
    const readers = new Map<string, readonly string[]>([
      ...Object.entries(words),
      ...switches.split(' ').map((name) => [name, booleans] as const),
    ]);
    for (const object of cluster.objects.of('Ingress')) {
      if (controllerOf(object, cluster) !== 'ingress-nginx') continue;
      for (const [key, written] of Object.entries(annotationsOf(object))) {
        const known = key.startsWith(nginxPrefix) && readers.get(key.slice(nginxPrefix.length));
        const value = String(written).trim();
        if (known === false || known === undefined || isRead(value, known)) continue;
        const at = ['metadata', 'annotations', key];
        if (known === booleans) {
          const help = 'write "true" or "false"';
          report({ object, at, id: 'boolean', data: { value }, help });
          continue;
        }
        const data = { value, known: known.join(', ') };
        const meant = known.length === 1 ? known[0] : nearestName(value, known);
        const fix =
          meant === undefined ? { help: 'write one of these' } : changeTo(meant, 'unsafe');
        report({ object, at, id: 'word', data, ...fix });
      }
    }
  },
});

/** The protocols may be in any case. */
function isRead(value: string, known: readonly string[]): boolean {
  return isPlaceholder(value) || known.includes(value) || known.includes(value.toUpperCase());
}

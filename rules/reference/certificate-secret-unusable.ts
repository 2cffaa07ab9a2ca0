import { dataKeys } from '../../src/cluster/data-keys.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { certificateNamings } from '../../src/lint/references/certificates.ts';
import { wantedBy } from '../../src/lint/references/namings.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const certificateSecretUnusable = defineRule({
  meta: {
    id: 'certificate-secret-unusable',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Secret'],
    title: 'cannot be served as a certificate',
    summary: 'A Secret that is served as a certificate lacks its keys, or has them mixed up',
    why:
      'controllers read the certificate from the key tls.crt and its private key from tls.key; ' +
      'where one is not there or cannot be read they serve a certificate of their own making',
    fixable: false,
  },
  messages: {
    keys: ({ lacking, has, user }: Record<'lacking' | 'has' | 'user', string>) =>
      `${user} serves it, and it has no key ${lacking}; it has ${has}`,
    swapped: ({ key, what }: Record<'key' | 'what', string>) => `${key} holds ${what}`,
    twice: ({ key }: { key: string }) =>
      `${key} is base64 of base64: what controllers read is no PEM text`,
  },
  check({ cluster, report }) {
    const judged = new Set<ClusterObject>();
    for (const naming of certificateNamings(cluster)) {
      const { namespace, name } = wantedBy(naming, cluster);
      const secret = cluster.objects.findOfKind('', 'Secret', namespace, name);
      if (secret === undefined || judged.has(secret)) continue;
      judged.add(secret);
      const keys = dataKeys(secret);
      const lacking = ['tls.crt', 'tls.key'].filter((key) => !keys.has(key));
      const user = { object: naming.object, at: naming.reference.path, message: 'who serves it' };
      if (lacking.length > 0) {
        const place = keys.names.length > 0 ? ['data', 'stringData'].find(isIn(secret)) : undefined;
        if (keys.open || place === undefined) continue;
        report({
          object: secret,
          at: [place],
          part: 'key',
          id: 'keys',
          data: {
            lacking: lacking.join(' and no key '),
            has: keys.names.slice(0, 4).join(', '),
            user: `${naming.object.kind} ${naming.object.name}`,
          },
          help: 'name the keys tls.crt and tls.key (kubectl create secret tls does)',
          related: [user],
        });
        continue;
      }
      for (const key of ['tls.crt', 'tls.key'] as const) {
        const fault = faultOf(secret, key);
        if (fault !== undefined) report({ object: secret, ...fault, related: [user] });
      }
    }
  },
});

const isIn =
  ({ value }: ClusterObject) =>
  (field: string): boolean =>
    fieldAt(value, field) !== undefined;

/**
 * What stands in a key that cannot be what belongs there; texts that are no PEM may be filled in.
 */
function faultOf({ value }: ClusterObject, key: 'tls.crt' | 'tls.key') {
  const places: Path[] = [
    ['stringData', key],
    ['data', key],
  ];
  const place = places.find((path) => fieldAt(value, ...path) !== undefined) ?? [];
  const written = asText(fieldAt(value, ...place));
  if (written === undefined || written.length > 65_536 || isPlaceholder(written)) return undefined;
  const text = place[0] === 'data' ? decode(written) : written;
  const what = headOf(text);
  const twice = what === undefined && headOf(decode(text)) !== undefined;
  if (twice)
    return {
      at: place,
      id: 'twice' as const,
      data: { key },
      help: 'encode it once, or use stringData',
    };
  if (what === undefined || (what === 'a private key') === (key === 'tls.key')) return undefined;
  return {
    at: place,
    id: 'swapped' as const,
    data: { key, what },
    help: `put ${key === 'tls.key' ? 'the private key' : 'the certificate'} there`,
  };
}

function decode(text: string): string {
  const bare = text.replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]{24,}={0,2}$/.test(bare) ? atob(bare.slice(0, bare.length & ~3)) : '';
}

function headOf(text: string): 'a certificate' | 'a private key' | 'a request' | undefined {
  const [, kind] = /^\s*-----BEGIN ([A-Z ]+)-----/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  if (kind.endsWith('PRIVATE KEY')) return 'a private key';
  return kind.includes('REQUEST') ? 'a request' : 'a certificate';
}

import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { webhookKinds } from '../../src/lint/calls/webhooks.ts';
import { namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { firstFew } from '../../src/text/enumerate.ts';

const group = 'cert-manager.io';

export const webhookCertificateMismatch = defineRule({
  meta: {
    id: 'webhook-certificate-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...webhookKinds, 'APIService'],
    title: 'has a certificate for another name',
    summary: 'A webhook or an APIService is called by a name that its Certificate does not hold',
    why:
      'the API server calls the Service as NAME.NAMESPACE.svc and accepts no certificate ' +
      'without that name: every call fails with "x509: certificate is valid for …, not …"',
    fixable: false,
  },
  messages: {
    other: ({ host, certificate, names }: Record<'host' | 'certificate' | 'names', string>) =>
      `the API server calls ${host}, and ${certificate} is for ${names} only`,
  },
  check({ cluster, report }) {
    for (const naming of namingsOf(cluster, group, 'Certificate')) {
      const { object } = naming;
      const { namespace, name } = wantedBy(naming, cluster);
      const certificate = cluster.objects.findOfKind(group, 'Certificate', namespace, name);
      const names = certificate === undefined ? [] : servedNames(certificate);
      if (certificate === undefined || names.length === 0) continue;
      for (const { at, host } of calledHosts(object)) {
        if (names.some((one) => covers(one, host)) || isRenamed(host, names, cluster)) continue;
        report({
          object,
          at,
          id: 'other',
          data: { host, certificate: describeObject(certificate), names: firstFew(names, 3) },
          help: `add ${host} to the dnsNames of the Certificate`,
          related: [
            { object: certificate, at: ['spec', 'dnsNames'], part: 'key', message: 'its names' },
          ],
        });
      }
    }
  },
});

/** Empty where it is an authority, or not all names are known. */
function servedNames({ value, incomplete }: ClusterObject): string[] {
  const spec = fieldAt(value, 'spec');
  const names = asList(fieldAt(spec, 'dnsNames')).map((name) => asText(name) ?? '');
  const isKnown = incomplete.length === 0 && names.every((name) => !isFilledIn(name));
  return isKnown && fieldAt(spec, 'isCA') !== true ? names : [];
}

/** In the scaffold of kubebuilder words in capitals stand for what a kustomization fills in. */
function isFilledIn(name: string): boolean {
  return isPlaceholder(name) || /[A-Z]/.test(name) || name === '';
}

/** By which names the API server calls what an object names, each once. */
function calledHosts(object: ClusterObject): { at: Path; host: string }[] {
  const value = object.value;
  const places: Path[] = webhookKinds.includes(object.kind)
    ? asList(fieldAt(value, 'webhooks')).map((_, at) => ['webhooks', at, 'clientConfig', 'service'])
    : object.kind === 'APIService'
      ? [['spec', 'service']]
      : [];
  const found = new Map<string, Path>();
  for (const place of places) {
    const name = asText(fieldAt(value, ...place, 'name'));
    const namespace = asText(fieldAt(value, ...place, 'namespace'));
    if (name === undefined || namespace === undefined) continue;
    const host = `${name}.${namespace}.svc`;
    if (!isFilledIn(host) && !found.has(host)) found.set(host, [...place, 'name']);
  }
  return [...found].map(([host, at]) => ({ at, host }));
}

/** That a kustomization renames the Service alone is told of the names of the Certificate. */
function isRenamed(host: string, names: readonly string[], { objects }: Cluster): boolean {
  const [name = '', namespace = ''] = host.split('.');
  const original = objects.find('Service', namespace, name)?.source.original?.name ?? name;
  return original !== name && names.some((one) => one.startsWith(`${original}.`));
}

/** A star stands for one label (crypto/x509 verify.go `matchHostnames`). */
function covers(pattern: string, host: string): boolean {
  return (
    pattern === host ||
    (pattern.startsWith('*.') && pattern.slice(1) === host.slice(host.indexOf('.')))
  );
}

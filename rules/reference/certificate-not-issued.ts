import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../src/kubernetes/json.ts';
import { conflictSeverity } from '../../src/lint/objects/applied-together.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  shared: ({ secret, other }: Record<'secret' | 'other', string>) =>
    `${other} writes Secret "${secret}", too`,
  wildcard: ({ name, issuer }: Record<'name' | 'issuer', string>) =>
    `${issuer} proves names by HTTP-01 only, which cannot prove "${name}"`,
};

export const certificateNotIssued = defineRule({
  meta: {
    id: 'certificate-not-issued',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Certificate'],
    title: 'gets no certificate',
    summary: 'A Certificate of cert-manager cannot be issued, or shares its Secret with another',
    why:
      'two Certificates with one Secret overwrite it in turn, and each is issued again whenever ' +
      "the other was, until the authority's limit is reached; a wildcard is proven in DNS alone",
    fixable: false,
  },
  messages,
  check({ cluster, unit, report }) {
    const writers = new Map<string, ClusterObject>();
    for (const object of cluster.objects.ofKind('cert-manager.io', 'Certificate')) {
      const spec = fieldAt(object.value, 'spec');
      const secret = asText(fieldAt(spec, 'secretName'));
      if (secret !== undefined && !isPlaceholder(secret)) {
        const key = `${namespaceOf(object, cluster)}/${secret}`;
        const other = writers.get(key);
        if (other === undefined) writers.set(key, object);
        else if (other.name !== object.name)
          report({
            object,
            at: ['spec', 'secretName'],
            id: 'shared',
            data: { secret, other: describeObject(other) },
            severity: conflictSeverity(object, other, unit),
            help: 'write another secretName, or one Certificate with all dnsNames',
            related: [{ object: other, at: ['spec', 'secretName'], message: 'the other one' }],
          });
      }
      checkWildcards(object, cluster, report);
    }
  },
});

function checkWildcards(
  object: ClusterObject,
  cluster: Cluster,
  report: RuleContext<typeof messages>['report'],
): void {
  const spec = fieldAt(object.value, 'spec');
  const names: readonly (readonly [Path, Json | undefined])[] = [
    [['commonName'], fieldAt(spec, 'commonName')],
    ...asList(fieldAt(spec, 'dnsNames')).map((name, index) => [['dnsNames', index], name] as const),
  ];
  const [at, name] = names.find(([, one]) => asText(one)?.startsWith('*.')) ?? [];
  const issuer = name === undefined ? undefined : issuerOf(object, cluster);
  if (at === undefined || issuer === undefined || !provesByHttpOnly(issuer)) return;
  report({
    object,
    at: ['spec', ...at],
    id: 'wildcard',
    data: { name: asText(name) ?? '', issuer: describeObject(issuer) },
    help: 'add a solver with dns01 to the issuer, or name the hosts one by one',
    related: [{ object: issuer, at: ['spec', 'acme', 'solvers'], part: 'key', message: 'these' }],
  });
}

function issuerOf(object: ClusterObject, cluster: Cluster): ClusterObject | undefined {
  const issuer = fieldAt(object.value, 'spec', 'issuerRef');
  const kind = asText(fieldAt(issuer, 'kind')) ?? 'Issuer';
  const namespace = kind === 'Issuer' ? namespaceOf(object, cluster) : undefined;
  const name = asText(fieldAt(issuer, 'name')) ?? '';
  return cluster.objects.findOfKind('cert-manager.io', kind, namespace, name);
}

function provesByHttpOnly({ value }: ClusterObject): boolean {
  const solvers = asList(fieldAt(value, 'spec', 'acme', 'solvers'));
  return solvers.length > 0 && solvers.every((one) => fieldAt(one, 'http01') !== undefined);
}

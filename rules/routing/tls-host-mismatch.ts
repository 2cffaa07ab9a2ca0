import type { Cluster } from '../../src/cluster/cluster.ts';
import { annotationsOf, type ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt } from '../../src/kubernetes/json.ts';
import { namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { entryWithoutRule, isFor, servedHosts } from '../../src/lint/routes/tls-hosts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const tlsHostMismatch = defineRule({
  meta: {
    id: 'tls-host-mismatch',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress', 'Gateway'],
    title: 'shows a certificate for another host',
    summary: 'The certificate of an Ingress or a listener is not for the host that is served',
    why:
      'a client compares the host that it asks for with the names in the certificate and ' +
      'ends the connection where none fits; a wildcard stands for one label only',
    fixable: false,
  },
  messages: {
    certificate: ({ host, certificate, names }: Record<'host' | 'certificate' | 'names', string>) =>
      `${host} is served with the certificate of ${certificate}, which is for ${names}`,
    ruleless: ({ host, hosts }: Record<'host' | 'hosts', string>) =>
      `no rule of this Ingress is for ${host}; its rules are for ${hosts}`,
  },
  check({ cluster, report }) {
    for (const ingress of cluster.objects.of('Ingress')) {
      const found = entryWithoutRule(ingress.value);
      if (found === undefined) continue;
      const isMade = Object.keys(annotationsOf(ingress)).some((key) => isIssuer.test(key));
      report({
        object: ingress,
        at: found.at,
        id: 'ruleless',
        data: found,
        severity: isMade ? 'warning' : 'info',
        help: 'write the hosts of the rules here',
      });
    }
    const certificates = certificatesBySecret(cluster);
    for (const naming of namingsOf(cluster, '', 'Secret')) {
      const { object, reference } = naming;
      const hosts = servedHosts(object, reference.path);
      const { namespace, name } = wantedBy(naming, cluster);
      const certificate = certificates.get(`${namespace ?? ''}/${name}`);
      if (hosts.length === 0 || certificate === undefined) continue;
      const names = namesOf(certificate);
      const lacking = hosts.find(({ host }) => !names.some((one) => isFor(one, host)));
      // Names that are filled in later, and those of a subject alone, are not known.
      if (lacking === undefined || names.length === 0 || names.some(isPlaceholder)) continue;
      report({
        object,
        at: lacking.at,
        id: 'certificate',
        data: {
          host: lacking.host,
          certificate: describeObject(certificate),
          names: names.slice(0, 5).join(', '),
        },
        help: `add ${lacking.host} to dnsNames of ${describeObject(certificate)}`,
        related: [
          { object: certificate, at: ['spec', 'dnsNames'], part: 'key', message: 'its names' },
        ],
      });
    }
  },
});

/** cert-manager makes a certificate for the hosts of `tls`; others may have one for more hosts. */
const isIssuer = /^cert-manager\.io\/(?:cluster-)?issuer$/;

function certificatesBySecret({ objects }: Cluster): ReadonlyMap<string, ClusterObject> {
  return new Map(
    objects.ofKind('cert-manager.io', 'Certificate').map((certificate) => {
      const secret = asText(fieldAt(certificate.value, 'spec', 'secretName'));
      return [`${certificate.namespace ?? ''}/${secret ?? ''}`, certificate];
    }),
  );
}

function namesOf({ value }: ClusterObject): string[] {
  const spec = fieldAt(value, 'spec');
  const names = [...asList(fieldAt(spec, 'dnsNames')), fieldAt(spec, 'commonName') ?? ''];
  return names.flatMap((name) => asText(name) || []);
}

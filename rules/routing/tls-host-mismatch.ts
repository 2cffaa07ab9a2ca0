import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { listenersOf } from '../../src/lint/routes/listeners.ts';
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
  },
  check({ cluster, report }) {
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

/**
 * What the reference at a path serves: the hosts of its tls entry, or the hostname of its listener.
 */
function servedHosts(object: ClusterObject, path: Path): { host: string; at: Path }[] {
  const value = object.value;
  if (object.kind === 'Ingress' && path[1] === 'tls')
    return asList(fieldAt(value, ...path.slice(0, 3), 'hosts')).flatMap((one, index) => {
      const host = asText(one);
      return host === undefined || isPlaceholder(host)
        ? []
        : [{ host, at: [...path.slice(0, 3), 'hosts', index] }];
    });
  if (object.kind !== 'Gateway' || path[1] !== 'listeners' || path[3] !== 'tls') return [];
  const listener = listenersOf(object)[Number(path[2])];
  return listener?.hostname === undefined || isPlaceholder(listener.hostname)
    ? []
    : [{ host: listener.hostname, at: [...listener.path, 'hostname'] }];
}

/** RFC 6125: a wildcard stands for the first label. */
function isFor(name: string, host: string): boolean {
  const [wanted, asked] = [name.toLowerCase(), host.toLowerCase()];
  return (
    wanted === asked ||
    (wanted.startsWith('*.') && asked.slice(asked.indexOf('.')) === wanted.slice(1))
  );
}

/** Secrets whose certificate is shown to clients. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt, type Json } from '../../kubernetes/json.ts';
import { remembered } from '../../multimap.ts';
import { type Naming, namingsOf } from './named-objects.ts';

/** Kinds that serve certificates, where the Secret must have the keys of `kubernetes.io/tls`. */
export const servingKinds: readonly string[] = [
  'Ingress',
  'Gateway',
  'IngressRoute',
  'IngressRouteTCP',
  'HTTPProxy',
  'TLSStore',
];

/** A certificate that is served, not one that clients are checked by. */
function isServed({ object, reference: { path } }: Naming): boolean {
  return (
    servingKinds.includes(object.kind) &&
    (path.includes('tls') || path.includes('defaultCertificate')) &&
    !path.includes('clientValidation')
  );
}

/** Everything that serves a certificate, with the Secret that it takes it from. */
export function certificateNamings(cluster: Cluster): readonly Naming[] {
  return namingsOf(cluster, '', 'Secret').filter(isServed);
}

/** Where a certificate lies, or an Ingress has one. */
const namespacesWithCertificates = remembered(
  ({ objects }: Cluster): ReadonlySet<string | undefined> =>
    new Set(
      [
        ...objects.ofKind('cert-manager.io', 'Certificate'),
        ...objects.of('Ingress').filter(({ value }) => (value.spec?.tls ?? []).length > 0),
        ...objects
          .ofKind('', 'Secret')
          .filter(({ value }) => fieldAt(value as Json, 'type') === 'kubernetes.io/tls'),
      ].map(({ namespace }) => namespace),
    ),
);

/**
 * Whether TLS is meant to be used here: a certificate lies in the namespace, or another Ingress of
 * it has one.
 */
export function hasCertificates({ namespace }: ClusterObject, cluster: Cluster): boolean {
  return namespacesWithCertificates(cluster).has(namespace);
}

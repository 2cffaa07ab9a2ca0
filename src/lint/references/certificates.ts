/** Secrets whose certificate is shown to clients. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { madeBy } from '../../kubernetes/makers.ts';
import { remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { credentialsOf } from './gateway-credentials.ts';
import { type Naming, namingsOf } from './namings.ts';
import { isBeside } from './nearest-object.ts';

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

/** Secrets that hold a certificate, by namespace. */
const certificateSecrets = remembered(({ objects }: Cluster) =>
  groupBy(
    objects
      .ofKind('', 'Secret')
      .filter(({ value }) => fieldAt(value, 'type') === 'kubernetes.io/tls'),
    ({ namespace }) => namespace,
  ),
);

/** Where a certificate lies, or an Ingress has one. */
const namespacesWithCertificates = remembered(
  (cluster: Cluster): ReadonlySet<string | undefined> =>
    new Set([
      ...cluster.objects.ofKind('cert-manager.io', 'Certificate').map(({ namespace }) => namespace),
      ...cluster.objects
        .of('Ingress')
        .flatMap(({ namespace, value }) => ((value.spec?.tls ?? []).length > 0 ? [namespace] : [])),
      ...certificateSecrets(cluster).keys(),
    ]),
);

/**
 * Whether TLS is meant to be used here: a certificate lies in the namespace, or another Ingress of
 * it has one.
 */
export function hasCertificates({ namespace }: ClusterObject, cluster: Cluster): boolean {
  return namespacesWithCertificates(cluster).has(namespace);
}

/** Words that say what a Secret holds, not what it is for. */
const kindWords =
  /^(tls|ssl|cert|certs|certificate|secret|https|prod|production|staging|com|io|org)$/;

function shareWord(a: string, b: string): boolean {
  const words = new Set(a.split(/[-.]/).filter((word) => word.length > 2 && !kindWords.test(word)));
  return b.split(/[-.]/).some((word) => words.has(word));
}

const secretNames = remembered(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(
      [
        ...namingsOf(cluster, '', 'Secret'),
        ...cluster.objects
          .everyOfKind('networking.istio.io', 'Gateway')
          .flatMap((gateway) => credentialsOf(gateway, '')),
      ].map(({ reference }) => reference.name),
    ),
);

/**
 * The only Secret with a certificate beside an object that names another one, where nobody names it
 * and the two names have a word in common.
 */
export function unusedCertificate(
  { object, reference: { name } }: Naming,
  namespace: string | undefined,
  cluster: Cluster,
): ClusterObject | undefined {
  const [only, another] = certificateSecrets(cluster).get(namespace) ?? [];
  if (only === undefined || another !== undefined || secretNames(cluster).has(only.name))
    return undefined;
  return shareWord(only.name, name) && isBeside(only, object) ? only : undefined;
}

interface OnlyCertificate {
  readonly object: ClusterObject;
  /** Of the Secret that is made of it. */
  readonly name: string;
}

/** The Certificate of a namespace, if it is the only one and nothing refers to its Secret. */
export function onlyCertificate(
  namespace: string | undefined,
  cluster: Cluster,
): OnlyCertificate | undefined {
  return onlyCertificates(cluster).get(namespace);
}

const onlyCertificates = remembered((cluster: Cluster) => {
  const served = groupBy(
    cluster.objects
      .ofKind('cert-manager.io', 'Certificate')
      .filter((object) => !isAuthority(object)),
    ({ namespace }) => namespace,
  );
  const named = secretNames(cluster);
  const found = new Map<string | undefined, OnlyCertificate>();
  for (const [namespace, [object, ...others]] of served) {
    const [made] = object === undefined ? [] : madeBy(object);
    if (object !== undefined && made !== undefined && others.length === 0 && !named.has(made.name))
      found.set(namespace, { object, name: made.name });
  }
  return found;
});

/** Its certificate signs others, and is served to nobody. */
function isAuthority({ value }: ClusterObject): boolean {
  return fieldAt(value, 'spec', 'isCA') === true;
}

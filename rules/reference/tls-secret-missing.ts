import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asJsonObject, fieldAt } from '../../src/kubernetes/json.ts';
import {
  certificateNamings,
  onlyCertificate,
  servingKinds,
  unusedCertificate,
} from '../../src/lint/references/certificates.ts';
import {
  type Credential,
  gatewayCredentials,
} from '../../src/lint/references/gateway-credentials.ts';
import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import { type Naming, wantedBy } from '../../src/lint/references/namings.ts';
import type { Wanted } from '../../src/lint/references/nearest-object.ts';
import { describeWanted, lookUp } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { differInKindWord } from '../../src/text/kind-words.ts';

const messages = {
  ...nearMissMessages,
  apart: ({ name, own, proxies, selector }: Record<string, string>) =>
    `the proxies with ${selector} look for Secret "${name}" in their own namespace, ${proxies}; ` +
    `it is made in ${own}`,
  certificate: ({ what, maker, made }: Record<'what' | 'maker' | 'made', string>) =>
    `nothing makes ${what}; ${maker} writes its certificate into "${made}"`,
  unused: ({ what, nearest }: Record<'what' | 'nearest', string>) =>
    `there is no ${what}; ${nearest} holds a certificate, and nobody names it`,
};

/**
 * Annotations by which cert-manager makes the Secrets of an Ingress or a Gateway itself
 * (cert-manager pkg/controller/certificate-shim).
 */
const asked = /^(cert-manager\.io\/(cluster-)?issuer|kubernetes\.io\/tls-acme)$/;

export const tlsSecretMissing = defineRule({
  meta: {
    id: 'tls-secret-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'has a certificate that is not there',
    summary: 'An Ingress, Gateway or route takes its certificate from a Secret that does not exist',
    why:
      'a controller that does not find the Secret serves the host with a certificate of its ' +
      'own making, which no client trusts, or does not serve it at all',
    fixable: true,
  },
  messages,
  check(context) {
    for (const naming of certificateNamings(context.cluster))
      if (!isMadeOnRequest(naming.object)) checkSecret(naming, context);
    for (const credential of gatewayCredentials(context))
      if (credential.apart === undefined) checkSecret(credential, context);
      else context.report(apartFinding(credential, credential.apart));
  },
});

function apartFinding({ object, reference }: Naming, apart: NonNullable<Credential['apart']>) {
  return {
    object,
    at: reference.path,
    id: 'apart' as const,
    data: { name: reference.name, ...apart },
    severity: 'warning' as const,
    help: `make the Secret in namespace ${apart.proxies}, where the proxies run`,
  };
}

function isMadeOnRequest({ value }: ClusterObject): boolean {
  const annotations = asJsonObject(fieldAt(value, 'metadata', 'annotations'));
  return Object.keys(annotations ?? {}).some((key) => asked.test(key));
}

function checkSecret(naming: Naming, context: RuleContext<typeof messages>): void {
  const wanted = wantedBy(naming, context.cluster);
  const lookup = lookUp(context, naming.object, wanted);
  // What is made of a Certificate has words of its own.
  const isRead = lookup.state === 'missing' && lookup.nearest?.made !== true;
  const { difference: nearest, written: nearName = '' } = (isRead && lookup.nearest) || {};
  const isVague =
    nearest === undefined ||
    nearest === 'only' ||
    (nearest === 'similar' && !differInKindWord(wanted.name, nearName, wanted.kind));
  const isOpen = lookup.state === 'unknown' && lookup.open === true;
  const other = onlyCertificate(wanted.namespace, context.cluster);
  const unused =
    isOpen || (lookup.state === 'missing' && isVague)
      ? unusedCertificate(naming, wanted.namespace, context.cluster)
      : undefined;
  if (unused !== undefined) return reportUnused(naming, unused, wanted, context);
  if (other === undefined || (!isOpen && (lookup.state !== 'missing' || nearest === 'slip')))
    return void followNearMiss(context, naming, {}, lookup);
  const { object: maker, name: made } = other;
  context.report({
    object: naming.object,
    at: naming.reference.path,
    id: 'certificate',
    data: { what: describeWanted(wanted), maker: describeObject(maker), made },
    severity: 'warning',
    help: `write ${made} here, or ${wanted.name} as spec.secretName of ${describeObject(maker)}`,
    related: [
      { object: maker, at: ['spec', 'secretName'], message: 'where the certificate is written' },
    ],
  });
}

function reportUnused(
  { object, reference }: Naming,
  unused: ClusterObject,
  wanted: Wanted,
  { report }: RuleContext<typeof messages>,
): void {
  report({
    object,
    at: reference.path,
    id: 'unused',
    data: { what: describeWanted(wanted), nearest: describeObject(unused) },
    severity: 'warning',
    help: `write ${unused.name} if it is that one`,
    related: [{ object: unused, at: ['metadata', 'name'], message: 'this Secret' }],
  });
}

import type { Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { followNearMiss, otherwiseAmongOthers } from '../../src/lint/references/named-objects.ts';
import { type Naming, namingsOf } from '../../src/lint/references/namings.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { getOwn } from '../../src/own.ts';

const group = 'cert-manager.io';

export const certManagerReferenceMissing = defineRule({
  meta: {
    id: 'cert-manager-reference-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [
      'Certificate',
      'Ingress',
      'Gateway',
      'ValidatingWebhookConfiguration',
      'MutatingWebhookConfiguration',
      'CustomResourceDefinition',
      'APIService',
    ],
    title: 'asks for a certificate from nobody',
    summary:
      'A Certificate, or an annotation for cert-manager, names an issuer or Certificate ' +
      'that does not exist',
    why:
      'cert-manager waits for the issuer or the Certificate that is named (condition Ready ' +
      'is False with reason "Referenced … not found"), and nothing is issued or injected meanwhile',
    fixable: true,
  },
  messages: {
    ...missingMessages,
    kind: ({ kind, name, other }: Record<'kind' | 'name' | 'other', string>) =>
      `there is no ${kind} "${name}"; there is ${other}`,
    without: ({ annotation }: { annotation: string }) =>
      `${annotation} makes a certificate for each entry of tls, and there is none`,
  },
  check(context) {
    const { cluster, report } = context;
    for (const object of cluster.objects.of('Ingress')) {
      const annotation = askedFor(object);
      if (annotation === undefined || (object.value.spec?.tls ?? []).length > 0) continue;
      report({
        object,
        at: ['metadata', 'annotations', annotation],
        part: 'key',
        id: 'without',
        data: { annotation },
        severity: 'warning',
        help: 'add a tls entry with the hosts and a secretName',
      });
    }
    for (const kind of ['Issuer', 'ClusterIssuer', 'Certificate'])
      for (const naming of namingsOf(cluster, group, kind)) {
        const other = issuerIn(cluster, naming, otherKind(kind));
        const { name } = naming.reference;
        if (other === undefined || !isGiven(other) || issuerIn(cluster, naming, kind) !== undefined)
          followNearMiss(context, naming, {
            also: kind === 'Certificate' ? 'similar' : 'only',
            ...otherwiseAmongOthers(context, naming),
          });
        else
          report({
            object: naming.object,
            at: naming.reference.path,
            id: 'kind',
            data: { kind, name, other: describeObject(other) },
            help: isWritten(naming)
              ? `write kind: ${other.kind} beside the name`
              : 'use the annotation ' +
                `${group}/${other.kind === 'Issuer' ? 'issuer' : 'cluster-issuer'}`,
            related: [{ object: other, at: ['metadata', 'name'], message: 'the one of that name' }],
          });
      }
  },
});

/** The annotation by which cert-manager is asked for certificates of an Ingress. */
function askedFor({ value }: ClusterObject<Ingress>): string | undefined {
  const annotations = value.metadata?.annotations ?? {};
  return [`${group}/cluster-issuer`, `${group}/issuer`].find(
    (key) => (getOwn(annotations, key) ?? '') !== '',
  );
}

const otherKind = (kind: string): string =>
  kind === 'Issuer' ? 'ClusterIssuer' : kind === 'ClusterIssuer' ? 'Issuer' : '';

/** The kind of issuer is a field beside the name; in annotations it is part of the key. */
const isWritten = ({ reference: { path } }: Naming): boolean => path[0] === 'spec';

/** An issuer of the very name, for the whole cluster or for the namespace of who names it. */
function issuerIn(
  { objects }: Cluster,
  { reference: { name }, object }: Naming,
  kind: string,
): ClusterObject | undefined {
  const namespace = kind === 'ClusterIssuer' ? undefined : object.namespace;
  return objects.findOfKind(group, kind, namespace, name);
}

/** It is written in a manifest, rather than assumed. */
const isGiven = ({ value }: ClusterObject): boolean =>
  asText(fieldAt(value, 'metadata', 'name')) !== undefined;

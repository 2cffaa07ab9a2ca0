import { asList, asText, fieldAt } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';

const group = 'admissionregistration.k8s.io';
const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
/** Annotations and labels by which something writes the CA into the object. */
const injectors =
  /inject-ca|inject-cabundle|inject-apiserver-ca|service\.beta\.openshift\.io|cert-rotator/;

export const webhookWithoutCa = defineRule({
  meta: {
    id: 'webhook-without-ca',
    category: 'security',
    severity: 'info',
    since: '0.1.0',
    scope: 'object',
    kinds,
    title: 'calls a server whose certificate nobody knows',
    summary: 'A webhook inside of the cluster has no caBundle, and no annotation asks for one',
    why:
      'the API server checks the certificate of a webhook by caBundle, or else by the ' +
      'authorities of its own machine, which have signed none for a name that ends with .svc',
    fixable: false,
  },
  messages: {
    none: ({ name }: { name: string }) =>
      `webhook ${name} has no caBundle: unless its own program writes it, no call succeeds`,
  },
  check({ cluster, report }) {
    for (const kind of kinds)
      for (const object of cluster.objects.ofKind(group, kind)) {
        const value = object.value;
        const metadata = JSON.stringify([
          fieldAt(value, 'metadata', 'annotations') ?? null,
          fieldAt(value, 'metadata', 'labels') ?? null,
        ]);
        if (injectors.test(metadata)) continue;
        for (const [index, webhook] of asList(fieldAt(value, 'webhooks')).entries()) {
          const client = fieldAt(webhook, 'clientConfig');
          if (fieldAt(client, 'service') === undefined) continue;
          if ((asText(fieldAt(client, 'caBundle')) ?? '') !== '') continue;
          report({
            object,
            at: ['webhooks', index, 'clientConfig'],
            part: 'key',
            id: 'none',
            data: { name: asText(fieldAt(webhook, 'name')) ?? String(index + 1) },
            help: 'write the CA into caBundle, or let cert-manager do so (inject-ca-from)',
          });
        }
      }
  },
});

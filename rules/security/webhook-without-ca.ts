import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { webhookKinds, webhooksIn } from '../../src/lint/calls/webhooks.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { remembered } from '../../src/memo.ts';

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
    kinds: webhookKinds,
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
    for (const { object, value, index, client } of webhooksIn(cluster.objects)) {
      if (injectors.test(marksOf(object))) continue;
      const called = fieldAt(value, 'clientConfig');
      if (fieldAt(called, 'service') === undefined) continue;
      if ((asText(fieldAt(called, 'caBundle')) ?? '') !== '') continue;
      report({
        object,
        at: client,
        part: 'key',
        id: 'none',
        data: { name: asText(fieldAt(value, 'name')) ?? String(index + 1) },
        help: 'write the CA into caBundle, or let cert-manager do so (inject-ca-from)',
      });
    }
  },
});

const marksOf = remembered(({ value }: ClusterObject): string =>
  JSON.stringify(
    ['annotations', 'labels'].map((field) => fieldAt(value, 'metadata', field) ?? null),
  ),
);

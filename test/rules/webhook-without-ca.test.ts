import { webhookWithoutCa } from '../../rules/security/webhook-without-ca.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(webhookWithoutCa, {
  valid: [
    {
      name: 'a CA',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: shop
        webhooks:
          - name: orders.shop.example.com
            clientConfig:
              service: { namespace: shop, name: orders, path: /validate }
              caBundle: Q0E=
            sideEffects: None
            admissionReviewVersions: [v1]
      `,
    },
    {
      name: 'injected',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: shop
          annotations:
            cert-manager.io/inject-ca-from: shop/orders
        webhooks:
          - name: orders.shop.example.com
            clientConfig:
              service: { namespace: shop, name: orders, path: /validate }
            sideEffects: None
            admissionReviewVersions: [v1]
      `,
    },
    {
      name: 'a URL',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: shop
        webhooks:
          - name: orders.shop.example.com
            clientConfig:
              url: https://hooks.example.com
            sideEffects: None
            admissionReviewVersions: [v1]
      `,
    },
  ],
  invalid: [
    {
      name: 'none',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: shop
        webhooks:
          - name: orders.shop.example.com
            clientConfig:
              service: { namespace: shop, name: orders, path: /validate }
            sideEffects: None
            admissionReviewVersions: [v1]
      `,
      errors: [
        {
          id: 'none',
          line: 7,
          column: 5,
          endColumn: 17,
          message:
            'webhook orders.shop.example.com has no caBundle: unless its own program writes it, no call succeeds',
        },
      ],
    },
    {
      name: 'an empty one',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata:
          name: shop
        webhooks:
          - name: orders.shop.example.com
            clientConfig:
              service: { namespace: shop, name: orders, path: /validate }
              caBundle: ""
            sideEffects: None
            admissionReviewVersions: [v1]
      `,
      errors: [
        {
          id: 'none',
          line: 7,
          column: 5,
          endColumn: 17,
          message:
            'webhook orders.shop.example.com has no caBundle: unless its own program writes it, no call succeeds',
        },
      ],
    },
  ],
});

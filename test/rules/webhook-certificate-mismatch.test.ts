import { webhookCertificateMismatch } from '../../rules/reference/webhook-certificate-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(webhookCertificateMismatch, {
  valid: [
    {
      name: 'the name of the Service',
      yaml: yaml`
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata:
          name: guard
          namespace: shop
        spec:
          secretName: guard-tls
          dnsNames: [guard.shop.svc, guard.shop.svc.cluster.local]
          issuerRef: { name: own }
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: guard
          annotations:
            cert-manager.io/inject-ca-from: shop/guard
        webhooks:
          - name: guard.example.org
            admissionReviewVersions: [v1]
            sideEffects: None
            clientConfig:
              service: { name: guard, namespace: shop }
      `,
    },
    {
      name: 'a star, an authority, and names that are filled in',
      yaml: yaml`
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: { name: all, namespace: shop }
        spec: { secretName: a, dnsNames: ["*.shop.svc"], issuerRef: { name: own } }
        ---
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: { name: ca, namespace: shop }
        spec: { secretName: b, isCA: true, dnsNames: [ca.example.org], issuerRef: { name: own } }
        ---
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: { name: later, namespace: shop }
        spec: { secretName: c, dnsNames: [SERVICE_NAME.SERVICE_NAMESPACE.svc], issuerRef: { name: own } }
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: { name: one, annotations: { cert-manager.io/inject-ca-from: shop/all } }
        webhooks: [{ name: a.example.org, clientConfig: { service: { name: guard, namespace: shop } }, admissionReviewVersions: [v1], sideEffects: None }]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: { name: two, annotations: { cert-manager.io/inject-ca-from: shop/ca } }
        webhooks: [{ name: b.example.org, clientConfig: { service: { name: guard, namespace: shop } }, admissionReviewVersions: [v1], sideEffects: None }]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: { name: three, annotations: { cert-manager.io/inject-ca-from: shop/later } }
        webhooks: [{ name: c.example.org, clientConfig: { service: { name: guard, namespace: shop } }, admissionReviewVersions: [v1], sideEffects: None }]
      `,
    },
  ],
  invalid: [
    {
      name: 'the name of another Service',
      yaml: yaml`
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata:
          name: guard
          namespace: shop
        spec:
          secretName: guard-tls
          dnsNames: [acme-guard.shop.svc]
          issuerRef: { name: own }
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: guard
          annotations:
            cert-manager.io/inject-ca-from: shop/guard
        webhooks:
          - name: create.example.org
            admissionReviewVersions: [v1]
            sideEffects: None
            clientConfig:
              service: { name: guard, namespace: shop }
          - name: update.example.org
            admissionReviewVersions: [v1]
            sideEffects: None
            clientConfig:
              service: { name: guard, namespace: shop }
      `,
      errors: [
        {
          id: 'other',
          line: 22,
          column: 24,
          endColumn: 29,
          message:
            'the API server calls guard.shop.svc, and Certificate shop/guard is for acme-guard.shop.svc only',
          related: ['8:3 its names'],
        },
      ],
    },
    {
      name: 'an APIService in another namespace',
      yaml: yaml`
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: { name: metrics, namespace: watch }
        spec: { secretName: metrics, dnsNames: [metrics.default.svc], issuerRef: { name: own } }
        ---
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: { name: v1.metrics.example.org, annotations: { cert-manager.io/inject-ca-from: watch/metrics } }
        spec: { group: metrics.example.org, version: v1, service: { name: metrics, namespace: watch } }
      `,
      errors: [
        {
          id: 'other',
          line: 9,
          column: 67,
          endColumn: 74,
          message:
            'the API server calls metrics.watch.svc, and Certificate watch/metrics is for metrics.default.svc only',
          related: ['4:30 its names'],
        },
      ],
    },
  ],
});

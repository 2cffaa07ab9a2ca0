import { webhookServiceMissing } from '../../rules/reference/webhook-service-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';
import { workload } from '../support/yaml.ts';

const webhook = (service: string, more = '', kind = 'ValidatingWebhookConfiguration'): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ${kind}\nmetadata: { name: policy }\nwebhooks:\n  - name: policy.example.org\n    clientConfig: { service: { ${service} } }\n    admissionReviewVersions: [v1]\n    sideEffects: None\n${more}`;
const conversion = (service: string): string =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: shops.example.org }\nspec:\n  conversion: { strategy: Webhook, webhook: { clientConfig: { service: { ${service} } } } }\n`;
const service = (
  name: string,
  { namespace = 'shop', ports = '{ port: 443, targetPort: 8443 }', spec = '' } = {},
): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec}selector: { app: policy }, ports: [${ports}] }\n`;
const policy = workload('policy', { namespace: 'shop' });
const named = 'name: policy, namespace: shop';

testRule(webhookServiceMissing, {
  valid: [
    {
      name: 'port 443, which is meant where none is written',
      yaml: webhook(named) + service('policy') + policy,
    },
    {
      name: 'a port that is written',
      yaml:
        webhook(`${named}, port: 8443`) + service('policy', { ports: '{ port: 8443 }' }) + policy,
    },
    { name: 'a conversion webhook', yaml: conversion(named) + service('policy') + policy },
    {
      name: 'a webhook by URL',
      yaml: webhook(named).replace(/service: \{.*?\}/, 'url: https://policy.example.org') + policy,
    },
    {
      name: 'an external name has no ports',
      yaml:
        webhook(named) +
        service('policy', {
          ports: '',
          spec: 'type: ExternalName, externalName: policy.example.org, ',
        }),
    },
    {
      name: 'nothing of its namespace was read',
      yaml: webhook(named) + service('guard', { namespace: 'other' }),
      unknown: ['no workload of namespace shop'],
    },
    {
      name: 'the cluster brings its own',
      yaml: webhook('name: konnectivity, namespace: kube-system') + service('policy') + policy,
      unknown: ['the API server makes it'],
    },
    {
      name: 'kustomize moves the Service, and the reference with it',
      files: {
        'kustomization.yaml': 'namespace: prod\nresources: [webhook.yaml, service.yaml]\n',
        'webhook.yaml': webhook(named),
        'service.yaml': (service('policy') + policy).slice(4),
      },
    },
    {
      name: 'outside of the cluster',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: web
        webhooks:
          - name: web.example.com
            clientConfig: { url: "https://hooks.example.com/validate" }
            admissionReviewVersions: [v1]
            sideEffects: None
            rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
      `,
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: webhook('name: polcy, namespace: shop') + service('policy') + policy,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 38,
          endColumn: 43,
          message: 'there is no Service "polcy" in namespace shop; did you mean "policy"?',
          safety: 'safe',
        },
      ],
      output: webhook(named) + service('policy') + policy,
    },
    {
      name: 'a typo in a mutating one whose failures are ignored',
      yaml:
        webhook(
          'name: polcy, namespace: shop',
          '    failurePolicy: Ignore\n',
          'MutatingWebhookConfiguration',
        ) +
        service('policy') +
        policy,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 38,
          endColumn: 43,
          message: 'there is no Service "polcy" in namespace shop; did you mean "policy"?',
          safety: 'safe',
        },
      ],
      output:
        webhook(named, '    failurePolicy: Ignore\n', 'MutatingWebhookConfiguration') +
        service('policy') +
        policy,
    },
    {
      name: 'a conversion webhook of a CustomResourceDefinition',
      yaml: conversion('name: polcy, namespace: shop') + service('policy') + policy,
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 80,
          endColumn: 85,
          message: 'there is no Service "polcy" in namespace shop; did you mean "policy"?',
          safety: 'safe',
        },
      ],
      output: conversion(named) + service('policy') + policy,
    },
    {
      name: 'in another namespace',
      yaml:
        webhook('name: policy, namespace: shop') +
        service('policy', { namespace: 'security' }) +
        service('web') +
        policy,
      errors: [
        {
          id: 'otherNamespace',
          line: 6,
          column: 38,
          endColumn: 44,
          message:
            'there is no Service "policy" in namespace shop; there is Service security/policy',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml:
        webhook('name: policy-webhook, namespace: shop') +
        service('policy') +
        service('web') +
        policy,
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 38,
          endColumn: 52,
          severity: 'warning',
          message: 'there is no Service "policy-webhook" in namespace shop; there is "policy"',
          safety: 'unsafe',
        },
      ],
      output: webhook(named) + service('policy') + service('web') + policy,
    },
    {
      name: 'nothing similar',
      yaml: webhook(named) + workload('web', { namespace: 'shop' }),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 38,
          endColumn: 44,
          severity: 'warning',
          message: 'there is no Service "policy" in namespace shop in the 2 objects read',
        },
      ],
    },
    {
      name: 'the number that the pods listen on',
      yaml: webhook(`${named}, port: 8443`) + service('policy') + policy,
      errors: [
        {
          id: 'targetPort',
          line: 6,
          column: 69,
          endColumn: 73,
          message: 'port 8443 is where the pods listen; the Service itself has 443 (unnamed)',
          safety: 'safe',
        },
      ],
      output: webhook(`${named}, port: 443`) + service('policy') + policy,
    },
    {
      name: 'no port is written, and 443 is none',
      yaml:
        webhook(named) +
        service('policy', { ports: '{ name: http, port: 80 }, { name: metrics, port: 9090 }' }) +
        policy,
      errors: [
        {
          id: 'otherPort',
          line: 6,
          column: 21,
          endColumn: 28,
          message: 'the Service has no port 443; known ports: 80 ("http"), 9090 ("metrics")',
        },
      ],
    },
    {
      name: 'a headless Service',
      yaml: webhook(named) + service('policy', { spec: 'clusterIP: None, ' }) + policy,
      errors: [
        {
          id: 'headless',
          line: 6,
          column: 38,
          endColumn: 44,
          severity: 'warning',
          message: 'the API server would dial the cluster IP of Service "policy", which has none',
        },
      ],
    },
    {
      name: 'a name of cluster DNS',
      yaml: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: web
        webhooks:
          - name: web.example.com
            clientConfig: { url: "https://web.shop.svc:443/validate" }
            admissionReviewVersions: [v1]
            sideEffects: None
            rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
      `,
      errors: [
        {
          id: 'url',
          line: 7,
          column: 35,
          endColumn: 47,
          severity: 'warning',
          message: 'web.shop.svc is a name of cluster DNS, which the API server does not ask',
        },
      ],
    },
  ],
});

import { removedApi } from '../../rules/manifest/removed-api.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

const object = (apiVersion: string, kind: string): string => yaml`
  apiVersion: ${apiVersion}
  kind: ${kind}
  metadata:
    name: web
`;

testRule(removedApi, {
  valid: [
    { name: 'a served version', yaml: object('policy/v1', 'PodDisruptionBudget') },
    {
      name: 'a kind of that name in another group',
      yaml: object('example.com/v1beta1', 'Ingress'),
    },
    { name: 'a beta that never was', yaml: object('apps/v1beta3', 'Deployment'), refused: 1 },
  ],
  invalid: [
    {
      name: 'a version with a successor',
      yaml: object('batch/v1beta1', 'CronJob'),
      errors: [
        {
          id: 'moved',
          line: 1,
          column: 13,
          endColumn: 26,
          message:
            'batch/v1beta1 CronJob is not served since Kubernetes 1.25; its successor is batch/v1',
        },
      ],
    },
    {
      name: 'webhooks that leave out what had a value of its own',
      yaml: 'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: MutatingWebhookConfiguration\nmetadata: { name: inject }\nwebhooks:\n  - { name: inject.acme.io, clientConfig: { url: https://inject.acme.io } }\n',
      errors: [
        {
          id: 'moved',
          line: 1,
          column: 13,
          endColumn: 49,
          help: 'write apiVersion: admissionregistration.k8s.io/v1, where sideEffects is required, admissionReviewVersions is required',
        },
      ],
    },
    {
      name: 'what helm template wrote without knowing the cluster',
      yaml: `# Source: shop/templates/budget.yaml\n${object('policy/v1beta1', 'PodDisruptionBudget')}`,
      errors: [
        {
          id: 'moved',
          line: 2,
          column: 13,
          endColumn: 27,
          severity: 'warning',
          help: 'render it for the release: helm template --kube-version 1.25 --api-versions policy/v1/PodDisruptionBudget; if that changes nothing, the chart itself is too old',
        },
      ],
    },
    {
      name: 'the same where the comment is about something else',
      yaml: `# Source: https://example.com/charts/shop\n${object('policy/v1beta1', 'PodDisruptionBudget')}`,
      errors: [{ id: 'moved', line: 2, column: 13, endColumn: 27, severity: 'error' }],
    },
    {
      name: 'a kind that takes no part otherwise',
      yaml: object('rbac.authorization.k8s.io/v1beta1', 'Role'),
      errors: [{ id: 'moved', line: 1, column: 13, endColumn: 46 }],
    },
    {
      name: 'a kind without successor',
      yaml: object('policy/v1beta1', 'PodSecurityPolicy'),
      errors: [
        {
          id: 'gone',
          line: 1,
          column: 13,
          endColumn: 27,
          message:
            'policy/v1beta1 PodSecurityPolicy is not served since Kubernetes 1.25, and nothing takes its place',
        },
      ],
    },
  ],
});

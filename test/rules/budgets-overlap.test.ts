import { budgetsOverlap } from '../../rules/scaling/budgets-overlap.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web', { replicas: 3 })``;
const webPodDisruptionBudget = yaml`
  apiVersion: policy/v1
  kind: PodDisruptionBudget
  metadata:
    name: web
  spec:
    maxUnavailable: 1
    selector:
      matchLabels: { app: web }
`;

const shopPodDisruptionBudget = yaml`
  apiVersion: policy/v1
  kind: PodDisruptionBudget
  metadata:
    name: shop
  spec:
    minAvailable: 2
    selector:
      matchLabels: { app: web }
`;

testRule(budgetsOverlap, {
  valid: [
    {
      name: 'one',
      yaml: documents(webDeployment, webPodDisruptionBudget),
    },
    {
      name: 'two workloads',
      yaml: documents(
        webDeployment,
        app('api', { replicas: 3 })``,
        webPodDisruptionBudget,
        yaml`
          apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata:
            name: api
          spec:
            maxUnavailable: 1
            selector:
              matchLabels: { app: api }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the same selector',
      yaml: documents(
        webDeployment,
        webPodDisruptionBudget,
        yaml`
          apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata:
            name: web-chart
          spec:
            maxUnavailable: 1
            selector:
              matchLabels: { app: web }
        `,
      ),
      errors: [
        {
          id: 'twice',
          line: 33,
          column: 3,
          endColumn: 11,
          message:
            'the pods of Deployment default/web belong to PodDisruptionBudget default/web as well, so they cannot be evicted at all',
          related: ['24:3 selects them too'],
        },
      ],
    },
    {
      name: 'one within the other',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 3
            selector:
              matchLabels: { app: web, tier: front }
            template:
              metadata:
                labels: { app: web, tier: front }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webPodDisruptionBudget,
        yaml`
          apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata:
            name: front
          spec:
            maxUnavailable: 1
            selector:
              matchLabels: { tier: front }
        `,
      ),
      errors: [
        {
          id: 'twice',
          line: 33,
          column: 3,
          endColumn: 11,
          message:
            'the pods of Deployment default/web belong to PodDisruptionBudget default/web as well, so they cannot be evicted at all',
          related: ['24:3 selects them too'],
        },
      ],
    },
    {
      name: 'in two files, of which perhaps only one is applied',
      files: {
        'web.yaml': documents(webDeployment, webPodDisruptionBudget),
        'budget.yaml': shopPodDisruptionBudget,
      },
      errors: [
        {
          id: 'twice',
          file: 'budget.yaml',
          line: 7,
          column: 3,
          endColumn: 11,
          severity: 'warning',
        },
      ],
    },
    {
      name: 'in two files that are variants by their names',
      files: {
        'web.yaml': webDeployment,
        'budget.yaml': webPodDisruptionBudget,
        'budget-ha.yaml': shopPodDisruptionBudget,
      },
      errors: [
        {
          id: 'twice',
          file: 'budget-ha.yaml',
          line: 7,
          column: 3,
          endColumn: 11,
          severity: 'info',
        },
      ],
    },
  ],
});

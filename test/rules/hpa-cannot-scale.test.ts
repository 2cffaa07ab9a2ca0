import { hpaCannotScale } from '../../rules/resilience/hpa-cannot-scale.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web')`
  resources:
    requests: { cpu: 100m }
`;
const webHorizontalPodAutoscaler = yaml`
  apiVersion: autoscaling/v2
  kind: HorizontalPodAutoscaler
  metadata:
    name: web
  spec:
    scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
    minReplicas: 2
    maxReplicas: 8
`;

testRule(hpaCannotScale, {
  valid: [
    {
      name: 'room',
      yaml: documents(
        webDeployment,
        webHorizontalPodAutoscaler,
        yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata:
            name: pods
          spec:
            hard: { pods: "20" }
        `,
      ),
    },
    {
      name: 'a quota for some pods',
      yaml: documents(
        webDeployment,
        webHorizontalPodAutoscaler,
        yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata:
            name: pods
          spec:
            hard: { pods: "5" }
            scopes: [BestEffort]
        `,
      ),
    },
    {
      name: 'scaling down is off',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 8
            behavior: { scaleDown: { selectPolicy: Disabled } }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'disabled',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 8
            behavior: { scaleUp: { selectPolicy: Disabled } }
        `,
      ),
      errors: [
        {
          id: 'disabled',
          line: 26,
          column: 40,
          endColumn: 48,
          message: 'selectPolicy Disabled takes no policy for scaling up',
        },
      ],
    },
    {
      name: 'a fixed count',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 3
            maxReplicas: 3
        `,
      ),
      errors: [
        {
          id: 'fixed',
          line: 26,
          column: 16,
          endColumn: 17,
          severity: 'info',
          message: 'minReplicas and maxReplicas are both 3',
        },
      ],
    },
    {
      name: 'a quota',
      yaml: documents(
        webDeployment,
        webHorizontalPodAutoscaler,
        yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata:
            name: pods
          spec:
            hard: { pods: "5" }
        `,
      ),
      errors: [
        {
          id: 'quota',
          line: 26,
          column: 16,
          endColumn: 17,
          message: 'maxReplicas is 8, and ResourceQuota pods allows 5 pods in the namespace',
          related: ['33:17 the quota'],
        },
      ],
    },
  ],
});

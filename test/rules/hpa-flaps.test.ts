import { hpaFlaps } from '../../rules/resilience/hpa-flaps.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web')`resources: { requests: { cpu: 100m } }`;

testRule(hpaFlaps, {
  valid: [
    {
      name: 'the default',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 10
            metrics:
              - type: Resource
                resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
    },
    {
      name: 'five minutes',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 10
            behavior:
              scaleDown:
                stabilizationWindowSeconds: 300
            metrics:
              - type: Resource
                resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
    },
    {
      name: 'it never scales down',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 10
            behavior:
              scaleDown:
                stabilizationWindowSeconds: 0
                selectPolicy: Disabled
            metrics:
              - type: Resource
                resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
    },
    {
      name: 'one size',
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
            behavior:
              scaleDown:
                stabilizationWindowSeconds: 0
            metrics:
              - type: Resource
                resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
    },
    {
      name: 'KEDA waits',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
        spec:
          scaleTargetRef: { name: web }
          maxReplicaCount: 9
          cooldownPeriod: 300
          triggers: [{ type: cron, metadata: {} }]
      `,
    },
    {
      name: 'KEDA keeps one',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
        spec:
          scaleTargetRef: { name: web }
          maxReplicaCount: 9
          minReplicaCount: 1
          cooldownPeriod: 5
          triggers: [{ type: cron, metadata: {} }]
      `,
    },
  ],
  invalid: [
    {
      name: 'at once',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 10
            behavior:
              scaleDown:
                stabilizationWindowSeconds: 0
            metrics:
              - type: Resource
                resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
      errors: [
        {
          id: 'short',
          line: 28,
          column: 35,
          endColumn: 36,
          message: 'it removes pods the moment a metric falls',
        },
      ],
    },
    {
      name: 'after half a minute',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 10
            behavior:
              scaleDown:
                stabilizationWindowSeconds: 30
            metrics:
              - type: Resource
                resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
      errors: [
        {
          id: 'short',
          line: 28,
          column: 35,
          endColumn: 37,
          message: 'it removes pods 30 s after a metric falls',
        },
      ],
    },
    {
      name: 'KEDA takes the last one',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
        spec:
          scaleTargetRef: { name: web }
          maxReplicaCount: 9
          cooldownPeriod: 5
          triggers: [{ type: cron, metadata: {} }]
      `,
      errors: [
        {
          id: 'short',
          line: 8,
          column: 19,
          endColumn: 20,
          message: 'it removes pods 5 s after a metric falls',
        },
      ],
    },
    {
      name: 'the autoscaler of KEDA',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
        spec:
          scaleTargetRef: { name: web }
          maxReplicaCount: 9
          minReplicaCount: 1
          advanced:
            horizontalPodAutoscalerConfig:
              behavior:
                scaleDown:
                  stabilizationWindowSeconds: 0
          triggers: [{ type: cron, metadata: {} }]
      `,
      errors: [
        {
          id: 'short',
          line: 13,
          column: 39,
          endColumn: 40,
          message: 'it removes pods the moment a metric falls',
        },
      ],
    },
  ],
});

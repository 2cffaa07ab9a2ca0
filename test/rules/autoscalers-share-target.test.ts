import { autoscalersShareTarget } from '../../rules/scaling/autoscalers-share-target.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webHorizontalPodAutoscaler = yaml`
  apiVersion: autoscaling/v2
  kind: HorizontalPodAutoscaler
  metadata:
    name: web
  spec:
    scaleTargetRef:
      apiVersion: apps/v1
      kind: Deployment
      name: web
    minReplicas: 2
    maxReplicas: 10
    metrics:
      - type: Pods
        pods: { metric: { name: queue }, target: { type: AverageValue, averageValue: 10 } }
`;

const webScaledObject = yaml`
  apiVersion: keda.sh/v1alpha1
  kind: ScaledObject
  metadata:
    name: web
  spec:
    scaleTargetRef: { name: web }
    triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]
`;

testRule(autoscalersShareTarget, {
  valid: [
    {
      name: 'one',
      yaml: documents(webDeployment, webHorizontalPodAutoscaler),
    },
    {
      name: 'two targets',
      yaml: documents(
        webDeployment,
        apiDeployment,
        webHorizontalPodAutoscaler,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: api
          spec:
            scaleTargetRef:
              apiVersion: apps/v1
              kind: Deployment
              name: api
            minReplicas: 2
            maxReplicas: 10
            metrics:
              - type: Pods
                pods: { metric: { name: queue }, target: { type: AverageValue, averageValue: 10 } }
        `,
      ),
    },
    {
      name: 'KEDA takes it over',
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
          ---
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: web
            annotations: { scaledobject.keda.sh/transfer-hpa-ownership: "true" }
          spec:
            scaleTargetRef: { name: web }
            triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]
        `,
      ),
    },
    {
      name: 'a vertical one that recommends',
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
            metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
          ---
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: "Off" }
        `,
      ),
    },
    {
      name: 'a vertical one of the other resource',
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
            metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
          ---
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: Auto }
            resourcePolicy: { containerPolicies: [{ containerName: "*", controlledResources: [memory] }] }
        `,
      ),
    },
    {
      name: 'KEDA alone',
      yaml: documents(webDeployment, webScaledObject),
    },
  ],
  invalid: [
    {
      name: 'two in one file',
      yaml: documents(
        webDeployment,
        webHorizontalPodAutoscaler,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web-memory
          spec:
            scaleTargetRef:
              apiVersion: apps/v1
              kind: Deployment
              name: web
            minReplicas: 2
            maxReplicas: 10
            metrics:
              - type: Pods
                pods: { metric: { name: queue }, target: { type: AverageValue, averageValue: 10 } }
        `,
      ),
      errors: [
        {
          id: 'twice',
          line: 40,
          column: 11,
          endColumn: 14,
          message:
            'Deployment default/web is scaled by HorizontalPodAutoscaler default/web as well, so neither of them scales',
          related: ['25:11 scales the same workload'],
        },
      ],
    },
    {
      name: 'KEDA twice',
      yaml: documents(webDeployment, webScaledObject, webScaledObject.replace('web', 'other')),
      errors: [
        {
          id: 'objects',
          line: 30,
          column: 27,
          endColumn: 30,
          message:
            'Deployment default/web is scaled by ScaledObject default/web already, and KEDA takes one ScaledObject for each',
          related: ['22:27 scales the same workload'],
        },
      ],
    },
    {
      name: 'KEDA beside it',
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
          `,
        webScaledObject,
      ),
      errors: [
        {
          id: 'keda',
          line: 31,
          column: 27,
          endColumn: 30,
          message:
            'Deployment default/web is scaled by HorizontalPodAutoscaler default/web as well, and KEDA makes a HorizontalPodAutoscaler of its own',
          related: ['22:66 scales the same workload'],
        },
      ],
    },
    {
      name: 'a vertical one of the same resource',
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
            metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
          ---
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: Auto }
        `,
      ),
      errors: [
        {
          id: 'vertical',
          line: 32,
          column: 61,
          endColumn: 64,
          severity: 'warning',
          message:
            'it changes the cpu requests of Deployment default/web, of which HorizontalPodAutoscaler default/web computes its utilization',
          related: ['22:66 scales the same workload'],
        },
      ],
    },
    {
      name: 'a vertical one beside one that goes by the CPU, as it does unless it is told otherwise',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling/v1
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 10
            targetCPUUtilizationPercentage: 70
          ---
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
        `,
      ),
      errors: [
        {
          id: 'vertical',
          line: 31,
          column: 61,
          endColumn: 64,
          severity: 'warning',
          message:
            'it changes the cpu requests of Deployment default/web, of which HorizontalPodAutoscaler default/web computes its utilization',
          related: ['22:66 scales the same workload'],
        },
      ],
    },
    {
      name: 'in two files, of which perhaps only one is applied',
      files: {
        'web.yaml': webDeployment,
        'by-cpu.yaml': yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web-cpu
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 10
        `,
        'by-memory.yaml': yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web-memory
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 10
        `,
      },
      errors: [
        {
          id: 'twice',
          file: 'by-memory.yaml',
          line: 6,
          column: 66,
          endColumn: 69,
          severity: 'warning',
        },
      ],
    },
  ],
});

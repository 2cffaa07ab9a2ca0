import { autoscalersShareTarget } from '../../rules/scaling/autoscalers-share-target.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(autoscalersShareTarget, {
  valid: [
    {
      name: 'one',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
      `,
    },
    {
      name: 'two targets',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
        ---
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
    },
    {
      name: 'KEDA takes it over',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
    },
    {
      name: 'a vertical one that recommends',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
    },
    {
      name: 'a vertical one of the other resource',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
    },
    {
      name: 'KEDA alone',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
        spec:
          scaleTargetRef: { name: web }
          triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]
      `,
    },
  ],
  invalid: [
    {
      name: 'two in one file',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
        ---
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
      name: 'KEDA beside it',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
        spec:
          scaleTargetRef: { name: web }
          triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]
      `,
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
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
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
  ],
});

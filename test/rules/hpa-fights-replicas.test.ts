import { hpaFightsReplicas } from '../../rules/scaling/hpa-fights-replicas.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, app, webDeployment } from '../support/shop.ts';
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

testRule(hpaFightsReplicas, {
  valid: [
    {
      name: 'no replicas',
      yaml: documents(webDeployment, webHorizontalPodAutoscaler),
    },
    {
      name: 'switched off',
      yaml: documents(app('web', { replicas: 0 })``, webHorizontalPodAutoscaler),
    },
    {
      name: 'scaled by nobody',
      yaml: app('web', { replicas: 3 })``,
    },
    {
      name: 'another workload is scaled',
      yaml: documents(
        app('web', { replicas: 3 })``,
        apiDeployment,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
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
  ],
  invalid: [
    {
      name: 'once, however many scale it',
      yaml: documents(
        app('web', { replicas: 3 })``,
        webHorizontalPodAutoscaler,
        webHorizontalPodAutoscaler.replace('name: web', 'name: other'),
      ),
      errors: [{ id: 'written', line: 6, column: 3, endColumn: 11 }],
    },
    {
      name: 'a Deployment',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 3
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
        `,
        webHorizontalPodAutoscaler,
      ),
      errors: [
        {
          id: 'written',
          line: 6,
          column: 3,
          endColumn: 11,
          message:
            'every apply sets it back to 3 replicas, and HorizontalPodAutoscaler default/web scales it again',
          related: ['26:11 scales this workload'],
        },
      ],
    },
    {
      name: 'a StatefulSet',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: web
          spec:
            replicas: 1
            serviceName: web
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
        `,
        webHorizontalPodAutoscaler.replace('kind: Deployment', 'kind: StatefulSet'),
      ),
      errors: [
        {
          id: 'written',
          line: 6,
          column: 3,
          endColumn: 11,
          message:
            'every apply sets it back to 1 replica, and HorizontalPodAutoscaler default/web scales it again',
          related: ['27:11 scales this workload'],
        },
      ],
    },
  ],
});

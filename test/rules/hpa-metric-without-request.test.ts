import { hpaMetricWithoutRequest } from '../../rules/scaling/hpa-metric-without-request.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, webDeployment } from '../support/shop.ts';
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
      - type: Resource
        resource:
          name: cpu
          target: { type: Utilization, averageUtilization: 70 }
`;

testRule(hpaMetricWithoutRequest, {
  valid: [
    {
      name: 'requested',
      yaml: documents(
        app('web')`resources: { requests: { cpu: 100m } }`,
        webHorizontalPodAutoscaler,
      ),
    },
    {
      name: 'a limit stands for it',
      yaml: documents(app('web')`resources: { limits: { cpu: 1 } }`, webHorizontalPodAutoscaler),
    },
    {
      name: 'a value',
      yaml: documents(
        webDeployment,
        webHorizontalPodAutoscaler.replace(
          'target: { type: Utilization, averageUtilization: 70 }',
          'target: { type: AverageValue, averageValue: 500m }',
        ),
      ),
    },
    {
      name: 'a metric of the pods',
      yaml: documents(
        webDeployment,
        yaml`
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
      ),
    },
    {
      name: 'of the container that requests it',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              resources: { requests: { cpu: 100m } }
            - { name: proxy, image: proxy }
        `,
        yaml`
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
              - type: ContainerResource
                containerResource: { name: cpu, container: web, target: { type: Utilization, averageUtilization: 70 } }
        `,
      ),
    },
    {
      name: 'a LimitRange may fill it in',
      yaml: documents(
        webDeployment,
        webHorizontalPodAutoscaler,
        yaml`
          apiVersion: v1
          kind: LimitRange
          metadata:
            name: defaults
          spec:
            limits: [{ type: Container, defaultRequest: { cpu: 100m } }]
        `,
      ),
      unknown: ['LimitRange default/defaults may fill in requests'],
    },
    {
      name: 'of a container',
      yaml: documents(
        app('web')`resources: { requests: { cpu: 100m } }`,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 6
            metrics:
              - type: ContainerResource
                containerResource: { name: cpu, container: web, target: { type: Utilization, averageUtilization: 60 } }
        `,
      ),
    },
    {
      name: 'of a sidecar of a mesh',
      yaml: documents(
        app('web')`resources: { requests: { cpu: 100m } }`,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 6
            metrics:
              - type: ContainerResource
                containerResource: { name: cpu, container: istio-proxy, target: { type: Utilization, averageUtilization: 60 } }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'no request',
      yaml: documents(webDeployment, webHorizontalPodAutoscaler),
      errors: [
        {
          id: 'missing',
          line: 31,
          column: 15,
          endColumn: 18,
          message:
            'container "web" of Deployment default/web requests no cpu, so there is no utilization of it',
          related: ['13:17 requests no cpu'],
        },
      ],
    },
    {
      name: 'two resources of one container',
      yaml: documents(
        webDeployment,
        `${webHorizontalPodAutoscaler}    - type: Resource
      resource:
        name: memory
        target: { type: Utilization, averageUtilization: 80 }
`,
      ),
      errors: [
        {
          id: 'missing',
          line: 31,
          column: 15,
          endColumn: 18,
          message:
            'container "web" of Deployment default/web requests no cpu and no memory, so there is no utilization of them',
          related: ['13:17 requests no cpu and no memory'],
        },
      ],
    },
    {
      name: 'one resource in two metrics',
      yaml: documents(
        webDeployment,
        `${webHorizontalPodAutoscaler}    - type: ContainerResource
      containerResource:
        name: cpu
        container: web
        target: { type: Utilization, averageUtilization: 80 }
`,
      ),
      errors: [
        { id: 'missing', line: 31, column: 15, endColumn: 18, related: ['13:17 requests no cpu'] },
      ],
    },
    {
      name: 'another resource',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              resources: { requests: { cpu: 100m } }
        `,
        webHorizontalPodAutoscaler.replace('name: cpu', 'name: memory'),
      ),
      errors: [
        {
          id: 'missing',
          line: 32,
          column: 15,
          endColumn: 21,
          message:
            'container "web" of Deployment default/web requests no memory, so there is no utilization of it',
          related: ['13:17 requests no memory'],
        },
      ],
    },
    {
      name: 'a sidecar without one',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              resources: { requests: { cpu: 100m } }
            - { name: proxy, image: proxy }
        `,
        webHorizontalPodAutoscaler,
      ),
      errors: [
        {
          id: 'missing',
          line: 33,
          column: 15,
          endColumn: 18,
          message:
            'container "proxy" of Deployment default/web requests no cpu, so there is no utilization of it',
          related: ['17:19 requests no cpu'],
        },
      ],
    },
    {
      name: 'of a container that is not there',
      yaml: documents(
        app('web')`resources: { requests: { cpu: 100m } }`,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            maxReplicas: 6
            metrics:
              - type: ContainerResource
                containerResource: { name: cpu, container: application, target: { type: Utilization, averageUtilization: 60 } }
        `,
      ),
      errors: [
        {
          id: 'container',
          line: 27,
          column: 50,
          endColumn: 61,
          message: 'Deployment default/web has no container "application"; its containers: web',
        },
      ],
    },
  ],
});

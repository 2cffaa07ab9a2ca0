import { endpointsTruncated } from '../../rules/name/endpoints-truncated.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(endpointsTruncated, {
  valid: [
    {
      name: 'a thousand',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1000
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'an autoscaler that stays below',
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: web
        spec:
          scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
          minReplicas: 2
          maxReplicas: 900
      `,
    },
  ],
  invalid: [
    {
      name: 'one workload',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1200
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'now',
          line: 23,
          column: 3,
          endColumn: 11,
          message: 'its Endpoints hold 1000 of 1200 addresses; the EndpointSlices have all',
        },
      ],
    },
    {
      name: 'two workloads',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 700
          selector:
            matchLabels: { app: web, track: a }
          template:
            metadata:
              labels: { app: web, track: a }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web-b
        spec:
          replicas: 700
          selector:
            matchLabels: { app: web, track: b }
          template:
            metadata:
              labels: { app: web, track: b }
            spec:
              containers:
                - name: web-b
                  image: shop/web-b:1.4
                  ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'now',
          line: 23,
          column: 3,
          endColumn: 11,
          message: 'its Endpoints hold 1000 of 1400 addresses; the EndpointSlices have all',
        },
      ],
    },
    {
      name: 'an autoscaler',
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: web
        spec:
          scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
          minReplicas: 2
          maxReplicas: 2000
      `,
      errors: [
        {
          id: 'later',
          line: 22,
          column: 3,
          endColumn: 11,
          message:
            'HorizontalPodAutoscaler default/web may scale it to 2000 pods, and its Endpoints hold 1000 addresses',
          related: ['34:16 its limit'],
        },
      ],
    },
  ],
});

import { weightsAllZero } from '../../rules/routing/weights-all-zero.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(weightsAllZero, {
  valid: [
    {
      name: 'one has a weight',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - backendRefs:
                - { name: web, port: 80, weight: 0 }
                - { name: web, port: 80, weight: 1 }
      `,
    },
    {
      name: 'none is written, which is 1',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - backendRefs:
                - { name: web, port: 80 }
      `,
    },
    {
      name: 'the only destination of a VirtualService takes everything',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: web
        spec:
          hosts: [web]
          http:
            - route:
                - { destination: { host: web }, weight: 0 }
      `,
    },
  ],
  invalid: [
    {
      name: 'the only backend',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - backendRefs:
                - { name: web, port: 80, weight: 0 }
      `,
      errors: [
        {
          id: 'none',
          line: 34,
          column: 42,
          endColumn: 43,
          message: 'its only backend has weight 0',
        },
      ],
    },
    {
      name: 'two destinations',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: web
        spec:
          hosts: [web]
          http:
            - route:
                - { destination: { host: web }, weight: 0 }
                - { destination: { host: web }, weight: 0 }
      `,
      errors: [
        {
          id: 'none',
          line: 34,
          column: 49,
          endColumn: 50,
          message: 'both backends have weight 0',
        },
      ],
    },
    {
      name: 'a TraefikService',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: traefik.io/v1alpha1
        kind: TraefikService
        metadata:
          name: split
        spec:
          weighted:
            services:
              - { name: web, port: 80, weight: 0 }
      `,
      errors: [
        {
          id: 'none',
          line: 33,
          column: 40,
          endColumn: 41,
          message: 'its only backend has weight 0',
        },
      ],
    },
  ],
});

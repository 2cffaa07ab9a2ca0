import { weightsAllZero } from '../../rules/routing/weights-all-zero.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(weightsAllZero, {
  valid: [
    {
      name: 'one has a weight',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
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
      ),
    },
    {
      name: 'none is written, which is 1',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
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
      ),
    },
    {
      name: 'the only destination of a VirtualService takes everything',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
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
      ),
    },
  ],
  invalid: [
    {
      name: 'the only backend',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
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
      ),
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
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
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
      ),
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
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: TraefikService
          metadata:
            name: split
          spec:
            weighted:
              services:
                - { name: web, port: 80, weight: 0 }
        `,
      ),
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

import { adminPathExposed } from '../../rules/security/admin-path-exposed.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(adminPathExposed, {
  valid: [
    {
      name: 'other paths',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'with a login',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/auth-secret: metrics-login
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /metrics
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'an internal class',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx-internal
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /metrics
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'actuators',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /actuator
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'exposed',
          line: 11,
          column: 19,
          endColumn: 28,
          message: 'path /actuator is for Spring Boot actuators',
        },
      ],
    },
    {
      name: 'metrics',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /metrics
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'exposed',
          line: 11,
          column: 19,
          endColumn: 27,
          message: 'path /metrics is for metrics',
        },
      ],
    },
    {
      name: 'profiling',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /debug/pprof
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'exposed',
          line: 11,
          column: 19,
          endColumn: 31,
          message: 'path /debug/pprof is for profiling and debugging',
        },
      ],
    },
  ],
});

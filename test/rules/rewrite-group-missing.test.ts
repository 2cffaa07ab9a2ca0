import { rewriteGroupMissing } from '../../rules/routing/rewrite-group-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(rewriteGroupMissing, {
  valid: [
    {
      name: 'a group',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /$1
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api/(.*)
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'two groups',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /$2
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api(/|$)(.*)
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'no group wanted',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'the root',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /$2
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'another controller',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.org/rewrites: x
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'no group',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /$2
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'group',
          line: 13,
          column: 19,
          endColumn: 23,
          message: 'path /api has no group, so $2 is empty',
          related: ['6:49 the target'],
        },
      ],
    },
    {
      name: 'one group',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /$2
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api/(.*)
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'group',
          line: 13,
          column: 19,
          endColumn: 28,
          message: 'path /api/(.*) has 1 group, so $2 is empty',
          related: ['6:49 the target'],
        },
      ],
    },
    {
      name: 'a group that is not numbered',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/rewrite-target: /$1
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api/(?:v1|v2)
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'group',
          line: 13,
          column: 19,
          endColumn: 33,
          message: 'path /api/(?:v1|v2) has no group, so $1 is empty',
          related: ['6:49 the target'],
        },
      ],
    },
  ],
});

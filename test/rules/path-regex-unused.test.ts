import { pathRegexUnused } from '../../rules/routing/path-regex-unused.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations:
      nginx.ingress.kubernetes.io/use-regex: "true"
  spec:
    ingressClassName: nginx
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: ImplementationSpecific
              backend: { service: { name: web, port: { number: 80 } } }
`;

testRule(pathRegexUnused, {
  valid: [
    {
      name: 'use-regex',
      yaml: webIngress.replace('- path: /', '- path: /api/(.*)'),
    },
    {
      name: 'another Ingress of the host',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: api
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /api/.*
                      pathType: ImplementationSpecific
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'a plain path',
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
        spec:
          ingressClassName: kong
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /api/.*
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'no class',
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
                  - path: /books
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'a group',
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
                  - path: /api/(.*)
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'literal',
          line: 11,
          column: 19,
          endColumn: 28,
          message: 'path /api/(.*) is taken as it stands: no Ingress for its host has use-regex',
        },
      ],
    },
    {
      name: 'another host',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: api
          spec:
            ingressClassName: nginx
            rules:
              - host: api.example.com
                http:
                  paths:
                    - path: /api(/|$)(.*)
                      pathType: ImplementationSpecific
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
      errors: [
        {
          id: 'literal',
          line: 27,
          column: 19,
          endColumn: 32,
          message:
            'path /api(/|$)(.*) is taken as it stands: no Ingress for its host has use-regex',
        },
      ],
    },
    {
      name: 'a class of characters',
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
                  - path: /books/[0-9]+
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'literal',
          line: 36,
          column: 19,
          endColumn: 32,
          message:
            'path /books/[0-9]+ is taken as it stands: no Ingress for its host has use-regex',
        },
      ],
    },
  ],
});

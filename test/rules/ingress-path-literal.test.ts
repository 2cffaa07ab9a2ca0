import { ingressPathLiteral } from '../../rules/routing/ingress-path-literal.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const ingress = (path: string, pathType = 'Prefix', annotations = ''): string => yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata: {name: shop, annotations: {${annotations}}}
  spec:
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: ${path}
              pathType: ${pathType}
              backend: {service: {name: api, port: {number: 80}}}
`;

const at = { id: 'star', line: 9, column: 19 } as const;

/** What the Ingresses lead to. */
const web = documents(
  app('web', { replicas: 2 })``,
  serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
);

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

testRule(ingressPathLiteral, {
  valid: [
    { name: 'a prefix', yaml: ingress('/api') },
    { name: 'no path', yaml: ingress('null', 'ImplementationSpecific') },
    { name: 'what controllers of clouds read', yaml: ingress('/api/*', 'ImplementationSpecific') },
    { name: 'a regular expression for who knows what', yaml: ingress('/api(/|$)(.*)') },
    {
      name: 'paths that ingress-nginx reads as regular expressions',
      yaml: ingress('/api/*', 'Prefix', 'nginx.ingress.kubernetes.io/use-regex: "true"'),
    },
    { name: 'a placeholder', yaml: ingress('"/${BASE}/*"') },
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
      yaml: documents(
        web,
        yaml`
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
      ),
    },
  ],
  invalid: [
    {
      name: 'all below a prefix',
      yaml: ingress('/api/*'),
      errors: [
        {
          ...at,
          endColumn: 25,
          message: '/api/* with pathType Prefix takes only requests with a * in their path',
          help: 'write /api with pathType Prefix, which takes everything below',
        },
      ],
    },
    {
      name: 'an element that begins so',
      yaml: ingress('/api*'),
      errors: [
        {
          ...at,
          endColumn: 24,
          help: 'write /api with pathType Prefix, which takes everything below',
        },
      ],
    },
    {
      name: 'everything',
      yaml: ingress('/*', 'Exact'),
      errors: [
        {
          ...at,
          endColumn: 21,
          help: 'write / with pathType Prefix, which takes everything below',
        },
      ],
    },
    {
      name: 'in the midst',
      yaml: ingress('/users/*/cart'),
      errors: [
        {
          ...at,
          endColumn: 32,
          help: 'no pathType knows wildcards: use regular expressions of the controller, or an HTTPRoute',
        },
      ],
    },
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
          id: 'regex',
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
          id: 'regex',
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
      yaml: documents(
        web,
        yaml`
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
      ),
      errors: [
        {
          id: 'regex',
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

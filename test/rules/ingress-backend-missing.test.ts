import { ingressBackendMissing } from '../../rules/reference/ingress-backend-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload, yaml } from '../support/yaml.ts';

/** The name of the default backend stands on line 4 from column 36 on. */
const ingress = (name: string, { metadata = '', port = 'number: 80' } = {}): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop${metadata} }\nspec: { defaultBackend: { service: { name: ${name}, port: { ${port} } } } }\n`;
const service = (name: string, metadata = ''): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}${metadata} }\nspec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }\n`;
const action = `, annotations: { alb.ingress.kubernetes.io/actions.ssl-redirect: '{"Type":"redirect"}' }`;
const useAnnotation = 'name: use-annotation';

const shopIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: shop
  spec:
    defaultBackend: { service: { name: web, port: { number: 80 } } }
    rules:
      - http:
          paths:
            - path: /orders
              pathType: Prefix
              backend: { service: { name: orders, port: { number: 80 } } }
`;

testRule(ingressBackendMissing, {
  valid: [
    {
      name: 'like no Service of the directory, of which it names none',
      files: {
        'web.yaml': service('web') + service('cart') + workload('web'),
        'ingress.yaml': ingress('orders'),
      },
      unknown: ['nothing that was read is like it'],
    },
    {
      name: 'beside a backend of another directory',
      files: {
        'web/web.yaml': service('web') + service('cart') + workload('web'),
        'edge/ingress.yaml': shopIngress,
      },
      unknown: ['nothing that was read is like it'],
    },
    {
      name: 'a workload that has nothing to do with it',
      yaml: ingress('orders') + workload('web'),
      unknown: ['nothing that was read is like it'],
    },
    { name: 'there is one', yaml: ingress('web') + service('web') + workload('web') },
    {
      name: 'the namespace written on one side only',
      yaml: ingress('web', { metadata: ', namespace: default' }) + service('web'),
    },
    {
      name: 'an action of the AWS load balancer controller',
      yaml:
        ingress('ssl-redirect', { metadata: action, port: useAnnotation }) +
        service('web') +
        workload('web'),
    },
    {
      name: 'a port that happens to be named use-annotation',
      yaml:
        ingress('web', { port: useAnnotation }) +
        service('web').replace('name: http', useAnnotation) +
        workload('web'),
    },
    {
      name: 'a redirect of ingress-nginx',
      yaml:
        ingress('nobody', {
          metadata:
            ', annotations: { nginx.ingress.kubernetes.io/permanent-redirect: https://shop.example.org }',
        }) +
        service('web') +
        workload('web'),
    },
    {
      name: 'a backend that is not a Service',
      yaml:
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec: { defaultBackend: { resource: { apiGroup: k8s.example.org, kind: Bucket, name: static } } }\n' +
        workload('web'),
    },
    {
      name: 'a Service of cert-manager',
      yaml: ingress('cm-acme-http-solver-x7f2p') + service('web') + workload('web'),
      unknown: ['cert-manager makes Services'],
    },
    {
      name: 'nothing of its namespace was read',
      yaml: ingress('web'),
      unknown: ['no workload of namespace default'],
    },
    {
      name: 'a template may be the Service',
      yaml:
        ingress('web') +
        workload('web') +
        '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n',
      unread: 1,
      unknown: ['document 3 of manifest.yaml is a template'],
    },
    {
      name: 'a name that is filled in later',
      yaml: ingress('SERVICE_NAME') + service('web') + workload('web'),
      unknown: ['its name is filled in later'],
    },
    {
      name: 'a Service that would be rejected is there as soon as it is fixed',
      yaml: ingress('web') + service('web').replace('port: 80', 'port: 80000') + workload('web'),
      refused: 1,
    },
  ],
  invalid: [
    {
      name: 'the DNS name of a Service beside it',
      yaml: ingress('web.default') + service('web') + workload('web'),
      errors: [
        {
          id: 'dotted',
          line: 4,
          column: 44,
          endColumn: 55,
          message:
            'no Service can be named "web.default", for a dot belongs to hosts; did you mean "web"?',
          safety: 'safe',
        },
      ],
      output: ingress('web') + service('web') + workload('web'),
    },
    {
      name: 'the DNS name of a Service of another namespace',
      yaml: ingress('web.shop') + service('web', ', namespace: shop') + workload('web'),
      errors: [
        {
          id: 'dotted',
          line: 4,
          column: 44,
          endColumn: 52,
          help: 'put the Ingress into the namespace of Service shop/web, and write web',
        },
      ],
    },
    {
      name: 'a slip beside a Service that an overlay renames: what stands in the base is meant',
      files: {
        'base/kustomization.yaml': 'resources: [all.yaml]\n',
        'base/all.yaml': ingress('webb') + service('web') + workload('web'),
        'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
      },
      errors: [
        {
          id: 'nearName',
          file: 'base/all.yaml',
          line: 4,
          column: 44,
          endColumn: 48,
          message: 'there is no Service "webb" in namespace default; did you mean "web"?',
          help: 'change it to web',
          related: ['base/all.yaml:8:19 this Service, which becomes prod-web'],
        },
      ],
      output: { 'base/all.yaml': ingress('web') + service('web') + workload('web') },
    },
    {
      name: 'a typo',
      yaml: ingress('wbe') + service('web') + workload('web'),
      errors: [
        {
          id: 'nearName',
          line: 4,
          column: 44,
          endColumn: 47,
          message: 'there is no Service "wbe" in namespace default; did you mean "web"?',
          safety: 'safe',
        },
      ],
      output: ingress('web') + service('web') + workload('web'),
    },
    {
      name: 'a path of a rule',
      yaml:
        `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec:\n  rules:\n    - http:\n        paths:\n          - { path: /a, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }\n          - { path: /b, pathType: Prefix, backend: { service: { name: orders, port: { number: 80 } } } }\n` +
        service('web') +
        service('admin') +
        workload('web'),
      errors: [
        {
          id: 'missing',
          line: 9,
          column: 71,
          endColumn: 77,
          severity: 'warning',
          message: 'there is no Service "orders" in namespace default in the 4 objects read',
        },
      ],
    },
    {
      name: 'in another namespace',
      yaml:
        ingress('orders', { metadata: ', namespace: shop' }) +
        service('web', ', namespace: shop') +
        service('orders', ', namespace: back') +
        workload('web', { namespace: 'shop' }),
      errors: [
        {
          id: 'otherNamespace',
          line: 4,
          column: 44,
          endColumn: 50,
          message: 'there is no Service "orders" in namespace shop; there is Service back/orders',
        },
      ],
    },
    {
      name: 'in a namespace that is only assumed',
      yaml:
        ingress('orders') +
        service('web') +
        service('orders', ', namespace: back') +
        workload('web'),
      errors: [
        {
          id: 'otherNamespace',
          line: 4,
          column: 44,
          endColumn: 50,
          severity: 'warning',
          message:
            'there is no Service "orders" in namespace default; there is Service back/orders',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: ingress('web') + service('web-http') + service('api') + workload('web'),
      errors: [
        {
          id: 'otherName',
          line: 4,
          column: 44,
          endColumn: 47,
          severity: 'warning',
          message: 'there is no Service "web" in namespace default; there is "web-http"',
          safety: 'unsafe',
        },
      ],
      output: ingress('web-http') + service('web-http') + service('api') + workload('web'),
    },
    {
      name: 'the only Service is another backend of the same Ingress, and was not meant here',
      yaml: `${shopIngress}${service('web')}${workload('web')}`,
      errors: [
        {
          id: 'missing',
          line: 12,
          column: 41,
          endColumn: 47,
          severity: 'warning',
          message: 'there is no Service "orders" in namespace default in the 3 objects read',
        },
      ],
    },
    {
      name: 'the only Service has nothing but a word for Services in common',
      yaml: ingress('front-service') + service('db-service') + workload('web'),
      errors: [
        {
          id: 'otherName',
          line: 4,
          column: 44,
          endColumn: 57,
          severity: 'warning',
          help: 'correct the name, or add a Service named front-service',
        },
      ],
    },
    {
      name: 'nothing similar',
      yaml: ingress('orders') + workload('orders-worker'),
      errors: [
        {
          id: 'missing',
          line: 4,
          column: 44,
          endColumn: 50,
          severity: 'warning',
          message: 'there is no Service "orders" in namespace default in the 2 objects read',
        },
      ],
    },
    {
      name: 'an action without its annotation',
      yaml:
        ingress('ssl-redirct', { metadata: action, port: useAnnotation }) +
        service('web') +
        workload('web'),
      errors: [
        {
          id: 'noAction',
          line: 4,
          column: 44,
          endColumn: 55,
          message:
            'port "use-annotation" stands for annotation "alb.ingress.kubernetes.io/actions.ssl-redirct", which the Ingress does not have; did you mean "alb.ingress.kubernetes.io/actions.ssl-redirect"?',
        },
      ],
    },
    {
      name: 'no namespace beside files that all write one',
      files: {
        'app/ingress.yaml': yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          rules:
            - http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: web
                        port: { number: 80 }
      `,
        'app/web.yaml': yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: ghcr.io/acme/web:1.4.2
                  ports:
                    - containerPort: 8080
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: shop
        spec:
          selector:
            app: web
          ports:
            - port: 80
              targetPort: 8080
      `,
      },
      errors: [
        {
          id: 'otherNamespace',
          file: 'app/ingress.yaml',
          line: 13,
          column: 23,
          endColumn: 26,
          severity: 'warning',
          message: 'there is no Service "web" in namespace default; there is Service shop/web',
          related: ['app/web.yaml:26:14 this Service'],
        },
      ],
    },
    {
      name: 'another namespace than the base of its kustomization',
      files: {
        'base/kustomization.yaml': yaml`
        namespace: shop
        resources: [web.yaml]
      `,
        'base/web.yaml': yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: ghcr.io/acme/web:1.4.2
                  ports:
                    - containerPort: 8080
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: web
          ports:
            - port: 80
              targetPort: 8080
      `,
        'ingress/kustomization.yaml': yaml`
        resources: [../base, ingress.yaml]
      `,
        'ingress/ingress.yaml': yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          namespace: edge
        spec:
          rules:
            - http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: web
                        port: { number: 80 }
      `,
      },
      errors: [
        {
          id: 'otherNamespace',
          file: 'ingress/ingress.yaml',
          line: 14,
          column: 23,
          endColumn: 26,
          severity: 'warning',
          message: 'there is no Service "web" in namespace edge; there is Service shop/web',
          related: ['base/kustomization.yaml:1:12 this Service'],
        },
      ],
    },
    {
      name: 'beside a backend that lies in the same directory',
      files: {
        'web.yaml': service('web') + service('cart') + workload('web'),
        'ingress.yaml': shopIngress,
      },
      errors: [
        {
          id: 'missing',
          file: 'ingress.yaml',
          line: 12,
          column: 41,
          endColumn: 47,
          severity: 'warning',
        },
      ],
    },
  ],
});

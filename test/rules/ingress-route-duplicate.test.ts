import { ingressRouteDuplicate } from '../../rules/routing/ingress-route-duplicate.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, apiService, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
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
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 80 } } }
`;

const oneIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: one
  spec:
    ingressClassName: nginx
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 80 } } }
`;
const twoIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: two
  spec:
    ingressClassName: nginx
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: Prefix
              backend: { service: { name: api, port: { number: 80 } } }
`;

testRule(ingressRouteDuplicate, {
  valid: [
    {
      name: 'other paths',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
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
                    - path: /api
                      pathType: Prefix
                      backend: { service: { name: api, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'other hosts',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
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
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: api, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'another class',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: api
          spec:
            ingressClassName: internal
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: api, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'a canary',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: canary
            annotations: { nginx.ingress.kubernetes.io/canary: "true" }
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: api, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'an exact path beside a prefix',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
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
                    - path: /
                      pathType: Exact
                      backend: { service: { name: api, port: { number: 80 } } }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'two Ingresses',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
        webIngress,
        twoIngress.replace('name: two', 'name: api'),
      ),
      errors: [
        {
          id: 'twice',
          line: 61,
          column: 19,
          endColumn: 20,
          message: 'shop.example.com/ is routed by Ingress default/web as well, to another backend',
          related: ['47:19 the same host and path'],
        },
      ],
    },
    {
      name: 'a slash at the end',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
        webIngress.replace('- path: /', '- path: /shop'),
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
                      - path: /shop/
                        pathType: Prefix
                        backend: { service: { name: api, port: { number: 80 } } }
          `,
      ),
      errors: [
        {
          id: 'twice',
          line: 61,
          column: 19,
          endColumn: 25,
          message:
            'shop.example.com/shop/ is routed by Ingress default/web as well, to another backend',
          related: ['47:19 the same host and path'],
        },
      ],
    },
    {
      name: 'in one Ingress',
      yaml: documents(
        webDeployment,
        webService,
        apiService,
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
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: api, port: { number: 80 } } }
        `,
      ),
      errors: [
        {
          id: 'twice',
          line: 50,
          column: 19,
          endColumn: 20,
          message: 'shop.example.com/ is routed by this Ingress as well, to another backend',
          related: ['47:19 the same host and path'],
        },
      ],
    },
    {
      name: 'in two files of one directory',
      files: {
        'services.yaml': documents(webDeployment, webService, apiDeployment, apiService),
        'one.yaml': oneIngress,
        'two.yaml': twoIngress,
      },
      errors: [
        { id: 'twice', file: 'two.yaml', line: 11, column: 19, endColumn: 20, severity: 'warning' },
      ],
    },
    {
      name: 'in two files of a directory of examples',
      files: {
        'examples/services.yaml': documents(webDeployment, webService, apiDeployment, apiService),
        'examples/one.yaml': oneIngress,
        'examples/two.yaml': twoIngress,
      },
      errors: [
        {
          id: 'twice',
          file: 'examples/two.yaml',
          line: 11,
          column: 19,
          endColumn: 20,
          severity: 'info',
        },
      ],
    },
    {
      name: 'in two directories, of which perhaps only one is applied',
      files: {
        'a/services.yaml': documents(webDeployment, webService, apiDeployment, apiService),
        'a/one.yaml': oneIngress,
        'b/two.yaml': twoIngress,
      },
      errors: [
        { id: 'twice', file: 'a/one.yaml', line: 11, column: 19, endColumn: 20, severity: 'info' },
      ],
    },
    {
      name: 'to the same backend',
      files: {
        'services.yaml': documents(webDeployment, webService, apiDeployment, apiService),
        'one.yaml': oneIngress,
        'two.yaml': oneIngress.replace('name: one', 'name: two'),
      },
      errors: [
        {
          id: 'again',
          file: 'two.yaml',
          line: 11,
          column: 19,
          endColumn: 20,
          severity: 'info',
          message:
            'shop.example.com/ is routed by Ingress default/one as well, to the same backend',
        },
      ],
    },
  ],
});

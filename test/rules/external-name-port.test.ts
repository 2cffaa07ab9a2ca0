import { externalNamePort } from '../../rules/reference/external-name-port.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, apiService, app, deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web')`
  env:
    - name: API_URL
      value: http://orders:8080
`;

const ordersService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: orders
  spec:
    type: ExternalName
    externalName: api.default.svc.cluster.local
`;

const redirectsDeployment = deployment('redirects', { namespace: 'edge' })`
  containers:
    - name: redirects
      image: registry.example/redirects:1.0
      ports: [{ containerPort: 8080 }]
`;
const docsService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: docs
  spec:
    type: ExternalName
    externalName: docs.example.org
    ports:
      - name: http
        port: 80
        targetPort: http
`;
const oldService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: old
  spec:
    type: ExternalName
    externalName: redirects.edge.svc.cluster.local
    ports:
      - port: 80
        targetPort: 8080
`;
const redirectsService = serviceFor('redirects', { namespace: 'edge' })`
  ports:
    - port: 80
      targetPort: 8080
`;

testRule(externalNamePort, {
  valid: [
    {
      name: 'a port of the target',
      yaml: documents(
        webDeployment.replace('value: http://orders:8080', 'value: http://orders:80'),
        ordersService,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'a host outside',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: orders
          spec:
            type: ExternalName
            externalName: api.example.com
        `,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'in a circle',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: orders
          spec:
            type: ExternalName
            externalName: items.default.svc.cluster.local
          ---
          apiVersion: v1
          kind: Service
          metadata:
            name: items
          spec:
            type: ExternalName
            externalName: orders.default.svc.cluster.local
        `,
      ),
    },
    {
      name: 'an Ingress of another controller',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: old
          spec:
            ingressClassName: traefik
            rules:
              - host: old.example.org
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend:
                        service: { name: old, port: { number: 80 } }
                    - path: /docs
                      pathType: Prefix
                      backend:
                        service: { name: docs, port: { name: http } }
        `,
        oldService,
        docsService,
        redirectsService,
        redirectsDeployment,
      ),
    },
  ],
  invalid: [
    {
      name: 'another port',
      yaml: documents(webDeployment, ordersService, apiDeployment, apiService),
      errors: [
        {
          id: 'port',
          line: 18,
          column: 29,
          endColumn: 35,
          message:
            'port 8080 of Service default/orders is dialled at Service default/api, which has 80 only',
          related: ['26:17 the alias', '50:3 its ports'],
        },
      ],
    },
    {
      name: 'behind two',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: orders
          spec:
            type: ExternalName
            externalName: items.default.svc.cluster.local
          ---
          apiVersion: v1
          kind: Service
          metadata:
            name: items
          spec:
            type: ExternalName
            externalName: api.default.svc.cluster.local
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'port',
          line: 18,
          column: 29,
          endColumn: 35,
          message:
            'port 8080 of Service default/orders is dialled at Service default/api, which has 80 only',
          related: ['26:17 the alias', '58:3 its ports'],
        },
      ],
    },
    {
      name: 'by an Ingress, for its targetPort',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: old
            annotations:
              nginx.ingress.kubernetes.io/ssl-redirect: 'false'
          spec:
            rules:
              - host: old.example.org
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend:
                        service: { name: old, port: { number: 80 } }
                    - path: /docs
                      pathType: Prefix
                      backend:
                        service: { name: docs, port: { name: http } }
        `,
        oldService,
        docsService,
        redirectsService,
        redirectsDeployment,
      ),
      errors: [
        {
          id: 'port',
          line: 30,
          column: 19,
          endColumn: 23,
          message:
            'port 8080 of Service default/old is dialled at Service edge/redirects, which has 80 only',
          related: ['27:17 the alias', '51:3 its ports'],
        },
        {
          id: 'named',
          line: 42,
          column: 19,
          endColumn: 23,
          message:
            'ingress-nginx dials targetPort at the target of the alias, and "http" is no number',
        },
      ],
    },
  ],
});

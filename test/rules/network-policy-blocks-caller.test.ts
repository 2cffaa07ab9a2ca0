import { networkPolicyBlocksCaller } from '../../rules/policy/network-policy-blocks-caller.ts';
import { testRule } from '../support/rule-tester.ts';
import {
  apiDeployment,
  app,
  deployment,
  serviceFor,
  webDeployment,
  webService,
} from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

const catalogDeployment = app('catalog')``;
const catalogService = serviceFor('catalog')`
  ports:
    - port: 80
      targetPort: http
`;
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
const albIngress = webIngress
  .replace('ingressClassName: nginx', 'ingressClassName: alb')
  .replace(
    '  name: web\n',
    '  name: web\n  annotations: { alb.ingress.kubernetes.io/target-type: ip }\n',
  );
/** A policy that lets the peers of one rule reach port 8080 of an application. */
const admitting = (app: string, peers: string): string => yaml`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: ${app}
  spec:
    podSelector: { matchLabels: { app: ${app} } }
    ingress:
      - from: [{ ${peers} }]
        ports: [{ port: 8080 }]
`;
const catalogNetworkPolicy = admitting('catalog', 'podSelector: { matchLabels: { app: api } }');

const closedShop =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: closed }\nspec: { podSelector: { matchLabels: { app: api } } }\n' +
  '---\napiVersion: v1\nkind: Service\nmetadata: { name: api }\nspec: { selector: { app: api }, ports: [{ port: 80 }] }\n' +
  workload('api', { ports: '{ containerPort: 80 }' });
const callers = (...names: readonly string[]): string =>
  names
    .map((name) => workload(name, { container: 'env: [{ name: API, value: "http://api" }]' }))
    .join('');

const frontDeployment = app('front')`env: [{ name: API_URL, value: "http://api" }]`;
const controllerDeployment = deployment('controller', { namespace: 'ingress-nginx' })`
  containers:
    - name: controller
      image: registry.k8s.io/ingress-nginx/controller:v1.12.0
`;
const webValidatingWebhookConfiguration = yaml`
  apiVersion: admissionregistration.k8s.io/v1
  kind: ValidatingWebhookConfiguration
  metadata:
    name: web
  webhooks:
    - name: web.shop.example.com
      admissionReviewVersions: [v1]
      sideEffects: None
      clientConfig:
        service: { name: web, namespace: default, port: 80 }
`;
const webNetworkPolicy = admitting(
  'web',
  'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } }',
);
const webHTTPRoute = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: HTTPRoute
  metadata:
    name: web
  spec:
    parentRefs: [{ name: edge, namespace: edge }]
    rules:
      - backendRefs: [{ name: web, port: 80 }]
`;
const webServiceMonitor = yaml`
  apiVersion: monitoring.coreos.com/v1
  kind: ServiceMonitor
  metadata:
    name: web
  spec:
    selector: { matchLabels: { app: web } }
    endpoints: [{ port: http }]
`;

const callerOfCatalog = app('web')`
  env:
    - name: API
      value: http://catalog
`;

testRule(networkPolicyBlocksCaller, {
  valid: [
    {
      name: 'let out to the port of the Service, which is a finding about the policy',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to: [{ podSelector: { matchLabels: { app: catalog } } }]
                ports: [{ port: 80 }]
              - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
        `,
      ),
    },
    {
      name: 'only another port is open, which is a finding about the Service',
      yaml: documents(
        app('web')`env: [{ name: API, value: http://catalog }]`,
        catalogDeployment,
        catalogService,
        admitting('catalog', 'podSelector: { matchLabels: { app: web } }').replace('8080', '9090'),
      ),
    },
    {
      name: 'admitted',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy.replace(
          '- from: [{ podSelector: { matchLabels: { app: api } } }]',
          '- from: [{ podSelector: { matchLabels: { app: web } } }]',
        ),
      ),
    },
    {
      name: 'let out as well',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy.replace(
          '- from: [{ podSelector: { matchLabels: { app: api } } }]',
          '- from: [{ podSelector: { matchLabels: { app: web } } }]',
        ),
        yaml`
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: web
            spec:
              podSelector: { matchLabels: { app: web } }
              policyTypes: [Egress]
              egress:
                - to: [{ podSelector: { matchLabels: { app: catalog } } }]
                  ports: [{ port: 8080 }]
                - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
          `,
      ),
    },
    {
      name: 'no policy for these pods',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: db
          spec:
            podSelector: { matchLabels: { app: db } }
            ingress: []
        `,
      ),
    },
    {
      name: 'by address',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: catalog
          spec:
            podSelector: { matchLabels: { app: catalog } }
            ingress:
              - from: [{ ipBlock: { cidr: 10.0.0.0/8 } }]
        `,
      ),
    },
    {
      name: 'a policy of another kind beside it',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy,
        yaml`
          apiVersion: cilium.io/v2
          kind: CiliumNetworkPolicy
          metadata:
            name: web
          spec: {}
        `,
      ),
    },
    {
      name: 'another port of the Service is closed',
      yaml: documents(
        app('web')`
          env:
            - name: API
              value: http://catalog:80
        `,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy.replace(
          '- from: [{ podSelector: { matchLabels: { app: api } } }]',
          '- from: [{ podSelector: { matchLabels: { app: web } } }]',
        ),
      ),
    },
    {
      name: 'nobody calls it',
      yaml: documents(webDeployment, catalogDeployment, catalogService, catalogNetworkPolicy),
    },
    {
      name: 'another key of a shared ConfigMap',
      yaml: documents(
        app('web')`
          env: [{ name: A, valueFrom: { configMapKeyRef: { name: urls, key: other } } }]
        `,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: urls
          data:
            catalog: http://catalog
            other: none
        `,
      ),
    },
    {
      name: 'the namespace of an Ingress controller is admitted',
      yaml: documents(webDeployment, webService, webIngress, webNetworkPolicy),
    },
    {
      name: 'a load balancer that may have an address of the block',
      yaml: documents(
        webDeployment,
        webService,
        albIngress,
        admitting('web', 'ipBlock: { cidr: 10.0.0.0/16 }'),
      ),
    },
    ...['nginx', 'traefik', 'public'].map((name) => ({
      name: `what is left of the load balancer beside class ${name}`,
      yaml: documents(
        webDeployment,
        webService,
        albIngress.replace('ingressClassName: alb', `ingressClassName: ${name}`),
        admitting('web', 'namespaceSelector: {}'),
      ),
    })),
    {
      name: 'its pods are read, and admitted',
      yaml: documents(
        webDeployment,
        webService,
        webIngress,
        webNetworkPolicy,
        controllerDeployment,
      ),
    },
    {
      name: 'an API server may have that address',
      yaml: documents(
        webDeployment,
        webService,
        webValidatingWebhookConfiguration,
        admitting('web', 'ipBlock: { cidr: 10.0.0.0/24 }'),
      ),
    },
    {
      name: 'a Prometheus whose namespace is admitted',
      yaml: documents(
        webDeployment,
        yaml`
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              labels: { app: web }
            spec:
              selector: { app: web }
              ports:
                - name: http
                  port: 80
                  targetPort: http
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata:
              name: main
              namespace: monitoring
          `,
        webServiceMonitor,
        admitting(
          'web',
          'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }',
        ),
      ),
    },
    {
      name: 'a Gateway in a namespace that is admitted',
      yaml: documents(
        webDeployment,
        webService,
        webHTTPRoute,
        admitting('web', 'namespaceSelector: { }'),
      ),
    },
    {
      name: 'a range that pods may be in',
      yaml: documents(
        frontDeployment,
        apiDeployment,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: api
          spec:
            podSelector: { matchLabels: { app: api } }
            policyTypes: [Ingress]
            ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]
        `,
      ),
    },
    {
      name: 'every address',
      yaml: documents(
        frontDeployment,
        apiDeployment,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: api
          spec:
            podSelector: { matchLabels: { app: api } }
            policyTypes: [Ingress]
            ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'a load balancer, which is in no namespace',
      yaml: documents(
        webDeployment,
        webService,
        albIngress,
        admitting('web', 'namespaceSelector: {}'),
      ),
      errors: [
        {
          id: 'ingress',
          severity: 'warning',
          line: 48,
          column: 3,
          endColumn: 10,
          message:
            'the load balancer of Ingress default/web calls port 80 of Service default/web, and NetworkPolicy default/web does not admit it',
          help: 'allow ingress from everywhere on port 8080, or from an ipBlock: no selector takes what is no pod',
        },
      ],
    },
    {
      name: 'not admitted',
      yaml: documents(callerOfCatalog, catalogDeployment, catalogService, catalogNetworkPolicy),
      errors: [
        {
          id: 'ingress',
          line: 52,
          column: 3,
          endColumn: 10,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/catalog does not admit it',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'told in a ConfigMap too, which may be for others',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: web
          data:
            CATALOG_HOST: catalog.default.svc.cluster.local
            CATALOG_PORT: "80"
        `,
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              envFrom: [{ configMapRef: { name: web } }]
              env:
                - name: API
                  value: http://catalog:80
        `,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy,
      ),
      errors: [
        {
          id: 'ingress',
          line: 60,
          column: 3,
          endColumn: 10,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/catalog does not admit it',
          related: ['26:29 where the caller is given the name', '37:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'nobody is',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: deny
          spec:
            podSelector: {}
            policyTypes: [Ingress]
        `,
      ),
      errors: [
        {
          id: 'ingress',
          line: 51,
          column: 3,
          endColumn: 14,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/deny does not admit it',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'not let out',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
        `,
      ),
      errors: [
        {
          id: 'egress',
          line: 53,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/web does not let it out there',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'by a ConfigMap',
      yaml: documents(
        app('web')`envFrom: [{ configMapRef: { name: urls } }]`,
        catalogDeployment,
        catalogService,
        catalogNetworkPolicy,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: urls
          data:
            catalog: http://catalog
        `,
      ),
      errors: [
        {
          id: 'ingress',
          line: 50,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/catalog does not admit it',
          related: ['59:19 where the caller is given the name', '27:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'an Ingress, and pods of the own namespace only',
      yaml: documents(
        webDeployment,
        webService,
        webIngress,
        admitting('web', 'podSelector: { matchLabels: { app: api } }'),
      ),
      errors: [
        {
          id: 'ingress',
          line: 47,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'the controller of Ingress default/web calls port 80 of Service default/web, and NetworkPolicy default/web does not admit it',
          related: ['39:41 what calls it', '10:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'an Ingress whose controller is elsewhere',
      yaml: documents(
        webDeployment,
        webService,
        webIngress,
        admitting(
          'web',
          'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: nginx } }',
        ),
        controllerDeployment,
      ),
      errors: [
        {
          id: 'ingress',
          line: 47,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'the controller of Ingress default/web calls port 80 of Service default/web, and NetworkPolicy default/web does not admit it',
          related: ['39:41 where the caller is given the name', '10:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'a Gateway of another namespace',
      yaml: documents(
        webDeployment,
        webService,
        webHTTPRoute,
        admitting('web', 'podSelector: { }'),
      ),
      errors: [
        {
          id: 'ingress',
          line: 42,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'the Gateway of HTTPRoute default/web calls port 80 of Service default/web, and NetworkPolicy default/web does not admit it',
          related: ['34:29 what calls it', '10:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'a Prometheus of another namespace',
      yaml: documents(
        webDeployment,
        yaml`
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              labels: { app: web }
            spec:
              selector: { app: web }
              ports:
                - name: http
                  port: 80
                  targetPort: http
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata:
              name: main
              namespace: monitoring
          `,
        webServiceMonitor,
        admitting('web', 'podSelector: { matchLabels: { app: api } }'),
      ),
      errors: [
        {
          id: 'ingress',
          line: 49,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'the Prometheus of ServiceMonitor default/web calls port 80 of Service default/web, and NetworkPolicy default/web does not admit it',
          related: ['41:23 what calls it', '10:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'a webhook',
      yaml: documents(
        webDeployment,
        webService,
        webValidatingWebhookConfiguration,
        admitting('web', 'namespaceSelector: { }'),
      ),
      errors: [
        {
          id: 'ingress',
          line: 44,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'the API server, for ValidatingWebhookConfiguration web, calls port 80 of Service default/web, and NetworkPolicy default/web does not admit it',
          related: ['36:24 what calls it', '10:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'two callers of one port',
      yaml: closedShop + callers('web', 'cart'),
      errors: [
        {
          id: 'ingress',
          line: 4,
          column: 9,
          endColumn: 20,
          message:
            'Deployment default/web and Deployment default/cart call port 80 of Service default/api, and NetworkPolicy default/closed does not admit them',
          help: 'allow ingress from the pods of Deployment default/web and Deployment default/cart on port 80',
        },
      ],
    },
    {
      name: 'many callers of one port',
      yaml: closedShop + callers('a', 'b', 'c', 'd', 'e'),
      errors: [
        {
          id: 'ingress',
          line: 4,
          column: 9,
          endColumn: 20,
          message:
            'Deployment default/a, Deployment default/b, Deployment default/c and 2 more call port 80 of Service default/api, and NetworkPolicy default/closed does not admit them',
        },
      ],
    },
    {
      name: 'a range of the internet',
      yaml: documents(
        frontDeployment,
        apiDeployment,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: api
          spec:
            podSelector: { matchLabels: { app: api } }
            policyTypes: [Ingress]
            ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]
        `,
      ),
      errors: [
        {
          id: 'ingress',
          line: 49,
          column: 3,
          endColumn: 10,
          message:
            'Deployment default/front calls port 80 of Service default/api, and NetworkPolicy default/api does not admit it',
          related: ['16:49 where the caller is given the name', '27:7 the pods behind the Service'],
        },
      ],
    },
  ],
});

import { proxyRouteMismatch } from '../../rules/reference/proxy-route-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web, namespace: shop }
  spec:
    selector: { matchLabels: { app: web } }
    template:
      metadata: { labels: { app: web } }
      spec:
        containers:
          - name: main
            image: example.org/web:1
            ports: [{ containerPort: 8080 }]
`;
const webService = yaml`
  apiVersion: v1
  kind: Service
  metadata: { name: web, namespace: shop }
  spec:
    selector: { app: web }
    ports: [{ port: 80, targetPort: 8080 }]
`;
/** The items of its only route's `services` stand on line 7. */
const ingressRoute = (services: string): string =>
  'apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: shop, namespace: shop }\nspec:\n  routes:\n' +
  `    - match: Host(\`shop.example.org\`)\n      services: [${services}]\n`;
const shopIngressRoute = ingressRoute('{ name: web, port: 80 }');

const webShadowDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web-shadow, namespace: shop }
  spec:
    selector: { matchLabels: { app: web-shadow } }
    template:
      metadata: { labels: { app: web-shadow } }
      spec:
        containers:
          - name: main
            image: example.org/web-shadow:1
            ports: [{ containerPort: 8080 }]
`;
const webShadowService = yaml`
  apiVersion: v1
  kind: Service
  metadata: { name: web-shadow, namespace: shop }
  spec:
    selector: { app: web-shadow }
    ports: [{ port: 80, targetPort: 8080 }]
`;

const stripMiddleware = yaml`
  apiVersion: traefik.io/v1alpha1
  kind: Middleware
  metadata:
    name: strip
    namespace: shop
  spec:
    stripPrefix:
      prefixes: [/api]
`;

testRule(proxyRouteMismatch, {
  valid: [
    {
      name: 'the Service and its port are there',
      yaml: documents(shopIngressRoute, webService, webDeployment),
    },
    {
      name: 'a port by name',
      yaml: documents(
        ingressRoute('{ name: web, port: http }'),
        serviceFor('web', { namespace: 'shop' })`
          ports: [{ name: http, port: 80, targetPort: 8080 }]
        `,
        webDeployment,
      ),
    },
    {
      name: 'a TraefikService is no Service',
      yaml: documents(
        ingressRoute('{ name: weighted, kind: TraefikService }'),
        webService,
        webDeployment,
      ),
    },
    {
      name: 'a Service outside of the cluster has any port',
      yaml: documents(
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRouteTCP
          metadata: { name: shop, namespace: shop }
          spec:
            routes:
              - match: HostSNI(\`*\`)
                services: [{ name: mail, port: 25 }]
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: mail, namespace: shop }
          spec: { type: ExternalName, externalName: mail.example.org, ports: [{ port: 2525 }] }
        `,
        webDeployment,
      ),
    },
    {
      name: 'nothing of its namespace was read',
      yaml: documents(
        ingressRoute('{ name: billing, namespace: money, port: 80 }'),
        webService,
        webDeployment,
      ),
      unknown: [
        'Service "billing" in namespace money was not found, but no workload of namespace money was read together with it',
      ],
    },
    {
      name: 'values that are filled in later',
      yaml: documents(ingressRoute('{ name: web, port: "${PORT}" }'), webService, webDeployment),
    },
    {
      name: 'a middleware of an Ingress, by the name that Traefik gives it',
      yaml: documents(
        stripMiddleware,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: api
            namespace: shop
            annotations:
              traefik.ingress.kubernetes.io/router.middlewares: shop-strip@kubernetescrd, auth@file, edge-gzip@kubernetescrd
          spec:
            ingressClassName: traefik
            rules:
              - host: api.example.org
                http:
                  paths:
                    - path: /api
                      pathType: Prefix
                      backend:
                        service: { name: api, port: { number: 80 } }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'a host without backticks, and a matcher that is misspelt',
      yaml: yaml`
        apiVersion: traefik.io/v1alpha1
        kind: IngressRoute
        metadata:
          name: shop
        spec:
          routes:
            - match: Host(shop.example.com)
            - match: PathPrefx(\`/api\`)
      `,
      errors: [
        {
          id: 'match',
          line: 7,
          column: 14,
          endColumn: 36,
          message: 'shop.example.com is no text',
          help: 'write it in backticks: `shop.example.com`',
        },
        {
          id: 'match',
          line: 8,
          column: 14,
          endColumn: 31,
          message: 'there is no matcher PathPrefx',
          help: 'write PathPrefix',
        },
      ],
    },
    {
      name: 'a slip in the name',
      yaml: documents(ingressRoute('{ name: wbe, port: 80 }'), webService, webDeployment),
      errors: [
        {
          id: 'nearName',
          line: 7,
          column: 26,
          endColumn: 29,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          related: ['11:19 this Service'],
        },
      ],
      output: documents(shopIngressRoute, webService, webDeployment),
    },
    {
      name: 'the Service is in another namespace',
      yaml: documents(
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRoute
          metadata: { name: shop, namespace: proxy }
          spec:
            routes:
              - match: Host(\`shop.example.org\`)
                services: [{ name: web, port: 80 }]
        `,
        webService,
        webDeployment,
        deployment('proxy', { namespace: 'proxy' })`
          containers:
            - name: main
              image: example.org/proxy:1
              ports: [{ containerPort: 8000 }]
        `,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 7,
          column: 26,
          endColumn: 29,
          severity: 'warning',
          message: 'there is no Service "web" in namespace proxy; there is Service shop/web',
          related: ['11:35 this Service'],
        },
      ],
    },
    {
      name: 'the port of the pods',
      yaml: documents(ingressRoute('{ name: web, port: 8080 }'), webService, webDeployment),
      errors: [
        {
          id: 'targetPort',
          line: 7,
          column: 37,
          endColumn: 41,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          related: ['14:13 this port of the Service'],
        },
      ],
      output: documents(shopIngressRoute, webService, webDeployment),
    },
    {
      name: 'a number in quotes is a name',
      yaml: documents(ingressRoute('{ name: web, port: "80" }'), webService, webDeployment),
      errors: [
        {
          id: 'otherPort',
          line: 7,
          column: 37,
          endColumn: 41,
          message: 'the Service has no port "80"',
          related: ['14:13 this port of the Service'],
        },
      ],
    },
    {
      name: 'a kind that is none',
      yaml: documents(
        ingressRoute('{ kind: Servcie, name: web, port: 80 }'),
        webService,
        webDeployment,
      ),
      errors: [
        {
          id: 'kind',
          line: 7,
          column: 26,
          endColumn: 33,
          message: 'there is no kind "Servcie"; did you mean "Service"?',
        },
      ],
      output: [['Servcie,', 'Service,']],
    },
    {
      name: 'another word in the name',
      yaml: documents(ingressRoute('{ name: web-svc, port: 80 }'), webService, webDeployment),
      errors: [
        {
          id: 'otherName',
          line: 7,
          column: 26,
          endColumn: 33,
          message: 'there is no Service "web-svc" in namespace shop; there is "web"',
          related: ['11:19 this Service'],
        },
      ],
      output: documents(shopIngressRoute, webService, webDeployment),
    },
    {
      name: 'nothing is like it',
      yaml: documents(
        ingressRoute('{ name: ledger, port: 80 }'),
        webService,
        serviceFor('basket', { namespace: 'shop' })`ports: [{ port: 80, targetPort: 8080 }]`,
        webDeployment,
        deployment('basket', { namespace: 'shop' })`
          containers:
            - name: main
              image: example.org/basket:1
              ports: [{ containerPort: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'missing',
          line: 7,
          column: 26,
          endColumn: 32,
          severity: 'warning',
          message: 'there is no Service "ledger" in namespace shop in the 5 objects read',
        },
      ],
    },
    {
      name: 'a name for the port that has none',
      yaml: documents(ingressRoute('{ name: web, port: http }'), webService, webDeployment),
      errors: [
        {
          id: 'unnamed',
          line: 7,
          column: 37,
          endColumn: 41,
          message: 'the Service has no port named "http": 80 (unnamed) has no name',
          related: ['14:13 this port of the Service'],
        },
      ],
    },
    {
      name: 'a slip in the name of the port',
      yaml: documents(
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRoute
          metadata: { name: shop, namespace: shop }
          spec:
            routes:
              - match: Host(\`shop.example.org\`)
                services: [{ name: web, port: htpp }]
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: web, namespace: shop }
          spec:
            selector: { app: web }
            ports: [{ name: http, port: 80, targetPort: 8080 }]
        `,
        webDeployment,
      ),
      errors: [
        {
          id: 'nearPort',
          line: 7,
          column: 37,
          endColumn: 41,
          message: 'the Service has no port "htpp"; did you mean 80 ("http")?',
          related: ['14:13 this port of the Service'],
        },
      ],
      output: [['htpp', 'http']],
    },
    {
      name: 'a mirror of a TraefikService',
      yaml: documents(
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: TraefikService
          metadata: { name: copies, namespace: shop }
          spec:
            mirroring:
              name: web
              port: 80
              mirrors: [{ name: web-shadw, port: 80, percent: 10 }]
        `,
        webService,
        webShadowService,
        webDeployment,
        webShadowDeployment,
      ),
      errors: [
        {
          id: 'nearName',
          line: 8,
          column: 23,
          endColumn: 32,
          message: 'there is no Service "web-shadw" in namespace shop; did you mean "web-shadow"?',
          related: ['19:19 this Service'],
        },
      ],
      output: [['web-shadw,', 'web-shadow,']],
    },
    {
      name: 'an HTTPProxy',
      yaml: documents(
        yaml`
          apiVersion: projectcontour.io/v1
          kind: HTTPProxy
          metadata: { name: shop, namespace: shop }
          spec:
            virtualhost: { fqdn: shop.example.org }
            routes: [{ services: [{ name: web, port: 8080 }] }]
        `,
        webService,
        webDeployment,
      ),
      errors: [
        {
          id: 'targetPort',
          line: 6,
          column: 44,
          endColumn: 48,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          related: ['13:13 this port of the Service'],
        },
      ],
      output: [['port: 8080', 'port: 80']],
    },
    {
      name: 'a VirtualServer',
      yaml: documents(
        yaml`
          apiVersion: k8s.nginx.org/v1
          kind: VirtualServer
          metadata: { name: shop, namespace: shop }
          spec:
            host: shop.example.org
            upstreams: [{ name: web, service: webb, port: 80 }]
        `,
        webService,
        webDeployment,
      ),
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 37,
          endColumn: 41,
          message: 'there is no Service "webb" in namespace shop; did you mean "web"?',
          related: ['10:19 this Service'],
        },
      ],
      output: [['webb,', 'web,']],
    },
    {
      name: 'a middleware of an Ingress, without its namespace and with a slip',
      yaml: documents(
        stripMiddleware,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: api
            namespace: shop
            annotations:
              traefik.ingress.kubernetes.io/router.middlewares: strip@kubernetescrd
          spec:
            ingressClassName: traefik
            rules:
              - host: api.example.org
                http:
                  paths:
                    - path: /api
                      pathType: Prefix
                      backend:
                        service: { name: api, port: { number: 80 } }
          ---
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: admin
            namespace: shop
            annotations:
              traefik.ingress.kubernetes.io/router.middlewares: shop-strip@kubernetescrd,shop-stripp@kubernetescrd
          spec:
            ingressClassName: traefik
            rules:
              - host: admin.example.org
                http:
                  paths:
                    - path: /api
                      pathType: Prefix
                      backend:
                        service: { name: api, port: { number: 80 } }
        `,
      ),
      errors: [
        {
          id: 'middleware',
          line: 16,
          column: 55,
          endColumn: 74,
          message:
            'no middleware is called "strip@kubernetescrd"; Traefik calls the one that was read "shop-strip@kubernetescrd"',
          related: ['4:9 this middleware'],
        },
        {
          id: 'middleware',
          line: 34,
          column: 55,
          endColumn: 105,
          message:
            'no middleware is called "shop-stripp@kubernetescrd"; Traefik calls the one that was read "shop-strip@kubernetescrd"',
          related: ['4:9 this middleware'],
        },
      ],
    },
    {
      name: 'middlewares without a provider, of a misspelt one, and with the namespace behind',
      yaml: yaml`
        apiVersion: traefik.io/v1alpha1
        kind: Middleware
        metadata:
          name: login
          namespace: auth
        spec:
          forwardAuth: { address: "https://login.example.org" }
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: front
          namespace: auth
          annotations:
            traefik.ingress.kubernetes.io/router.middlewares: auth-login
        spec:
          rules:
            - host: front.example.org
              http:
                paths: [{ path: /, pathType: Prefix, backend: { service: { name: front, port: { number: 80 } } } }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: back
          namespace: auth
          annotations:
            traefik.ingress.kubernetes.io/router.middlewares: auth-login@kubernetes-crd
        spec:
          rules:
            - host: back.example.org
              http:
                paths: [{ path: /, pathType: Prefix, backend: { service: { name: front, port: { number: 80 } } } }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: side
          namespace: auth
          annotations:
            traefik.ingress.kubernetes.io/router.middlewares: compress@file,login-auth@kubernetescrd
        spec:
          rules:
            - host: side.example.org
              http:
                paths: [{ path: /, pathType: Prefix, backend: { service: { name: front, port: { number: 80 } } } }]
      `,
      errors: [
        {
          id: 'middleware',
          line: 15,
          column: 55,
          endColumn: 65,
          related: ['4:9 this middleware'],
          message:
            'no middleware is called "auth-login"; Traefik calls the one that was read "auth-login@kubernetescrd"',
        },
        {
          id: 'middleware',
          line: 28,
          column: 55,
          endColumn: 80,
          related: ['4:9 this middleware'],
          message:
            'no middleware is called "auth-login@kubernetes-crd"; Traefik calls the one that was read "auth-login@kubernetescrd"',
        },
        {
          id: 'middleware',
          line: 41,
          column: 55,
          endColumn: 93,
          related: ['4:9 this middleware'],
          message:
            'no middleware is called "login-auth@kubernetescrd"; Traefik calls the one that was read "auth-login@kubernetescrd"',
        },
      ],
    },
  ],
});

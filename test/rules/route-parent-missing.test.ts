import { routeParentMissing } from '../../rules/routing/route-parent-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const edgeGateway = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  metadata:
    name: edge
  spec:
    gatewayClassName: edge
    listeners:
      - { name: http, port: 80, protocol: HTTP }
      - { name: https, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: { certificateRefs: [{ name: shop }] } }
`;
const webHTTPRoute = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: HTTPRoute
  metadata:
    name: web
  spec:
    parentRefs:
      - { name: edge }
    rules:
      - backendRefs: [{ name: web, port: 80 }]
`;
const backendDeployment = deployment('backend')`
  containers: [{ name: backend, image: registry.acme.io/echo:1 }]
`;
const backendService = serviceFor('backend')`ports: [{ port: 3000 }]`;

const webV1Deployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web-v1
    namespace: shop
  spec:
    replicas: 2
    selector:
      matchLabels:
        app: web
        version: v1
    template:
      metadata:
        labels:
          app: web
          version: v1
      spec:
        containers:
          - name: web-v1
            image: ghcr.io/acme/web-v1:1.4.2
            ports:
              - containerPort: 8080
`;
const webV1Service = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web-v1
    namespace: shop
  spec:
    selector:
      app: web
      version: v1
    ports:
      - port: 80
        targetPort: 8080
`;
const splitHTTPRoute = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: HTTPRoute
  metadata:
    name: split
    namespace: shop
  spec:
    parentRefs:
      - { group: "", kind: Service, name: web, port: 80 }
    rules:
      - backendRefs:
          - { name: web-v1, port: 80 }
`;

const webInShop = yaml`
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
`;

testRule(routeParentMissing, {
  valid: [
    {
      name: 'examples that each bring a Gateway of the same name',
      files: {
        'quickstart.yaml': documents(
          yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: eg
          spec:
            gatewayClassName: eg
            listeners: [{ name: http, protocol: HTTP, port: 80 }]
          `,
          backendService,
          backendDeployment,
          yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: backend
          spec:
            parentRefs: [{ name: eg }]
            rules: [{ backendRefs: [{ name: backend, port: 3000 }] }]
          `,
        ),
        'termination.yaml': documents(
          yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: eg
          spec:
            gatewayClassName: eg
            listeners: [{ name: https, protocol: TLS, port: 443, tls: { mode: Terminate, certificateRefs: [{ name: cert }] } }]
          `,
          backendService,
          backendDeployment,
          yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: TCPRoute
          metadata:
            name: backend
          spec:
            parentRefs: [{ name: eg }]
            rules: [{ backendRefs: [{ name: backend, port: 3000 }] }]
          `,
        ),
        'passthrough.yaml': documents(
          yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: eg
          spec:
            gatewayClassName: eg
            listeners: [{ name: tls, protocol: TLS, port: 443, tls: { mode: Passthrough } }]
          `,
          backendService,
          backendDeployment,
          yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: TLSRoute
          metadata:
            name: backend
          spec:
            parentRefs: [{ name: eg }]
            rules: [{ backendRefs: [{ name: backend, port: 3000 }] }]
          `,
        ),
      },
    },
    {
      name: 'every listener',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
          spec:
            gatewayClassName: edge
            listeners:
              - { name: http, port: 80, protocol: HTTP }
        `,
        webHTTPRoute,
      ),
    },
    {
      name: 'one of them',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        webHTTPRoute.replace('- { name: edge }', '- { name: edge, sectionName: https }'),
      ),
    },
    {
      name: 'a port',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        webHTTPRoute.replace('- { name: edge }', '- { name: edge, port: 443 }'),
      ),
    },
    {
      name: 'a host in common',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: web
          spec:
            parentRefs:
              - { name: edge, sectionName: https }
            hostnames: [shop.example.com]
            rules:
              - backendRefs: [{ name: web, port: 80 }]
        `,
      ),
    },
    {
      name: 'a wildcard',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
          spec:
            gatewayClassName: edge
            listeners:
              - { name: http, port: 80, protocol: HTTP, hostname: '*.example.com' }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: web
          spec:
            parentRefs:
              - { name: edge }
            hostnames: [a.b.example.com]
            rules:
              - backendRefs: [{ name: web, port: 80 }]
        `,
      ),
    },
    {
      name: 'a Gateway from elsewhere',
      yaml: documents(webDeployment, webService, webHTTPRoute),
      unknown: ['Gateway "edge" in namespace default was not found, and may be made by hand'],
    },
    {
      name: 'a mesh route',
      yaml: documents(
        webDeployment,
        webService,
        webHTTPRoute.replace('- { name: edge }', '- { group: "", kind: Service, name: web }'),
      ),
    },
    {
      name: 'from another namespace, which is allowed',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: edge
              namespace: infra
            spec:
              gatewayClassName: edge
              listeners:
                - { name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }
          `,
        webHTTPRoute.replace('- { name: edge }', '- { name: edge, namespace: infra }'),
      ),
    },
    {
      name: 'a Service whose requests a mesh routes',
      yaml: documents(
        splitHTTPRoute,
        webV1Deployment,
        webV1Service,
        serviceFor('web', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: 8080
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the Gateway under another word for its kind',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge-gateway
        spec:
          gatewayClassName: edge
          listeners:
            - { name: http, port: 80, protocol: HTTP }
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs:
            - { name: edge }
      `,
      errors: [{ id: 'otherName', line: 16, column: 15, endColumn: 19 }],
      output: [['edge ', 'edge-gateway ']],
    },
    {
      name: 'the Gateway',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: edge
            spec:
              gatewayClassName: edge
              listeners:
                - { name: http, port: 80, protocol: HTTP }
          `,
        webHTTPRoute.replace('- { name: edge }', '- { name: egde }'),
      ),
      errors: [
        {
          id: 'nearName',
          line: 42,
          column: 15,
          endColumn: 19,
          message: 'there is no Gateway "egde" in namespace default; did you mean "edge"?',
          related: ['30:9 this Gateway'],
        },
      ],
      output: [['egde', 'edge']],
    },
    {
      name: 'the Gateway of another namespace',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
            namespace: infra
          spec:
            gatewayClassName: edge
            listeners:
              - { name: http, port: 80, protocol: HTTP }
        `,
        webHTTPRoute,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 43,
          column: 15,
          endColumn: 19,
          severity: 'warning',
          message: 'there is no Gateway "edge" in namespace default; there is Gateway infra/edge',
          related: ['31:14 this Gateway'],
        },
      ],
    },
    {
      name: 'the listener',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        webHTTPRoute.replace('- { name: edge }', '- { name: edge, sectionName: htps }'),
      ),
      errors: [
        {
          id: 'section',
          line: 43,
          column: 34,
          endColumn: 38,
          message: 'Gateway default/edge has no listener "htps"; it has "http" (80), "https" (443)',
          related: ['33:3 its listeners'],
        },
      ],
      output: [['htps', 'https']],
    },
    {
      name: 'a listener that is like none',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        webHTTPRoute.replace('- { name: edge }', '- { name: edge, sectionName: web }'),
      ),
      errors: [
        {
          id: 'section',
          line: 43,
          column: 34,
          endColumn: 37,
          message: 'Gateway default/edge has no listener "web"; it has "http" (80), "https" (443)',
          related: ['33:3 its listeners'],
        },
      ],
    },
    {
      name: 'the port',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        webHTTPRoute.replace('- { name: edge }', '- { name: edge, port: 8443 }'),
      ),
      errors: [
        {
          id: 'port',
          line: 43,
          column: 27,
          endColumn: 31,
          message:
            'Gateway default/edge has no listener on port 8443; it has "http" (80), "https" (443)',
          related: ['33:3 its listeners'],
        },
      ],
    },
    {
      name: 'no host in common',
      yaml: documents(
        webDeployment,
        webService,
        edgeGateway,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: web
          spec:
            parentRefs:
              - { name: edge, sectionName: https }
            hostnames: [api.example.com]
            rules:
              - backendRefs: [{ name: web, port: 80 }]
        `,
      ),
      errors: [
        {
          id: 'closed',
          line: 43,
          column: 15,
          endColumn: 19,
          message:
            'no listener of Gateway default/edge takes this route: listener "https" is for shop.example.com, and the route for api.example.com',
          related: ['35:15 this listener'],
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: documents(
        app('web', { namespace: 'shop' })``,
        serviceFor('web', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: http
        `,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
            namespace: infra
          spec:
            gatewayClassName: edge
            listeners:
              - { name: http, port: 80, protocol: HTTP }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: web
            namespace: shop
          spec:
            parentRefs:
              - { name: edge, namespace: infra }
            rules:
              - backendRefs: [{ name: web, port: 80 }]
        `,
      ),
      errors: [
        {
          id: 'closed',
          line: 46,
          column: 15,
          endColumn: 19,
          message:
            'no listener of Gateway infra/edge takes this route: listener "http" takes routes of namespace infra only',
          related: ['37:15 this listener'],
        },
      ],
    },
    {
      name: 'another kind',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
          spec:
            gatewayClassName: edge
            listeners:
              - { name: http, port: 80, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }] } }
        `,
        webHTTPRoute,
      ),
      errors: [
        {
          id: 'closed',
          line: 42,
          column: 15,
          endColumn: 19,
          message:
            'no listener of Gateway default/edge takes this route: listener "http" allows GRPCRoute only',
          related: ['34:15 this listener'],
        },
      ],
    },
    {
      name: 'a Service that is misspelt',
      yaml: documents(
        splitHTTPRoute.replace(
          '- { group: "", kind: Service, name: web, port: 80 }',
          '- { group: "", kind: Service, name: wbe }',
        ),
        webV1Deployment,
        webV1Service,
        webInShop,
      ),
      errors: [
        {
          id: 'nearName',
          line: 8,
          column: 41,
          endColumn: 44,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          related: ['52:9 this Service'],
        },
      ],
      output: [['wbe', 'web']],
    },
    {
      name: 'a port that the Service does not have',
      yaml: documents(
        splitHTTPRoute.replace(
          '- { group: "", kind: Service, name: web, port: 80 }',
          '- { group: "", kind: Service, name: web, port: 8080 }',
        ),
        webV1Deployment,
        webV1Service,
        webInShop,
      ),
      errors: [
        {
          id: 'targetPort',
          line: 8,
          column: 52,
          endColumn: 56,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          related: ['58:7 this port of the Service'],
        },
      ],
      output: [['8080 ', '80 ']],
    },
    {
      name: 'a Service without the core group',
      yaml: documents(
        splitHTTPRoute.replace(
          '- { group: "", kind: Service, name: web, port: 80 }',
          '- { kind: Service, name: web }',
        ),
        webV1Deployment,
        webV1Service,
        webInShop,
      ),
      errors: [
        {
          id: 'group',
          line: 8,
          column: 15,
          endColumn: 22,
          message:
            '"web" is a Service, which is of the core group; without group it is one of Gateway API',
        },
      ],
    },
    {
      name: 'a Service that is like none, and a port that is none of its own',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: split
          namespace: shop
        spec:
          parentRefs:
            - { group: "", kind: Service, name: checkout }
          rules:
            - backendRefs:
                - { name: web, port: 80 }
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: other
          namespace: shop
        spec:
          parentRefs:
            - { group: "", kind: Service, name: web, port: 443 }
          rules:
            - backendRefs:
                - { name: web, port: 80 }
        ---
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
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: shop
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: api
          template:
            metadata:
              labels:
                app: api
            spec:
              containers:
                - name: api
                  image: ghcr.io/acme/api:1.4.2
                  ports:
                    - containerPort: 8080
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: shop
        spec:
          selector:
            app: api
          ports:
            - port: 80
              targetPort: 8080
      `,
      errors: [
        {
          id: 'missing',
          line: 8,
          column: 41,
          endColumn: 49,
          severity: 'warning',
          message: 'there is no Service "checkout" in namespace shop in the 6 objects read',
        },
        {
          id: 'otherPort',
          line: 20,
          column: 52,
          endColumn: 55,
          message: 'the Service has no port 443; known ports: 80 (unnamed)',
          related: ['55:7 this port of the Service'],
        },
      ],
      output: [['443', '80']],
    },
  ],
});

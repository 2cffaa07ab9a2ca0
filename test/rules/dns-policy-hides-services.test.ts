import { dnsPolicyHidesServices } from '../../rules/reference/dns-policy-hides-services.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, apiService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const catalogDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: catalog
  spec:
    selector:
      matchLabels: { app: catalog }
    template:
      metadata:
        labels: { app: catalog }
      spec:
        containers:
          - name: catalog
            image: shop/catalog:1.4
            ports: [{ name: http, containerPort: 8080 }]
`;
const catalogService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: catalog
  spec:
    selector: { app: catalog }
    ports:
      - port: 80
        targetPort: http
`;

testRule(dnsPolicyHidesServices, {
  valid: [
    {
      name: 'on the network of pods',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
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
                    env: [{ name: API, value: "http://catalog" }]
        `,
      ),
    },
    {
      name: 'with the policy for it',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                hostNetwork: true
                dnsPolicy: ClusterFirstWithHostNet
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env: [{ name: API, value: "http://catalog" }]
        `,
      ),
    },
    {
      name: 'no name of a Service',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                hostNetwork: true
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env: [{ name: API, value: "http://db.example.com" }]
        `,
      ),
    },
    {
      name: 'few dots',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsConfig: { options: [{ name: ndots, value: "1" }] }
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env: [{ name: API, value: "http://catalog" }]
        `,
      ),
    },
    {
      name: 'None with searches',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsPolicy: None
                dnsConfig:
                  nameservers: [10.96.0.10]
                  searches: [default.svc.cluster.local]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://api
        `,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'None and the full name',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsPolicy: None
                dnsConfig:
                  nameservers: [10.96.0.10]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://api.default.svc.cluster.local
        `,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'searches of its namespace',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              dnsPolicy: None
              dnsConfig:
                nameservers: [10.96.0.10]
                searches: [shop.svc.cluster.local]
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  env:
                    - name: API_URL
                      value: http://api
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: shop
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: shop
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'an alias of a host outside',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                hostAliases:
                  - ip: 10.0.0.9
                    hostnames: [legacy.example.com]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API_URL
                        value: http://api
        `,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'an alias of itself',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                hostAliases:
                  - ip: 127.0.0.1
                    hostnames: [api]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API_URL
                        value: http://api
        `,
        apiDeployment,
        apiService,
      ),
    },
  ],
  invalid: [
    {
      name: 'the network of the host',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                hostNetwork: true
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env: [{ name: API, value: "http://catalog" }]
        `,
      ),
      errors: [
        {
          id: 'policy',
          line: 38,
          column: 7,
          endColumn: 18,
          message:
            '"catalog" is Service default/catalog, and hostNetwork without dnsPolicy ClusterFirstWithHostNet makes these pods ask the resolver of their node',
          related: ['43:45 the name that it looks up'],
        },
      ],
    },
    {
      name: 'the resolver of the node',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsPolicy: Default
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env: [{ name: API, value: "http://catalog" }]
        `,
      ),
      errors: [
        {
          id: 'policy',
          line: 38,
          column: 7,
          endColumn: 16,
          message:
            '"catalog" is Service default/catalog, and dnsPolicy Default makes these pods ask the resolver of their node',
          related: ['43:45 the name that it looks up'],
        },
      ],
    },
    {
      name: 'ndots',
      yaml: documents(
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsConfig: { options: [{ name: ndots, value: "1" }] }
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env: [{ name: API, value: "http://catalog.default" }]
        `,
      ),
      errors: [
        {
          id: 'ndots',
          line: 38,
          column: 52,
          endColumn: 55,
          message:
            '"catalog.default" is Service default/catalog, but with ndots 1 a name with a dot is looked up outside of the cluster first',
          related: ['43:45 the name that it looks up'],
        },
      ],
    },
    {
      name: 'None and a public resolver',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsPolicy: None
                dnsConfig:
                  nameservers: [8.8.8.8]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://api
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'policy',
          line: 12,
          column: 7,
          endColumn: 16,
          message:
            '"api" is Service default/api, and dnsPolicy None makes these pods ask 8.8.8.8 alone',
          related: ['21:29 the name that it looks up'],
        },
      ],
    },
    {
      name: 'None without searches',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                dnsPolicy: None
                dnsConfig:
                  nameservers: [10.96.0.10]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://api
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'policy',
          line: 12,
          column: 7,
          endColumn: 16,
          message:
            '"api" is Service default/api, and dnsPolicy None without searches finds full names only',
          related: ['21:29 the name that it looks up'],
        },
      ],
    },
    {
      name: 'searches of another namespace',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              dnsPolicy: None
              dnsConfig:
                nameservers: [10.96.0.10]
                searches: [default.svc.cluster.local]
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  env:
                    - name: API_URL
                      value: http://api
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: shop
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: shop
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'policy',
          line: 16,
          column: 9,
          endColumn: 17,
          message:
            '"api" is Service shop/api, and dnsPolicy None searches default.svc.cluster.local only',
          related: ['23:29 the name that it looks up'],
        },
      ],
    },
    {
      name: 'an alias of the Service',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                hostAliases:
                  - ip: 10.0.0.9
                    hostnames: [api]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API_URL
                        value: http://api
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'alias',
          line: 14,
          column: 23,
          endColumn: 26,
          message:
            'hostAliases say that "api" is 10.0.0.9, so that nobody asks for Service default/api',
        },
      ],
    },
  ],
});

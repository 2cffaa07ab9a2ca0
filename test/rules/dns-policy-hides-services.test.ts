import { dnsPolicyHidesServices } from '../../rules/reference/dns-policy-hides-services.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, apiService, app, deployment, serviceFor } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

const catalogDeployment = app('catalog')``;
const catalogService = serviceFor('catalog')`
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
        app('web')`env: [{ name: API, value: "http://catalog" }]`,
      ),
    },
    {
      name: 'with the policy for it',
      yaml: documents(
        catalogDeployment,
        catalogService,
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
      yaml: documents(
        deployment('web', { namespace: 'shop' })`
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
        `,
        app('api', { namespace: 'shop' })``,
        serviceFor('api', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'an alias of a host outside',
      yaml: documents(
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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
      yaml: documents(
        deployment('web', { namespace: 'shop' })`
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
        `,
        app('api', { namespace: 'shop' })``,
        serviceFor('api', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: http
        `,
      ),
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
        deployment('web')`
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

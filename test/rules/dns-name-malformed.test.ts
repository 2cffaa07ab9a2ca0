import { dnsNameMalformed } from '../../rules/reference/dns-name-malformed.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const apiDeployment = app('api', { namespace: 'core' })``;
const apiService = serviceFor('api', { namespace: 'core' })`
  ports:
    - port: 80
      targetPort: http
`;
const webDeployment = app('web', { namespace: 'shop' })`
  env:
    - name: API_URL
      value: http://api.core.svc.cluster.local
`;

const dbDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: db
    namespace: shop
  spec:
    replicas: 2
    selector:
      matchLabels:
        app: db
    template:
      metadata:
        labels:
          app: db
      spec:
        containers:
          - name: db
            image: shop/db:3
            ports:
              - containerPort: 5432
`;
const dbStatefulSet = yaml`
  apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: db
  spec:
    serviceName: db
    replicas: 3
    selector: { matchLabels: { app: db } }
    template:
      metadata: { labels: { app: db } }
      spec: { containers: [{ name: db, image: "mongo:7", ports: [{ name: db, containerPort: 27017 }] }] }
`;
const dbService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: db
    namespace: shop
  spec:
    selector:
      app: db
    ports:
      - port: 5432
`;

const myApiService = yaml`
  apiVersion: v1
  kind: Service
  metadata: { name: my-api }
  spec:
    selector: { app: web }
    ports: [{ port: 8080 }]
`;

testRule(dnsNameMalformed, {
  valid: [
    {
      name: 'in full',
      yaml: documents(webDeployment, apiDeployment, apiService),
    },
    {
      name: 'short',
      yaml: documents(
        webDeployment.replace('value: http://api.core.svc.cluster.local', 'value: http://api.core'),
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'a pod',
      yaml: documents(
        webDeployment.replace(
          'value: http://api.core.svc.cluster.local',
          'value: http://api-0.api.core.svc.cluster.local',
        ),
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'a host outside',
      yaml: documents(
        webDeployment.replace(
          'value: http://api.core.svc.cluster.local',
          'value: http://api.example.com',
        ),
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'no such Service',
      yaml: documents(
        webDeployment.replace(
          'value: http://api.core.svc.cluster.local',
          'value: http://orders.core.cluster.local',
        ),
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'a record of a named port',
      yaml: documents(
        dbStatefulSet,
        serviceFor('db')`
          clusterIP: None
          ports: [{ name: db, port: 27017 }]
        `,
        app('web')`env: [{ name: DB, value: "_db._tcp.db.default.svc.cluster.local" }]`,
      ),
    },
    {
      name: 'another domain',
      yaml: documents(
        webService,
        app('web')`env: [{ name: A, value: "http://web.default.svc.corp.example" }]`,
      ),
    },
    {
      name: 'svc of another namespace is not said to be meant',
      yaml: documents(
        deployment('web', { namespace: 'shop', replicas: 2 })`
          containers:
            - name: web
              image: ghcr.io/acme/web:1.4.2
              env:
                - name: DB_URL
                  value: postgres://db.svc.cluster.local:5432/app
        `,
        dbDeployment.replace('namespace: shop', 'namespace: core'),
        dbService.replace('namespace: shop', 'namespace: core'),
      ),
    },
    {
      name: 'an underscore in a host that no Service is like',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: registry.example/web:1.0
              env: [{ name: DB_URL, value: "postgres://my_user:my_pass@their_db:5432/my_api" }]
        `,
        myApiService,
      ),
    },
  ],
  invalid: [
    {
      name: 'without svc',
      yaml: documents(
        webDeployment.replace(
          'value: http://api.core.svc.cluster.local',
          'value: http://api.core.cluster.local',
        ),
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 51,
          message:
            '"api.core.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: documents(webDeployment, apiDeployment, apiService),
    },
    {
      name: 'svc in the wrong place',
      yaml: documents(
        webDeployment.replace(
          'value: http://api.core.svc.cluster.local',
          'value: http://api.svc.core.cluster.local',
        ),
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 55,
          message:
            '"api.svc.core.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: documents(webDeployment, apiDeployment, apiService),
    },
    {
      name: 'the names swapped',
      yaml: documents(
        webDeployment.replace(
          'value: http://api.core.svc.cluster.local',
          'value: http://core.api.svc.cluster.local',
        ),
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 55,
          message:
            '"core.api.svc.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: documents(webDeployment, apiDeployment, apiService),
    },
    {
      name: 'swapped and short',
      yaml: documents(
        webDeployment.replace('value: http://api.core.svc.cluster.local', 'value: http://core.api'),
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 37,
          message: '"core.api" is no name of cluster DNS; the Service is api.core.svc',
        },
      ],
      output: [['http://core.api', 'http://api.core.svc']],
    },
    {
      name: 'an alias',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: api
            namespace: shop
          spec:
            type: ExternalName
            externalName: api.core.cluster.local
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'meant',
          line: 8,
          column: 17,
          endColumn: 39,
          message:
            '"api.core.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: [['api.core.cluster.local', 'api.core.svc.cluster.local']],
    },
    {
      name: 'a record that is not there',
      yaml: documents(
        dbStatefulSet,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: db
          spec:
            clusterIP: None
            selector: { app: db }
            ports: [{ name: db, port: 27017 }]
        `,
        app('web')`env: [{ name: DB, value: "_mongo._tcp.db.default.svc.cluster.local" }]`,
      ),
      errors: [
        {
          id: 'record',
          line: 37,
          column: 38,
          endColumn: 43,
          severity: 'warning',
          message:
            'Service default/db has no port "mongo" of protocol tcp, and DNS no record for it; known ports: 27017 ("db")',
          related: ['20:3 its ports'],
        },
      ],
    },
    {
      name: 'the domain misspelt',
      yaml: documents(
        webService,
        app('web')`env: [{ name: A, value: "http://web.default.svc.cluster.locl/" }]`,
      ),
      errors: [
        {
          id: 'meant',
          line: 26,
          column: 43,
          endColumn: 71,
          message:
            '"web.default.svc.cluster.locl" is no name of cluster DNS; the Service is web.default.svc.cluster.local',
        },
      ],
      output: [
        ['"http://web.default.svc.cluster.locl/"', '"http://web.default.svc.cluster.local/"'],
      ],
    },
    {
      name: 'without the namespace',
      yaml: documents(
        yaml`
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
                    env:
                      - name: DB_URL
                        value: postgres://db.svc.cluster.local:5432/app
        `,
        dbDeployment,
        dbService,
      ),
      errors: [
        {
          id: 'meant',
          line: 21,
          column: 33,
          endColumn: 53,
          message:
            '"db.svc.cluster.local" is no name of cluster DNS; the Service is db.shop.svc.cluster.local',
        },
      ],
      output: [
        [
          'postgres://db.svc.cluster.local:5432/app',
          'postgres://db.shop.svc.cluster.local:5432/app',
        ],
      ],
    },
    {
      name: 'svc without a namespace',
      yaml: documents(
        app('web')`env: [{ name: API_URL, value: "http://api.svc" }]`,
        app('api')``,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
      ),
      errors: [
        {
          id: 'meant',
          line: 16,
          column: 49,
          endColumn: 56,
          message: '"api.svc" is no name of cluster DNS; the Service is api.default.svc',
        },
      ],
      output: [['"http://api.svc"', '"http://api.default.svc"']],
    },
    {
      name: 'ends that are cut short',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: ledger
        spec:
          serviceName: ledgers
          selector:
            matchLabels: { app: ledger }
          template:
            metadata:
              labels: { app: ledger }
            spec:
              containers:
                - name: ledger
                  image: registry.example/ledger:1.0
                  ports: [{ containerPort: 6379 }]
                  env:
                    - name: PRIMARY_HOST
                      value: ledger-0.ledgers.default.svc.local
                    - name: LEDGER_URL
                      value: redis://ledgers.default.svc.cluster:6379
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: ledgers
        spec:
          clusterIP: None
          selector: { app: ledger }
          ports:
            - port: 6379
      `,
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 22,
          endColumn: 56,
          message:
            '"ledger-0.ledgers.default.svc.local" is no name of cluster DNS; the Service is ledger-0.ledgers.default.svc.cluster.local',
        },
        {
          id: 'meant',
          line: 21,
          column: 30,
          endColumn: 57,
          message:
            '"ledgers.default.svc.cluster" is no name of cluster DNS; the Service is ledgers.default.svc.cluster.local',
        },
      ],
      output: [
        ['ledger-0.ledgers.default.svc.local', 'ledger-0.ledgers.default.svc.cluster.local'],
        [
          'redis://ledgers.default.svc.cluster:6379',
          'redis://ledgers.default.svc.cluster.local:6379',
        ],
      ],
    },
    {
      name: 'underscores',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: web }
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: registry.example/web:1.0
                    args: ["--api=http://my_api:8080/v1", "postgres://my_api:pw@My_Api/x"]
        `,
        myApiService,
      ),
      errors: [
        {
          id: 'meant',
          line: 14,
          column: 32,
          endColumn: 38,
          message: '"my_api" is no name of cluster DNS; the Service is my-api',
        },
        {
          id: 'meant',
          line: 14,
          column: 71,
          endColumn: 77,
          message: '"My_Api" is no name of cluster DNS; the Service is my-api',
        },
      ],
      output: [
        [
          '["--api=http://my_api:8080/v1", "postgres://my_api:pw@My_Api/x"]',
          '["--api=http://my-api:8080/v1", "postgres://my_api:pw@my-api/x"]',
        ],
      ],
    },
  ],
});

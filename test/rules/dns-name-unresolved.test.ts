import { dnsNameUnresolved } from '../../rules/reference/dns-name-unresolved.ts';
import { testRule } from '../support/rule-tester.ts';
import {
  apiDeployment,
  app,
  deployment,
  serviceFor,
  webDeployment,
  webService,
} from '../support/shop.ts';
import { pods, service } from '../support/wiring.ts';
import { documents, yaml } from '../support/yaml.ts';
import { workload } from '../support/yaml.ts';

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
  spec:
    clusterIP: None
    selector: { app: db }
    ports: [{ name: db, port: 27017 }]
`;

const ordersCluster = yaml`
  apiVersion: postgresql.cnpg.io/v1
  kind: Cluster
  metadata:
    name: orders
    namespace: shop
  spec:
    instances: 3
    storage: { size: 5Gi }
`;

/** The variable's value starts in line 11, column 31. */
const client = (value: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: client, namespace: shop }\nspec:\n  selector: { matchLabels: { app: client } }\n  template:\n    metadata: { labels: { app: client } }\n    spec:\n      containers:\n        - name: client\n          env: [{ name: URL, value: "${value}" }]\n          image: client\n`;
const argument = (value: string): string =>
  client('').replace('env: [{ name: URL, value: "" }]', `args: ["--url=${value}"]`);
const settings = (...lines: string[]): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata:\n  nginx.conf: |\n${lines.map((line) => `    ${line}\n`).join('')}`;
/** Its pods are given those settings. */
const withSettings = (name: string, port: number): string =>
  workload(name, {
    namespace: 'shop',
    ports: `{ containerPort: ${port} }`,
    pod: 'volumes: [{ name: conf, configMap: { name: settings } }]',
  });
const web = service('web') + pods;
const sql =
  service('orders-sql', { ports: '{ port: 5432 }' }) +
  workload('orders-sql', { namespace: 'shop', ports: '{ containerPort: 5432 }' });
const db =
  service('db', {
    spec: 'clusterIP: None, selector: { app: db }, ',
    ports: '{ port: 80, targetPort: 5432 }',
  }) +
  workload('db', {
    kind: 'StatefulSet',
    namespace: 'shop',
    spec: 'serviceName: db, replicas: 2',
    ports: '{ containerPort: 5432 }',
  });

/** Names that stand in the variables from line 11 on. */
const caller = (...urls: string[]): string =>
  client(urls[0] ?? '').replace(
    /\}\]\n/,
    `}${urls
      .slice(1)
      .map((url, index) => `, { name: URL_${index}, value: "${url}" }`)
      .join('')}]\n`,
  );
const lone = (url = 'http://order-service:8080'): string => caller('http://web', url) + web;

const ringService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: ring
  spec:
    clusterIP: None
    selector:
      app: ring
    ports:
      - port: 9200
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
const queueDeployment = deployment('queue')`
  containers:
    - name: queue
      image: shop/queue:2
      ports: [{ containerPort: 5672 }]
`;
const brokerService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: broker
  spec:
    selector: { app: queue }
    ports:
      - port: 5672
`;
const appService = serviceFor('app')`ports: [{ port: 80 }]`;

testRule(dnsNameUnresolved, {
  valid: [
    {
      name: 'a general name, where the only Service is its own',
      yaml:
        client('http://backend:80') + service('client', { spec: 'selector: { app: client }, ' }),
    },
    {
      name: 'a general name in the settings of the pods of the only Service',
      yaml:
        settings('proxy_pass http://backend:80;') +
        service('front', { spec: 'selector: { app: front }, ' }) +
        withSettings('front', 8080),
    },
    {
      name: 'what pods without a Service are told of themselves',
      yaml: settings('advertised: PLAINTEXT://till:9092') + withSettings('till', 9092),
    },
    {
      name: 'two of three names',
      yaml: caller('http://web', 'http://a-team:1', 'http://b-team:1') + web,
    },
    { name: 'a relay for mail', yaml: lone('smtp://relay:25') },
    {
      name: 'a setting that is named as one for a host, without a port to dial',
      yaml: lone('gunicorn').replace('name: URL_0', 'name: APP_SERVER'),
    },
    ...['CORS_ORIGIN', 'PUBLIC_URL', 'BIND_URL', 'ADVERTISED_LISTENERS', 'NO_PROXY'].map(
      (setting) => ({
        name: `what a container is called by, or compares: ${setting}`,
        yaml: lone('http://stock:8080').replace('name: URL_0', `name: ${setting}`),
      }),
    ),
    {
      name: 'a value of a chart',
      yaml: lone().replace(
        'name: client,',
        'name: client, labels: { helm.sh/chart: client-1.0.0 },',
      ),
    },
    {
      name: 'a protocol of a database that another setting calls by its name',
      yaml:
        client('main').replace('name: URL', 'name: POSTGRES_HOST') +
        sql +
        '---\n' +
        client('postgres://orders-sql/orders').replaceAll('client', 'other'),
    },
    {
      name: 'a protocol of two databases',
      yaml:
        client('main').replace('name: URL', 'name: POSTGRES_HOST') +
        sql +
        service('more-sql', { ports: '{ port: 5432 }' }),
    },
    {
      name: 'a Certificate for more names than there are Services',
      yaml:
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web, namespace: shop }\nspec: { secretName: web, dnsNames: [web.shop.svc, metrics.shop.svc], issuerRef: { name: own } }\n---\n' +
        service('web') +
        pods,
    },
    {
      name: 'a container beside it at a name that the pod gives to itself, at another port, or of a Service',
      yaml: documents(
        deployment('app')`
          hostAliases: [{ ip: 127.0.0.1, hostnames: [redis] }]
          containers:
            - name: web
              image: registry.acme.io/web:1
              env: [{ name: REDIS_URL, value: "redis://redis:6379" }]
            - name: redis
              image: redis:7
              ports: [{ containerPort: 6379 }]
        `,
        deployment('two')`
          containers:
            - name: web
              image: registry.acme.io/web:1
              env: [{ name: REDIS_URL, value: "redis://redis:6380" }]
            - name: redis
              image: redis:7
              ports: [{ containerPort: 6379 }]
        `,
      ),
    },
    {
      name: 'a URL with a port that programs of every kind have',
      yaml: documents(
        deployment('orders')`
          containers:
            - name: orders
              image: shop/orders:2
              ports: [{ containerPort: 8080 }]
        `,
        serviceFor('orders')`
          ports:
            - port: 8080
        `,
        deployment('web')`
          containers:
            - name: web
              image: shop/web:2
              env:
                - name: PAY
                  value: http://payments:8080
        `,
      ),
    },
    { name: 'a port of the Service', yaml: client('http://web:80/path') + web },
    { name: 'no port', yaml: client('http://web/path') + web },
    {
      name: 'every form of the name',
      yaml:
        client('http://web.shop:80,http://web.shop.svc:80,http://web.shop.svc.cluster.local:80') +
        web,
    },
    { name: 'a host outside', yaml: client('https://web.example.com:8443') + web },
    { name: 'a word that is not a Service', yaml: client('http://something:8080') + web },
    { name: 'the tag of an image', yaml: client('web:15') + web },
    { name: 'itself', yaml: client('http://localhost:9999') + web },
    {
      name: 'a container of the same pod',
      yaml: client('http://client:9999') + service('client') + web,
    },
    {
      name: 'filled in later',
      yaml: client('http://$(HOST):8080,http://web-${X}:81,{{ host }}.shop.svc') + web,
    },
    { name: 'what must not be proxied', yaml: client('.svc,.cluster.local,10.0.0.0/8') + web },
    {
      name: 'the API server',
      yaml: client('https://kubernetes.default.svc:443') + web,
      unknown: [
        'Service "kubernetes" in namespace default was not found, but the API server makes it',
      ],
    },
    {
      name: 'nothing of the namespace was read',
      yaml: client('http://api.billing.svc.cluster.local') + web,
      unknown: [
        'Service "api" in namespace billing was not found, but no workload of namespace billing was read together with it',
      ],
    },
    { name: 'a scheme that dials no host', yaml: client('s3://wbe/path') + web },
    {
      name: 'a headless Service at the port of its pods',
      yaml: client('db:5432,db-0.db:5432,db-1.db.shop.svc:5432') + db,
    },
    { name: 'a headless Service at quite another port', yaml: client('db:9187') + db },
    {
      name: 'a line that is commented out',
      yaml: settings('# proxy_pass http://web:8080;', '// see http://web:8080') + web,
    },
    { name: 'a ConfigMap that names no host', yaml: settings('nothing here') + web },
    {
      name: 'an ExternalName',
      yaml:
        client('http://away:8080') +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: away, namespace: shop }\nspec: { type: ExternalName, externalName: example.com }\n' +
        pods,
    },
    {
      name: 'all members',
      yaml: documents(
        dbStatefulSet,
        dbService,
        app('web')`env: [{ name: DB, value: "mongodb://db-0.db,db-1.db:27017,db-2.db/shop" }]`,
      ),
    },
    {
      name: 'a Mapping',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: getambassador.io/v3alpha1
          kind: Mapping
          metadata:
            name: web
          spec: { hostname: shop.example.com, prefix: /, service: "web:80" }
        `,
      ),
    },
    {
      name: 'a Mapping of another cluster',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: getambassador.io/v3alpha1
          kind: Mapping
          metadata:
            name: web
          spec: { hostname: shop.example.com, prefix: /, service: "https://api.example.com" }
        `,
      ),
    },
    {
      name: 'a list of pods that have names',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: ring
          spec:
            serviceName: ring
            replicas: 2
            selector:
              matchLabels:
                app: ring
            template:
              metadata:
                labels:
                  app: ring
              spec:
                containers:
                  - name: ring
                    image: shop/ring:3
                    ports:
                      - containerPort: 9200
                    env:
                      - name: SEED_HOSTS
                        value: ring-0.ring, ring-1.ring
        `,
        ringService,
      ),
    },
    {
      name: 'a list in which something is no host',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: ring
          spec:
            serviceName: ring
            replicas: 2
            selector:
              matchLabels:
                app: ring
            template:
              metadata:
                labels:
                  app: ring
              spec:
                containers:
                  - name: ring
                    image: shop/ring:3
                    ports:
                      - containerPort: 9200
                    env:
                      - name: SEED_HOSTS
                        value: ring-0.rings,$(MORE)
        `,
        ringService,
      ),
    },
    {
      name: 'a domain outside, and a namespace that was not read',
      yaml: documents(
        deployment('web', { namespace: 'shop', replicas: 2 })`
          containers:
            - name: web
              image: ghcr.io/acme/web:1.4.2
              env:
                - name: DB_HOST
                  value: db.io
                - name: API_HOST
                  value: api.old-shop
        `,
        dbDeployment,
        serviceFor('db', { namespace: 'shop' })`
          ports:
            - port: 5432
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the one of two names that is no Service',
      yaml: lone(),
      errors: [
        {
          id: 'missing',
          line: 11,
          column: 83,
          endColumn: 96,
          severity: 'info',
          message: 'there is no Service "order-service" in namespace shop in the 3 objects read',
        },
      ],
    },
    {
      name: 'the one of three names that is no Service',
      yaml: caller('http://web', 'http://users:80', 'redis://orders:6379') + web + service('users'),
      errors: [
        {
          id: 'missing',
          line: 11,
          column: 127,
          endColumn: 133,
          severity: 'warning',
          message: 'there is no Service "orders" in namespace shop in the 4 objects read',
        },
      ],
    },
    {
      name: 'of three names a word and a number that need not be a host and its port',
      yaml: caller('http://web', 'http://users:80', 'admin:1234') + web + service('users'),
      errors: [{ id: 'missing', line: 11, column: 119, endColumn: 124, severity: 'info' }],
    },
    {
      name: 'a database, where the namespace is brought along',
      yaml:
        client('postgres://main/orders') +
        web +
        '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      errors: [
        {
          id: 'missing',
          line: 11,
          column: 49,
          endColumn: 53,
          severity: 'info',
          message: 'there is no Service "main" in namespace shop in the 4 objects read',
        },
      ],
    },
    {
      name: 'another container of the pod, as in docker compose',
      yaml: documents(
        deployment('app')`
          containers:
            - name: web
              image: registry.acme.io/web:1
              env:
                - { name: REDIS_URL, value: "redis://redis:6379" }
            - name: redis
              image: redis:7
              ports: [{ containerPort: 6379 }]
        `,
        appService,
      ),
      errors: [
        {
          id: 'container',
          line: 16,
          column: 50,
          endColumn: 55,
          severity: 'warning',
          message: '"redis" is the name of a container of this very pod, and of no host',
        },
      ],
      output: [['"redis://redis:6379"', '"redis://localhost:6379"']],
    },
    {
      name: 'a name of the cluster whose Service is in a directory of another namespace',
      files: {
        'shop/api.yaml': documents(
          yaml`
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
                    image: registry.acme.io/api:1
                    env:
                      - { name: DATABASE_URL, value: "postgres://db.shop.svc:5432/api" }
        `,
          serviceFor('api', { namespace: 'shop' })`ports: [{ port: 80 }]`,
        ),
        'data/db.yaml': yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: db
          namespace: data
        spec:
          selector: { app: db }
          ports: [{ port: 5432 }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: db
          namespace: data
        spec:
          selector:
            matchLabels: { app: db }
          template:
            metadata:
              labels: { app: db }
            spec:
              containers:
                - name: db
                  image: postgres:17
      `,
      },
      errors: [
        {
          id: 'otherNamespace',
          file: 'shop/api.yaml',
          line: 17,
          column: 56,
          endColumn: 58,
          message: 'there is no Service "db" in namespace shop; there is Service data/db',
          related: ['data/db.yaml:5:14 this Service'],
        },
      ],
    },
    {
      name: 'a URL with the port of a Service that nobody calls',
      yaml: documents(
        queueDeployment,
        brokerService,
        deployment('web')`
          containers:
            - name: web
              image: shop/web:2
              env:
                - name: QUEUE
                  value: amqp://mq:5672
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 42,
          column: 29,
          endColumn: 31,
          severity: 'warning',
          message: 'there is no Service "mq" in namespace default; there is "broker"',
          related: ['20:9 this Service'],
        },
      ],
      output: [['amqp://mq:5672', 'amqp://broker:5672']],
    },
    {
      name: 'a general name, and one Service that nobody calls',
      yaml: settings('upstream api { server backend:80; }') + web,
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 27,
          endColumn: 34,
          severity: 'warning',
          message: 'there is no Service "backend" in namespace shop; there is "web"',
        },
      ],
      output: settings('upstream api { server web:80; }') + web,
    },
    {
      name: 'a slip, although another unit has a Service of that name',
      files: {
        'a/client.yaml': client('http://wbe:80') + web,
        'b/copy.yaml': service('wbe').slice(4),
      },
      mode: 'dir',
      errors: [
        {
          id: 'nearName',
          file: 'a/client.yaml',
          line: 11,
          column: 45,
          endColumn: 48,
          severity: 'warning',
          safety: 'unsafe',
        },
      ],
      output: { 'a/client.yaml': client('http://web:80') + web },
    },
    {
      name: 'where the pods listen',
      yaml: client('http://web:8080') + web,
      errors: [
        {
          id: 'targetPort',
          line: 11,
          column: 49,
          endColumn: 53,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
      ],
      output: client('http://web:80') + web,
    },
    {
      name: 'host and port in an argument',
      yaml: argument('web.shop:8080') + web,
      errors: [
        {
          id: 'targetPort',
          line: 11,
          column: 34,
          endColumn: 38,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
      ],
      output: argument('web.shop:80') + web,
    },
    {
      name: 'none of its ports',
      yaml:
        client('http://web:9999') +
        service('web', { ports: '{ name: http, port: 80 }, { name: metrics, port: 9090 }' }) +
        pods,
      errors: [
        {
          id: 'otherPort',
          line: 11,
          column: 49,
          endColumn: 53,
          message: 'the Service has no port 9999; known ports: 80 ("http"), 9090 ("metrics")',
          help: "refer to one of the Service's ports",
        },
      ],
    },
    {
      name: 'a slip in a short name whose port fits',
      yaml: client('redis://user:word@wbe:80/0') + web,
      errors: [
        {
          id: 'nearName',
          line: 11,
          column: 56,
          endColumn: 59,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: client('redis://user:word@web:80/0') + web,
    },
    {
      name: 'a slip in a full name',
      yaml: client('wbe.shop.svc.cluster.local') + web,
      errors: [
        {
          id: 'nearName',
          line: 11,
          column: 38,
          endColumn: 41,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: client('web.shop.svc.cluster.local') + web,
    },
    {
      name: 'a name that holds the other',
      yaml: client('http://web-v2.shop.svc') + web,
      errors: [
        {
          id: 'otherName',
          line: 11,
          column: 45,
          endColumn: 51,
          severity: 'warning',
          message: 'there is no Service "web-v2" in namespace shop; there is "web"',
          help: 'change it to web, or add a Service named web-v2',
          safety: 'unsafe',
        },
      ],
      output: client('http://web.shop.svc') + web,
    },
    {
      name: 'in another namespace',
      yaml:
        client('http://web.edge.svc') +
        service('gate', { namespace: 'edge' }) +
        workload('gate', { namespace: 'edge' }) +
        web,
      errors: [
        {
          id: 'otherNamespace',
          line: 11,
          column: 45,
          endColumn: 48,
          message: 'there is no Service "web" in namespace edge; there is Service shop/web',
          help: 'write web.shop.svc',
        },
      ],
    },
    {
      name: 'nothing like it',
      yaml:
        client('http://billing.shop.svc') +
        service('api') +
        workload('billing', { namespace: 'shop' }) +
        web,
      errors: [
        {
          id: 'missing',
          line: 11,
          column: 45,
          endColumn: 52,
          severity: 'warning',
          message: 'there is no Service "billing" in namespace shop in the 5 objects read',
          help: 'correct the name, or add a Service "billing" in namespace shop',
        },
      ],
    },
    {
      name: 'the port of a headless Service',
      yaml: client('db:80') + db,
      errors: [
        {
          id: 'headless',
          line: 11,
          column: 41,
          endColumn: 43,
          message:
            "port 80 is the Service's own, and this name leads straight to the pods, which listen on 5432",
          help: 'change it to 5432',
          safety: 'safe',
        },
      ],
      output: client('db:5432') + db,
    },
    {
      name: 'a digit off the only port of pods that are reached directly',
      yaml: client('db:5433') + db,
      errors: [
        {
          id: 'podPort',
          line: 11,
          column: 41,
          endColumn: 45,
          severity: 'warning',
          message:
            'this name leads straight to the pods, which declare no port 5433, but 5432, which has nearly the same digits',
          help: 'change it to 5432',
        },
      ],
      output: client('db:5432') + db,
    },
    {
      name: 'the port of a headless Service, whose target has a name',
      yaml:
        client('web:81') +
        service('web', {
          spec: 'clusterIP: None, selector: { app: web }, ',
          ports: '{ port: 81, targetPort: http }',
        }) +
        workload('web', { namespace: 'shop', ports: '{ name: http, containerPort: 8081 }' }),
      errors: [{ id: 'headless', line: 11, column: 42, endColumn: 44, help: 'change it to 8081' }],
      output: [['"web:81"', '"web:8081"']],
    },
    {
      name: 'a pod below a Service that is not that of its set',
      yaml: client('db-0.main:5432') + db + service('main', { spec: 'selector: { app: db }, ' }),
      errors: [
        {
          id: 'governed',
          line: 11,
          column: 38,
          endColumn: 42,
          message:
            'pods of StatefulSet db have no name below this Service: its serviceName is "db", and so "db-0.db" is one',
        },
      ],
    },
    {
      name: 'a pod below a misspelt Service of two letters',
      yaml: client('db-0.dbb:5432') + db,
      errors: [
        {
          id: 'governed',
          line: 11,
          column: 38,
          endColumn: 42,
          message:
            'pods of StatefulSet db have no name below this Service: its serviceName is "db", and so "db-0.db" is one',
        },
      ],
    },
    {
      name: 'the name of a workload that has the port and no Service',
      yaml:
        client('mysql://till:3306') +
        service('web', { spec: 'selector: { app: web }, ' }) +
        workload('till', { namespace: 'shop', ports: '{ containerPort: 3306 }' }),
      errors: [
        {
          id: 'unserved',
          line: 11,
          column: 46,
          endColumn: 50,
          severity: 'warning',
          message: '"till" is the name of Deployment shop/till, and no Service selects its pods',
          help: 'add a Service named till with port 3306 that selects its pods',
        },
      ],
    },
    {
      name: 'the name of a workload',
      yaml:
        client('http://web:80') +
        service('web-svc', { spec: 'selector: { app: web }, ' }) +
        workload('web', { namespace: 'shop' }),
      errors: [
        {
          id: 'workload',
          line: 11,
          column: 45,
          endColumn: 48,
          severity: 'error',
          message:
            '"web" is the name of Deployment shop/web, and no Service; its Service is "web-svc"',
          safety: 'unsafe',
        },
      ],
      output:
        client('http://web-svc:80') +
        service('web-svc', { spec: 'selector: { app: web }, ' }) +
        workload('web', { namespace: 'shop' }),
    },
    {
      name: 'a short name of another namespace',
      yaml:
        client('http://web:80') +
        service('web').replace('namespace: shop', 'namespace: front') +
        workload('web', { namespace: 'front' }) +
        service('client'),
      errors: [
        {
          id: 'otherNamespace',
          line: 11,
          column: 45,
          endColumn: 48,
          severity: 'warning',
          message: 'there is no Service "web" in namespace shop; there is Service front/web',
          help: 'write web.front.svc',
        },
      ],
    },
    {
      name: 'a name that a kustomization changes, and not in a URL',
      files: {
        'base/all.yaml': client('http://web:80') + service('web') + pods,
        'base/kustomization.yaml': 'resources: [all.yaml]\n',
        'dev/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n',
      },
      errors: [
        {
          id: 'otherName',
          file: 'base/all.yaml',
          line: 11,
          column: 45,
          endColumn: 48,
          severity: 'error',
          message: 'there is no Service "web" in namespace shop; there is "dev-web"',
        },
      ],
    },
    {
      name: 'a URL whose scheme is that of the only database, by the full name',
      yaml: client('postgres://main.shop.svc.cluster.local/orders') + sql,
      errors: [
        {
          id: 'otherName',
          line: 11,
          column: 49,
          endColumn: 53,
          severity: 'warning',
          message: 'there is no Service "main" in namespace shop; there is "orders-sql"',
          safety: 'unsafe',
        },
      ],
      output: client('postgres://orders-sql.shop.svc.cluster.local/orders') + sql,
    },
    {
      name: 'the same beside a headless Service of the same pods',
      yaml:
        client('postgres://main.shop.svc.cluster.local/orders') +
        service('orders-sql', { spec: 'selector: { app: sql }, ', ports: '{ port: 5432 }' }) +
        service('orders-sql-headless', {
          spec: 'clusterIP: None, selector: { app: sql }, ',
          ports: '{ port: 5432 }',
        }),
      errors: [
        {
          id: 'otherName',
          line: 11,
          column: 49,
          endColumn: 53,
          severity: 'warning',
          message: 'there is no Service "main" in namespace shop; there is "orders-sql"',
          safety: 'unsafe',
        },
      ],
      output: [['main', 'orders-sql']],
    },
    {
      name: 'a setting that is named for the protocol of the only database',
      yaml: client('main').replace('name: URL', 'name: POSTGRES_HOST') + sql,
      errors: [
        {
          id: 'otherName',
          line: 11,
          column: 48,
          endColumn: 52,
          severity: 'warning',
          safety: 'unsafe',
        },
      ],
      output: client('orders-sql').replace('name: URL', 'name: POSTGRES_HOST') + sql,
    },
    {
      name: 'a Certificate for a name that a kustomization changes',
      files: {
        'all.yaml':
          'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web, namespace: shop }\nspec: { secretName: web, dnsNames: [web.shop.svc], issuerRef: { name: own } }\n---\n' +
          service('web') +
          pods,
        'kustomization.yaml': 'resources: [all.yaml]\nnamePrefix: dev-\n',
      },
      errors: [
        {
          id: 'otherName',
          file: 'all.yaml',
          line: 4,
          column: 37,
          endColumn: 40,
          message: 'there is no Service "web" in namespace shop; there is "dev-web"',
        },
      ],
    },
    {
      name: 'a pod of a set that is called otherwise',
      yaml: client('main-db-0.db:5432') + db,
      errors: [
        {
          id: 'stranger',
          line: 11,
          column: 38,
          endColumn: 47,
          message:
            'there is no pod "main-db-0" behind this Service: its pods are those of StatefulSet shop/db',
          help: 'write db-0',
        },
      ],
    },
    {
      name: 'a pod that has no likeness with those behind the Service, told once',
      yaml: client('cache-0.db:5432,cache-1.db:5432') + db,
      errors: [{ id: 'stranger', line: 11, column: 38, endColumn: 45, severity: 'warning' }],
    },
    {
      name: 'the database of an operator by another name, where nothing else has the port',
      yaml: documents(ordersCluster, client('main-ro:5432')),
      errors: [
        {
          id: 'otherName',
          line: 20,
          column: 38,
          endColumn: 45,
          severity: 'warning',
          message: 'there is no Service "main-ro" in namespace shop; there is "orders-ro"',
          safety: 'unsafe',
        },
      ],
      output: documents(ordersCluster, client('orders-ro:5432')),
    },
    {
      name: 'a pod beyond the replicas',
      yaml: client('db-0.db:5432,db-2.db:5432') + db,
      errors: [
        {
          id: 'pod',
          line: 11,
          column: 51,
          endColumn: 55,
          severity: 'warning',
          message: 'there is no pod "db-2"; StatefulSet db has 2 replicas',
          help: 'its pods are db-0 to db-1',
        },
      ],
    },
    {
      name: 'in a file of a ConfigMap',
      yaml:
        settings(
          '# http://web:8080',
          'proxy_pass http://web:8080;',
          'proxy_pass http://web:8080;',
          'server wbe.shop.svc:80;',
        ) + web,
      errors: [
        {
          id: 'targetPort',
          line: 7,
          column: 27,
          endColumn: 31,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
        {
          id: 'targetPort',
          line: 8,
          column: 27,
          endColumn: 31,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
        {
          id: 'nearName',
          line: 9,
          column: 12,
          endColumn: 15,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output:
        settings(
          '# http://web:8080',
          'proxy_pass http://web:80;',
          'proxy_pass http://web:80;',
          'server web.shop.svc:80;',
        ) + web,
    },
    {
      name: 'a member that is not there',
      yaml: documents(
        dbStatefulSet,
        dbService,
        app('web')`env: [{ name: DB, value: "mongodb://db-0.db,db-3.db/shop" }]`,
      ),
      errors: [
        {
          id: 'pod',
          line: 37,
          column: 55,
          endColumn: 59,
          severity: 'warning',
          message: 'there is no pod "db-3"; StatefulSet db has 3 replicas',
          related: ['7:13 how many pods there are'],
        },
      ],
    },
    {
      name: 'a member below a misspelt Service',
      yaml: documents(
        dbStatefulSet,
        dbService,
        app('web')`env: [{ name: DB, value: "mongodb://db-0.db:27017,db-4.db:27017/shop" }]`,
      ),
      errors: [
        {
          id: 'pod',
          line: 37,
          column: 61,
          endColumn: 65,
          severity: 'warning',
          message: 'there is no pod "db-4"; StatefulSet db has 3 replicas',
          related: ['7:13 how many pods there are'],
        },
      ],
    },
    {
      name: 'a Mapping with the port of the pods',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: getambassador.io/v3alpha1
          kind: Mapping
          metadata:
            name: web
          spec: { hostname: shop.example.com, prefix: /, service: "web:8080" }
        `,
      ),
      errors: [
        {
          id: 'targetPort',
          line: 31,
          column: 62,
          endColumn: 66,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          related: ['24:7 this port of the Service'],
        },
      ],
      output: [['"web:8080"', '"web:80"']],
    },
    {
      name: 'names of pods of a set without serviceName, once for a list',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: ring
          spec:
            replicas: 2
            selector:
              matchLabels:
                app: ring
            template:
              metadata:
                labels:
                  app: ring
              spec:
                containers:
                  - name: ring
                    image: shop/ring:3
                    ports:
                      - containerPort: 9200
                    env:
                      - name: SEED_HOSTS
                        value: ring-0.ring,ring-1.ring
        `,
        ringService,
      ),
      errors: [
        {
          id: 'ungoverned',
          line: 22,
          column: 22,
          endColumn: 28,
          message: 'there is no name for pod "ring-0": StatefulSet ring has no serviceName',
          related: ['5:1 its pods are named below no Service'],
        },
      ],
    },
    {
      name: 'a pod that a list names and the set does not have',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: ring
          spec:
            serviceName: ring
            replicas: 2
            selector:
              matchLabels:
                app: ring
            template:
              metadata:
                labels:
                  app: ring
              spec:
                containers:
                  - name: ring
                    image: shop/ring:3
                    ports:
                      - containerPort: 9200
                    env:
                      - name: SEED_HOSTS
                        value: ring-0.ring,ring-7.ring
        `,
        ringService,
      ),
      errors: [
        {
          id: 'pod',
          line: 23,
          column: 34,
          endColumn: 40,
          severity: 'warning',
          message: 'there is no pod "ring-7"; StatefulSet ring has 2 replicas',
          related: ['7:13 how many pods there are'],
        },
      ],
    },
    {
      name: 'a namespace that the Service is no longer in',
      yaml: documents(
        deployment('web', { namespace: 'shop', replicas: 2 })`
          containers:
            - name: web
              image: ghcr.io/acme/web:1.4.2
              env:
                - name: DB_HOST
                  value: db.old-shop
        `,
        dbDeployment,
        yaml`
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
        `,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 19,
          column: 22,
          endColumn: 24,
          severity: 'warning',
          message: 'there is no Service "db" in namespace old-shop; there is Service shop/db',
          related: ['46:14 this Service'],
        },
      ],
    },
    {
      name: 'a pod behind which a second port stands',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: ring
          data:
            ring.properties: |
              server.1=ring-0.ring:2888:3888
              server.2=ring-1.ring:2888:3888
              server.3=ring-2.ring:2888:3888
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: ring
          spec:
            serviceName: ring
            replicas: 2
            selector:
              matchLabels:
                app: ring
            template:
              metadata:
                labels:
                  app: ring
              spec:
                containers:
                  - name: ring
                    image: shop/ring:3
                    ports:
                      - containerPort: 2888
                    envFrom:
                      - configMapRef: { name: ring }
        `,
        ringService.replace('- port: 9200', '- port: 2888'),
      ),
      errors: [
        {
          id: 'pod',
          line: 9,
          column: 14,
          endColumn: 20,
          severity: 'warning',
          message: 'there is no pod "ring-2"; StatefulSet ring has 2 replicas',
          related: ['17:13 how many pods there are'],
        },
      ],
    },
    {
      name: 'a number of a pod of a Deployment',
      yaml: documents(
        app('web')`env: [{ name: API, value: "http://api-0.api" }]`,
        apiDeployment,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
      ),
      errors: [
        {
          id: 'unnumbered',
          line: 16,
          column: 45,
          endColumn: 50,
          message:
            'there is no name for pod "api-0": pods of Deployment default/api have neither numbers nor names of their own',
          related: ['19:7 a StatefulSet has pods with names'],
        },
      ],
    },
    {
      name: 'pods of a set of its own, in a namespace of which nothing was read',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: store
          namespace: shop
        spec:
          serviceName: store
          replicas: 2
          selector:
            matchLabels: { app: store }
          template:
            metadata:
              labels: { app: store }
            spec:
              containers:
                - name: store
                  image: registry.example/store:1.0
                  args: [--peers=store-0.store.store.svc.cluster.local,store-1.store.store.svc.cluster.local]
                  ports: [{ containerPort: 2379 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: store
          namespace: shop
        spec:
          clusterIP: None
          selector: { app: store }
          ports: [{ port: 2379 }]
      `,
      errors: [
        {
          id: 'elsewhere',
          line: 18,
          column: 26,
          endColumn: 33,
          severity: 'warning',
          message:
            'nothing was read of namespace store; pod "store-0" is one of StatefulSet shop/store',
          related: ['5:14 its namespace'],
        },
        {
          id: 'elsewhere',
          line: 18,
          column: 64,
          endColumn: 71,
          severity: 'warning',
          message:
            'nothing was read of namespace store; pod "store-1" is one of StatefulSet shop/store',
          related: ['5:14 its namespace'],
        },
      ],
    },
    {
      name: 'a key of another name, read by a variable that is for a host',
      yaml: yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: settings }
        data:
          database_url: orders-srv
          title: orders-srv
        ---
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
                  env:
                    - name: MONGODB_SERVER
                      valueFrom:
                        configMapKeyRef: { name: settings, key: database_url }
                    - name: TITLE
                      valueFrom:
                        configMapKeyRef: { name: settings, key: title }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: orders-db }
        spec:
          selector:
            matchLabels: { app: orders }
          template:
            metadata:
              labels: { app: orders }
            spec:
              containers:
                - name: db
                  image: registry.example/db:1.0
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: orders-svc }
        spec:
          selector: { app: orders }
          ports: [{ port: 27017 }]
      `,
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 17,
          endColumn: 27,
          message:
            'there is no Service "orders-srv" in namespace default; did you mean "orders-svc"?',
          related: ['45:19 this Service'],
        },
      ],
      output: [['database_url: orders-srv', 'database_url: orders-svc']],
    },
    {
      name: 'a port that the protocol of the URL is not spoken at',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: events
        spec:
          selector: { app: events }
          ports:
            - { name: client, port: 4222 }
            - { name: monitor, port: 8222 }
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: events
          labels: { app: events }
        spec:
          containers: [{ name: events, image: "registry.acme.io/nats:2", ports: [{ containerPort: 4222 }, { containerPort: 8222 }] }]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: worker
        spec:
          containers:
            - name: worker
              image: registry.acme.io/worker:1
              env:
                - name: MONITOR
                  value: http://events:8222/healthz
                - name: NATS_URL
                  value: nats://events:8222
      `,
      errors: [
        {
          id: 'beside',
          line: 31,
          column: 32,
          endColumn: 36,
          severity: 'warning',
          message:
            'port 8222 is for monitoring over HTTP; nats is spoken at 4222, which the Service has too',
          related: ['7:3 the ports of the Service'],
        },
      ],
      output: [['nats://events:8222', 'nats://events:4222']],
    },
  ],
});

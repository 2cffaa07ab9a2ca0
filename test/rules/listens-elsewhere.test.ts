import { listensElsewhere } from '../../rules/port/listens-elsewhere.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const frontService = serviceFor('front')`ports: [{ name: http, port: 80, targetPort: http }]`;
const frontDeployment = deployment('front')`
  containers:
    - name: front
      image: shop/front:1.4
      ports: [{ name: http, containerPort: 8080 }]
      volumeMounts: [{ name: settings, mountPath: /config }]
  volumes: [{ name: settings, configMap: { name: front-nginx } }]
`;
const gateService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: gate
  spec:
    selector:
      app: gate
    ports:
      - port: 80
        targetPort: 9090
`;

testRule(listensElsewhere, {
  valid: [
    {
      name: 'several ports, and a flag of something else',
      yaml: documents(
        deployment('a')`
          containers:
            - name: a
              image: registry.acme.io/a:1
              args: ["--http-port=8080", "--listen=:9090"]
        `,
        serviceFor('a')`ports: [{ port: 80, targetPort: 8000 }]`,
        deployment('b')`
          containers:
            - name: b
              image: registry.acme.io/b:1
              args: ["-b", "main", "--host", "0.0.0.0"]
        `,
        serviceFor('b')`ports: [{ port: 80, targetPort: 8000 }]`,
      ),
    },
    {
      name: 'the Service leads where it listens',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:2
              ports: [{ containerPort: 4042 }]
              env:
                - name: SERVER_PORT
                  value: "4043"
        `,
        serviceFor('web')`
          ports:
            - port: 4043
        `,
      ),
    },
    {
      name: 'the declared port',
      yaml: documents(app('web')`args: [--port=8080]`, webService),
    },
    {
      name: 'in two words',
      yaml: documents(app('web')`args: [--bind, '0.0.0.0:8080']`, webService),
    },
    {
      name: 'a proxy beside it',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              args: [--bind=127.0.0.1:9000]
            - { name: proxy, image: proxy }
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: app('web')`args: [--port=9090]`,
    },
    {
      name: 'two addresses',
      yaml: documents(app('web')`args: ['--listen=:8080', '--port=9090']`, webService),
    },
    {
      name: 'a host elsewhere',
      yaml: documents(app('web')`env: [{ name: HOST, value: db.example.com }]`, webService),
    },
    {
      name: 'a value from elsewhere',
      yaml: documents(
        app('web')`env: [{ name: PORT, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]`,
        webService,
      ),
    },
    {
      name: 'a server for metrics',
      yaml: documents(app('web')`args: ["--metrics.listen-address=127.0.0.1:8080"]`, webService),
    },
    {
      name: 'a server for everybody',
      yaml: documents(app('web')`args: ["--web.listen-address=:8080"]`, webService),
    },
    {
      name: 'the port of something else',
      yaml: documents(
        deployment('gate', { replicas: 2 })`
          containers:
            - name: gate
              image: shop/oauth-gate:2
              ports:
                - containerPort: 9090
              env:
                - name: REDIS_PORT
                  value: "6379"
        `,
        gateService,
      ),
    },
    {
      name: 'nginx listens where the Service leads, or nothing is sure',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: nginx:1.27.0
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/nginx/conf.d }]
          volumes: [{ name: settings, configMap: { name: front-nginx } }]
        `,
        serviceFor('front')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-nginx
          data:
            site.conf: |
              server {
                listen 8080;
              }
        `,
        deployment('b')`
          containers:
            - name: b
              image: nginx:1.27.0
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/nginx/conf.d }]
          volumes: [{ name: settings, configMap: { name: b-nginx } }]
        `,
        serviceFor('b')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: b-nginx
          data:
            site.conf: |
              server {
                listen \${PORT};
              }
        `,
        deployment('c')`
          containers:
            - name: c
              image: nginx:1.27.0
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf }]
          volumes: [{ name: settings, configMap: { name: c-nginx } }]
        `,
        serviceFor('c')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: c-nginx
          data:
            nginx.conf: |
              events {}
              http {
                include /etc/nginx/sites/*;
                server { listen 80; }
              }
        `,
        deployment('d')`
          containers:
            - name: d
              image: nginx:1.27.0
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/nginx/conf.d/more.conf, subPath: more.conf }]
          volumes: [{ name: settings, configMap: { name: d-nginx } }]
        `,
        serviceFor('d')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: d-nginx
          data:
            more.conf: |
              server {
                listen 9090;
              }
        `,
      ),
    },
    {
      name: 'Spring is told elsewhere, or of another server',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: http, containerPort: 8080 }]
              env: [{ name: SERVER_PORT, value: "8080" }]
              volumeMounts: [{ name: settings, mountPath: /config }]
          volumes: [{ name: settings, configMap: { name: front-nginx } }]
        `,
        serviceFor('front')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-nginx
          data:
            application.yaml: |
              server:
                port: 9090
        `,
        deployment('b')`
          containers:
            - name: b
              image: shop/b:1.4
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /config }]
          volumes: [{ name: settings, configMap: { name: b-nginx } }]
        `,
        serviceFor('b')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: b-nginx
          data:
            application.yaml: |
              management:
                server:
                  port: 9090
              server:
                shutdown: graceful
                ssl:
                  port: 1
        `,
        deployment('c')`
          containers:
            - name: c
              image: shop/c:1.4
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /config }]
          volumes: [{ name: settings, configMap: { name: c-nginx } }]
        `,
        serviceFor('c')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: c-nginx
          data:
            application.properties: |
              server.port=\${PORT:9090}
        `,
      ),
    },
    {
      name: 'a proxy that declares where it listens, and to which the Service leads',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: registry.acme.io/web:1
              ports: [{ containerPort: 8080 }]
              args: ["--port=9000"]
            - { name: exporter, image: nginx/nginx-prometheus-exporter:1.4, ports: [{ containerPort: 8443 }] }
        `,
        webService.replace('targetPort: http', 'targetPort: 8443'),
      ),
    },
  ],
  invalid: [
    {
      name: 'a file that says localhost',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: cache
          data:
            redis.conf: |
              bind 127.0.0.1
        `,
        deployment('cache')`
          containers:
            - name: cache
              image: library/cache:2
              ports: [{ containerPort: 6379 }]
              volumeMounts:
                - name: settings
                  mountPath: /etc/redis
          volumes:
            - name: settings
              configMap: { name: cache }
        `,
        serviceFor('cache')`
          ports:
            - port: 6379
        `,
      ),
      errors: [
        {
          id: 'localFile',
          line: 26,
          column: 26,
          endColumn: 36,
          message:
            'by /etc/redis/redis.conf the server listens at 127.0.0.1 only, which nobody outside of its pod can reach',
        },
      ],
    },
    {
      name: 'a server that listens at localhost by itself',
      yaml: documents(
        deployment('api')`
          containers:
            - name: api
              image: library/api:2
              ports: [{ containerPort: 8000 }]
              command: [uvicorn, 'api.main:app']
        `,
        serviceFor('api')`
          ports:
            - port: 8000
        `,
      ),
      errors: [
        {
          id: 'default',
          line: 16,
          column: 21,
          endColumn: 28,
          message:
            'uvicorn listens at 127.0.0.1 unless it is told otherwise, where nobody outside of its pod can reach it',
        },
      ],
    },
    {
      name: 'one of several listeners, beside another container',
      yaml: documents(
        deployment('api')`
          containers:
            - name: api
              image: registry.acme.io/api:1
              args: ["--listen=:8080", "--metrics-listen=:9091"]
              ports: [{ containerPort: 8080 }, { name: metrics, containerPort: 9100 }]
            - name: logs
              image: registry.acme.io/logs:1
        `,
        serviceFor('api')`
          ports: [{ name: http, port: 80, targetPort: 8080 }, { name: metrics, port: 9100 }]
        `,
      ),
      errors: [
        {
          id: 'unheard',
          line: 15,
          column: 36,
          endColumn: 60,
          message:
            'the container is told to listen on 9091; nothing tells it of 9100, where its Service ' +
            'leads',
          related: ['26:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'in a line for a shell',
      yaml: documents(
        deployment('api')`
          containers:
            - name: api
              image: registry.acme.io/api:1
              command: [sh, -c, "uvicorn main:app --host 0.0.0.0 --port 8001"]
        `,
        serviceFor('api')`ports: [{ port: 80, targetPort: 8000 }]`,
      ),
      errors: [
        {
          id: 'port',
          line: 15,
          column: 29,
          endColumn: 74,
          message: 'the container is told to listen on 8001, but its Service leads to 8000',
          related: ['23:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'a variable that a web server at the port which is probed hardly reads',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: registry.acme.io/web:1
              env: [{ name: PORT, value: "3000" }]
              ports: [{ containerPort: 80 }]
              readinessProbe: { httpGet: { path: /, port: 80 } }
        `,
        serviceFor('web')`ports: [{ port: 80 }]`,
      ),
      errors: [
        {
          id: 'port',
          line: 15,
          column: 38,
          endColumn: 44,
          severity: 'info',
          message: 'the container is told to listen on 3000, but its Service leads to 80',
        },
      ],
    },
    {
      name: 'a variable of a framework',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: registry.acme.io/web:1
              env: [{ name: ASPNETCORE_URLS, value: "http://+:5000" }]
              ports: [{ containerPort: 8080 }]
        `,
        serviceFor('web')`ports: [{ port: 80, targetPort: 8080 }]`,
      ),
      errors: [
        {
          id: 'port',
          line: 15,
          column: 49,
          endColumn: 64,
          message: 'the container is told to listen on 5000, but its Service leads to 8080',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'another port',
      yaml: documents(app('web')`args: [--port=9090]`, webService),
      errors: [
        {
          id: 'port',
          line: 16,
          column: 18,
          endColumn: 29,
          message: 'the container is told to listen on 9090, but its Service leads to 8080',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'a variable',
      yaml: documents(app('web')`env: [{ name: PORT, value: '3000' }]`, webService),
      errors: [
        {
          id: 'port',
          line: 16,
          column: 38,
          endColumn: 44,
          message: 'the container is told to listen on 3000, but its Service leads to 8080',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'localhost',
      yaml: documents(app('web')`command: [serve, --bind, '127.0.0.1:8080']`, webService),
      errors: [
        {
          id: 'local',
          line: 16,
          column: 36,
          endColumn: 52,
          message:
            'the container is told to listen at 127.0.0.1 only, which nobody outside of its pod can reach',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'localhost without a port',
      yaml: documents(app('web')`env: [{ name: HOST, value: localhost }]`, webService),
      errors: [
        {
          id: 'local',
          line: 16,
          column: 38,
          endColumn: 47,
          message:
            'the container is told to listen at localhost only, which nobody outside of its pod can reach',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'a server by its name',
      yaml: documents(app('web')`args: ["--web.listen-address=127.0.0.1:8080"]`, webService),
      errors: [
        {
          id: 'local',
          line: 16,
          column: 18,
          endColumn: 55,
          message:
            'the container is told to listen at 127.0.0.1 only, which nobody outside of its pod can reach',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'in two arguments',
      yaml: documents(app('web')`args: ["--http.addr", "localhost:8080"]`, webService),
      errors: [
        {
          id: 'local',
          line: 16,
          column: 33,
          endColumn: 49,
          message:
            'the container is told to listen at localhost only, which nobody outside of its pod can reach',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'the port of a variable that has the name of the program',
      yaml: documents(
        deployment('gate', { replicas: 2 })`
          containers:
            - name: gate
              image: shop/oauth-gate:2
              ports:
                - containerPort: 9090
              env:
                - name: OAUTH_GATE_PORT
                  value: "9091"
        `,
        gateService,
      ),
      errors: [
        {
          id: 'port',
          line: 20,
          column: 22,
          endColumn: 28,
          message: 'the container is told to listen on 9091, but its Service leads to 9090',
          related: ['29:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'nginx listens on another port',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: nginx:1.27.0
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/nginx/conf.d }]
          volumes: [{ name: settings, configMap: { name: front-nginx } }]
        `,
        frontService,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-nginx
          data:
            site.conf: |
              # listen 8080;
              server {
                listen 80 default_server;
                listen [::]:80;
                listen 127.0.0.1:8080;
              }
        `,
      ),
      errors: [
        {
          id: 'file',
          line: 16,
          column: 55,
          endColumn: 72,
          message:
            'by /etc/nginx/conf.d/site.conf the server listens on 80 only, and its Service leads to 8080',
          related: ['35:7 what it is told', '25:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'a server of nginx that names no port',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: nginx:1.27.0
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf }]
          volumes: [{ name: settings, configMap: { name: front-nginx } }]
        `,
        frontService,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-nginx
          data:
            nginx.conf: |
              events {}
              http {
                include /etc/nginx/mime.types;
                server {
                  server_name _;
                }
              }
        `,
      ),
      errors: [
        {
          id: 'file',
          line: 16,
          column: 55,
          endColumn: 76,
          message:
            'by /etc/nginx/nginx.conf the server listens on 80 only, and its Service leads to 8080',
          related: ['36:7 what it is told', '25:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'Spring Boot is told another port',
      yaml: documents(
        frontDeployment,
        frontService,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-nginx
          data:
            application.yaml: |
              server:
                shutdown: graceful
                port: 9090
        `,
      ),
      errors: [
        {
          id: 'file',
          line: 16,
          column: 55,
          endColumn: 62,
          message:
            'by /config/application.yaml the server listens on 9090 only, and its Service leads to 8080',
          related: ['35:7 what it is told', '25:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'properties of Spring Boot',
      yaml: documents(
        frontDeployment,
        frontService,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-nginx
          data:
            application.properties: |
              server.port = 9090
        `,
      ),
      errors: [
        {
          id: 'file',
          line: 16,
          column: 55,
          endColumn: 62,
          message:
            'by /config/application.properties the server listens on 9090 only, and its Service leads to 8080',
          related: ['33:5 what it is told', '25:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'a variable from a ConfigMap',
      yaml: documents(
        app('front')`envFrom: [{ configMapRef: { name: front-env } }]`,
        frontService,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-env
          data:
            PORT: "9090"
        `,
      ),
      errors: [
        {
          id: 'port',
          line: 16,
          column: 23,
          endColumn: 35,
          message: 'the container is told to listen on 9090, but its Service leads to 8080',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'one key of a ConfigMap',
      yaml: documents(
        app('front')`
          env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: front-env, key: port } } }]
        `,
        frontService,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: front-env
          data:
            port: "9090"
        `,
      ),
      errors: [
        {
          id: 'port',
          line: 16,
          column: 19,
          endColumn: 23,
          message: 'the container is told to listen on 9090, but its Service leads to 8080',
          related: ['24:3 where its Service leads'],
        },
      ],
    },
    {
      name: 'beside a container that declares where it listens',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: registry.acme.io/web:1
              ports: [{ containerPort: 8080 }]
              args: ["--port=9000"]
            - { name: exporter, image: nginx/nginx-prometheus-exporter:1.4, ports: [{ containerPort: 9113 }] }
        `,
        webService.replace('targetPort: http', 'targetPort: 8080'),
      ),
      errors: [{ line: 16, column: 18, endColumn: 31, id: 'port' }],
    },
    {
      name: 'a broker that sends its clients to themselves',
      yaml: yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: broker
        data:
          server.properties: |
            listeners=PLAINTEXT://:9092
            advertised.listeners=PLAINTEXT://127.0.0.1:9092
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: broker
        spec:
          serviceName: broker
          selector:
            matchLabels: { app: broker }
          template:
            metadata:
              labels: { app: broker }
            spec:
              containers:
                - name: kafka
                  image: registry.acme.io/kafka:3
                  ports: [{ containerPort: 9092 }]
                  volumeMounts: [{ name: config, mountPath: /opt/kafka/config }]
              volumes: [{ name: config, configMap: { name: broker } }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: broker
        spec:
          clusterIP: None
          selector: { app: broker }
          ports: [{ port: 9092 }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: billing
        spec:
          selector:
            matchLabels: { app: billing }
          template:
            metadata:
              labels: { app: billing }
            spec:
              containers:
                - name: billing
                  image: registry.acme.io/billing:1
                  env: [{ name: BROKERS, value: "broker:9092" }]
      `,
      errors: [
        {
          id: 'advertised',
          line: 8,
          column: 26,
          endColumn: 52,
          message:
            'Deployment default/billing, which comes through Service "broker", is sent on to localhost',
          related: ['32:9 its Service'],
        },
      ],
    },
  ],
});

import { noReadinessProbe } from '../../rules/resilience/no-readiness-probe.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(noReadinessProbe, {
  valid: [
    {
      name: 'a probe',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
        `,
        webService,
      ),
    },
    {
      name: 'a startup probe holds it back',
      yaml: documents(
        app('web')`
          startupProbe:
            httpGet: { path: /ready, port: http }
        `,
        webService,
      ),
    },
    {
      name: 'the probe of a sidecar',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
            - name: proxy
              image: proxy
              readinessProbe: { tcpSocket: { port: 9000 } }
        `,
        webService,
      ),
    },
    {
      name: 'no Service selects them',
      yaml: webDeployment,
    },
    {
      name: 'addresses are wanted before they are ready',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          publishNotReadyAddresses: true
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'a readiness gate',
      yaml: documents(
        deployment('web')`
          readinessGates: [{ conditionType: example.com/registered }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'pods that end',
      yaml: documents(
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: web
          spec:
            template:
              metadata:
                labels: { app: web }
              spec:
                restartPolicy: Never
                containers: [{ name: main, image: shop, ports: [{ name: http, containerPort: 80 }] }]
        `,
        webService,
      ),
    },
  ],
  invalid: [
    {
      name: 'no probe at all',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 7,
          endColumn: 17,
          message:
            'Service default/web sends traffic to these pods as soon as they run: container "web" has no readiness probe',
          related: ['22:3 selects them'],
        },
      ],
    },
    {
      name: 'a liveness probe only',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              livenessProbe:
                httpGet: { path: /ready, port: http }
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 7,
          endColumn: 17,
          message:
            'Service default/web sends traffic to these pods as soon as they run: container "web" has no readiness probe',
          related: ['24:3 selects them'],
        },
      ],
    },
    {
      name: 'two containers',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
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
                  - { name: logs, image: logs }
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 7,
          endColumn: 17,
          message:
            'Service default/web sends traffic to these pods as soon as they run: none of its 2 containers has a readiness probe',
          related: ['23:3 selects them'],
        },
      ],
    },
    {
      name: 'members of a headless Service',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: db
        spec:
          serviceName: db
          selector:
            matchLabels: { app: db }
          template:
            metadata:
              labels: { app: db }
            spec:
              containers: [{ name: db, image: shop/db, ports: [{ name: sql, containerPort: 5432 }] }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: db
        spec:
          clusterIP: None
          selector: { app: db }
          ports: [{ port: 5432 }]
      `,
      errors: [
        {
          id: 'none',
          line: 13,
          column: 7,
          endColumn: 17,
          severity: 'info',
          message:
            'Service default/db sends traffic to these pods as soon as they run: container "db" has no readiness probe',
          related: ['21:3 selects them'],
        },
      ],
    },
  ],
});

import { initWaitsForItself } from '../../rules/probe/init-waits-for-itself.ts';
import { testRule } from '../support/rule-tester.ts';
import { webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(initWaitsForItself, {
  valid: [
    {
      name: 'another Service',
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
                initContainers:
                  - name: wait
                    image: busybox:1.36
                    command: [sh, -c, "until nc -z db 5432; do sleep 2; done"]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: db
          spec:
            selector:
              matchLabels: { app: db }
            template:
              metadata:
                labels: { app: db }
              spec:
                containers:
                  - name: db
                    image: shop/db:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    readinessProbe:
                      httpGet: { path: /ready, port: http }
          ---
          apiVersion: v1
          kind: Service
          metadata:
            name: db
          spec:
            selector: { app: db }
            ports:
              - port: 5432
                targetPort: http
        `,
      ),
    },
    {
      name: 'a name that is only looked up',
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
                initContainers:
                  - name: wait
                    image: busybox:1.36
                    command: [sh, -c, "until nslookup web; do sleep 2; done"]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'pods that need not be ready',
      yaml: yaml`
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
              initContainers:
                - name: wait
                  image: busybox:1.36
                  command: [sh, -c, "until nc -z web 80; do sleep 2; done"]
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          publishNotReadyAddresses: true
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'others are behind it',
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
                initContainers:
                  - name: wait
                    image: busybox:1.36
                    command: [sh, -c, "until nc -z localhost 80; do sleep 2; done"]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
  ],
  invalid: [
    {
      name: 'a connection',
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
                initContainers:
                  - name: wait
                    image: busybox:1.36
                    command: [sh, -c, "until nc -z web 80; do sleep 2; done"]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'own',
          line: 15,
          column: 42,
          endColumn: 45,
          message:
            'Service default/web has these pods only, and none of them is ready before this has ended',
          related: ['26:3 selects these pods'],
        },
      ],
    },
    {
      name: 'a request',
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
                initContainers:
                  - name: wait
                    image: busybox:1.36
                    command: [sh, -c, "until wget -qO- http://web.default.svc/ready; do sleep 2; done"]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'own',
          line: 15,
          column: 53,
          endColumn: 56,
          message:
            'Service default/web has these pods only, and none of them is ready before this has ended',
          related: ['26:3 selects these pods'],
        },
      ],
    },
  ],
});

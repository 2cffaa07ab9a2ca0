import { initWaitsForItself } from '../../rules/probe/init-waits-for-itself.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(initWaitsForItself, {
  valid: [
    {
      name: 'another Service',
      yaml: documents(
        deployment('web')`
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
        app('db')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
        `,
        serviceFor('db')`
          ports:
            - port: 5432
              targetPort: http
        `,
      ),
    },
    {
      name: 'a name that is only looked up',
      yaml: documents(
        deployment('web')`
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
      yaml: documents(
        deployment('web')`
          initContainers:
            - name: wait
              image: busybox:1.36
              command: [sh, -c, "until nc -z web 80; do sleep 2; done"]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        serviceFor('web')`
          publishNotReadyAddresses: true
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'others are behind it',
      yaml: documents(
        deployment('web')`
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
        deployment('web')`
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
        deployment('web')`
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

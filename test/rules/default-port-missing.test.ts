import { defaultPortMissing } from '../../rules/reference/default-port-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, app, deployment, labelledApiService, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const apiAt8080 = serviceFor('api')`
  ports:
    - port: 8080
`;

/** A file of NGINX in a ConfigMap. */
const nginx = (...lines: string[]): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: site }\ndata:\n  site.conf: |\n${lines.map((line) => `    ${line}\n`).join('')}`;

testRule(defaultPortMissing, {
  valid: [
    {
      name: 'the port is written',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api:8080
        `,
        apiDeployment,
        apiAt8080,
      ),
    },
    {
      name: 'the port is in the variable beside it',
      yaml: documents(
        app('web')`
          env:
            - name: API_ROUTE
              value: http://api
            - name: API_PORT
              value: "8080"
        `,
        apiDeployment,
        apiAt8080,
      ),
    },
    {
      name: 'it has the port',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api/v1
        `,
        apiDeployment,
        labelledApiService,
      ),
    },
    {
      name: 'headless',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api
        `,
        apiDeployment,
        serviceFor('api')`
          clusterIP: None
          ports:
            - port: 8080
        `,
      ),
    },
    {
      name: 'a host outside',
      yaml: app('web')`
        env:
          - name: API_URL
            value: https://api.example.com
      `,
    },
    {
      name: 'a headless Service whose pods have the port',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: ghcr.io/acme/web:1.4.2
              env:
                - name: API_URL
                  value: http://api
        `,
        deployment('api', { replicas: 2 })`
          containers:
            - name: api
              image: ghcr.io/acme/api:1.4.2
              ports:
                - containerPort: 80
                  name: http
        `,
        serviceFor('api')`
          clusterIP: None
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'a headless Service that lists another port',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: ghcr.io/acme/web:1.4.2
              env:
                - name: API_URL
                  value: http://api
        `,
        deployment('api', { replicas: 2 })`
          containers:
            - name: api
              image: ghcr.io/acme/api:1.4.2
              ports:
                - containerPort: 8000
                  name: http
        `,
        serviceFor('api')`
          clusterIP: None
          ports:
            - port: 8000
              targetPort: http
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'a flag of a program, which may add a port',
      yaml: documents(
        app('web')`
          args: [--push-url=http://api]
        `,
        apiDeployment,
        apiAt8080,
      ),
      errors: [{ id: 'missing', severity: 'info', line: 16, column: 36, endColumn: 39 }],
    },
    {
      name: 'the variable beside it is for something else',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api/v1
            - name: API_PORT
              value: "9090"
        `,
        apiDeployment,
        apiAt8080,
      ),
      errors: [{ id: 'missing', line: 18, column: 29, endColumn: 32 }],
    },
    {
      name: 'what NGINX passes requests on to',
      yaml: documents(nginx('location / { proxy_pass http://api; }'), apiDeployment, apiAt8080),
      errors: [{ id: 'missing', line: 6, column: 36, endColumn: 39 }],
    },
    {
      name: 'a server of an upstream of NGINX',
      yaml: documents(
        nginx('upstream backend { server api; }', 'location / { proxy_pass http://backend; }'),
        apiDeployment,
        apiAt8080,
      ),
      errors: [{ id: 'missing', line: 6, column: 31, endColumn: 34 }],
    },
    {
      name: 'plain',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api/v1
        `,
        apiDeployment,
        apiAt8080,
      ),
      errors: [
        {
          id: 'missing',
          line: 18,
          column: 29,
          endColumn: 32,
          message:
            'without a port it is for 80, which Service default/api does not have; its ports: 8080',
          related: ['42:3 the ports it has'],
        },
      ],
    },
    {
      name: 'TLS',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: https://api.default.svc/v1
        `,
        apiDeployment,
        labelledApiService,
      ),
      errors: [
        {
          id: 'missing',
          line: 18,
          column: 30,
          endColumn: 45,
          message:
            'without a port it is for 443, which Service default/api does not have; its ports: 80',
          related: ['43:3 the ports it has'],
        },
      ],
    },
    {
      name: 'in a ConfigMap',
      yaml: documents(
        yaml`
          ---
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: settings
          data:
            API_URL: http://api
        `,
        apiDeployment,
        apiAt8080,
      ),
      errors: [
        {
          id: 'missing',
          line: 7,
          column: 19,
          endColumn: 22,
          message:
            'without a port it is for 80, which Service default/api does not have; its ports: 8080',
          related: ['31:3 the ports it has'],
        },
      ],
    },
    {
      name: 'a headless Service whose port is another one in the pods',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: ghcr.io/acme/web:1.4.2
              env:
                - name: API_URL
                  value: http://api
        `,
        deployment('api', { replicas: 2 })`
          containers:
            - name: api
              image: ghcr.io/acme/api:1.4.2
              ports:
                - containerPort: 8000
                  name: http
        `,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: api
          spec:
            clusterIP: None
            selector:
              app: api
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'headless',
          line: 18,
          column: 29,
          endColumn: 32,
          message:
            'without a port it is for 80, and this name leads straight to the pods, which listen on 8000',
          related: ['47:3 the ports it has'],
        },
      ],
    },
  ],
});

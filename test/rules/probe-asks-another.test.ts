import { probeAsksAnother } from '../../rules/resilience/probe-asks-another.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiService, app, deployment, serviceFor, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

const apiDeployment = app('api')`
  readinessProbe:
    httpGet: { path: /ready, port: http }
`;

const dbDeployment = deployment('db', { replicas: 2 })`
  containers:
    - name: db
      image: shop/db:1.4
      ports: [{ name: sql, containerPort: 5432 }]
`;
const dbService = serviceFor('db')`ports: [{ name: sql, port: 5432, targetPort: sql }]`;

testRule(probeAsksAnother, {
  valid: [
    {
      name: 'itself',
      yaml: documents(
        app('web')`
          readinessProbe:
            exec: { command: [sh, -c, "curl -fsS http://localhost:8080/ready"] }
        `,
        webService,
      ),
    },
    {
      name: 'its own Service',
      yaml: documents(
        app('web')`
          readinessProbe:
            exec: { command: [sh, -c, "curl -fsS http://web/ready"] }
        `,
        webService,
      ),
    },
    {
      name: 'a Service that was not read',
      yaml: documents(
        app('web')`
          readinessProbe:
            exec: { command: [sh, -c, "curl -fsS http://payments.acme.io/ready"] }
        `,
        webService,
      ),
    },
    {
      name: 'it waits to start',
      yaml: documents(
        app('web')`
          startupProbe:
            exec: { command: [sh, -c, "curl -fsS http://api/ready"] }
        `,
        webService,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'a client asks the pod itself',
      yaml: documents(
        app('web', { replicas: 2 })`
          readinessProbe: { exec: { command: [pg_isready, -h, localhost] } }
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        dbDeployment,
        dbService,
      ),
    },
    {
      name: 'a flag for something else',
      yaml: documents(
        app('web', { replicas: 2 })`readinessProbe: { exec: { command: [check, -h] } }`,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        dbDeployment,
        dbService,
      ),
    },
  ],
  invalid: [
    {
      name: 'readiness',
      yaml: documents(
        app('web')`
          readinessProbe:
            exec: { command: [sh, -c, "curl -fsS http://api/ready"] }
        `,
        webService,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'ready',
          line: 17,
          column: 57,
          endColumn: 60,
          message: 'its pods leave the endpoints whenever Service default/api does not answer',
          related: ['50:9 is asked'],
        },
      ],
    },
    {
      name: 'liveness',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
          livenessProbe:
            exec: { command: [sh, -c, "curl -fsS http://api:80/ready"] }
        `,
        webService,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'alive',
          line: 19,
          column: 57,
          endColumn: 60,
          message: 'its containers are restarted whenever Service default/api does not answer',
          related: ['52:9 is asked'],
        },
      ],
    },
    {
      name: 'the host stands behind its flag',
      yaml: documents(
        app('web', { replicas: 2 })`readinessProbe: { exec: { command: [pg_isready, -h, db] } }`,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        dbDeployment,
        dbService,
      ),
      errors: [
        {
          id: 'ready',
          line: 17,
          column: 63,
          endColumn: 65,
          message: 'its pods leave the endpoints whenever Service default/db does not answer',
          related: ['47:9 is asked'],
        },
      ],
    },
    {
      name: 'in a command of a shell',
      yaml: documents(
        app('web', { replicas: 2 })`
          readinessProbe: { exec: { command: [sh, -c, "pg_isready -h db"] } }
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        dbDeployment,
        dbService,
      ),
      errors: [
        {
          id: 'ready',
          line: 17,
          column: 70,
          endColumn: 72,
          message: 'its pods leave the endpoints whenever Service default/db does not answer',
          related: ['47:9 is asked'],
        },
      ],
    },
  ],
});

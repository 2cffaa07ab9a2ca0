import { targetPortUndeclared } from '../../rules/port/target-port-undeclared.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

/** A Service whose port stands on line 6. */
const service = (port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ ${port} }]\n`;
const one = '{ containerPort: 8080 }';
const two = '{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090 }';

testRule(targetPortUndeclared, {
  valid: [
    {
      name: 'a number that a file of the pods holds',
      yaml: documents(
        deployment('tempo')`
          volumes: [{ name: config, configMap: { name: tempo } }]
          containers:
            - name: tempo
              image: grafana/tempo:2.2.2
              ports: [{ name: tempo, containerPort: 3200 }]
        `,
        serviceFor('tempo')`ports: [{ name: tempo, port: 3110 }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: tempo
          data:
            tempo.yaml: |
              server:
                http_listen_port: 3110
        `,
      ),
    },
    {
      name: 'declared',
      yaml: service('port: 80, targetPort: 8080') + workload('web', { ports: one }),
    },
    {
      name: 'declared, targetPort left out',
      yaml: service('port: 8080') + workload('web', { ports: one }),
    },
    { name: 'nothing is declared', yaml: service('port: 80, targetPort: 3000') + workload('web') },
    {
      name: 'a name is a matter of another rule',
      yaml: service('port: 80, targetPort: grpc') + workload('web', { ports: two }),
    },
    {
      name: 'one of several workloads declares it',
      yaml:
        service('port: 80, targetPort: 8080') +
        workload('web', { ports: one }) +
        workload('worker', { labels: 'app: web', ports: '{ containerPort: 9999 }' }),
    },
    {
      name: 'a port of a native sidecar',
      yaml:
        service('port: 80, targetPort: 15001') +
        workload('web', {
          ports: one,
          pod: 'initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ containerPort: 15001 }] }]',
        }),
    },
    {
      name: 'the network of the host, and nothing declared',
      yaml: service('port: 80, targetPort: 3000') + workload('web', { pod: 'hostNetwork: true' }),
    },
    {
      name: 'a declared number that is filled in later',
      yaml:
        service('port: 80, targetPort: 3000') +
        workload('web', { ports: "{ containerPort: '${PORT}' }" }),
    },
    {
      name: 'no pods',
      yaml: service('port: 80, targetPort: 3000') + workload('other', { ports: one }),
    },
  ],
  invalid: [
    {
      name: 'the name of the Service port is that of a container port',
      yaml: documents(
        deployment('cache')`
          containers:
            - name: cache
              image: registry.acme.io/cache:1
              ports: [{ name: http, containerPort: 8080 }, { name: signal, containerPort: 9443 }]
        `,
        serviceFor('cache')`
          ports: [{ name: http, port: 80, targetPort: 80 }, { name: signal, port: 9443 }]
        `,
      ),
      errors: [
        {
          id: 'named',
          line: 23,
          column: 47,
          endColumn: 49,
          message: 'no container declares port 80; the port "http" of the containers is 8080',
          related: ['15:48 a declared port'],
        },
      ],
    },
    {
      name: 'port and targetPort swapped',
      yaml: documents(
        deployment('flask')`
          containers:
            - name: flask
              image: registry.acme.io/flask:1
              ports: [{ containerPort: 5000 }]
        `,
        serviceFor('flask')`ports: [{ port: 5000, targetPort: 80 }]`,
      ),
      errors: [
        {
          id: 'swapped',
          line: 23,
          column: 37,
          endColumn: 39,
          message:
            'no container declares port 80, and the containers declare 5000, which is the port of the Service: the two look swapped',
          related: ['15:36 a declared port'],
        },
      ],
    },
    {
      name: 'the network of the host, where others are declared',
      yaml:
        service('port: 80, targetPort: 8008') +
        workload('web', { ports: one, pod: 'hostNetwork: true' }),
      errors: [{ id: 'other', line: 6, column: 35, endColumn: 39, severity: 'info' }],
    },
    {
      name: 'a probe says where the application listens',
      yaml:
        service('port: 80, targetPort: 3000') +
        workload('web', {
          ports: one,
          container: 'readinessProbe: { tcpSocket: { port: 8080 } }',
        }),
      errors: [
        {
          id: 'other',
          line: 6,
          column: 35,
          endColumn: 39,
          severity: 'warning',
          help: 'a probe dials 8080, so that is where the application listens: change it to 8080, or declare port 3000 if it listens there as well',
        },
      ],
    },
    {
      name: 'digits swapped',
      yaml: service('port: 80, targetPort: 8008') + workload('web', { ports: one }),
      errors: [
        {
          id: 'slip',
          line: 6,
          column: 35,
          endColumn: 39,
          message:
            'no container declares port 8008, but 8080 is declared, which has nearly the same digits',
          help: 'if 8080 was meant, change it; if the application also listens on 8008, declare that port',
          related: ['11:172 a declared port'],
        },
      ],
    },
    {
      name: 'a digit too few',
      yaml: service('port: 80, targetPort: 808') + workload('web', { ports: one }),
      errors: [{ id: 'slip', line: 6, column: 35, endColumn: 38 }],
    },
    {
      name: 'a digit too many',
      yaml:
        service('port: 80, targetPort: 30000') +
        workload('web', { ports: '{ containerPort: 3000 }' }),
      errors: [{ id: 'slip', line: 6, column: 35, endColumn: 40 }],
    },
    {
      name: 'a digit in front is a habit, not a slip',
      yaml: service('port: 80, targetPort: 18080') + workload('web', { ports: one }),
      errors: [{ id: 'other', line: 6, column: 35, endColumn: 40, severity: 'info' }],
    },
    {
      name: 'a neighbour that something else leads to is meant',
      yaml:
        service('name: a, port: 80, targetPort: 8081 }, { name: b, port: 81, targetPort: 8080') +
        workload('web', { ports: one }),
      errors: [{ id: 'other', line: 6, column: 44, endColumn: 48, severity: 'info' }],
    },
    {
      name: 'a neighbour that another Service leads to by name is meant',
      yaml:
        service('port: 80, targetPort: 9091') +
        workload('web', { ports: two }) +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: metrics }\nspec: { selector: { app: web }, ports: [{ port: 1, targetPort: metrics }] }\n',
      errors: [{ id: 'other', line: 6, column: 35, endColumn: 39, severity: 'info' }],
    },
    {
      name: 'a neighbour that nothing leads to',
      yaml: service('port: 80, targetPort: 8081') + workload('web', { ports: two }),
      errors: [
        { id: 'slip', line: 6, column: 35, endColumn: 39, related: ['11:184 a declared port'] },
      ],
    },
    {
      name: 'another digit, of the port that nothing leads to',
      yaml:
        service('name: a, port: 80, targetPort: http }, { name: b, port: 81, targetPort: 9190') +
        workload('web', { ports: two }),
      errors: [
        { id: 'slip', line: 6, column: 85, endColumn: 89, related: ['11:224 a declared port'] },
      ],
    },
    {
      name: 'another digit, but of another protocol',
      yaml:
        service('port: 80, targetPort: 8090') +
        workload('web', { ports: '{ containerPort: 8091, protocol: UDP }' }),
      errors: [{ id: 'other', line: 6, column: 35, endColumn: 39, severity: 'info' }],
    },
    {
      name: 'left out, and a digit off the port that nothing leads to',
      yaml: service('port: 9091') + workload('web', { ports: two }),
      errors: [
        { id: 'slip', line: 6, column: 19, endColumn: 23, related: ['11:224 a declared port'] },
      ],
    },
    {
      name: 'left out, and one port declared',
      yaml: service('port: 80') + workload('web', { ports: one }),
      errors: [
        {
          id: 'defaulted',
          line: 6,
          column: 19,
          endColumn: 21,
          message:
            'targetPort is left out and so defaults to 80, which no container declares; known ports: 8080 (unnamed)',
          help: 'add targetPort: 8080',
        },
      ],
    },
    {
      name: 'left out of a port that is called a dummy',
      yaml: service('name: dummy, port: 12345') + workload('web', { ports: one }),
      errors: [{ id: 'other', line: 6, column: 32, endColumn: 37, severity: 'info' }],
    },
    {
      name: 'null is left out too',
      yaml: service('port: 80, targetPort: null') + workload('web', { ports: one }),
      errors: [{ id: 'defaulted', line: 6, column: 19, endColumn: 21 }],
    },
    {
      name: '0 is left out too',
      yaml: service('port: 80, targetPort: 0') + workload('web', { ports: one }),
      errors: [{ id: 'defaulted', line: 6, column: 19, endColumn: 21 }],
    },
    {
      name: 'left out, and two ports declared',
      yaml: service('port: 80') + workload('web', { ports: two }),
      errors: [{ id: 'other', line: 6, column: 19, endColumn: 21, severity: 'info' }],
    },
    {
      name: 'quite another number',
      yaml: service('port: 80, targetPort: 3000') + workload('web', { ports: two }),
      errors: [
        {
          id: 'other',
          line: 6,
          column: 35,
          endColumn: 39,
          severity: 'info',
          message: 'no container declares port 3000; known ports: "http" (8080), "metrics" (9090)',
          related: [],
        },
      ],
    },
    {
      name: 'quite another number, and only one declared',
      yaml: service('port: 80, targetPort: 3000') + workload('web', { ports: one }),
      errors: [
        {
          id: 'other',
          line: 6,
          column: 35,
          endColumn: 39,
          severity: 'info',
          message: 'no container declares port 3000; known ports: 8080 (unnamed)',
          related: ['11:172 a declared port'],
        },
      ],
    },
  ],
});

import { targetPortAmbiguous } from '../../rules/port/target-port-ambiguous.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** A Service whose port stands on line 6. */
const service = (port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ ${port} }]\n`;
/** A workload with a second container. */
const web = (first: string, second: string): string =>
  `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      containers:\n        - { name: app, image: shop, ports: [${first}] }\n        - { name: proxy, image: envoy, ports: [${second}] }\n`;
const http = '{ name: http, containerPort: 8080 }';

testRule(targetPortAmbiguous, {
  valid: [
    {
      name: 'names that differ',
      yaml:
        service('port: 80, targetPort: http') + web(http, '{ name: admin, containerPort: 9901 }'),
    },
    {
      name: 'the name under another protocol',
      yaml:
        service('port: 80, targetPort: http') +
        web(http, '{ name: http, containerPort: 8443, protocol: UDP }'),
    },
    {
      name: 'the number under another protocol',
      yaml:
        service('port: 80, targetPort: 8080') + web(http, '{ containerPort: 8080, protocol: UDP }'),
    },
    {
      name: 'one number under two names of one container',
      yaml:
        service('port: 80, targetPort: 8080') +
        web(http + ', { name: metrics, containerPort: 8080 }', '{ containerPort: 9901 }'),
    },
    {
      name: 'the Service targets another port',
      yaml:
        service('port: 80, targetPort: 9901') +
        web(http + ', { containerPort: 9901 }', '{ name: http, containerPort: 8443 }'),
    },
    {
      name: 'an init container',
      yaml:
        service('port: 80, targetPort: http') +
        workload('web', {
          ports: http,
          pod: `initContainers: [{ name: init, image: store, ports: [{ name: http, containerPort: 8443 }] }]`,
        }),
    },
    {
      name: 'a number that is filled in later',
      yaml:
        service('port: 80, targetPort: http') +
        web(http, "{ name: http, containerPort: '${PORT}' }"),
    },
    {
      name: 'a sidecar, before slices knew of sidecars',
      yaml:
        service('port: 80, targetPort: http') +
        workload('web', {
          ports: http,
          pod: `initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ name: http, containerPort: 8443 }] }]`,
        }),
      options: { kubernetesMinor: 32 },
    },
  ],
  invalid: [
    {
      name: 'one name, two numbers',
      yaml:
        service('port: 80, targetPort: http') + web(http, '{ name: http, containerPort: 8443 }'),
      errors: [
        {
          id: 'name',
          line: 6,
          column: 35,
          endColumn: 39,
          message:
            'containers "app" and "proxy" both have a port "http": the Service leads to 8080 of the first, never to 8443 of the second',
          help: 'give one of the two ports another name, and target the one that is meant',
          related: ['17:53 of container "app"', '18:56 of container "proxy"'],
        },
      ],
    },
    {
      name: 'one number',
      yaml: service('port: 80, targetPort: 8080') + web(http, '{ containerPort: 8080 }'),
      errors: [
        {
          id: 'number',
          line: 6,
          column: 35,
          endColumn: 39,
          message:
            'containers "app" and "proxy" both declare port 8080, where only one of them can listen',
          help: 'let one of them listen on another port, or declare the port where the listener is',
          related: ['17:74 of container "app"', '18:65 of container "proxy"'],
        },
      ],
    },
    {
      name: 'one number that is the port itself',
      yaml: service('port: 8080') + web(http, '{ containerPort: 8080 }'),
      errors: [{ id: 'number', line: 6, column: 13, endColumn: 17 }],
    },
    {
      name: 'one name, one number',
      yaml: service('port: 80, targetPort: http') + web(http, http),
      errors: [{ id: 'number', line: 6, column: 35, endColumn: 39 }],
    },
    {
      name: 'a sidecar',
      yaml:
        service('port: 80, targetPort: http') +
        workload('web', {
          ports: http,
          pod: `initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ name: http, containerPort: 8443 }] }]`,
        }),
      errors: [{ id: 'name', line: 6, column: 35, endColumn: 39 }],
    },
  ],
});

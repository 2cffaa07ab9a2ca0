import { targetPortNameUnresolved } from '../../rules/port/target-port-name-unresolved.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** A Service with one port; its target port stands on line 6 from column 27 on. */
const service = (target: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80, targetPort: ${target}${more} }]\n`;
const http = '{ name: http, containerPort: 8080 }';
const sidecar =
  'initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ name: proxy, containerPort: 15001 }] }]';

testRule(targetPortNameUnresolved, {
  valid: [
    { name: 'the name is declared', yaml: service('http') + workload('web', { ports: http }) },
    { name: 'a number needs no declaration', yaml: service('8080') + workload('web') },
    {
      name: 'without targetPort the port itself is meant',
      yaml:
        'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n' +
        workload('web', { ports: http }),
    },
    { name: 'an empty targetPort is none', yaml: service('""') + workload('web', { ports: http }) },
    {
      name: 'the port of a native sidecar',
      yaml: service('proxy') + workload('web', { ports: http, pod: sidecar }),
    },
    {
      name: 'the right name under another protocol is a finding of another rule',
      yaml: service('http', ', protocol: UDP') + workload('web', { ports: http }),
    },
    {
      name: 'only some of the pods lack it, which is a finding of another rule',
      yaml:
        service('http') +
        workload('web', { ports: http }) +
        workload('worker', { labels: 'app: web' }),
    },
    {
      name: 'no pods: there is nothing to look it up in',
      yaml: service('http') + workload('other', { ports: http }),
    },
    {
      name: 'a name that is filled in later',
      yaml: service("'${PORT}'") + workload('web', { ports: http }),
    },
    {
      name: 'a declared name that is filled in later',
      yaml:
        service('http') + workload('web', { ports: "{ name: '${PORT}', containerPort: 8080 }" }),
    },
    {
      name: 'two containers declare it',
      yaml:
        service('http') +
        workload('web', { ports: http }).replace(
          'containers: [{',
          `containers: [{ name: other, image: store, ports: [${http}] }, {`,
        ),
    },
    {
      name: 'replicas 0',
      yaml: service('http') + workload('web', { ports: http, spec: 'replicas: 0' }),
    },
  ],
  invalid: [
    {
      name: 'misspelt',
      yaml:
        service('htttp') +
        workload('web', { ports: `${http}, { name: metrics, containerPort: 9090 }` }),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 35,
          endColumn: 40,
          title: 'Service default/web targets a port name that no pod has',
          message:
            'targetPort "htttp" is not a port of any container; known ports: "http" (8080), "metrics" (9090)',
          help: 'change it to http',
          safety: 'safe',
          related: ['11:163 the nearest declared port'],
        },
      ],
      output:
        service('http') +
        workload('web', { ports: `${http}, { name: metrics, containerPort: 9090 }` }),
    },
    {
      name: 'quoted',
      yaml: service("'htttp'") + workload('web', { ports: http }),
      errors: [{ id: 'missing', line: 6, column: 35, endColumn: 42 }],
      output: service("'http'") + workload('web', { ports: http }),
    },
    {
      name: 'names of container ports are lower case, so another case is another name',
      yaml:
        service('http-web') +
        workload('web', {
          ports: '{ name: http-api, containerPort: 8080 }, { name: admin, containerPort: 9090 }',
        }),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 35,
          endColumn: 43,
          help: 'name one of the declared ports, or declare "http-web" on the container that listens',
        },
      ],
    },
    {
      name: 'the name of the Service port instead of the container port',
      yaml: service('web', ', name: web') + workload('web', { ports: http }),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 35,
          endColumn: 38,
          help: 'change it to http',
          safety: 'unsafe',
        },
      ],
      output: service('http', ', name: web') + workload('web', { ports: http }),
    },
    {
      name: 'the only port has no name',
      yaml: service('http') + workload('web', { ports: '{ containerPort: 8080 }' }),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 35,
          endColumn: 39,
          message: 'targetPort "http" is not a port of any container; known ports: 8080 (unnamed)',
          safety: 'unsafe',
        },
      ],
      output: service('8080') + workload('web', { ports: '{ containerPort: 8080 }' }),
    },
    {
      name: 'no port is declared',
      yaml: service('http') + workload('web'),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 35,
          endColumn: 39,
          message:
            'targetPort "http" is not a port of any container; the containers declare no ports',
          related: [],
        },
      ],
    },
    {
      name: 'an init container that ends',
      yaml:
        service('setup') +
        workload('web', {
          ports: http,
          pod: 'initContainers: [{ name: prepare, image: busybox, ports: [{ name: setup, containerPort: 9000 }] }]',
        }),
      errors: [
        {
          id: 'init',
          line: 6,
          column: 35,
          endColumn: 40,
          message:
            'targetPort "setup" is only a port of init container "prepare", which has ended when the pod serves',
        },
      ],
    },
    {
      name: 'a native sidecar before slices knew of them',
      yaml: service('proxy') + workload('web', { ports: http, pod: sidecar }),
      options: { kubernetesMinor: 32 },
      errors: [{ id: 'init', line: 6, column: 35, endColumn: 40 }],
    },
    {
      name: 'one of two ports: what the other one leads to was not meant',
      yaml:
        `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports:\n    - { name: http, port: 80, targetPort: http }\n    - { name: metrics, port: 81, targetPort: metrics }\n` +
        workload('web', { ports: http }),
      errors: [{ id: 'missing', line: 8, column: 46, endColumn: 53 }],
    },
    {
      name: 'more known ports than one wants to read',
      yaml:
        service('web') +
        workload('web', {
          ports: [1, 2, 3, 4, 5, 6, 7]
            .map((n) => `{ name: port-${n}, containerPort: 900${n} }`)
            .join(', '),
        }),
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 35,
          endColumn: 38,
          message:
            'targetPort "web" is not a port of any container; known ports: "port-1" (9001), "port-2" (9002), "port-3" (9003), "port-4" (9004), "port-5" (9005) and 2 more',
        },
      ],
    },
  ],
});

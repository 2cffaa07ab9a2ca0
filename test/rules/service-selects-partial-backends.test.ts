import { serviceSelectsPartialBackends } from '../../rules/selector/service-selects-partial-backends.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const service = (target: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec:\n  selector: { app: shop }\n  ports: [{ port: 80, targetPort: ${target} }]\n`;
const http = '{ name: http, containerPort: 8080 }';
const api = (name = 'api'): string => workload(name, { labels: `app: shop, role: ${name}`, ports: http });
const worker = (name = 'worker'): string => workload(name, { labels: `app: shop, role: ${name}` });

testRule(serviceSelectsPartialBackends, {
  valid: [
    { name: 'all pods have the port', yaml: service('http') + api() + api('api2') },
    {
      name: 'under different numbers',
      yaml: service('http') + api() + workload('v2', { labels: 'app: shop', ports: '{ name: http, containerPort: 9090 }' }),
    },
    { name: 'a number reaches every pod', yaml: service('8080') + api() + worker() },
    { name: 'no pod has the port, which is a finding of another rule', yaml: service('grpc') + api() + worker() },
    {
      name: 'the worker is in another namespace',
      yaml: service('http') + api() + workload('worker', { labels: 'app: shop', namespace: 'jobs' }),
    },
    {
      name: 'the port of the other is filled in later',
      yaml: service('http') + api() + workload('v2', { labels: 'app: shop', ports: "{ name: '${PORT}', containerPort: 80 }" }),
    },
    {
      name: 'a sidecar has it',
      yaml:
        service('http') +
        api() +
        workload('v2', {
          labels: 'app: shop',
          pod: `initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [${http}] }]`,
        }),
    },
  ],
  invalid: [
    {
      name: 'an API and its worker',
      yaml: service('http') + api() + worker(),
      errors: [
        {
          id: 'lacks',
          line: 6,
          column: 35,
          endColumn: 39,
          title: 'Service default/shop selects pods that lack one of its ports',
          message:
            'the pods of Deployment default/worker have no port "http"; those of Deployment default/api have it, and the selector takes both',
          help: 'add a label to the selector that only the pods of Deployment default/api have, or declare the port "http" there too',
          related: ['16:89 these pods match the selector'],
        },
      ],
    },
    {
      name: 'the protocol differs in some',
      yaml:
        service('http') + api() + workload('quic', { labels: 'app: shop', ports: '{ name: http, containerPort: 8080, protocol: UDP }' }),
      errors: [{ id: 'lacks', line: 6, column: 35, endColumn: 39 }],
    },
    {
      name: 'a Job that runs beside',
      yaml:
        service('http') +
        api() +
        '---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\nspec: { template: { metadata: { labels: { app: shop } }, spec: { restartPolicy: Never, containers: [{ name: main, image: migrate }] } } }\n',
      errors: [{ id: 'lacks', line: 6, column: 35, endColumn: 39 }],
    },
    {
      name: 'four workers are not all named',
      yaml: service('http') + api() + worker('a') + worker('b') + worker('c') + worker('d'),
      errors: [
        {
          id: 'lacks',
          line: 6,
          column: 35,
          endColumn: 39,
          message:
            'the pods of Deployment default/a, Deployment default/b, Deployment default/c and 1 more have no port "http"; those of Deployment default/api have it, and the selector takes both',
        },
      ],
    },
    {
      name: 'each of two ports is missing somewhere',
      yaml:
        'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec:\n  selector: { app: shop }\n  ports:\n    - { name: a, port: 80, targetPort: http }\n    - { name: b, port: 81, targetPort: grpc }\n' +
        api() +
        workload('v2', { labels: 'app: shop', ports: '{ name: grpc, containerPort: 9000 }' }),
      errors: [
        { id: 'lacks', line: 7, column: 40, endColumn: 44 },
        { id: 'lacks', line: 8, column: 40, endColumn: 44 },
      ],
    },
    {
      name: 'a sidecar has it, before slices knew of sidecars',
      yaml:
        service('http') +
        api() +
        workload('v2', {
          labels: 'app: shop',
          pod: `initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [${http}] }]`,
        }),
      options: { kubernetesMinor: 32 },
      errors: [{ id: 'lacks', line: 6, column: 35, endColumn: 39 }],
    },
  ],
});

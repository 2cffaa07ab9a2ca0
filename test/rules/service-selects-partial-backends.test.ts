import { serviceSelectsPartialBackends } from '../../rules/selector/service-selects-partial-backends.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const service = (target: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec:\n  selector: { app: shop }\n  ports: [{ port: 80, targetPort: ${target} }]\n${more}`;
const http = '{ name: http, containerPort: 8080 }';
const api = (name = 'api'): string =>
  workload(name, { labels: `app: shop, role: ${name}`, ports: http });
const worker = (name = 'worker'): string => workload(name, { labels: `app: shop, role: ${name}` });
const job =
  '---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\nspec: { template: { metadata: { labels: { app: shop } }, spec: { restartPolicy: Never, containers: [{ name: main, image: migrate }] } } }\n';

const shop = (name: string, selector: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  selector: { ${selector} }\n  ports: [{ port: 80, targetPort: http }]\n`;
const part = (name: string, image: string): string =>
  workload(name, { labels: `app: shop, part: ${name}`, ports: http }).replace('store', image);
const api3 = part('api', 'shop/api:3');
const web5 = part('web', 'shop/web:5');
const webService = shop('web', 'app: shop, part: web');
const worker2 = part('api-deployment', 'shop/worker:2');

testRule(serviceSelectsPartialBackends, {
  valid: [
    {
      name: 'a canary of the same image, which has a Service of its own as well',
      yaml:
        shop('api', 'app: shop') +
        shop('api-canary', 'app: shop, part: api-canary') +
        api3 +
        part('api-canary', 'shop/api:4'),
    },
    {
      name: 'metrics of all pods of an application, of which one has a Service of its own',
      yaml:
        shop('api-metrics', 'app: shop') +
        shop('web-hooks', 'app: shop, part: web-manager') +
        part('api-manager', 'shop/api:3') +
        part('web-manager', 'shop/web:3'),
    },
    {
      name: 'two Services with one selector, of which one has no workload of its name',
      yaml: shop('api', 'app: shop') + shop('all', 'app: shop') + api3 + part('web', 'shop/api:4'),
    },
    {
      name: 'pods of one image, and a Service for some of them',
      yaml: shop('api', 'app: shop') + webService + api3 + part('web', 'shop/api:4'),
    },
    {
      name: 'a Service of all, named after none of them',
      yaml: shop('shop', 'app: shop') + webService + api3 + web5,
    },
    {
      name: 'a headless Service of all',
      yaml:
        shop('api', 'app: shop').replace('spec:', 'spec:\n  clusterIP: None') +
        webService +
        api3 +
        web5,
    },
    {
      name: 'another application without a Service of its own',
      yaml: shop('api', 'app: shop') + api3 + web5,
    },
    {
      name: 'an image that is filled in later',
      yaml: shop('api', 'app: shop') + webService + api3 + part('web', "'${IMAGE}'"),
    },
    {
      name: 'named after two of its workloads, of which the nearer one has a narrower Service',
      yaml: shop('api', 'app: shop') + shop('api-svc', 'app: shop, part: api') + api3 + worker2,
    },
    { name: 'all pods have the port', yaml: service('http') + api() + api('api2') },
    {
      name: 'under different numbers',
      yaml:
        service('http') +
        api() +
        workload('v2', { labels: 'app: shop', ports: '{ name: http, containerPort: 9090 }' }),
    },
    {
      name: 'no pod has the port, which is a finding of another rule',
      yaml: service('grpc') + api() + worker(),
    },
    {
      name: 'the worker is in another namespace',
      yaml:
        service('http') + api() + workload('worker', { labels: 'app: shop', namespace: 'jobs' }),
    },
    {
      name: 'the port of the other is filled in later',
      yaml:
        service('http') +
        api() +
        workload('v2', { labels: 'app: shop', ports: "{ name: '${PORT}', containerPort: 80 }" }),
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
    { name: 'a number that nobody declares', yaml: service('3000') + api() + worker() },
    { name: 'a number that all declare', yaml: service('8080') + api() + api('api2') },
    {
      name: 'a number, and the other is filled in later',
      yaml:
        service('8080') +
        api() +
        workload('v2', { labels: 'app: shop', ports: "{ containerPort: '${PORT}' }" }),
    },
    {
      name: 'a number, behind a headless Service',
      yaml: service('8080', '  clusterIP: None\n') + api() + worker(),
    },
    {
      name: 'another form of the application, in a file of its own',
      files: {
        'deployment.yaml': service('8080') + api(),
        'statefulset.yaml': worker('api').replace('kind: Deployment', 'kind: StatefulSet'),
      },
      unknown: ['perhaps StatefulSet default/api is applied instead of Deployment default/api'],
    },
    { name: 'a Job that runs beside', yaml: service('http') + api() + job },
    { name: 'a number, and a Job', yaml: service('8080') + api() + job },
    {
      name: 'a number, and the network of the host',
      yaml:
        service('8080') +
        api() +
        workload('edge', { labels: 'app: shop', pod: 'hostNetwork: true' }),
    },
    {
      name: 'a number, and a Pod by itself that declares nothing',
      yaml:
        service('8080') +
        api() +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: debug, labels: { app: shop } }\nspec: { containers: [{ name: main, image: store }] }\n',
    },
    {
      name: 'a number, and a workload that is switched off',
      yaml: service('8080') + api() + workload('old', { labels: 'app: shop', spec: 'replicas: 0' }),
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
        service('http') +
        api() +
        workload('quic', {
          labels: 'app: shop',
          ports: '{ name: http, containerPort: 8080, protocol: UDP }',
        }),
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
          help: 'add a label to the selector that only the pods of Deployment default/api have, or declare the port "http" there too',
          related: ['16:84 these pods match the selector'],
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
    {
      name: 'a number that the worker does not declare',
      yaml: service('8080') + api() + worker(),
      errors: [
        {
          id: 'undeclared',
          line: 6,
          column: 35,
          endColumn: 39,
          message:
            'the pods of Deployment default/worker do not declare port 8080; those of Deployment default/api do, and the selector takes both',
          help: 'add a label to the selector that only the pods of Deployment default/api have, or declare port 8080 there too if they do listen on it',
          related: ['16:89 these pods match the selector'],
        },
      ],
    },
    {
      name: 'a number, and the other listens elsewhere',
      yaml:
        service('8080') +
        api() +
        workload('v2', { labels: 'app: shop', ports: '{ containerPort: 9090 }' }),
      errors: [{ id: 'undeclared', line: 6, column: 35, endColumn: 39 }],
    },
    {
      name: 'a number that is declared under another protocol',
      yaml:
        service('8080') +
        api() +
        workload('quic', { labels: 'app: shop', ports: '{ containerPort: 8080, protocol: UDP }' }),
      errors: [{ id: 'undeclared', line: 6, column: 35, endColumn: 39 }],
    },
    {
      name: 'a Pod by itself that declares another port',
      yaml:
        service('8080') +
        api() +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: debug, labels: { app: shop } }\nspec: { containers: [{ name: main, image: store, ports: [{ containerPort: 9090 }] }] }\n',
      errors: [{ id: 'undeclared', line: 6, column: 35, endColumn: 39 }],
    },
    {
      name: 'pods of another application, which has a Service of its own',
      yaml: shop('api', 'app: shop') + webService + api3 + web5,
      errors: [
        {
          id: 'foreign',
          line: 6,
          column: 3,
          endColumn: 11,
          message:
            'the selector takes the pods of Deployment default/web as well, which Service default/web is for',
          help: 'ask for part: api as well',
          related: ['13:3 their Service'],
        },
      ],
    },
    {
      name: 'pods of the same image under two other names, which have Services of these names',
      yaml:
        shop('api', 'app: shop') +
        webService +
        shop('jobs', 'app: shop, part: jobs') +
        api3 +
        part('web', 'shop/api:3') +
        part('jobs', 'shop/api:3'),
      errors: [{ id: 'foreign', line: 6, column: 3, endColumn: 11 }],
    },
    {
      name: 'another application beside two workloads of nearly its name',
      yaml:
        shop('api', 'app: shop') +
        webService +
        api3 +
        worker2.replaceAll(', part: api-deployment', ', part: web') +
        web5,
      errors: [
        { id: 'foreign', line: 6, column: 3, endColumn: 11, help: 'ask for part: api as well' },
      ],
    },
    {
      name: 'two Services with one selector, for two workloads of their names',
      yaml: shop('api', 'app: shop') + shop('web', 'app: shop') + api3 + part('web', 'shop/api:4'),
      errors: [
        { id: 'foreign', line: 6, column: 3, endColumn: 11, help: 'ask for part: api as well' },
        { id: 'foreign', line: 13, column: 3, endColumn: 11, help: 'ask for part: web as well' },
      ],
    },
    {
      name: 'the Service of a canary that takes all, beside the one that is for all',
      yaml:
        shop('api', 'app: shop') +
        shop('api-canary', 'app: shop') +
        api3 +
        part('api-canary', 'shop/api:4'),
      errors: [{ id: 'foreign', line: 13, column: 3, endColumn: 11 }],
    },
    {
      name: 'pods of another application, where Services have a word of the workloads',
      yaml:
        shop('api-hooks', 'app: shop') +
        shop('web-hooks', 'app: shop, part: web-manager') +
        part('api-manager', 'shop/api:3') +
        part('web-manager', 'shop/web:3'),
      errors: [{ id: 'foreign', line: 6, column: 3, endColumn: 11 }],
    },
    {
      name: 'pods of another application, and nothing tells its own apart',
      yaml: shop('api', 'app: shop') + webService + api3.replaceAll(', part: api', '') + web5,
      errors: [
        {
          id: 'foreign',
          line: 6,
          column: 3,
          endColumn: 11,
          help: 'give the pods of Deployment default/api a label part, and ask for it',
        },
      ],
    },
  ],
});

import { openshiftRouteMismatch } from '../../rules/reference/openshift-route-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const route = (spec: string): string =>
  `apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: shop }\nspec: { ${spec} }\n`;
const to = 'to: { kind: Service, name: web }';
const port = (target: string): string => `${to}, port: { targetPort: ${target} }`;
const service = (
  name: string,
  ports: string,
  { namespace = 'default', spec = 'selector: { app: web }, ' } = {},
): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec}ports: [${ports}] }\n`;
const http = '{ name: http, port: 80, targetPort: web }';
const metrics = '{ name: metrics, port: 9090 }';
const pods = workload('web', { ports: '{ name: web, containerPort: 8080 }' });
const slice = (ports: string): string =>
  `---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: web-1, namespace: default, labels: { kubernetes.io/service-name: web } }\naddressType: IPv4\nports: [${ports}]\nendpoints: [{ addresses: [192.0.2.1] }]\n`;

testRule(openshiftRouteMismatch, {
  valid: [
    { name: 'no port and only one to choose', yaml: route(to) + service('web', http) + pods },
    {
      name: 'the name of the Service port',
      yaml: route(port('http')) + service('web', `${http}, ${metrics}`) + pods,
    },
    {
      name: 'the number in the pods',
      yaml: route(port('8080')) + service('web', `${http}, ${metrics}`) + pods,
    },
    {
      name: 'the number in the pods in quotes',
      yaml: route(port('"8080"')) + service('web', http) + pods,
    },
    {
      name: 'a number in hand-written slices',
      yaml:
        route(port('3000')) +
        service('web', http, { spec: '' }) +
        slice('{ name: http, port: 3000 }'),
    },
    { name: 'another kind than a Service', yaml: route('to: { kind: Other, name: web }') + pods },
    {
      name: 'an external name',
      yaml:
        route(port('8443')) +
        service('web', http, { spec: 'type: ExternalName, externalName: shop.example.org, ' }),
    },
    {
      name: 'UDP ports do not count',
      yaml: route(to) + service('web', `${http}, { name: quic, port: 443, protocol: UDP }`) + pods,
    },
    {
      name: 'a number where nobody knows what the pods listen on',
      yaml: route(port('8080')) + service('web', http),
      unknown: ['where the endpoints of Service web listen'],
    },
    {
      name: 'a port that is filled in later',
      yaml: route(port('"${PORT}"')) + service('web', http) + pods,
      unknown: ['its port is filled in later'],
    },
    {
      name: 'nothing of its namespace was read',
      yaml: route(to),
      unknown: ['no workload of namespace default'],
    },
  ],
  invalid: [
    {
      name: 'a slip in the name of the Service',
      yaml: route('to: { kind: Service, name: wbe }') + service('web', http) + pods,
      errors: [
        {
          id: 'nearName',
          line: 4,
          column: 36,
          endColumn: 39,
          message: 'there is no Service "wbe" in namespace default; did you mean "web"?',
          safety: 'safe',
        },
      ],
      output: route(to) + service('web', http) + pods,
    },
    {
      name: 'an alternate backend that does not exist',
      yaml:
        route(`${to}, alternateBackends: [{ kind: Service, name: orders, weight: 10 }]`) +
        service('web', http) +
        service('api', http) +
        pods,
      errors: [
        {
          id: 'missing',
          line: 4,
          column: 86,
          endColumn: 92,
          severity: 'warning',
          message: 'there is no Service "orders" in namespace default in the 4 objects read',
        },
      ],
    },
    {
      name: 'a Service in another namespace',
      yaml:
        route('to: { kind: Service, name: orders }') +
        service('web', http) +
        service('orders', http, { namespace: 'shop' }) +
        pods,
      errors: [
        {
          id: 'otherNamespace',
          line: 4,
          column: 36,
          endColumn: 42,
          severity: 'warning',
          message:
            'there is no Service "orders" in namespace default; there is Service shop/orders',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml:
        route('to: { kind: Service, name: web-svc }') +
        service('web', http) +
        service('api', http) +
        pods,
      errors: [
        {
          id: 'otherName',
          line: 4,
          column: 36,
          endColumn: 43,
          message: 'there is no Service "web-svc" in namespace default; there is "web"',
          safety: 'unsafe',
        },
      ],
      output: route(to) + service('web', http) + service('api', http) + pods,
    },
    {
      name: 'the number of the Service port',
      yaml: route(port('80')) + service('web', http) + pods,
      errors: [
        {
          id: 'servicePort',
          line: 4,
          column: 63,
          endColumn: 65,
          message:
            '80 is the number of a port of Service "web", not of one that its pods listen on; known ports: "http" (8080)',
          safety: 'safe',
        },
      ],
      output: route(port('http')) + service('web', http) + pods,
    },
    {
      name: 'the number of a Service port without a name',
      yaml: route(port('80')) + service('web', '{ port: 80, targetPort: 8080 }') + pods,
      errors: [
        {
          id: 'servicePort',
          line: 4,
          column: 63,
          endColumn: 65,
          message:
            '80 is the number of a port of Service "web", not of one that its pods listen on; known ports: 8080',
          safety: 'safe',
        },
      ],
      output: route(port('8080')) + service('web', '{ port: 80, targetPort: 8080 }') + pods,
    },
    {
      name: 'the name that the port has in the pods',
      yaml: route(port('web')) + service('web', http) + pods,
      errors: [
        {
          id: 'noPort',
          line: 4,
          column: 63,
          endColumn: 66,
          message: 'the endpoints of Service "web" have no port "web"; known ports: "http" (8080)',
          safety: 'safe',
        },
      ],
      output: route(port('http')) + service('web', http) + pods,
    },
    {
      name: 'a slip in the name of one of several ports',
      yaml: route(port('metrcs')) + service('web', `${http}, ${metrics}`) + pods,
      errors: [
        {
          id: 'noPort',
          line: 4,
          column: 63,
          endColumn: 69,
          message:
            'the endpoints of Service "web" have no port "metrcs"; known ports: "http" (8080), "metrics" (9090)',
          safety: 'safe',
        },
      ],
      output: route(port('metrics')) + service('web', `${http}, ${metrics}`) + pods,
    },
    {
      name: 'a number that is nothing at all',
      yaml: route(port('3000')) + service('web', `${http}, ${metrics}`) + pods,
      errors: [
        {
          id: 'noPort',
          line: 4,
          column: 63,
          endColumn: 67,
          message:
            'the endpoints of Service "web" have no port 3000; known ports: "http" (8080), "metrics" (9090)',
        },
      ],
    },
    {
      name: 'no port where the Service has several',
      yaml: route(to) + service('web', `${http}, ${metrics}`) + pods,
      errors: [
        {
          id: 'everyPort',
          line: 4,
          column: 36,
          endColumn: 39,
          severity: 'warning',
          message:
            'no port is named, so that requests go to all 2 ports of Service "web" in turn: "http" (8080), "metrics" (9090)',
        },
      ],
    },
  ],
});

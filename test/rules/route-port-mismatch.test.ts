import { routePortMismatch } from '../../rules/reference/route-port-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { pods, route, service } from '../support/wiring.ts';

testRule(routePortMismatch, {
  valid: [
    { name: 'a port of the Service', yaml: route('name: web, port: 80') + service('web') + pods },
    {
      name: 'a UDP port for a UDPRoute',
      yaml:
        route('name: web, port: 53', { kind: 'UDPRoute' }) +
        service('web', { ports: '{ port: 53, protocol: UDP }' }) +
        pods,
    },
    {
      name: "a Service that does not exist is another rule's business",
      yaml: route('name: wbe, port: 81') + service('web') + pods,
    },
    {
      name: 'a port that is filled in later',
      yaml: route('name: web, port: "${PORT}"') + service('web') + pods,
    },
    {
      name: 'an ExternalName without ports',
      yaml:
        route('name: away, port: 443') +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: away, namespace: shop }\nspec: { type: ExternalName, externalName: example.com }\n' +
        pods,
    },
    {
      name: 'a custom kind',
      yaml: route('group: example.com, kind: Bucket, name: web') + service('web') + pods,
    },
  ],
  invalid: [
    {
      name: 'where the pods listen',
      yaml:
        route('name: web, port: 8080') +
        service('web', { ports: '{ port: 80, targetPort: 8080 }' }) +
        pods,
      errors: [
        {
          id: 'targetPort',
          line: 6,
          column: 40,
          endColumn: 44,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
      ],
      output:
        route('name: web, port: 80') +
        service('web', { ports: '{ port: 80, targetPort: 8080 }' }) +
        pods,
    },
    {
      name: 'where the pods listen, by name',
      yaml: route('name: web, port: 8080') + service('web') + pods,
      errors: [
        {
          id: 'targetPort',
          line: 6,
          column: 40,
          endColumn: 44,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
      ],
      output: route('name: web, port: 80') + service('web') + pods,
    },
    {
      name: 'none of its ports',
      yaml:
        route('name: web, port: 443') +
        service('web', { ports: '{ name: http, port: 80 }, { name: metrics, port: 9090 }' }) +
        pods,
      errors: [
        {
          id: 'otherPort',
          line: 6,
          column: 40,
          endColumn: 43,
          message: 'the Service has no port 443; known ports: 80 ("http"), 9090 ("metrics")',
          help: "refer to one of the Service's ports",
        },
      ],
    },
    {
      name: 'left out',
      yaml: route('name: web') + service('web') + pods,
      errors: [
        {
          id: 'absent',
          line: 6,
          column: 23,
          endColumn: 27,
          message: '"port" is required where a Service is referred to; known ports: 80 (unnamed)',
          help: 'add port: 80',
        },
      ],
    },
    {
      name: 'left out, and two to choose from',
      yaml:
        route('name: web') +
        service('web', { ports: '{ name: http, port: 80 }, { name: metrics, port: 9090 }' }) +
        pods,
      errors: [
        {
          id: 'absent',
          line: 6,
          column: 23,
          endColumn: 27,
          message:
            '"port" is required where a Service is referred to; known ports: 80 ("http"), 9090 ("metrics")',
          help: 'add the number of one of its ports',
        },
      ],
    },
    {
      name: 'a name',
      yaml:
        route('name: web, port: http') +
        service('web', { ports: '{ name: http, port: 80 }' }) +
        pods,
      errors: [
        {
          id: 'name',
          line: 6,
          column: 40,
          endColumn: 44,
          message:
            'port "http" is a name, and routes refer to Service ports by number; known ports: 80 ("http")',
          help: 'write port: 80',
          safety: 'safe',
        },
      ],
      output:
        route('name: web, port: 80') + service('web', { ports: '{ name: http, port: 80 }' }) + pods,
    },
    {
      name: 'a name that no port has',
      yaml: route('name: web, port: https') + service('web') + pods,
      errors: [
        {
          id: 'name',
          line: 6,
          column: 40,
          endColumn: 45,
          message:
            'port "https" is a name, and routes refer to Service ports by number; known ports: 80 (unnamed)',
          help: 'write the number of one of its ports',
        },
      ],
    },
    {
      name: 'a number in quotes',
      yaml: route("name: web, port: '80'") + service('web') + pods,
      errors: [
        {
          id: 'name',
          line: 6,
          column: 40,
          endColumn: 44,
          message:
            'port "80" is a name, and routes refer to Service ports by number; known ports: 80 (unnamed)',
          help: 'write port: 80',
          safety: 'safe',
        },
      ],
      output: route('name: web, port: 80') + service('web') + pods,
    },
    {
      name: 'a UDPRoute to a TCP port',
      yaml: route('name: web, port: 80', { kind: 'UDPRoute' }) + service('web') + pods,
      errors: [
        {
          id: 'protocol',
          line: 6,
          column: 40,
          endColumn: 42,
          message:
            'port 80 of the Service is none of protocol UDP, as UDPRoute needs; known ports: 80 (unnamed)',
          help: 'add a Service port 80 with protocol: UDP, or use the route kind of its protocol',
        },
      ],
    },
    {
      name: 'a TCPRoute to a UDP port',
      yaml:
        route('name: web, port: 53', { kind: 'TCPRoute' }) +
        service('web', { ports: '{ port: 53, protocol: UDP }' }) +
        pods,
      errors: [
        {
          id: 'protocol',
          line: 6,
          column: 40,
          endColumn: 42,
          message:
            'port 53 of the Service is none of protocol TCP, as TCPRoute needs; known ports: 53/UDP (unnamed)',
          help: 'add a Service port 53 with protocol: TCP, or use the route kind of its protocol',
        },
      ],
    },
  ],
});

import { istioPortMismatch } from '../../rules/reference/istio-port-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { pods, service, virtualService } from '../support/wiring.ts';

const two = '{ name: http, port: 80 }, { name: metrics, port: 9090 }';

/** A VirtualService of a Gateway with one server. */
function behind(port: number): string {
  return (
    virtualService('host: web').replace('spec:', 'spec:\n  gateways: [edge]') +
    `---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: edge, namespace: shop }\nspec:\n  servers: [{ port: { number: ${port}, name: web, protocol: HTTP }, hosts: ['*'] }]\n`
  );
}

testRule(istioPortMismatch, {
  valid: [
    {
      name: 'a port of the Service',
      yaml: virtualService('host: web, port: { number: 80 }') + service('web') + pods,
    },
    { name: 'no port', yaml: virtualService('host: web') + service('web') + pods },
    {
      name: 'no port, behind a gateway with one of its ports',
      yaml: behind(80) + service('web', { ports: two }) + pods,
    },
    {
      name: 'a host outside',
      yaml: virtualService('host: example.com, port: { number: 8443 }') + service('web') + pods,
    },
    {
      name: 'a port that is filled in later',
      yaml: virtualService('host: web, port: { number: "${PORT}" }') + service('web') + pods,
    },
    {
      name: "a Service that does not exist is another rule's business",
      yaml: virtualService('host: wbe, port: { number: 81 }') + service('web') + pods,
    },
  ],
  invalid: [
    {
      name: 'where the pods listen',
      yaml: virtualService('host: web, port: { number: 8080 }') + service('web') + pods,
      errors: [
        {
          id: 'targetPort',
          line: 6,
          column: 59,
          endColumn: 63,
          message: 'port 8080 is where the pods listen; the Service itself has 80 (unnamed)',
          help: 'write the Service port: 80',
          safety: 'safe',
        },
      ],
      output: virtualService('host: web, port: { number: 80 }') + service('web') + pods,
    },
    {
      name: 'none of its ports',
      yaml:
        virtualService('host: web.shop.svc.cluster.local, port: { number: 443 }', 'edge') +
        service('web', { ports: two }) +
        pods,
      errors: [
        {
          id: 'otherPort',
          line: 6,
          column: 82,
          endColumn: 85,
          message: 'the Service has no port 443; known ports: 80 ("http"), 9090 ("metrics")',
          help: "refer to one of the Service's ports",
        },
      ],
    },
    {
      name: 'no port, inside of the mesh',
      yaml: virtualService('host: web') + service('web', { ports: two }) + pods,
      errors: [
        {
          id: 'unwritten',
          line: 6,
          column: 38,
          endColumn: 41,
          severity: 'info',
          message:
            'no port is written, and the Service has 80 ("http"), 9090 ("metrics"): requests go on to the port they came in at',
          help: 'write the port of the Service: port: { number: … }',
        },
      ],
    },
    {
      name: 'no port, behind a gateway with another one',
      yaml: behind(443) + service('web', { ports: two }) + pods,
      errors: [
        {
          id: 'closed',
          line: 7,
          column: 38,
          endColumn: 41,
          severity: 'warning',
          message:
            'no port is written, so requests go on to the port they came in at: 443 of Gateway shop/edge, which the Service does not have; known ports: 80 ("http"), 9090 ("metrics")',
          related: ['13:3 its ports'],
        },
      ],
    },
  ],
});

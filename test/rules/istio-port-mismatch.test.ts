import { istioPortMismatch } from '../../rules/reference/istio-port-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { pods, service, virtualService } from '../support/wiring.ts';

testRule(istioPortMismatch, {
  valid: [
    {
      name: 'a port of the Service',
      yaml: virtualService('host: web, port: { number: 80 }') + service('web') + pods,
    },
    { name: 'no port', yaml: virtualService('host: web') + service('web') + pods },
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
        service('web', { ports: '{ name: http, port: 80 }, { name: metrics, port: 9090 }' }) +
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
  ],
});

import { targetPortProtocolMismatch } from '../../rules/port/target-port-protocol-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** A Service whose port stands on line 6. */
const service = (port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: dns }\nspec:\n  selector: { app: dns }\n  ports: [{ ${port} }]\n`;
const tcp = '{ name: dns, containerPort: 53 }';
const udp = '{ name: dns, containerPort: 53, protocol: UDP }';

testRule(targetPortProtocolMismatch, {
  valid: [
    {
      name: 'both left out',
      yaml: service('port: 53, targetPort: dns') + workload('dns', { ports: tcp }),
    },
    {
      name: 'TCP is what a missing protocol means',
      yaml: service('port: 53, protocol: TCP, targetPort: dns') + workload('dns', { ports: tcp }),
    },
    {
      name: 'both UDP',
      yaml: service('port: 53, protocol: UDP, targetPort: dns') + workload('dns', { ports: udp }),
    },
    {
      name: 'one name, two protocols in two containers',
      yaml:
        service('port: 53, protocol: UDP, targetPort: dns') +
        workload('dns', { ports: tcp }).replace(
          'containers: [{',
          `containers: [{ name: other, image: store, ports: [${udp}] }, {`,
        ),
    },
    {
      name: 'the number is declared for both',
      yaml:
        service('port: 53, protocol: UDP') +
        workload('dns', {
          ports: '{ name: a, containerPort: 53 }, { name: b, containerPort: 53, protocol: UDP }',
        }),
    },
    {
      name: 'the number is not declared at all',
      yaml: service('port: 53, protocol: UDP, targetPort: 5353') + workload('dns', { ports: tcp }),
    },
    {
      name: 'the name is not declared at all',
      yaml:
        service('port: 53, protocol: UDP, targetPort: domain') + workload('dns', { ports: tcp }),
    },
    {
      name: 'no pods',
      yaml: service('port: 53, protocol: UDP, targetPort: dns') + workload('other', { ports: tcp }),
    },
  ],
  invalid: [
    {
      name: 'named, UDP here',
      yaml: service('port: 53, protocol: UDP, targetPort: dns') + workload('dns', { ports: tcp }),
      errors: [
        {
          id: 'named',
          line: 6,
          column: 33,
          endColumn: 36,
          title: 'Service default/dns targets a port of another protocol',
          message:
            'the Service port is UDP, container port "dns" is TCP: the name does not resolve',
          help: 'make both TCP or both UDP; a Service that takes both needs a port of each protocol',
          related: ['11:157 TCP here'],
        },
      ],
    },
    {
      name: 'named, UDP there',
      yaml: service('port: 53, targetPort: dns') + workload('dns', { ports: udp }),
      errors: [
        {
          id: 'named',
          line: 6,
          column: 35,
          endColumn: 38,
          message:
            'the Service port is TCP, container port "dns" is UDP: the name does not resolve',
        },
      ],
    },
    {
      name: 'SCTP',
      yaml: service('port: 53, protocol: SCTP, targetPort: dns') + workload('dns', { ports: tcp }),
      errors: [{ id: 'named', line: 6, column: 33, endColumn: 37 }],
    },
    {
      name: 'by number, where the container says nothing of protocols',
      yaml: service('port: 53, protocol: UDP, targetPort: 53') + workload('dns', { ports: tcp }),
      errors: [{ id: 'numeric', line: 6, column: 33, endColumn: 36, severity: 'info' }],
    },
    {
      name: 'by number only a warning',
      yaml:
        service('port: 53, protocol: UDP, targetPort: 53') +
        workload('dns', { ports: '{ containerPort: 53, protocol: TCP }' }),
      errors: [
        {
          id: 'numeric',
          line: 6,
          column: 33,
          endColumn: 36,
          severity: 'warning',
          message: 'the Service port is UDP, but containers declare 53 as TCP only',
        },
      ],
    },
    {
      name: 'by the number of the Service port',
      yaml: service('port: 53') + workload('dns', { ports: udp }),
      errors: [{ id: 'numeric', line: 6, column: 19, endColumn: 21, severity: 'warning' }],
    },
    {
      name: 'a Service for both, a container for one',
      yaml:
        `apiVersion: v1\nkind: Service\nmetadata: { name: dns }\nspec:\n  selector: { app: dns }\n  ports:\n    - { name: dns, port: 53, protocol: UDP, targetPort: dns }\n    - { name: dns-tcp, port: 53, targetPort: dns }\n` +
        workload('dns', { ports: udp }),
      errors: [{ id: 'named', line: 8, column: 46, endColumn: 49 }],
    },
  ],
});

import { nodePortConflict } from '../../rules/port/node-port-conflict.ts';
import { testRule } from '../support/rule-tester.ts';

/** The node port stands on line 7. */
const service = (name: string, ports: string, more = ''): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  type: NodePort\n  ports: [${ports}]\n${more}`;
const balancer = (name: string, ports: string, more = ''): string =>
  service(name, ports, more).replace('NodePort', 'LoadBalancer');
const port = '{ port: 80, nodePort: 30080 }';

testRule(nodePortConflict, {
  valid: [
    {
      name: 'other numbers',
      yaml: service('web', port) + service('api', '{ port: 80, nodePort: 30081 }'),
    },
    {
      name: 'numbers that the cluster chooses',
      yaml: service('web', '{ port: 80 }') + service('api', '{ port: 80, nodePort: 0 }'),
    },
    {
      name: 'TCP and UDP of one Service',
      yaml: service(
        'dns',
        '{ name: u, port: 53, protocol: UDP, nodePort: 30053 }, { name: t, port: 53, nodePort: 30053 }',
      ),
    },
    {
      name: 'a number that is filled in later',
      yaml:
        service('web', "{ port: 80, nodePort: '${PORT}' }") +
        service('api', "{ port: 80, nodePort: '${PORT}' }"),
    },
  ],
  invalid: [
    {
      name: 'the same number',
      yaml: service('web', port) + service('api', port),
      errors: [
        {
          id: 'taken',
          line: 14,
          column: 33,
          endColumn: 38,
          message: 'node port 30080 is taken by Service default/web',
          help: 'write another number, or leave the field out and let the cluster choose one',
          related: ['7:33 taken here'],
        },
      ],
    },
    {
      name: 'another protocol makes no difference',
      yaml: service('web', port) + balancer('api', '{ port: 80, protocol: UDP, nodePort: 30080 }'),
      errors: [{ id: 'taken', line: 14, column: 48, endColumn: 53 }],
    },
    {
      name: 'another namespace makes none either',
      yaml: service('web', port) + service('web, namespace: other', port),
      errors: [{ id: 'taken', line: 14, column: 33, endColumn: 38 }],
    },
    {
      name: 'in two files only one may be applied',
      files: { 'a.yaml': service('web', port), 'b.yaml': service('api', port) },
      errors: [
        { id: 'taken', file: 'b.yaml', line: 7, column: 33, endColumn: 38, severity: 'warning' },
      ],
    },
    {
      name: 'a kustomization applies both',
      files: {
        'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
        'a.yaml': service('web', port),
        'b.yaml': service('api', port),
      },
      errors: [{ id: 'taken', file: 'b.yaml', line: 7, column: 33, endColumn: 38 }],
    },
    {
      name: 'the node port of health checks',
      yaml:
        service('web', port) +
        balancer(
          'api',
          '{ port: 80 }',
          '  externalTrafficPolicy: Local\n  healthCheckNodePort: 30080\n',
        ),
      errors: [{ id: 'taken', line: 16, column: 24, endColumn: 29 }],
    },
    {
      name: 'of health checks and of a port of the same Service',
      yaml: balancer('api', port, '  externalTrafficPolicy: Local\n  healthCheckNodePort: 30080\n'),
      errors: [
        {
          id: 'own',
          line: 9,
          column: 24,
          endColumn: 29,
          message: 'node port 30080 is taken by a port of this Service',
          help: 'leave the field out',
          related: ['7:33 taken here'],
        },
      ],
    },
  ],
});

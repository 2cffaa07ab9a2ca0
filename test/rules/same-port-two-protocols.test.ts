import { samePortTwoProtocols } from '../../rules/port/same-port-two-protocols.ts';
import { testRule } from '../support/rule-tester.ts';

const both = '{ name: a, port: 443, protocol: TCP }, { name: b, port: 443, protocol: UDP }';
/** The ports stand on line 6. */
const service = (type: string, ports: string, more = '', metadata = 'name: web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec:\n  type: ${type}\n  ports: [${ports}]\n${more}`;

testRule(samePortTwoProtocols, {
  valid: [
    { name: 'inside the cluster', yaml: service('ClusterIP', both) },
    { name: 'a node port', yaml: service('NodePort', both) },
    {
      name: 'two numbers',
      yaml: service(
        'LoadBalancer',
        '{ name: a, port: 443, protocol: TCP }, { name: b, port: 444, protocol: UDP }',
      ),
    },
    {
      name: 'a class of load balancers',
      yaml: service('LoadBalancer', both, '  loadBalancerClass: example.com/any\n'),
    },
    {
      name: 'an annotation that arranges it',
      yaml: service(
        'LoadBalancer',
        both,
        '',
        'name: web, annotations: { metallb.io/allow-shared-ip: web }',
      ),
    },
  ],
  invalid: [
    {
      name: 'TCP and UDP',
      yaml: service('LoadBalancer', both),
      errors: [
        {
          id: 'mixed',
          line: 6,
          column: 82,
          endColumn: 85,
          message:
            'port 443 is there as TCP and as UDP, and not every load balancer takes both in one Service',
          help: 'ask your provider; two Services, one per protocol, work everywhere, on one address where it can be shared',
          related: ['6:28 the same port as TCP'],
        },
      ],
    },
    {
      name: 'TCP left out',
      yaml: service(
        'LoadBalancer',
        '{ name: b, port: 443, protocol: UDP }, { name: a, port: 443 }',
      ),
      errors: [{ id: 'mixed', line: 6, column: 52, endColumn: 56 }],
    },
    {
      name: 'annotations about something else',
      yaml: service('LoadBalancer', both, '', 'name: web, annotations: { team: shop }'),
      errors: [{ id: 'mixed', line: 6, column: 82, endColumn: 85 }],
    },
  ],
});

import { networkPolicyBlocksService } from '../../rules/policy/network-policy-blocks-service.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The ports stand on line 4. */
const service = (ports: string, name = 'web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: web }, ports: [${ports}] }\n`;
const policy = (spec: string, name = 'rules'): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const forWeb = (ports: string): string =>
  policy(`podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [${ports}] }]`);
const deny = policy('podSelector: {}', 'default-deny');
const web = workload('web', { ports: '{ name: http, containerPort: 8080 }' });
const to8080 = service('{ port: 80, targetPort: 8080 }');

testRule(networkPolicyBlocksService, {
  valid: [
    { name: 'no policy at all', yaml: to8080 + web },
    {
      name: 'policies for other pods',
      yaml: to8080 + web + policy('podSelector: { matchLabels: { app: api } }') + workload('api'),
    },
    {
      name: 'policies for egress only',
      yaml: to8080 + web + policy('podSelector: {}, policyTypes: [Egress]'),
    },
    { name: 'a rule with the number', yaml: to8080 + web + forWeb('{ port: 8080 }') },
    { name: 'a rule with the name', yaml: to8080 + web + forWeb('{ port: http }') },
    { name: 'a rule for a range', yaml: to8080 + web + forWeb('{ port: 8000, endPort: 9000 }') },
    { name: 'a rule for all TCP ports', yaml: to8080 + web + forWeb('{ protocol: TCP }') },
    {
      name: 'a rule for everything',
      yaml: to8080 + web + policy('podSelector: {}, ingress: [{}]'),
    },
    {
      name: 'who may connect does not matter',
      yaml:
        to8080 +
        web +
        policy(
          'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: nobody } } }] }]',
        ),
    },
    { name: 'policies add up', yaml: to8080 + web + deny + forWeb('{ port: 8080 }') },
    {
      name: 'one of two workloads is not isolated',
      yaml:
        to8080 +
        workload('web', { labels: 'app: web, track: stable' }) +
        workload('canary', { labels: 'app: web, track: canary' }) +
        policy('podSelector: { matchLabels: { track: stable } }'),
    },
    {
      name: 'pods in the network of their node',
      yaml: to8080 + workload('web', { pod: 'hostNetwork: true' }) + deny,
    },
    {
      name: 'a policy of another kind',
      yaml:
        to8080 +
        web +
        deny +
        '---\napiVersion: crd.projectcalico.org/v1\nkind: GlobalNetworkPolicy\nmetadata: { name: allow }\nspec: { order: 10 }\n',
    },
    {
      name: 'a rule that names the Service port is a finding of another rule',
      yaml: to8080 + web + forWeb('{ port: 80 }'),
    },
    { name: 'so is a name that no pod has', yaml: to8080 + web + forWeb('{ port: htpp }') },
    { name: 'a port that is filled in later', yaml: to8080 + web + forWeb("{ port: '${PORT}' }") },
    {
      name: 'a document that may be a policy',
      yaml: `${to8080}${web}${deny}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: {{ .Values.name }}\n`,
      unread: 1,
      unknown: ['is a template that was not rendered'],
    },
  ],
  invalid: [
    {
      name: 'another port is allowed',
      yaml: to8080 + web + forWeb('{ port: 8081 }'),
      errors: [
        {
          id: 'other',
          line: 4,
          column: 49,
          endColumn: 51,
          title: 'Service default/web has a port closed to everybody',
          message:
            'nothing may connect to port 8080 of its pods: NetworkPolicy default/rules only allows TCP 8081',
          help: 'add port 8080 to a rule of NetworkPolicy default/rules',
          related: ['14:9 this policy isolates the pods'],
        },
      ],
    },
    {
      name: 'another protocol is allowed',
      yaml: service('{ port: 53, protocol: UDP }') + web + forWeb('{ port: 53 }'),
      errors: [{ id: 'other', line: 4, column: 49, endColumn: 51 }],
    },
    {
      name: 'one port of two is allowed',
      yaml:
        service('{ name: http, port: 80, targetPort: http }, { name: metrics, port: 9090 }') +
        web +
        forWeb('{ port: http }'),
      errors: [
        {
          id: 'other',
          line: 4,
          column: 108,
          endColumn: 112,
          severity: 'warning',
          message:
            'nothing may connect to port 9090 of its pods: NetworkPolicy default/rules only allows TCP http',
        },
      ],
    },
    {
      name: 'the port of another Service of the same pods is allowed',
      yaml: `${to8080}---\n${service('{ port: 9090 }', 'metrics')}${web}${forWeb('{ port: 8080 }')}`,
      errors: [{ id: 'other', line: 9, column: 49, endColumn: 53, severity: 'warning' }],
    },
    {
      name: 'nothing is allowed to a NodePort, and something to other pods',
      yaml:
        to8080.replace('spec: {', 'spec: { type: NodePort,') +
        web +
        deny +
        policy('podSelector: { matchLabels: { app: api } }, ingress: [{}]') +
        workload('api'),
      errors: [{ id: 'all', line: 4, column: 65, endColumn: 67, severity: 'warning' }],
    },
    {
      name: 'nothing is allowed to a NodePort, nor to others',
      yaml: to8080.replace('spec: {', 'spec: { type: NodePort,') + web + deny,
      errors: [{ id: 'all', line: 4, column: 65, endColumn: 67, severity: 'info' }],
    },
    {
      name: 'nothing is allowed',
      yaml: to8080 + web + deny,
      errors: [
        {
          id: 'all',
          line: 4,
          column: 49,
          endColumn: 51,
          severity: 'info',
          message:
            'nothing may connect to port 8080 of its pods: NetworkPolicy default/default-deny isolates them, and nothing is allowed in',
          help: 'allow TCP 8080 from whoever needs the Service, in a policy of its own',
        },
      ],
    },
  ],
});

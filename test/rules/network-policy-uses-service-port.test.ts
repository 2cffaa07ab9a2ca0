import { networkPolicyUsesServicePort } from '../../rules/policy/network-policy-uses-service-port.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The spec stands on line 4. */
const policy = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: rules }\nspec: { ${spec} }\n`;
const ingress = (ports: string, selector = 'matchLabels: { app: web }'): string =>
  policy(`podSelector: { ${selector} }, ingress: [{ ports: [${ports}] }]`);
const service = (ports: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [${ports}] }\n`;
const web = workload('web', {
  ports: '{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }',
});
const to8080 = service('{ port: 80, targetPort: 8080 }') + web;

testRule(networkPolicyUsesServicePort, {
  valid: [
    { name: 'the number of the container port', yaml: ingress('{ port: 8080 }') + to8080 },
    { name: 'the name of the container port', yaml: ingress('{ port: http }') + to8080 },
    { name: 'both numbers in one rule', yaml: ingress('{ port: 80 }, { port: 8080 }') + to8080 },
    {
      name: 'a range that has the port',
      yaml: ingress('{ port: 80 }, { port: 8000, endPort: 8100 }') + to8080,
    },
    {
      name: 'a range that begins with the Service port',
      yaml: ingress('{ port: 80, endPort: 90 }') + to8080,
    },
    {
      name: 'the port is open in another policy',
      yaml: `${ingress('{ port: 80 }')}---\n${ingress('{ port: 8080 }').replace('rules', 'more')}${to8080}`,
    },
    {
      name: 'some pod listens on the Service port',
      yaml:
        ingress('{ port: 80 }', '') + to8080 + workload('api', { ports: '{ containerPort: 80 }' }),
    },
    {
      name: 'the pods are probed on that port',
      yaml:
        ingress('{ port: 80 }') +
        service('{ port: 80, targetPort: 8080 }') +
        workload('web', {
          ports: '{ containerPort: 8080 }',
          container: 'livenessProbe: { tcpSocket: { port: 80 } }',
        }),
    },
    {
      name: 'a Service port of another protocol',
      yaml: ingress('{ port: 80, protocol: UDP }') + to8080,
    },
    { name: 'a number that no Service has', yaml: ingress('{ port: 81 }') + to8080 },
    { name: 'without any Service', yaml: ingress('{ port: 80 }') + web },
    {
      name: 'a rule that is not in force',
      yaml:
        policy(
          'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], ingress: [{ ports: [{ port: 80 }] }]',
        ) + to8080,
    },
    {
      name: 'egress to anywhere, as to a proxy outside',
      yaml:
        policy('podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 80 }] }]') +
        to8080,
    },
    {
      name: 'egress to pods and to addresses',
      yaml:
        policy(
          'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }, { ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 80 }] }]',
        ) + to8080,
    },
    {
      name: 'a name that a native sidecar has',
      yaml:
        ingress('{ port: proxy }') +
        workload('web', {
          pod: 'initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ name: proxy, containerPort: 80 }] }]',
        }),
    },
    { name: 'a name that is filled in later', yaml: ingress("{ port: '${PORT}' }") + to8080 },
    {
      name: 'a name that pods of an operator may have',
      yaml:
        ingress('{ port: metrics }', '') +
        '---\napiVersion: example.com/v1\nkind: Database\nmetadata: { name: main }\nspec: {}\n' +
        web,
      unknown: ['no pod that was read has a port "metrics"'],
    },
  ],
  invalid: [
    {
      name: 'the number of the Service port',
      yaml: ingress('{ port: 80 }') + to8080,
      errors: [
        {
          id: 'service',
          line: 4,
          column: 81,
          endColumn: 83,
          title: 'NetworkPolicy default/rules allows a port that no pod has',
          message: '80 is the port of Service default/web; its pods listen on 8080',
          help: 'write 8080, the port that the pods listen on',
          safety: 'unsafe',
          related: ['9:65 where the Service leads to'],
        },
      ],
      output: ingress('{ port: 8080 }') + to8080,
    },
    {
      name: 'by a name that leads to the target port',
      yaml: ingress('{ port: 80 }') + service('{ port: 80, targetPort: http }') + web,
      errors: [{ id: 'service', line: 4, column: 81, endColumn: 83 }],
      output: ingress('{ port: 8080 }') + service('{ port: 80, targetPort: http }') + web,
    },
    {
      name: 'pods that declare no ports and that no Service selects may listen on it',
      yaml: ingress('{ port: 80 }', '') + to8080 + workload('api'),
      errors: [{ id: 'service', line: 4, column: 56, endColumn: 58, severity: 'warning' }],
      output: ingress('{ port: 8080 }', '') + to8080 + workload('api'),
    },
    {
      name: 'two Services of one port with different targets',
      yaml:
        ingress('{ port: 80 }') +
        to8080 +
        service('{ port: 80, targetPort: 8081 }').replace('name: web', 'name: more'),
      errors: [
        {
          id: 'service',
          line: 4,
          column: 81,
          endColumn: 83,
          help: 'write 8080 and 8081, the port that the pods listen on',
        },
      ],
    },
    {
      name: 'egress to pods of the namespace',
      yaml:
        policy(
          'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }]',
        ) + to8080,
      errors: [{ id: 'service', line: 4, column: 130, endColumn: 132 }],
      output:
        policy(
          'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]',
        ) + to8080,
    },
    {
      name: 'a misspelt name',
      yaml: ingress('{ port: htpp }') + to8080,
      errors: [
        {
          id: 'name',
          line: 4,
          column: 81,
          endColumn: 85,
          message:
            'port "htpp" is not a port of any of these pods; known ports: "dns" (53/UDP), "http" (8080)',
          help: 'write http',
          safety: 'unsafe',
        },
      ],
      output: ingress('{ port: http }') + to8080,
    },
    {
      name: 'a name that no pod of the namespace has, or will have one day',
      yaml: ingress('{ port: metrics }', '') + to8080,
      errors: [{ id: 'name', line: 4, column: 56, endColumn: 63, severity: 'warning' }],
    },
    {
      name: 'the name of the Service port',
      yaml: ingress('{ port: web }') + service('{ name: web, port: 80, targetPort: http }') + web,
      errors: [
        {
          id: 'serviceName',
          line: 4,
          column: 81,
          endColumn: 84,
          message:
            '"web" is what Service default/web calls its port; a policy looks the name up among the container ports; known ports: "dns" (53/UDP), "http" (8080)',
          help: 'write http',
        },
      ],
      output:
        ingress('{ port: http }') + service('{ name: web, port: 80, targetPort: http }') + web,
    },
    {
      name: 'another protocol',
      yaml: ingress('{ port: dns }') + web,
      errors: [
        {
          id: 'protocol',
          line: 4,
          column: 81,
          endColumn: 84,
          message: 'port "dns" is a UDP port of these pods, the rule is about TCP',
          help: 'write protocol: UDP',
        },
      ],
    },
  ],
});

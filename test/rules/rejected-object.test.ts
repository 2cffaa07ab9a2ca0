import { rejectedObject } from '../../rules/manifest/rejected-object.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const uid = '1c1c6e0f-0000-4000-8000-000000000007';

/** The spec stands on line 4. */
const service = (spec: string, name = 'web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;

testRule(rejectedObject, {
  valid: [
    {
      name: 'a Job that was read from a cluster',
      yaml: `apiVersion: batch/v1
kind: Job
metadata: { name: seed, uid: ${uid} }
spec:
  selector: { matchLabels: { batch.kubernetes.io/controller-uid: ${uid} } }
  template:
    metadata: { labels: { batch.kubernetes.io/controller-uid: ${uid}, controller-uid: ${uid}, job-name: seed } }
    spec: { restartPolicy: Never, containers: [{ name: a, image: a }] }
`,
    },
    {
      name: 'one field, for server-side apply',
      yaml: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { revisionHistoryLimit: 1 }\n',
      refused: 1,
      unknown: ['what is missing in it makes it look like a patch'],
    },
    {
      name: 'the uid of an owner',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata: { name: web, ownerReferences: [{ apiVersion: v1, kind: Pod, name: a, uid: "" }] }\nspec: { ports: [{ port: 80 }] }\n',
      refused: 1,
      unknown: ['the uid of its owner is known in a cluster only'],
    },
    {
      name: 'a Service and a Deployment',
      yaml: service('selector: { app: web }, ports: [{ port: 80 }]') + workload('web'),
    },
    { name: 'headless without ports', yaml: service('clusterIP: None') },
    {
      name: 'two ports of one number and two protocols',
      yaml: service('ports: [{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }]'),
    },
    {
      name: 'a Service port name may be longer than that of a container port',
      yaml: service('ports: [{ name: a-name-of-more-than-15-characters, port: 80 }]'),
    },
    {
      name: 'a Service name may begin with a digit since 1.36',
      yaml: service('ports: [{ port: 80 }]', '1st'),
    },
    {
      name: 'null is absent',
      yaml: service('ports: [{ port: 80, targetPort: null, nodePort: null }]'),
    },
    {
      name: 'a placeholder may become anything',
      yaml: service("ports: [{ port: '${PORT}' }]", "'${NAME}'"),
    },
    {
      name: 'a custom resource is not validated',
      yaml: 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: web }\nspec: { ports: web }\n',
    },
    {
      name: 'a selector that does not match its template is a finding of another rule',
      yaml: workload('web').replace('matchLabels: { app: web }', 'matchLabels: { app: wbe }'),
      refused: 1,
    },
    {
      name: 'what cannot be decoded are findings of other rules',
      yaml: service("ports: [{ port: '80', targetport: 80 }]"),
      refused: 1,
    },
  ],
  invalid: [
    {
      name: 'a Job with the uid of another one',
      yaml: 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: seed, uid: a }\nspec:\n  selector: { matchLabels: { controller-uid: b } }\n  template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }\n',
      errors: [{ id: 'refusal', line: 5, column: 3, endColumn: 11 }],
    },
    {
      name: 'a target port in quotes',
      yaml: service("ports: [{ port: 80, targetPort: '8080' }]"),
      errors: [
        {
          id: 'refusal',
          line: 4,
          column: 41,
          endColumn: 47,
          title: 'Service default/web would be rejected by the API server',
          message:
            'spec.ports[0].targetPort: Invalid value: "8080": must contain at least one letter (a-z)',
          help: 'remove the quotes: 8080',
          safety: 'safe',
        },
      ],
      output: service('ports: [{ port: 80, targetPort: 8080 }]'),
    },
    {
      name: 'two ports without names',
      yaml: service('ports: [{ port: 80 }, { port: 81 }]'),
      errors: [
        { id: 'refusal', line: 4, column: 19, endColumn: 23 },
        { id: 'refusal', line: 4, column: 33, endColumn: 37 },
      ],
    },
    {
      name: 'no ports',
      yaml: service('selector: { app: web }'),
      errors: [
        { id: 'refusal', line: 4, column: 1, endColumn: 5, message: 'spec.ports: Required value' },
      ],
    },
    {
      name: 'a port beyond the range',
      yaml: service('ports: [{ port: 70000 }]'),
      errors: [{ id: 'refusal', line: 4, column: 25, endColumn: 30 }],
    },
    {
      name: 'a protocol in lower case',
      yaml: service('ports: [{ port: 80, protocol: tcp }]'),
      errors: [{ id: 'refusal', line: 4, column: 39, endColumn: 42, help: 'write TCP' }],
      output: service('ports: [{ port: 80, protocol: TCP }]'),
    },
    {
      name: 'digits as the name of a container port: without quotes they would be not a name either',
      yaml: workload('web', { ports: '{ name: "8080", containerPort: 8080 }' }),
      errors: [
        {
          id: 'refusal',
          line: 5,
          column: 163,
          endColumn: 169,
          help: 'leave the name out: a container port is found by its number, too',
        },
      ],
    },
    {
      name: 'a name in upper case',
      yaml: service('ports: [{ port: 80 }]', 'Web'),
      errors: [{ id: 'refusal', line: 3, column: 19, endColumn: 22 }],
    },
    {
      name: 'a Service name that begins with a digit before 1.36',
      yaml: service('ports: [{ port: 80 }]', '2nd'),
      options: { kubernetesMinor: 35 },
      errors: [{ id: 'refusal', line: 3, column: 19, endColumn: 22 }],
    },
    {
      name: 'a container port twice in name',
      yaml: workload('web', {
        ports: '{ name: http, containerPort: 80 }, { name: http, containerPort: 81 }',
      }),
      errors: [{ id: 'refusal', line: 5, column: 198, endColumn: 202 }],
    },
    {
      name: 'Endpoints on a loopback address',
      yaml: 'apiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets: [{ addresses: [{ ip: 127.0.0.1 }] }]\n',
      errors: [{ id: 'refusal', line: 4, column: 31, endColumn: 40 }],
    },
  ],
});

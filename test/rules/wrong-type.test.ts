import { wrongType } from '../../rules/manifest/wrong-type.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The spec stands on line 4. */
const service = (spec: string, metadata = 'name: web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
/** The only container stands on line 4. */
const pod = (container: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: main, image: store, ${container} }] }\n`;

testRule(wrongType, {
  valid: [
    {
      name: 'a Service and a Deployment',
      yaml: service('selector: { app: web }, ports: [{ port: 80 }]') + workload('web'),
    },
    {
      name: 'numbers and booleans in quotes where strings belong',
      yaml: service("clusterIP: None, selector: { release: '1', public: 'yes' }"),
    },
    {
      name: 'a number that JSON writes without a fraction',
      yaml: service('ports: [{ port: 80.0 }]'),
    },
    { name: 'a placeholder may become anything', yaml: service("ports: [{ port: '${PORT}' }]") },
    { name: 'null is absent', yaml: service('ports: [{ port: 80, nodePort: null }]') },
    {
      name: 'a quantity may be a number',
      yaml: pod('resources: { limits: { cpu: 1, memory: 1073741824 } }'),
    },
    {
      name: 'a custom resource may have any type',
      yaml: 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: web }\nspec: { ports: web }\n',
    },
  ],
  invalid: [
    {
      name: 'a number in quotes',
      yaml: pod('ports: [{ containerPort: "80" }]'),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 75,
          endColumn: 79,
          title: 'Pod default/web has a value of the wrong type',
          message: 'containerPort is a string, it must be a whole number',
          why: 'the API server cannot decode the object, so it does not exist: json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
          help: 'remove the quotes: 80',
          safety: 'safe',
        },
      ],
      output: pod('ports: [{ containerPort: 80 }]'),
    },
    {
      name: 'yes is a boolean',
      yaml: service('selector: { app: yes }, ports: [{ port: 80 }]'),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 26,
          endColumn: 29,
          message: 'app is a boolean, it must be a string',
          help: 'quote the value: "yes"; YAML reads it as a boolean',
        },
      ],
      output: service('selector: { app: "yes" }, ports: [{ port: 80 }]'),
    },
    {
      name: 'a version keeps its zero in quotes',
      yaml: service('selector: { release: 1.10 }, clusterIP: None'),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 30,
          endColumn: 34,
          help: 'quote the value: "1.10"; YAML reads it as a number',
        },
      ],
      output: service('selector: { release: "1.10" }, clusterIP: None'),
    },
    {
      name: 'a boolean in quotes',
      yaml: service("clusterIP: None, publishNotReadyAddresses: 'true'"),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 52,
          endColumn: 58,
          message: 'publishNotReadyAddresses is a string, it must be true or false',
        },
      ],
      output: service('clusterIP: None, publishNotReadyAddresses: true'),
    },
    {
      name: 'a number among arguments',
      yaml: pod('args: [serve, 8080]'),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 64,
          endColumn: 68,
          message: 'args[1] is a number, it must be a string',
        },
      ],
      output: pod('args: [serve, "8080"]'),
    },
    {
      name: 'an anchored number that is right elsewhere is not touched',
      yaml: pod('args: [&port 8080], ports: [{ containerPort: *port }]'),
      errors: [{ id: 'type', line: 4, column: 63, endColumn: 67 }],
    },
    {
      name: 'a word for a number',
      yaml: workload('web', { spec: 'replicas: many' }),
      errors: [
        {
          id: 'type',
          line: 5,
          column: 19,
          endColumn: 23,
          message: 'replicas is a string, it must be a whole number',
        },
      ],
    },
    {
      name: 'matchLabels in a Service',
      yaml: service('selector: { matchLabels: { app: web } }, ports: [{ port: 80 }]'),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 21,
          endColumn: 32,
          help: 'write the labels right under selector; matchLabels is for workloads',
        },
      ],
    },
    {
      name: 'a mapping for a list',
      yaml: service('ports: { port: 80 }'),
      errors: [
        {
          id: 'type',
          line: 4,
          column: 9,
          endColumn: 14,
          message: 'ports is a mapping, it must be a list',
        },
      ],
    },
    {
      name: 'a quantity with a blank',
      yaml: pod('resources: { limits: { memory: 1 GB } }'),
      errors: [
        {
          id: 'value',
          line: 4,
          column: 81,
          endColumn: 85,
          message:
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        },
      ],
    },
    {
      name: 'a number as label, which kubectl itself cannot decode',
      yaml: service('clusterIP: None', 'name: web, labels: { release: 1 }'),
      errors: [
        {
          id: 'metadata',
          line: 3,
          column: 43,
          endColumn: 44,
          title: 'document 1 (Service) has a value of the wrong type',
          message: '"metadata.labels.release" must be a string, not the number 1',
          safety: 'safe',
        },
      ],
      output: service('clusterIP: None', 'name: web, labels: { release: "1" }'),
    },
    {
      name: 'a list for labels',
      yaml: service('clusterIP: None', 'name: web, labels: [app]'),
      errors: [{ id: 'metadata', line: 3, column: 24, endColumn: 30 }],
    },
  ],
});

import { yamlSyntax } from '../../rules/manifest/yaml-syntax.ts';
import { testRule } from '../support/rule-tester.ts';

const service = (name = 'web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { clusterIP: None }\n`;

testRule(yamlSyntax, {
  valid: [
    { name: 'two documents', yaml: `${service()}---\n${service('api')}` },
    { name: 'empty documents and comments', yaml: `---\n# nothing\n---\n${service()}---\n` },
    {
      name: 'a separator with blanks and a comment',
      yaml: `${service()}---  # the next\n${service('api')}`,
    },
    { name: 'a byte order mark and CRLF', yaml: `\ufeff${service().replaceAll('\n', '\r\n')}` },
    {
      name: 'a file that is not a manifest at all',
      files: { 'values.yaml': 'replicas: 3\nimage: store\n', 'web.yaml': service() },
    },
    {
      name: 'a template',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n',
      unread: 1,
    },
    { name: 'tabs within a value', yaml: service('"web"').replace('None }', 'None }\t# headless') },
    {
      name: 'a number as label is a finding of another rule',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { release: 1 } }\nspec: { clusterIP: None }\n',
      unread: 1,
    },
    {
      name: 'JSON',
      yaml: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"clusterIP":"None"}}',
    },
  ],
  invalid: [
    {
      name: 'a key that is like kind',
      yaml: service().replace('kind:', 'apiKind:'),
      errors: [
        {
          id: 'problem',
          line: 2,
          column: 1,
          endColumn: 8,
          message: 'kind is not set',
          help: 'did you mean kind?',
          safety: 'safe',
        },
      ],
      output: service(),
    },
    {
      name: 'neither, where the fields are those of a Service',
      yaml: 'metadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n',
      errors: [
        {
          id: 'problem',
          line: 1,
          column: 1,
          endColumn: 9,
          message: 'apiVersion and kind are not set',
          help: 'a Service begins with apiVersion: v1 and kind: Service',
        },
      ],
    },
    {
      name: 'a key that is like apiVersion, in quotes',
      yaml: service().replace('apiVersion:', '"apiversion":'),
      errors: [{ id: 'problem', line: 1, column: 1, endColumn: 13, safety: 'safe' }],
      output: service().replace('apiVersion:', '"apiVersion":'),
    },
    {
      name: 'a type that is not a kind',
      yaml: service().replace('kind: Service', 'type: web'),
      errors: [
        { id: 'problem', line: 1, column: 1, endColumn: 11, help: 'add the kind of the object' },
      ],
    },
    {
      name: 'a key too far to the left',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n labels: { app: web }\n',
      errors: [
        {
          id: 'problem',
          line: 5,
          column: 2,
          endColumn: 22,
          title: 'document 1 (Service) cannot be read by kubectl',
        },
      ],
    },
    {
      name: 'a tab as indentation',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n',
      errors: [{ id: 'problem', line: 4, column: 1, endColumn: 2 }],
    },
    {
      name: 'a flow mapping without its end',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata: { name: web\nspec: { clusterIP: None }\n',
      errors: [{ id: 'problem', line: 3, column: 11, endColumn: 12 }],
    },
    {
      name: 'no kind',
      yaml: 'apiVersion: v1\nmetadata: { name: web }\nspec: {}\n',
      errors: [
        { id: 'problem', line: 1, column: 1, endColumn: 11, help: 'add the kind of the object' },
      ],
    },
    ...[
      ['Service', 'add apiVersion: v1'],
      ['Deployment', 'add apiVersion: apps/v1'],
      ['NetworkPolicy', 'add apiVersion: networking.k8s.io/v1'],
      [
        'HorizontalPodAutoscaler',
        'add the apiVersion of the kind; kubectl api-resources lists what there is',
      ],
      ['Certificate', 'add the apiVersion of the kind; kubectl api-resources lists what there is'],
    ].map(([kind, help]) => ({
      name: `no apiVersion of a ${kind}`,
      yaml: `kind: ${kind}\nmetadata: { name: web }\nspec: {}\n`,
      errors: [
        {
          id: 'problem' as const,
          line: 1,
          column: 1,
          endColumn: 5,
          message: 'apiVersion is not set',
          help: help as string,
        },
      ],
    })),
    {
      name: 'text behind a separator',
      yaml: `${service()}--- next\n${service('api')}`,
      errors: [{ id: 'problem', line: 5, column: 1, endColumn: 9 }],
    },
    {
      name: 'what comes behind is lost as well',
      yaml: `apiVersion: v1\nmetadata: { name: web }\n---\n${service('a')}---\n${service('b')}`,
      errors: [
        {
          id: 'problem',
          line: 1,
          column: 1,
          endColumn: 11,
          why: 'kubectl stops reading the file here: the 2 objects behind it do not reach the cluster either',
        },
      ],
    },
    {
      name: 'JSON without a comma',
      yaml: '{"apiVersion":"v1","kind":"Service" "metadata":{"name":"web"}}\n',
      errors: [{ id: 'problem', line: 1, column: 27, endColumn: 62 }],
    },
  ],
});

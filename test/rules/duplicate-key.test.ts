import { duplicateKey } from '../../rules/manifest/duplicate-key.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

const service = (labels: string): string => yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
  ${labels}
  spec: { clusterIP: None }
`;

testRule(duplicateKey, {
  valid: [
    { name: 'every key once', yaml: service('  labels: { app: web }') },
    { name: 'the same key in two mappings', yaml: service('  labels: { name: web }') },
    { name: 'keys that differ in case', yaml: service('  labels: { app: web, App: web }') },
    {
      name: 'a merge key is not a duplicate',
      yaml: service('  annotations: &a { team: shop }\n  labels: { <<: *a, team: web }'),
    },
    {
      name: 'one key in each of two documents',
      yaml:
        service('  labels: { app: a }') +
        '---\n' +
        service('  labels: { app: b }').replace('name: web', 'name: web2'),
    },
  ],
  invalid: [
    {
      name: 'a block twice',
      yaml: service('  labels: { app: web }\n  labels: { team: shop }'),
      errors: [
        {
          id: 'twice',
          line: 6,
          column: 3,
          endColumn: 9,
          title: 'document 1 (Service) gives a key twice',
          message: '"labels" was already given on line 5; the value there is lost',
          help: 'keep one of the two',
          related: ['5:3 the first "labels", which is lost'],
        },
      ],
    },
    {
      name: 'in flow style',
      yaml: service('  labels: { app: web, app: api }'),
      errors: [{ id: 'twice', line: 5, column: 23, endColumn: 26 }],
    },
    {
      name: 'with quotes and without',
      yaml: service('  labels: { app: web, "app": api }'),
      errors: [{ id: 'twice', line: 5, column: 23, endColumn: 28 }],
    },
    {
      name: 'three times',
      yaml: service('  labels: { app: a, app: b, app: c }'),
      errors: [
        {
          id: 'twice',
          line: 5,
          column: 21,
          endColumn: 24,
          message: '"app" was already given on line 5; the value there is lost',
        },
        { id: 'twice', line: 5, column: 29, endColumn: 32 },
      ],
    },
    {
      name: 'at the top',
      yaml: service('  labels: { app: web }') + 'kind: Service\n',
      errors: [{ id: 'twice', line: 7, column: 1, endColumn: 5 }],
    },
    {
      name: 'on: and yes: are both the key "true"',
      yaml: service("  annotations: { on: 'x', yes: 'z' }"),
      errors: [{ id: 'twice', line: 5, column: 27, endColumn: 30 }],
    },
    {
      name: 'JSON',
      yaml: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","name":"b"},"spec":{"clusterIP":"None"}}\n',
      errors: [{ id: 'twice', line: 1, column: 60, endColumn: 66 }],
    },
    {
      name: 'in the second document',
      yaml:
        service('  labels: { a: b }') +
        '---\n' +
        service('  labels: { a: b, a: c }').replace('name: web', 'name: web2'),
      errors: [{ id: 'twice', line: 12, column: 19, endColumn: 20 }],
    },
  ],
});

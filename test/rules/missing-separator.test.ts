import { missingSeparator } from '../../rules/manifest/missing-separator.ts';
import { testRule } from '../support/rule-tester.ts';

const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { type: ExternalName, externalName: example.org }\n`;
const message = 'a second object begins here; `---` is missing above';

testRule(missingSeparator, {
  valid: [
    { name: 'one is there', yaml: `${service('a')}---\n${service('b')}` },
    {
      name: 'the type alone is given twice',
      yaml: `apiVersion: v1\nkind: Service\n${service('a')}`,
    },
    { name: 'and so behind the object', yaml: `${service('a')}apiVersion: v1\nkind: Service\n` },
    { name: 'only the kind is given twice', yaml: `${service('a')}kind: Service\n` },
    {
      name: 'below the top',
      yaml: 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: { name: a }\n    spec: { type: ExternalName, externalName: example.org }\n    kind: Service\n    apiVersion: v1\n    immutable: true\n',
      refused: 1,
    },
  ],
  invalid: [
    {
      name: 'two objects',
      yaml: service('a') + service('b'),
      errors: [{ id: 'runsOn', line: 5, column: 1, endColumn: 11, message, safety: 'safe' }],
      output: `${service('a')}---\n${service('b')}`,
    },
    {
      name: 'three, in a document of many, with Windows lines and a comment',
      yaml: `${service('z')}---\n${service('a')}# B.\n${service('b')}${service('c')}`.replaceAll(
        '\n',
        '\r\n',
      ),
      errors: [
        { id: 'runsOn', line: 11, column: 1, endColumn: 11 },
        { id: 'runsOn', line: 15, column: 1, endColumn: 11 },
      ],
      output:
        `${service('z')}---\n${service('a')}---\n# B.\n${service('b')}---\n${service('c')}`.replaceAll(
          '\n',
          '\r\n',
        ),
    },
  ],
});

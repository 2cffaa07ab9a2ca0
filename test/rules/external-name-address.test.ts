import { externalNameAddress } from '../../rules/name/external-name-address.ts';
import { testRule } from '../support/rule-tester.ts';

const external = (name: string, type = 'ExternalName'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { type: ${type}, externalName: ${name}, ports: [{ port: 80 }] }\n`;

testRule(externalNameAddress, {
  valid: [
    { name: 'a name', yaml: external('db.example.org') },
    { name: 'a name that begins like an address', yaml: external('192.0.2.1.example.org') },
    { name: 'a name of digits', yaml: external('"1234"') },
    { name: 'of another type', yaml: external('192.0.2.1', 'ClusterIP') },
    { name: 'filled in later', yaml: external('"${DB}"') },
  ],
  invalid: [
    {
      name: 'an address',
      yaml: external('192.0.2.1'),
      errors: [
        {
          id: 'address',
          line: 4,
          column: 43,
          endColumn: 52,
          message: 'externalName "192.0.2.1" is an address, for which cluster DNS has no answer',
        },
      ],
    },
    {
      name: 'with the final dot of a name',
      yaml: external('192.0.2.1.'),
      errors: [{ id: 'address', line: 4, column: 43, endColumn: 53 }],
    },
  ],
});

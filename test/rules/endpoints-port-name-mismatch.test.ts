import { endpointsPortNameMismatch } from '../../rules/name/endpoints-port-name-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';

/** The ports of the Endpoints stand on line 5 from column 47 on. */
const manifest = (ports: string, servicePorts: string, metadata = '', spec = ''): string =>
  `apiVersion: v1\nkind: Endpoints\nmetadata: { name: db${metadata} }\nsubsets:\n  - { addresses: [{ ip: 192.0.2.10 }], ports: [${ports}] }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ${spec}ports: [${servicePorts}] }\n`;

testRule(endpointsPortNameMismatch, {
  valid: [
    {
      name: 'equal names',
      yaml: manifest('{ name: sql, port: 5432 }', '{ name: sql, port: 5432 }'),
    },
    { name: 'both without a name', yaml: manifest('{ port: 5432 }', '{ port: 5432 }') },
    { name: 'an empty name is none', yaml: manifest('{ name: "", port: 5432 }', '{ port: 5432 }') },
    {
      name: 'numbers may differ',
      yaml: manifest('{ name: sql, port: 15432 }', '{ name: sql, port: 5432 }'),
    },
    {
      name: 'one more port, which nobody asks for',
      yaml: manifest(
        '{ name: sql, port: 5432 }, { name: metrics, port: 9187 }',
        '{ name: sql, port: 5432 }',
      ),
    },
    { name: 'a subset without ports', yaml: manifest('', '{ port: 5432 }') },
    {
      name: 'they are overwritten anyway',
      yaml: manifest(
        '{ name: postgres, port: 5432 }',
        '{ name: sql, port: 5432 }',
        '',
        'selector: { app: db }, ',
      ),
    },
    {
      name: 'they are not mirrored',
      yaml: manifest(
        '{ name: postgres, port: 5432 }',
        '{ name: sql, port: 5432 }',
        ", labels: { endpointslice.kubernetes.io/skip-mirror: 'true' }",
      ),
    },
  ],
  invalid: [
    {
      name: 'another name',
      yaml: manifest('{ name: postgres, port: 5432 }', '{ name: sql, port: 5432 }'),
      errors: [
        {
          id: 'name',
          line: 5,
          column: 56,
          endColumn: 64,
          title: 'Endpoints default/db have a port the Service does not know',
          message:
            'port "postgres" (5432/TCP) matches no port of the Service in name and protocol; the Service has "sql" (5432/TCP)',
          help: 'rename it to sql',
          safety: 'safe',
          related: ['10:9 the ports of the Service'],
        },
      ],
      output: manifest('{ name: sql, port: 5432 }', '{ name: sql, port: 5432 }'),
    },
    {
      name: 'no name here',
      yaml: manifest('{ port: 5432 }', '{ name: sql, port: 5432 }'),
      errors: [
        {
          id: 'name',
          line: 5,
          column: 56,
          endColumn: 60,
          message:
            'the unnamed port (5432/TCP) matches no port of the Service in name and protocol; the Service has "sql" (5432/TCP)',
          help: 'add name: sql',
        },
      ],
    },
    {
      name: 'no name there',
      yaml: manifest('{ name: sql, port: 5432 }', '{ port: 5432 }'),
      errors: [
        {
          id: 'name',
          line: 5,
          column: 56,
          endColumn: 59,
          message:
            'port "sql" (5432/TCP) matches no port of the Service in name and protocol; the Service has an unnamed one (5432/TCP)',
          help: 'take the name away here, or give the Service port the same one',
        },
      ],
    },
    {
      name: 'the name is right, the protocol is not',
      yaml: manifest('{ name: ntp, port: 123 }', '{ name: ntp, port: 123, protocol: UDP }'),
      errors: [
        {
          id: 'protocol',
          line: 5,
          column: 50,
          endColumn: 54,
          message:
            'port "ntp" (123/TCP) has the name of a Service port, but another protocol; the Service has "ntp" (123/UDP)',
          help: 'write protocol: UDP here, or TCP at the Service port',
        },
      ],
    },
    {
      name: 'the protocol is written',
      yaml: manifest('{ port: 123, protocol: TCP }', '{ port: 123, protocol: UDP }'),
      errors: [{ id: 'protocol', line: 5, column: 71, endColumn: 74 }],
    },
    {
      name: 'name and protocol differ: renaming is not enough',
      yaml: manifest('{ name: time, port: 123 }', '{ name: ntp, port: 123, protocol: UDP }'),
      errors: [{ id: 'name', line: 5, column: 56, endColumn: 60 }],
    },
    {
      name: 'two other names go by number',
      yaml: manifest(
        '{ name: a, port: 1000 }, { name: b, port: 2000 }',
        '{ name: c, port: 1000 }, { name: d, port: 2000 }',
      ),
      errors: [
        { id: 'name', line: 5, column: 56, endColumn: 57 },
        { id: 'name', line: 5, column: 81, endColumn: 82 },
      ],
      output: [['a, port: 1000 }, { name: b,', 'c, port: 1000 }, { name: d,']],
    },
    {
      name: 'the second subset',
      yaml: 'apiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets:\n  - { addresses: [{ ip: 192.0.2.10 }], ports: [{ name: sql, port: 5432 }] }\n  - { addresses: [{ ip: 192.0.2.11 }], ports: [{ name: postgres, port: 5432 }] }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ports: [{ name: sql, port: 5432 }] }\n',
      errors: [{ id: 'name', line: 6, column: 56, endColumn: 64 }],
      output:
        'apiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets:\n  - { addresses: [{ ip: 192.0.2.10 }], ports: [{ name: sql, port: 5432 }] }\n  - { addresses: [{ ip: 192.0.2.11 }], ports: [{ name: sql, port: 5432 }] }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ports: [{ name: sql, port: 5432 }] }\n',
    },
  ],
});

import { slicePortNameMismatch } from '../../rules/name/slice-port-name-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The ports of the slice stand on line 5 from column 9 on. */
const manifest = (ports: string, servicePorts: string, spec = '', service = 'db'): string =>
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: db-1, labels: { kubernetes.io/service-name: db } }\naddressType: IPv4\nports: [${ports}]\nendpoints: [{ addresses: [192.0.2.10] }]\n---\napiVersion: v1\nkind: Service\nmetadata: { name: ${service} }\nspec: { ${spec}ports: [${servicePorts}] }\n`;

testRule(slicePortNameMismatch, {
  valid: [
    {
      name: 'equal names',
      yaml: manifest('{ name: sql, port: 5432 }', '{ name: sql, port: 5432 }'),
    },
    { name: 'both without a name', yaml: manifest('{ port: 5432 }', '{ port: 5432 }') },
    { name: 'an empty name is none', yaml: manifest('{ name: "", port: 5432 }', '{ port: 5432 }') },
    {
      name: 'the number of the slice is dialled, whatever it is',
      yaml: manifest('{ name: sql, port: 15432 }', '{ name: sql, port: 5432, targetPort: 9 }'),
    },
    {
      name: 'one more port, which nobody asks for',
      yaml: manifest(
        '{ name: sql, port: 5432 }, { name: metrics, port: 9187 }',
        '{ name: sql, port: 5432 }',
      ),
    },
    {
      name: 'a Service that is not there is a finding of another rule',
      yaml: manifest('{ name: postgres, port: 5432 }', '{ name: sql, port: 5432 }', '', 'cache'),
    },
    {
      name: 'headless without ports',
      yaml: manifest('{ name: sql, port: 5432 }', '', 'clusterIP: None, '),
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
          column: 17,
          endColumn: 25,
          title: 'EndpointSlice default/db-1 has a port that the Service does not know',
          message:
            'port "postgres" (5432/TCP) matches no port of the Service in name and protocol; the Service has "sql" (5432/TCP)',
          help: 'rename it to sql',
          safety: 'safe',
          related: ['11:9 the ports of the Service'],
        },
      ],
      output: manifest('{ name: sql, port: 5432 }', '{ name: sql, port: 5432 }'),
    },
    {
      name: 'the Service port has no name',
      yaml: manifest('{ name: sql, port: 5432 }', '{ port: 5432 }'),
      errors: [
        {
          id: 'name',
          line: 5,
          column: 17,
          endColumn: 20,
          help: 'take the name away here, or give the Service port the same one',
        },
      ],
    },
    {
      name: 'the slice port has no name',
      yaml: manifest('{ port: 5432 }', '{ name: sql, port: 5432 }'),
      errors: [{ id: 'name', line: 5, column: 17, endColumn: 21, help: 'add name: sql' }],
    },
    {
      name: 'the protocol differs',
      yaml: manifest('{ name: dns, port: 53 }', '{ name: dns, port: 53, protocol: UDP }'),
      errors: [
        {
          id: 'protocol',
          line: 5,
          column: 11,
          endColumn: 15,
          message:
            'port "dns" (53/TCP) has the name of a Service port, but another protocol; the Service has "dns" (53/UDP)',
        },
      ],
    },
    {
      name: 'one of two',
      yaml: manifest(
        '{ name: a, port: 1000 }, { name: c, port: 2000 }',
        '{ name: a, port: 80 }, { name: b, port: 81 }',
      ),
      errors: [
        {
          id: 'name',
          line: 5,
          column: 42,
          endColumn: 43,
          message:
            'port "c" (2000/TCP) matches no port of the Service in name and protocol; the Service has "a" (80/TCP), "b" (81/TCP)',
        },
      ],
      output: [['c,', 'b,']],
    },
    {
      name: 'beside the slices of a selector',
      yaml:
        manifest(
          '{ name: postgres, port: 5432 }',
          '{ name: sql, port: 5432 }',
          'selector: { app: db }, ',
        ) + workload('db'),
      errors: [{ id: 'name', line: 5, column: 17, endColumn: 25 }],
      output: [['postgres,', 'sql,']],
    },
    {
      name: 'the number leads to the right one of two',
      yaml: manifest(
        '{ name: sqll, port: 5432 }',
        '{ name: sql, port: 5432 }, { name: metrics, port: 9187 }',
      ),
      errors: [{ id: 'name', line: 5, column: 17, endColumn: 21 }],
      output: [['sqll,', 'sql,']],
    },
  ],
});

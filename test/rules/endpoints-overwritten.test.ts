import { endpointsOverwritten } from '../../rules/name/endpoints-overwritten.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const endpoints = (name = 'db', metadata = ''): string =>
  `apiVersion: v1\nkind: Endpoints\nmetadata: { name: ${name}${metadata} }\nsubsets:\n  - { addresses: [{ ip: 192.0.2.10 }], ports: [{ port: 5432 }] }\n`;
const service = (spec: string, metadata = ''): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: db${metadata} }\nspec: { ${spec}ports: [{ port: 5432 }] }\n`;

testRule(endpointsOverwritten, {
  valid: [
    { name: 'the Service has no selector', yaml: endpoints() + service('') },
    { name: 'an empty selector is none', yaml: endpoints() + service('selector: {}, ') },
    { name: 'null is none', yaml: endpoints() + service('selector: null, ') },
    { name: 'another name', yaml: endpoints('db2') + service('selector: { app: db }, ') },
    {
      name: 'another namespace',
      yaml: endpoints('db', ', namespace: data') + service('selector: { app: db }, '),
    },
    {
      name: 'ExternalName with a selector is passed over',
      yaml:
        endpoints() +
        service('type: ExternalName, externalName: a.example, selector: { app: db }, '),
    },
    {
      name: 'a slice stays',
      yaml:
        service('selector: { app: db }, ').slice(4) +
        '---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: db-1, labels: { kubernetes.io/service-name: db } }\naddressType: IPv4\nports: [{ port: 5432 }]\nendpoints: [{ addresses: [192.0.2.10] }]\n',
    },
  ],
  invalid: [
    {
      name: 'the Service has a selector',
      yaml: endpoints() + service('selector: { app: db }, ') + workload('db'),
      errors: [
        {
          id: 'selector',
          line: 4,
          column: 1,
          endColumn: 8,
          title: 'Endpoints default/db are overwritten by the endpoints controller',
          message:
            'the addresses do not stay: Service "db" has a selector, so its Endpoints are made from pods',
          related: ['10:9 this selector makes the controller write them'],
        },
      ],
    },
    {
      name: 'no pod matches it',
      yaml: endpoints() + service('selector: { app: db }, '),
      errors: [{ id: 'selector', line: 4, column: 1, endColumn: 8 }],
    },
    {
      name: 'the namespace written on one side only',
      yaml: endpoints('db', ', namespace: default') + service('selector: { app: db }, '),
      errors: [{ id: 'selector', line: 4, column: 1, endColumn: 8 }],
    },
    {
      name: 'an ExternalName before 1.27',
      yaml:
        endpoints() +
        service('type: ExternalName, externalName: a.example, selector: { app: db }, '),
      options: { kubernetesMinor: 26 },
      errors: [{ id: 'selector', line: 4, column: 1, endColumn: 8 }],
    },
  ],
});

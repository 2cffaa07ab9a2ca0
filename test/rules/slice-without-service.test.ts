import { sliceWithoutService } from '../../rules/name/slice-without-service.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The metadata stands on line 3. */
const slice = (metadata: string): string =>
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { ${metadata} }\naddressType: IPv4\nports: [{ port: 5432 }]\nendpoints: [{ addresses: [192.0.2.10] }]\n`;
const service = (name: string, metadata = ''): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}${metadata} }\nspec: { ports: [{ port: 5432 }] }\n`;
const of = (name: string, more = ''): string =>
  `name: any${more}, labels: { kubernetes.io/service-name: ${name} }`;

testRule(sliceWithoutService, {
  valid: [
    {
      name: 'the label names the Service, the name of the slice means nothing',
      yaml: slice(of('db')) + service('db'),
    },
    {
      name: 'the namespace written on one side only',
      yaml: slice(of('db', ', namespace: default')) + service('db'),
    },
    {
      name: 'no Service at all',
      yaml: slice(of('db')) + workload('web'),
      unknown: [
        'Service "db" in namespace default was not found, but no Service was read together with it',
      ],
    },
    {
      name: 'a template may be the Service',
      yaml:
        slice(of('db')) +
        service('web') +
        '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.db }}\n',
      unread: 1,
      unknown: ['document 3 of manifest.yaml is a template'],
    },
  ],
  invalid: [
    {
      name: 'no label',
      yaml: slice('name: db-1') + service('db'),
      errors: [
        {
          id: 'label',
          line: 3,
          column: 19,
          endColumn: 23,
          title: 'EndpointSlice default/db-1 names no Service',
          message:
            'the label kubernetes.io/service-name is missing, so no proxy and no DNS server looks at this slice',
          help: 'add the label kubernetes.io/service-name: db',
          safety: 'safe',
        },
      ],
      output: slice('labels: { kubernetes.io/service-name: db }, name: db-1') + service('db'),
    },
    {
      name: 'no label among others, in block style',
      yaml: slice('X').replace('{ X }', '\n  name: db-1\n  labels:\n    app: db') + service('db'),
      errors: [{ id: 'label', line: 4, column: 9, endColumn: 13, safety: 'safe' }],
      output:
        slice('X').replace(
          '{ X }',
          '\n  name: db-1\n  labels:\n    kubernetes.io/service-name: db\n    app: db',
        ) + service('db'),
    },
    {
      name: 'no labels, in block style',
      yaml: slice('X').replace('{ X }', '\n  name: db-1') + service('db'),
      errors: [{ id: 'label', line: 4, column: 9, endColumn: 13, safety: 'safe' }],
      output:
        slice('X').replace(
          '{ X }',
          '\n  labels:\n    kubernetes.io/service-name: db\n  name: db-1',
        ) + service('db'),
    },
    {
      name: 'no label, JSON',
      yaml:
        '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"db-1"},"addressType":"IPv4","endpoints":[]},' +
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"db"},"spec":{"ports":[{"port":5432}]}}]}',
      errors: [{ id: 'label', line: 1, column: 121, endColumn: 127, safety: 'safe' }],
      output:
        '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"labels": { "kubernetes.io/service-name": "db" }, "name":"db-1"},"addressType":"IPv4","endpoints":[]},' +
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"db"},"spec":{"ports":[{"port":5432}]}}]}',
    },
    {
      name: 'no label, and two Services to choose from',
      yaml: slice('name: db-1-a') + service('db') + service('db-1'),
      errors: [{ id: 'label', line: 3, column: 19, endColumn: 25 }],
    },
    {
      name: 'no label, and nothing to guess by',
      yaml: slice('name: something') + service('db'),
      errors: [
        {
          id: 'label',
          line: 3,
          column: 19,
          endColumn: 28,
          help: 'add the label kubernetes.io/service-name: <name of the Service>',
        },
      ],
    },
    {
      name: 'no label: no Service is needed to tell',
      yaml: slice('name: db'),
      errors: [{ id: 'label', line: 3, column: 19, endColumn: 21 }],
    },
    {
      name: 'misspelt',
      yaml: slice(of('databse')) + service('database'),
      errors: [
        {
          id: 'nearName',
          line: 3,
          column: 62,
          endColumn: 69,
          message: 'there is no Service "databse" in namespace default; did you mean "database"?',
          safety: 'safe',
          related: ['10:19 this Service'],
        },
      ],
      output: slice(of('database')) + service('database'),
    },
    {
      name: 'the Service is in another namespace',
      yaml: slice(of('db', ', namespace: data')) + service('db', ', namespace: shop'),
      errors: [
        {
          id: 'otherNamespace',
          line: 3,
          column: 79,
          endColumn: 81,
          severity: 'warning',
          message: 'there is no Service "db" in namespace data; there is Service shop/db',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: slice(of('db-external')) + service('db') + workload('web'),
      errors: [
        {
          id: 'otherName',
          line: 3,
          column: 62,
          endColumn: 73,
          severity: 'warning',
          safety: 'unsafe',
        },
      ],
      output: slice(of('db')) + service('db') + workload('web'),
    },
    {
      name: 'no such Service',
      yaml: slice(of('warehouse')) + service('web') + service('shop'),
      errors: [{ id: 'missing', line: 3, column: 62, endColumn: 71, severity: 'warning' }],
    },
  ],
});

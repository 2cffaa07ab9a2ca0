import { statefulsetServiceMismatch } from '../../rules/name/statefulset-service-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const service = (
  name: string,
  more = 'clusterIP: None, selector: { app: db }',
  namespace = '',
): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}${namespace && `, namespace: ${namespace}`} }\nspec: { ${more}, ports: [{ port: 5432 }] }\n`;
/** The name of the Service stands on line 5. */
const db = (name: string, namespace = ''): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db${namespace && `, namespace: ${namespace}`} }\nspec:\n  serviceName: ${name}\n  selector: { matchLabels: { app: db } }\n  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: main, image: store }] } }\n`;
const others = service('web', 'clusterIP: None, selector: { app: web }') + workload('web');

testRule(statefulsetServiceMismatch, {
  valid: [
    { name: 'a headless Service of that name', yaml: db('db') + service('db') },
    {
      name: 'beside one with a cluster IP',
      yaml: db('db') + service('db') + service('db-rw', 'selector: { app: db }'),
    },
    {
      name: 'no name, and no headless Service',
      yaml: db('""') + service('db', 'selector: { app: db }'),
    },
    {
      name: 'no Service was read',
      yaml: db('db'),
      unknown: [
        'Service "db" was not found, but no Service of namespace default was read together with it',
      ],
    },
    {
      name: 'a template may hold it',
      files: {
        'db.yaml': db('db') + others,
        'service.yaml': 'kind: Service\nmetadata: { name: {{ .Values.name }} }\n',
      },
      unknown: [
        'Service "db" was not found, but document 1 of service.yaml is a template that was not rendered',
      ],
      unread: 1,
    },
    {
      name: 'a Service that selects nothing is a fault of its own',
      yaml: db('db') + service('db', 'clusterIP: None, selector: { app: bd }'),
    },
    {
      name: 'a label that is set at run time',
      yaml:
        db('db') +
        service('db', 'clusterIP: None, selector: { app: db, spilo-role: primary }') +
        service('web', 'selector: { spilo-role: primary }') +
        workload('web', { labels: 'spilo-role: primary, app: db' }).replace(
          'matchLabels: { spilo-role: primary, app: db }',
          'matchLabels: { spilo-role: primary }',
        ),
      unknown: ['which pods Service "db" has is not known'],
    },
    {
      name: 'names that are written by hand',
      yaml:
        db('db') +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { clusterIP: None }\n---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets: [{ addresses: [{ ip: 192.0.2.7, hostname: db-0 }] }]\n',
      unknown: ['which pods Service "db" has is not known'],
    },
    {
      name: 'a name that is filled in later',
      yaml: db("'${NAME}'") + others,
      unknown: ['Service "${NAME}" was not found, but its name is filled in later'],
    },
    {
      name: 'no selector: somebody else writes its endpoints',
      yaml: db('db') + service('db', 'type: ClusterIP'),
      unknown: ['which pods Service "db" has is not known'],
    },
  ],
  invalid: [
    {
      name: 'misspelt',
      yaml: db('postgress') + service('postgres'),
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 16,
          endColumn: 25,
          message: 'there is no Service "postgress" in namespace default; did you mean "postgres"?',
          help: 'change it to postgres',
          related: ['11:19 this Service'],
          safety: 'safe',
        },
      ],
      output: db('postgres') + service('postgres'),
    },
    {
      name: 'in another namespace',
      yaml:
        db('db', 'data') +
        service('db', undefined, 'web') +
        workload('x', { namespace: 'data' }) +
        service('x', 'selector: { app: x }', 'data'),
      errors: [
        {
          id: 'otherNamespace',
          line: 5,
          column: 16,
          endColumn: 18,
          message: 'there is no Service "db" in namespace data; there is Service web/db',
          help: 'write a headless Service (clusterIP: None) named db that selects the pods',
          related: ['11:34 this Service'],
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: db('db') + service('db-headless'),
      errors: [
        {
          id: 'otherName',
          line: 5,
          column: 16,
          endColumn: 18,
          severity: 'warning',
          message: 'there is no Service "db" in namespace default; there is "db-headless"',
          help:
            'change it to db-headless, or write a headless Service (clusterIP: None) named db that ' +
            'selects the pods',
          related: ['11:19 this Service'],
          safety: 'unsafe',
        },
      ],
      output: db('db-headless') + service('db-headless'),
    },
    {
      name: 'the only one there is',
      yaml: db('store') + service('db'),
      errors: [{ id: 'otherName', line: 5, column: 16, endColumn: 21, severity: 'warning' }],
    },
    {
      name: 'nothing near',
      yaml: `${db('store')}  replicas: 2\n` + service('api', 'selector: { app: web }') + others,
      errors: [
        {
          id: 'missing',
          line: 5,
          column: 16,
          endColumn: 21,
          severity: 'warning',
          message: 'there is no Service "store" in namespace default in the 4 objects read',
          help: 'write a headless Service (clusterIP: None) named store that selects the pods',
        },
      ],
    },
    {
      name: 'nothing near, and no second pod that would look for the first',
      yaml: db('store') + service('api', 'selector: { app: web }') + others,
      errors: [{ id: 'missing', line: 5, column: 16, endColumn: 21, severity: 'info' }],
    },
    {
      name: 'a Service of other pods',
      yaml: db('web') + service('db') + others,
      errors: [
        {
          id: 'others',
          line: 5,
          column: 16,
          endColumn: 19,
          message: 'the Service "web" selects app=web, which these pods do not have',
          help: 'name the headless Service that selects app=db, or correct its selector',
          related: ['17:26 Service web'],
        },
      ],
    },
    {
      name: 'no selector',
      yaml: db('db') + service('db', 'clusterIP: None'),
      errors: [
        {
          id: 'unselective',
          line: 5,
          column: 16,
          endColumn: 18,
          severity: 'warning',
          message: 'the Service "db" has no selector, so it never has these pods',
          help: 'name a headless Service (clusterIP: None) that selects app=db',
          related: ['12:1 Service db'],
        },
      ],
    },
    {
      name: 'an ExternalName',
      yaml: db('db') + service('db', 'type: ExternalName, externalName: db.example.com'),
      errors: [
        {
          id: 'external',
          line: 5,
          column: 16,
          endColumn: 18,
          message: 'the Service "db" is an ExternalName, under which no pod has a name',
          help: 'name a headless Service (clusterIP: None) that selects app=db',
          related: ['12:9 Service db'],
        },
      ],
    },
    {
      name: 'a cluster IP',
      yaml: db('db') + service('db', 'selector: { app: db }'),
      errors: [
        {
          id: 'clusterIP',
          line: 5,
          column: 16,
          endColumn: 18,
          severity: 'info',
          title: 'StatefulSet default/db needs its Service to be headless',
          message:
            'the Service "db" has a cluster IP: the names of the pods are only promised under a headless one',
          help: 'add clusterIP: None to the Service, or a headless one beside it',
          related: ['11:19 not headless'],
        },
      ],
    },
    {
      name: 'a cluster IP, and its containers are told names under the headless Service',
      yaml:
        db('db').replace('image: store', 'image: store, args: [--me=$(POD_NAME).db-headless]') +
        service('db', 'selector: { app: db }') +
        service('db-headless'),
      errors: [
        {
          id: 'another',
          line: 5,
          column: 16,
          endColumn: 18,
          severity: 'warning',
          safety: 'unsafe',
        },
      ],
      output:
        db('db-headless').replace(
          'image: store',
          'image: store, args: [--me=$(POD_NAME).db-headless]',
        ) +
        service('db', 'selector: { app: db }') +
        service('db-headless'),
    },
    {
      name: 'a cluster IP, and a headless Service beside it',
      yaml: db('db') + service('db', 'selector: { app: db }') + service('db-headless'),
      errors: [
        {
          id: 'another',
          line: 5,
          column: 16,
          endColumn: 18,
          severity: 'info',
          message:
            'the Service "db" has a cluster IP; the headless Service of these pods is "db-headless", under which they have no names',
          help: 'change it to db-headless; a StatefulSet that exists has to be made anew for it',
          related: ['16:19 headless'],
          safety: 'unsafe',
        },
      ],
      output: db('db-headless') + service('db', 'selector: { app: db }') + service('db-headless'),
    },
    {
      name: 'left out, and a headless Service is there',
      yaml: db('""') + service('db'),
      errors: [
        {
          id: 'absent',
          line: 4,
          column: 1,
          endColumn: 5,
          severity: 'info',
          message:
            'serviceName is left out, so the pods have no names under the headless Service "db"',
          help: 'add serviceName: db',
          related: ['11:19 it has these pods'],
        },
      ],
    },
  ],
});

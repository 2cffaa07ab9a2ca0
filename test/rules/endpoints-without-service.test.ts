import { endpointsWithoutService } from '../../rules/name/endpoints-without-service.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The name stands on line 3 from column 19 on. */
const endpoints = (name: string, metadata = ''): string =>
  `apiVersion: v1\nkind: Endpoints\nmetadata: { name: ${name}${metadata} }\nsubsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ port: 5432 }] }]\n`;
const service = (name: string, metadata = '', spec = ''): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}${metadata} }\nspec: { ${spec}ports: [{ port: 5432 }] }\n`;

testRule(endpointsWithoutService, {
  valid: [
    { name: 'the same name', yaml: endpoints('db') + service('db') },
    {
      name: 'the namespace written on one side only',
      yaml: endpoints('db', ', namespace: default') + service('db'),
    },
    {
      name: 'a lock of a leader election',
      yaml:
        endpoints(
          'controller',
          ", annotations: { control-plane.alpha.kubernetes.io/leader: '{}' }",
        ) + service('web', '', 'selector: { app: web }, '),
    },
    {
      name: "the API server's own",
      yaml: endpoints('kubernetes') + service('db', '', 'selector: { app: db }, '),
    },
    {
      name: 'no Service at all',
      yaml: endpoints('db') + workload('web'),
      unknown: [
        'Service "db" in namespace default was not found, but no Service was read together with them',
      ],
    },
    {
      name: 'an operator makes the Service',
      yaml:
        endpoints('db') +
        service('web', '', 'selector: { app: web }, ') +
        '---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: db }\nspec: {}\n',
    },
    {
      name: 'an operator of which nothing is known may make the Service',
      yaml:
        endpoints('db') +
        service('web', '', 'selector: { app: web }, ') +
        '---\napiVersion: shop.example/v1\nkind: Shop\nmetadata: { name: any }\nspec: {}\n',
      unknown: ['Shop default/any may make a Service of its own'],
    },
    {
      name: 'a template may be the Service',
      yaml:
        endpoints('db') +
        service('web', '', 'selector: { app: web }, ') +
        '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.db }}\n',
      unread: 1,
      unknown: ['document 3 of manifest.yaml is a template'],
    },
  ],
  invalid: [
    {
      name: 'a volume uses them, but a Service of nearly that name waits',
      yaml:
        endpoints('glusterfs-cluster') +
        service('glusterfd-cluster') +
        workload('web', {
          pod: 'volumes: [{ name: data, glusterfs: { endpoints: glusterfs-cluster, path: vol } }]',
        }),
      errors: [{ id: 'near', line: 3, column: 19, endColumn: 36, safety: 'unsafe' }],
      output: [['glusterfs-cluster ', 'glusterfd-cluster ']],
    },
    {
      name: 'a slip away from a Service that waits for them',
      yaml: endpoints('warehuose') + service('warehouse'),
      errors: [
        {
          id: 'near',
          line: 3,
          column: 19,
          endColumn: 28,
          title: 'Endpoints default/warehuose belong to no Service',
          message:
            'no Service is named "warehuose"; Service default/warehouse has no selector and no endpoints',
          safety: 'unsafe',
          related: [
            '8:19 this Service has no selector, and no Endpoints or EndpointSlices of its name',
          ],
        },
      ],
      output: endpoints('warehouse') + service('warehouse'),
    },
    {
      name: 'its name is part of this one',
      yaml: endpoints('warehouse-db') + service('warehouse'),
      errors: [{ id: 'near', line: 3, column: 19, endColumn: 31 }],
      output: endpoints('warehouse') + service('warehouse'),
    },
    {
      name: 'the same name in another namespace',
      yaml: endpoints('db', ', namespace: data') + service('db', ', namespace: shop'),
      errors: [
        {
          id: 'namespace',
          line: 3,
          column: 19,
          endColumn: 21,
          message: 'no Service is named "db" in this namespace; there is Service shop/db',
        },
      ],
    },
    {
      name: 'the Service has a selector: it does not wait',
      yaml: endpoints('web-1') + service('web', '', 'selector: { app: web }, '),
      errors: [
        {
          id: 'none',
          line: 3,
          column: 19,
          endColumn: 24,
          severity: 'warning',
          message: 'no Service is named "web-1" in the 2 objects read',
        },
      ],
    },
    {
      name: 'the Service has a slice: it does not wait',
      yaml:
        endpoints('dbs') +
        service('db') +
        '---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: db-1, labels: { kubernetes.io/service-name: db } }\naddressType: IPv4\nports: [{ port: 5432 }]\nendpoints: [{ addresses: [192.0.2.10] }]\n',
      errors: [{ id: 'none', line: 3, column: 19, endColumn: 22, severity: 'warning' }],
    },
    {
      name: 'two that might be meant are none',
      yaml: endpoints('db') + service('orders-db') + service('users-db'),
      errors: [{ id: 'none', line: 3, column: 19, endColumn: 21, severity: 'warning' }],
    },
  ],
});

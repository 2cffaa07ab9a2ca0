import { serviceWithoutEndpoints } from '../../rules/name/service-without-endpoints.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The spec stands on line 4. */
const service = (spec: string, name = 'web', metadata = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${metadata} }\nspec: { ${spec}ports: [{ port: 80 }] }\n`;

testRule(serviceWithoutEndpoints, {
  valid: [
    { name: 'a selector', yaml: service('selector: { app: web }, ') + workload('web') },
    {
      name: 'Endpoints by hand',
      yaml:
        service('') +
        workload('web') +
        '---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: web }\nsubsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ port: 80 }] }]\n',
    },
    {
      name: 'a slice by hand',
      yaml:
        service('') +
        workload('web') +
        '---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: any, labels: { kubernetes.io/service-name: web } }\naddressType: IPv4\nports: [{ port: 80 }]\nendpoints: [{ addresses: [192.0.2.10] }]\n',
    },
    {
      name: 'ExternalName',
      yaml: service('type: ExternalName, externalName: a.example, ') + workload('web'),
    },
    { name: "the API server's own", yaml: service('', 'kubernetes') + workload('web') },
    {
      name: 'no workload of its name',
      yaml: service('', 'db') + workload('web'),
      unknown: ['its endpoints are made by somebody else'],
    },
    {
      name: 'the workload is in another namespace',
      yaml: service('') + workload('web', { namespace: 'shop' }),
      unknown: ['made by somebody else'],
    },
    {
      name: 'Endpoints of nearly its name are accused themselves',
      yaml:
        service('', 'warehouse') +
        workload('warehouse') +
        '---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: warehuose }\nsubsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ port: 80 }] }]\n',
    },
  ],
  invalid: [
    {
      name: 'a workload has its name',
      yaml: service('') + workload('web', { labels: 'app: web, tier: front' }),
      errors: [
        {
          id: 'workload',
          line: 4,
          column: 1,
          endColumn: 5,
          title: 'Service default/web has neither a selector nor endpoints',
          message:
            'there is no selector, and nothing is written by hand; Deployment default/web has the same name',
          help: 'write selector: { app: web, tier: front }, the labels of its pods',
          related: ['8:19 the workload of the same name'],
        },
      ],
    },
    {
      name: 'headless',
      yaml: service('clusterIP: None, ') + workload('web', { kind: 'StatefulSet' }),
      errors: [{ id: 'workload', line: 4, column: 1, endColumn: 5 }],
    },
    {
      name: 'the selector is empty',
      yaml: service('selector: {}, ') + workload('web'),
      errors: [
        {
          id: 'empty',
          line: 4,
          column: 9,
          endColumn: 17,
          message:
            'the selector is empty, which Kubernetes takes for none; Deployment default/web has the same name',
        },
      ],
    },
    {
      name: 'the selector is null',
      yaml: service('selector: null, ') + workload('web'),
      errors: [{ id: 'empty', line: 4, column: 9, endColumn: 17 }],
    },
    {
      name: 'a label that needs quotes is given with them',
      yaml: service('') + workload('web', { labels: "release: '1'" }),
      errors: [
        {
          id: 'workload',
          line: 4,
          column: 1,
          endColumn: 5,
          help: 'write selector: { release: "1" }, the labels of its pods',
        },
      ],
    },
    {
      name: 'its pods have no labels either',
      yaml:
        service('') +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: main, image: store }] }\n',
      errors: [
        {
          id: 'workload',
          line: 4,
          column: 1,
          endColumn: 5,
          help: 'give its pods a label, and select that',
        },
      ],
    },
  ],
});

import { apiserviceServiceMissing } from '../../rules/reference/apiservice-service-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const apiService = (service = '{ name: metrics, namespace: shop }'): string =>
  `apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1beta1.metrics.example.org }\nspec: { group: metrics.example.org, version: v1beta1${service && `, service: ${service}`}, groupPriorityMinimum: 100, versionPriority: 100 }\n`;
const service = (
  name: string,
  { namespace = 'shop', ports = '{ port: 443, targetPort: 8443 }', spec = '' } = {},
): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec}selector: { app: metrics }, ports: [${ports}] }\n`;
const pods = (spec = ''): string => workload('metrics', { namespace: 'shop', spec });

testRule(apiserviceServiceMissing, {
  valid: [
    { name: 'a Service with port 443', yaml: apiService() + service('metrics') + pods() },
    {
      name: 'a group that the API server serves itself',
      yaml: apiService('') + service('metrics') + pods(),
    },
    {
      name: 'an external name',
      yaml:
        apiService() +
        service('metrics', {
          ports: '',
          spec: 'type: ExternalName, externalName: metrics.example.org, ',
        }),
    },
    {
      name: 'a Service that selects nothing, which is at fault itself',
      yaml: apiService() + service('metrics'),
    },
    {
      name: 'a port that leads nowhere, which is the fault of the Service',
      yaml:
        apiService() + service('metrics', { ports: '{ port: 443, targetPort: https }' }) + pods(),
    },
    {
      name: 'endpoints do not count unless the type is ClusterIP',
      yaml: apiService() + service('metrics', { spec: 'type: NodePort, ' }) + pods('replicas: 0'),
    },
    {
      name: 'an addon of the cluster',
      yaml:
        apiService('{ name: metrics-server, namespace: kube-system }') +
        service('metrics') +
        pods(),
      unknown: ['the API server makes it'],
    },
  ],
  invalid: [
    {
      name: 'kube-system, where the only Service of the name stands in the same file',
      yaml: apiService('{ name: metrics, namespace: kube-system }') + service('metrics') + pods(),
      errors: [
        {
          id: 'otherNamespace',
          line: 4,
          column: 72,
          endColumn: 79,
          severity: 'warning',
          message:
            'there is no Service "metrics" in namespace kube-system; there is Service shop/metrics',
        },
      ],
    },
    {
      name: 'a typo',
      yaml: apiService('{ name: metric, namespace: shop }') + service('metrics') + pods(),
      errors: [
        {
          id: 'nearName',
          line: 4,
          column: 72,
          endColumn: 78,
          message: 'there is no Service "metric" in namespace shop; did you mean "metrics"?',
          safety: 'safe',
        },
      ],
      output: apiService() + service('metrics') + pods(),
    },
    {
      name: 'in another namespace',
      yaml:
        apiService() + service('metrics', { namespace: 'monitoring' }) + service('web') + pods(),
      errors: [
        {
          id: 'otherNamespace',
          line: 4,
          column: 72,
          endColumn: 79,
          message:
            'there is no Service "metrics" in namespace shop; there is Service monitoring/metrics',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml:
        apiService('{ name: metrics-api, namespace: shop }') +
        service('metrics') +
        service('web') +
        pods(),
      errors: [
        {
          id: 'otherName',
          line: 4,
          column: 72,
          endColumn: 83,
          severity: 'warning',
          message: 'there is no Service "metrics-api" in namespace shop; there is "metrics"',
          safety: 'unsafe',
        },
      ],
      output: apiService() + service('metrics') + service('web') + pods(),
    },
    {
      name: 'nothing similar',
      yaml: apiService() + pods(),
      errors: [
        {
          id: 'missing',
          line: 4,
          column: 72,
          endColumn: 79,
          severity: 'warning',
          message: 'there is no Service "metrics" in namespace shop in the 2 objects read',
        },
      ],
    },
    {
      name: 'the number that the pods listen on',
      yaml:
        apiService('{ name: metrics, namespace: shop, port: 8443 }') + service('metrics') + pods(),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 104,
          endColumn: 108,
          message: 'port 8443 is where the pods listen; the Service itself has 443 (unnamed)',
          safety: 'safe',
        },
      ],
      output:
        apiService('{ name: metrics, namespace: shop, port: 443 }') + service('metrics') + pods(),
    },
    {
      name: 'another port',
      yaml:
        apiService() +
        service('metrics', { ports: '{ name: http, port: 80 }, { name: grpc, port: 9000 }' }) +
        pods(),
      errors: [
        {
          id: 'otherPort',
          line: 4,
          column: 55,
          endColumn: 62,
          message: 'the Service has no port 443; known ports: 80 ("http"), 9000 ("grpc")',
        },
      ],
    },
    {
      name: 'a headless Service',
      yaml: apiService() + service('metrics', { spec: 'clusterIP: None, ' }) + pods(),
      errors: [
        {
          id: 'headless',
          line: 4,
          column: 72,
          endColumn: 79,
          severity: 'warning',
          message: 'the API server would dial the cluster IP of Service "metrics", which has none',
        },
      ],
    },
    {
      name: 'all its workloads are scaled to nothing',
      yaml: apiService() + service('metrics') + pods('replicas: 0'),
      errors: [
        {
          id: 'noEndpoints',
          line: 4,
          column: 72,
          endColumn: 79,
          severity: 'warning',
          message: 'port 443 of Service "metrics" has no ready endpoint',
        },
      ],
    },
  ],
});

import { istioSubsetSelectsNothing } from '../../rules/reference/istio-subset-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { destinationRule, pods, service, virtualService } from '../support/wiring.ts';
import { workload } from '../support/yaml.ts';

const rule = (labels: string, more = ''): string =>
  destinationRule('web', `{ name: one, labels: { ${labels} } }${more}`) + service('web');

testRule(istioSubsetSelectsNothing, {
  valid: [
    { name: 'labels of the pods', yaml: rule('version: v1') + pods },
    {
      name: 'no labels: all pods',
      yaml: destinationRule('web', '{ name: all }') + service('web') + pods,
    },
    { name: 'a label of the node', yaml: rule('topology.kubernetes.io/zone: a') + pods },
    {
      name: 'one of two workloads has them',
      yaml:
        rule('version: v2') +
        pods +
        workload('web-v2', { namespace: 'shop', labels: 'app: web, version: v2' }),
    },
    {
      name: "no pods at all are another rule's business",
      yaml: rule('version: v2') + workload('api', { namespace: 'shop' }),
    },
    {
      name: 'labels that are filled in later',
      yaml: rule('version: "${VERSION}"') + pods,
      unknown: [
        'no pod that was read has the labels of subset one, but labels are filled in later',
      ],
    },
    {
      name: 'a WorkloadEntry may have them',
      yaml:
        rule('version: v2') +
        pods +
        '---\napiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: { name: vm, namespace: shop }\nspec: { address: 192.0.2.1 }\n',
      unknown: [
        'no pod that was read has the labels of subset one, but a workload outside of the cluster may have them',
      ],
    },
    {
      name: 'a host outside',
      yaml:
        destinationRule('example.com', '{ name: one, labels: { version: v2 } }') +
        service('web') +
        pods,
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: rule('version: V1') + pods,
      errors: [
        {
          id: 'near',
          line: 7,
          column: 45,
          endColumn: 47,
          message: 'no pod of Service shop/web has version=V1; Deployment shop/web has version=v1',
          help: 'change it to v1',
          safety: 'safe',
        },
      ],
      output: rule('version: v1') + pods,
    },
    {
      name: 'another version',
      yaml: rule('version: v2') + pods,
      errors: [
        {
          id: 'near',
          line: 7,
          column: 45,
          endColumn: 47,
          severity: 'warning',
          message: 'no pod of Service shop/web has version=v2; Deployment shop/web has version=v1',
          help: 'name labels of the pod template',
        },
      ],
    },
    {
      name: 'another version, which a route leads to',
      yaml: rule('version: v2') + pods + '---\n' + virtualService('host: web, subset: one'),
      errors: [{ id: 'near', line: 7, column: 45, endColumn: 47, severity: 'warning' }],
    },
    {
      name: 'another version, while all routes lead to the first',
      yaml:
        rule('version: v2', ', { name: two, labels: { version: v1 } }') +
        pods +
        '---\n' +
        '---\n' +
        virtualService('host: web, subset: two'),
      errors: [{ id: 'near', line: 7, column: 45, endColumn: 47, severity: 'info' }],
    },
    {
      name: 'a typo, while all routes lead elsewhere',
      yaml:
        rule('version: V1', ', { name: two, labels: { version: v1 } }') +
        pods +
        '---\n' +
        '---\n' +
        virtualService('host: web, subset: two'),
      errors: [{ id: 'near', line: 7, column: 45, endColumn: 47, severity: 'error' }],
      output: [['V1', 'v1']],
    },
    {
      name: 'a label that the pods lack',
      yaml: rule('tier: front') + pods,
      errors: [
        {
          id: 'near',
          line: 7,
          column: 42,
          endColumn: 47,
          message:
            'no pod of Service shop/web has tier=front; the pods of Deployment shop/web lack the label tier',
          help: 'name labels of the pod template',
        },
      ],
    },
    {
      name: 'two labels that the pods lack',
      yaml: rule('tier: front, zone: a') + pods,
      errors: [
        {
          id: 'none',
          line: 7,
          column: 26,
          endColumn: 32,
          severity: 'warning',
          message: 'no pod of Service shop/web has tier=front,zone=a in the 3 objects read',
          help: 'name labels of the pod template',
        },
      ],
    },
  ],
});

import { workloadsShareSelector } from '../../rules/selector/workloads-share-selector.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const selector = 'selector: { matchLabels: { app: shop } }';
/** The labels of the pods; the selector asks for `app: shop` alone, on line 6. */
const shop = (name: string, labels: string, kind = 'Deployment', spec = ''): string =>
  `---\napiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n  ${selector}\n  template: { metadata: { labels: { app: shop, ${labels} } }, spec: { containers: [{ name: main, image: store }] } }\n${spec}`;
const api = shop('api', 'role: api');
const service =
  '---\napiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { selector: { app: shop }, ports: [{ port: 80 }] }\n';
const autoscaler = (name: string): string =>
  `---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${name} }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }, maxReplicas: 4 }\n`;

testRule(workloadsShareSelector, {
  valid: [
    {
      name: 'selectors of their own',
      yaml:
        workload('api', { labels: 'app: shop, role: api' }) +
        workload('worker', { labels: 'app: shop, role: worker' }),
    },
    {
      name: 'one selects the pods of the other, as stable does with canary',
      yaml: api + workload('canary', { labels: 'app: shop, track: canary' }),
    },
    { name: 'versions', yaml: shop('v1', 'version: v1') + shop('v2', 'version: v2') },
    {
      name: 'other namespaces',
      yaml:
        workload('api', { labels: 'app: shop', namespace: 'a' }) +
        workload('api', { labels: 'app: shop', namespace: 'b' }),
    },
    {
      name: 'one is switched off',
      yaml: api + shop('old', 'role: old', 'Deployment', '  replicas: 0\n'),
    },
    {
      name: 'a Job',
      yaml:
        api +
        '---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\nspec: { template: { metadata: { labels: { app: shop, role: api } }, spec: { restartPolicy: Never, containers: [{ name: main, image: store }] } } }\n',
    },
    {
      name: 'a value that is filled in later',
      yaml:
        workload('api', { labels: "app: '${APP}'" }) +
        workload('worker', { labels: "app: '${APP}'" }),
    },
    {
      name: 'kinds that may be alternatives, in files of their own',
      files: {
        'deployment.yaml': api,
        'stateful-set.yaml': shop('store', 'role: store', 'StatefulSet'),
        'service.yaml': service,
      },
      unknown: [
        'it shares its selector with Deployment default/api in another file: perhaps only one of them is applied',
      ],
    },
    {
      name: 'files of their own, and no Service for both',
      files: { 'api.yaml': api, 'worker.yaml': shop('worker', 'role: worker') },
      unknown: [
        'it shares its selector with Deployment default/api in another file: perhaps only one of them is applied',
      ],
    },
  ],
  invalid: [
    {
      name: 'an API and its worker',
      yaml: api + shop('worker', 'role: worker'),
      errors: [
        {
          id: 'shared',
          line: 13,
          column: 3,
          endColumn: 11,
          message:
            "the selector app=shop takes the pods of Deployment default/api too, and that one's takes these",
          help: 'give each a label of its own, such as app.kubernetes.io/component, in the selector and in the pod template',
          related: ['6:3 the selector of Deployment default/api'],
        },
      ],
    },
    {
      name: 'three are one finding less',
      yaml: api + shop('worker', 'role: worker') + shop('cron', 'role: cron', 'StatefulSet'),
      errors: [
        { id: 'shared', line: 13, column: 3, endColumn: 11 },
        { id: 'shared', line: 20, column: 3, endColumn: 11, severity: 'info' },
      ],
    },
    {
      name: 'in two files, behind one Service',
      files: {
        'api.yaml': api,
        'worker.yaml': shop('worker', 'role: worker'),
        'service.yaml': service,
      },
      errors: [{ id: 'shared', file: 'worker.yaml', line: 6, column: 3, endColumn: 11 }],
    },
    {
      name: 'other pairs that take each other',
      yaml: api + workload('worker', { labels: 'app: shop, role: api' }),
      errors: [{ id: 'shared', line: 12, column: 9, endColumn: 17 }],
    },
    {
      name: 'an expression',
      yaml:
        api +
        shop('worker', 'role: worker').replace(
          'matchLabels: { app: shop }',
          'matchLabels: { app: shop }, matchExpressions: [{ key: role, operator: In, values: [api, worker] }]',
        ),
      errors: [{ id: 'shared', line: 13, column: 3, endColumn: 11 }],
    },
    {
      name: 'a ReplicationController',
      yaml:
        api +
        '---\napiVersion: v1\nkind: ReplicationController\nmetadata: { name: old }\nspec:\n  selector: { app: shop }\n  template: { metadata: { labels: { app: shop } }, spec: { containers: [{ name: main, image: store }] } }\n',
      errors: [{ id: 'shared', line: 13, column: 3, endColumn: 11, severity: 'info' }],
    },
    {
      name: 'two autoscalers give up',
      yaml: api + shop('worker', 'role: worker') + autoscaler('api') + autoscaler('worker'),
      errors: [{ id: 'shared', line: 13, column: 3, endColumn: 11, severity: 'error' }],
    },
    {
      name: 'two autoscalers, before they did',
      yaml: api + shop('worker', 'role: worker') + autoscaler('api') + autoscaler('worker'),
      options: { kubernetesMinor: 26 },
      errors: [{ id: 'shared', line: 13, column: 3, endColumn: 11 }],
    },
    {
      name: 'two autoscalers, of which one asks for its target in another group and scales nothing',
      yaml:
        api +
        shop('worker', 'role: worker') +
        autoscaler('api') +
        autoscaler('worker').replace('apps/v1', 'extensions/v1beta1'),
      errors: [{ id: 'shared', line: 13, column: 3, endColumn: 11 }],
    },
    {
      name: 'a ReplicaSet that a Deployment takes over',
      yaml:
        api +
        workload('old', { kind: 'ReplicaSet', labels: 'app: shop, by: hand' }).replace(
          '{ name: old }',
          '{ name: old, labels: { app: shop } }',
        ),
      errors: [
        {
          id: 'revision',
          line: 11,
          column: 24,
          endColumn: 30,
          severity: 'error',
          title: 'ReplicaSet default/old is taken over by a Deployment',
          message:
            'its own labels match the selector of Deployment default/api, which takes it over as an old revision and scales it to 0',
          help: 'take the ReplicaSet out, or give it labels that the Deployment does not select',
          related: ['6:3 this selector matches them'],
        },
      ],
    },
  ],
});

import { pdbSelectsNothing } from '../../rules/reference/pdb-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const budget = (selector: string, metadata = ''): string =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web${metadata} }\nspec: { maxUnavailable: 1${selector && `, selector: ${selector}`} }\n`;
const labels = (pairs: string): string => `{ matchLabels: { ${pairs} } }`;
const expression = (text: string): string => `{ matchExpressions: [{ ${text} }] }`;

testRule(pdbSelectsNothing, {
  valid: [
    { name: 'the labels of a pod template', yaml: budget(labels('app: web')) + workload('web') },
    { name: 'every pod of the namespace', yaml: budget('{}') + workload('web') },
    {
      name: 'an expression',
      yaml: budget(expression('key: app, operator: In, values: [web, api]')) + workload('web'),
    },
    {
      name: 'the pod of a StatefulSet by its name',
      yaml:
        budget(labels('statefulset.kubernetes.io/pod-name: web-0')) +
        workload('web', { kind: 'StatefulSet' }),
    },
    {
      name: 'no workload in its namespace',
      yaml: budget(labels('app: web')),
      unknown: ['no workload in namespace default'],
    },
    {
      name: 'several for pods that are elsewhere',
      yaml:
        ['front', 'orders', 'database']
          .map((tier) => `---\n${budget(labels(`tier: ${tier}`)).replace('web', tier)}`)
          .join('') + workload('store'),
      unknown: Array.from({ length: 3 }, () => 'no policy of namespace default selects any'),
    },
    {
      name: 'a label that is set on running pods',
      yaml: budget(labels('app: web, role: master')) + workload('web'),
      unknown: ['the label role is set on running pods'],
    },
    {
      name: 'labels that are filled in later',
      yaml: budget(labels('app: web')) + workload('web', { labels: 'app: "${APP}"' }),
      unknown: ['values that are filled in later'],
    },
    {
      name: 'pods that an operator makes',
      yaml:
        budget(labels('cnpg.io/cluster: db')) +
        workload('web') +
        '---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: db }\nspec: { instances: 3 }\n',
    },
  ],
  invalid: [
    {
      name: 'a slip in a value',
      yaml: budget(labels('app: wbe')) + workload('web'),
      errors: [
        {
          id: 'near',
          line: 4,
          column: 60,
          endColumn: 63,
          message: 'no pod in namespace default has app=wbe; Deployment default/web has app=web',
          safety: 'safe',
        },
      ],
      output: budget(labels('app: web')) + workload('web'),
    },
    {
      name: 'another key',
      yaml: budget(labels('name: web')) + workload('web'),
      errors: [
        {
          id: 'near',
          line: 4,
          column: 55,
          endColumn: 59,
          message: 'no pod in namespace default has name=web; Deployment default/web has app=web',
          safety: 'safe',
        },
      ],
      output: budget(labels('app: web')) + workload('web'),
    },
    {
      name: 'a slip in an expression',
      yaml: budget(expression('key: app, operator: In, values: [wbe]')) + workload('web'),
      errors: [
        {
          id: 'near',
          line: 4,
          column: 94,
          endColumn: 97,
          message:
            'no pod in namespace default has app in (wbe); Deployment default/web has app=web',
          safety: 'safe',
        },
      ],
      output: budget(expression('key: app, operator: In, values: [web]')) + workload('web'),
    },
    {
      name: 'one pair too many',
      yaml: budget(labels('app: web, tier: front')) + workload('web'),
      errors: [
        {
          id: 'near',
          line: 4,
          column: 71,
          endColumn: 76,
          message:
            'no pod in namespace default has app=web,tier=front; the pods of Deployment default/web lack the label tier',
        },
      ],
    },
    {
      name: 'another namespace',
      yaml:
        budget(labels('app: web'), ', namespace: shop') + workload('web', { namespace: 'back' }),
      errors: [
        {
          id: 'near',
          line: 4,
          column: 28,
          endColumn: 36,
          message:
            'no pod in namespace shop has app=web; Deployment back/web has these labels in its own namespace',
        },
      ],
    },
    {
      name: 'nothing similar',
      yaml: budget(labels('app: orders')).replace('name: web', 'name: orders') + workload('web'),
      errors: [
        {
          id: 'none',
          line: 4,
          column: 28,
          endColumn: 36,
          severity: 'warning',
          message: 'no pod in namespace default has app=orders in the 2 objects read',
        },
      ],
    },
    {
      name: 'no selector',
      yaml: budget('') + workload('web'),
      errors: [
        {
          id: 'absent',
          line: 4,
          column: 1,
          endColumn: 5,
          message: 'there is no selector; "selector: {}" would mean every pod of namespace default',
        },
      ],
    },
  ],
});

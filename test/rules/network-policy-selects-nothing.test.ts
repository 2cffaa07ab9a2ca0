import { networkPolicySelectsNothing } from '../../rules/policy/network-policy-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** The spec stands on line 4. */
const policy = (spec: string, metadata = 'name: rules'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
const service = (name: string, selector: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { ${selector} }, ports: [{ port: 80 }] }\n`;
const web = workload('web', { labels: 'app: web, tier: front' });

testRule(networkPolicySelectsNothing, {
  valid: [
    {
      name: 'beside the Job of a hook alone',
      yaml:
        policy('podSelector: { matchLabels: { app: manager } }') +
        '---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: crds, annotations: { helm.sh/hook: pre-install } }\nspec: { template: { metadata: { labels: { app: crds } }, spec: { restartPolicy: Never, containers: [{ name: crds, image: store }] } } }\n',
      unknown: ['no workload in namespace default'],
    },
    {
      name: 'the labels of the pods',
      yaml: policy('podSelector: { matchLabels: { app: web } }') + web,
    },
    { name: 'all pods, of which there are none', yaml: policy('podSelector: {}') },
    { name: 'no pod selector is all pods', yaml: policy('policyTypes: [Ingress]') },
    {
      name: 'expressions that the pods meet',
      yaml:
        policy(
          'podSelector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: NotIn, values: [back] }, { key: legacy, operator: DoesNotExist }] }',
        ) + web,
    },
    {
      name: 'pods without replicas are still meant',
      yaml:
        policy('podSelector: { matchLabels: { app: web } }') +
        workload('web', { spec: 'replicas: 0' }),
    },
    {
      name: 'one pod of a StatefulSet',
      yaml:
        policy("podSelector: { matchLabels: { 'apps.kubernetes.io/pod-index': '0', app: db } }") +
        workload('db', { kind: 'StatefulSet', spec: 'replicas: 3' }),
    },
    {
      name: 'no workload in the namespace',
      yaml:
        policy('podSelector: { matchLabels: { app: web } }', 'name: rules, namespace: shop') +
        workload('api', { namespace: 'other' }),
      unknown: ['no workload in namespace shop'],
    },
    {
      name: 'pods that a Service asks for too, which are made elsewhere',
      yaml:
        policy('podSelector: { matchLabels: { app: postgres, tier: data } }') +
        web +
        service('web', 'app: web') +
        service('postgres', 'tier: data, app: postgres'),
      unknown: ['they may well be made elsewhere'],
    },
    {
      name: 'a label of running pods',
      yaml: policy('podSelector: { matchLabels: { spilo-role: master } }') + web,
      unknown: ['spilo-role is set on running pods'],
    },
    {
      name: 'a value that is filled in later',
      yaml: policy("podSelector: { matchLabels: { app: '${APP}' } }") + web,
      unknown: ['filled in later'],
    },
    {
      name: 'a workload that the API server refuses',
      yaml:
        policy('podSelector: { matchLabels: { app: web } }') +
        workload('web', { spec: 'replicas: many' }) +
        workload('api'),
      refused: 1,
    },
    {
      name: 'pods of an operator that nobody knows',
      yaml:
        policy('podSelector: { matchLabels: { cluster: main } }') +
        '---\napiVersion: example.com/v1\nkind: Database\nmetadata: { name: main }\nspec: {}\n' +
        web,
      unknown: ['Database default/main may make pods of its own'],
    },
    {
      name: 'a peer that is nothing like the pods that are there',
      yaml:
        policy(
          'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: prometheus } } }] }]',
        ) + web,
    },
    {
      name: 'a peer of other namespaces',
      yaml:
        policy(
          'podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: wbe } } }] }]',
        ) + web,
    },
    {
      name: 'an egress rule that is not in force is judged by its pods alone',
      yaml:
        policy(
          'podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], egress: [{ to: [{ podSelector: {} }] }]',
        ) + web,
    },
  ],
  invalid: [
    {
      name: 'a slip in the value',
      yaml: policy('podSelector: { matchLabels: { app: wbe } }') + web,
      errors: [
        {
          id: 'near',
          line: 4,
          column: 44,
          endColumn: 47,
          title: 'NetworkPolicy default/rules selects no pod',
          message: 'no pod in namespace default has app=wbe; Deployment default/web has app=web',
          help: 'change the selector to app: web',
          safety: 'safe',
          related: ['9:102 the value that its pods have'],
        },
      ],
      output: policy('podSelector: { matchLabels: { app: web } }') + web,
    },
    {
      name: 'a renamed key',
      yaml: policy('podSelector: { matchLabels: { apps: web } }') + web,
      errors: [
        {
          id: 'near',
          line: 4,
          column: 39,
          endColumn: 43,
          help: "change the selector's key apps to app",
        },
      ],
      output: policy('podSelector: { matchLabels: { app: web } }') + web,
    },
    {
      name: 'one of two pairs of different pods',
      yaml:
        policy('podSelector: { matchLabels: { app: web, tier: back } }') +
        web +
        workload('api', { labels: 'app: api, tier: back' }),
      errors: [{ id: 'near', line: 4, column: 55, endColumn: 59, severity: 'warning' }],
    },
    {
      name: 'a slip among the values of an expression',
      yaml:
        policy(
          'podSelector: { matchExpressions: [{ key: app, operator: In, values: [wbe, other] }] }',
        ) + web,
      errors: [
        {
          id: 'near',
          line: 4,
          column: 78,
          endColumn: 81,
          message:
            'no pod in namespace default has app in (wbe,other); Deployment default/web has app=web',
        },
      ],
      output:
        policy(
          'podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, other] }] }',
        ) + web,
    },
    {
      name: 'pods that another expression excludes',
      yaml:
        policy(
          'podSelector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: DoesNotExist }] }',
        ) + web,
      errors: [
        {
          id: 'none',
          line: 4,
          column: 9,
          endColumn: 20,
          severity: 'warning',
          message: 'no pod in namespace default has app=web,!tier in the 2 objects read',
        },
      ],
    },
    {
      name: 'the pods are in another namespace',
      yaml:
        policy('podSelector: { matchLabels: { app: web } }', 'name: rules, namespace: policies') +
        workload('web', { namespace: 'shop' }),
      errors: [
        {
          id: 'near',
          line: 4,
          column: 9,
          endColumn: 20,
          help: 'give the NetworkPolicy the namespace shop, or the workload policies: a selector never looks into another one',
        },
      ],
    },
    {
      name: 'the pods are in another namespace, and the policy may be applied to that one',
      yaml:
        policy('podSelector: { matchLabels: { app: web } }') +
        workload('web', { namespace: 'shop' }),
      errors: [{ id: 'near', line: 4, column: 9, endColumn: 20, severity: 'warning' }],
    },
    {
      name: 'other workloads, none of them similar',
      yaml: policy('podSelector: { matchLabels: { component: cache } }') + web,
      errors: [
        {
          id: 'none',
          line: 4,
          column: 9,
          endColumn: 20,
          severity: 'warning',
          message: 'no pod in namespace default has component=cache in the 2 objects read',
        },
      ],
    },
    {
      name: 'the one peer of a rule that is nobody, where all pods have such labels',
      yaml:
        policy(
          'podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: gate } } }] }]',
        ) +
        web +
        workload('store', {}),
      errors: [
        {
          id: 'nobody',
          line: 4,
          column: 74,
          endColumn: 85,
          severity: 'info',
          message:
            'no pod that was read in namespace default has app=gate: this rule lets no other through',
        },
      ],
    },
    {
      name: 'a peer with a slip, in either direction',
      yaml:
        policy(
          'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: wbe } } }] }], egress: [{ to: [{ podSelector: { matchLabels: { app: weeb } } }] }]',
        ) + web,
      errors: [
        {
          id: 'peer',
          line: 4,
          column: 82,
          endColumn: 85,
          severity: 'warning',
          title: 'NetworkPolicy default/rules has a peer that is not a pod',
          message:
            'no pod in namespace default has app=wbe, so this peer lets nobody through; Deployment default/web has app=web',
        },
        { id: 'peer', line: 4, column: 150, endColumn: 154, severity: 'warning' },
      ],
      output:
        policy(
          'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }]',
        ) + web,
    },
    {
      name: 'a peer in another namespace without a namespaceSelector',
      yaml:
        policy(
          'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }] }]',
          'name: rules, namespace: shop',
        ) +
        workload('web', { namespace: 'shop' }) +
        workload('client', { namespace: 'front' }),
      errors: [
        {
          id: 'peer',
          line: 4,
          column: 47,
          endColumn: 58,
          severity: 'warning',
          help: "add a namespaceSelector for front to the same item: a podSelector alone takes pods of the policy's own namespace",
        },
      ],
    },
  ],
});

import { workloadSelectorMismatch } from '../../rules/selector/workload-selector-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';

/**
 * A workload whose selector stands on line 5 (its pairs from line 6 on, or in flow form) and its
 * template's labels on the line behind.
 */
const deployment = (
  selector: string,
  labels: string,
  kind = 'Deployment',
  apiVersion = 'apps/v1',
): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\nspec:\n  selector: ${selector}\n  template:\n    metadata: { labels: ${labels} }\n    spec: { containers: [{ name: main, image: store }] }\n`;

/** Behind a workload. */
const service = (selector: string, namespace = 'default'): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: front, namespace: ${namespace} }\nspec: { selector: ${selector}, ports: [{ port: 80 }] }\n`;

testRule(workloadSelectorMismatch, {
  valid: [
    { name: 'equal', yaml: deployment('{ matchLabels: { app: web } }', '{ app: web }') },
    {
      name: 'the template has more',
      yaml: deployment('{ matchLabels: { app: web } }', '{ app: web, tier: front }'),
    },
    {
      name: 'an expression that holds',
      yaml: deployment(
        '{ matchExpressions: [{ key: app, operator: In, values: [web, www] }] }',
        '{ app: web }',
      ),
    },
    {
      name: 'NotIn holds where the label is absent',
      yaml: deployment(
        '{ matchExpressions: [{ key: tier, operator: NotIn, values: [back] }] }',
        '{ app: web }',
      ),
    },
    {
      name: 'a ReplicationController without selector takes the labels of its template',
      yaml: 'apiVersion: v1\nkind: ReplicationController\nmetadata: { name: web }\nspec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: store }] } } }\n',
    },
    {
      name: 'a label that is filled in later',
      yaml: deployment('{ matchLabels: { app: web } }', "{ app: '${APP}' }"),
    },
    {
      name: 'a missing selector is a finding of another rule',
      yaml: deployment('null', '{ app: web }'),
      refused: 1,
    },
    {
      name: 'a custom resource is not validated',
      yaml: deployment(
        '{ matchLabels: { app: wbe } }',
        '{ app: web }',
        'Workload',
        'example.org/v1',
      ),
    },
  ],
  invalid: [
    {
      name: 'a Rollout, which its controller leaves alone',
      yaml: deployment(
        '{ matchLabels: { app: wbe } }',
        '{ app: web }',
        'Rollout',
        'argoproj.io/v1alpha1',
      ),
      errors: [{ id: 'value', line: 5, column: 35, endColumn: 38, safety: 'unsafe' }],
      output: [['wbe', 'web']],
    },
    {
      name: 'a DeploymentConfig, whose selector is nothing but pairs',
      yaml: deployment(
        '{ app: web, deploymentconfig: web }',
        '{ app: web }',
        'DeploymentConfig',
        'apps.openshift.io/v1',
      ),
      errors: [{ id: 'key', line: 5, column: 25, endColumn: 41 }],
    },
    {
      name: 'another value',
      yaml: deployment('{ matchLabels: { app: wbe } }', '{ app: web }'),
      errors: [
        {
          id: 'value',
          line: 5,
          column: 35,
          endColumn: 38,
          title: 'Deployment default/web does not select its own pods',
          message: 'the selector asks for app=wbe, the pod template has app=web',
          help: 'make both the same: app: web',
          safety: 'unsafe',
          related: ['7:17 the labels of the pod template'],
        },
      ],
      output: deployment('{ matchLabels: { app: web } }', '{ app: web }'),
    },
    {
      name: 'the label is to blame where the name of the workload is what the selector asks for',
      yaml: deployment('{ matchLabels: { app: web } }', '{ app: wbe }'),
      errors: [
        {
          id: 'label',
          line: 7,
          column: 32,
          endColumn: 35,
          message: 'the pod template has app=wbe, the selector asks for app=web',
          help: 'change it to app: web',
          safety: 'unsafe',
          related: ['5:35 the selector'],
        },
      ],
      output: deployment('{ matchLabels: { app: web } }', '{ app: web }'),
    },
    {
      name: 'or where a Service selects by it',
      yaml:
        deployment('{ matchLabels: { app: front } }', '{ app: frnt }') + service('{ app: front }'),
      errors: [{ id: 'label', line: 7, column: 32, endColumn: 36 }],
      output:
        deployment('{ matchLabels: { app: front } }', '{ app: front }') + service('{ app: front }'),
    },
    {
      name: 'and its key likewise',
      yaml:
        deployment('{ matchLabels: { app: front } }', '{ ap: front }') + service('{ app: front }'),
      errors: [
        {
          id: 'key',
          line: 7,
          column: 27,
          endColumn: 29,
          help: 'change it to app: front',
          related: ['5:30 the selector', '13:26 this Service asks for the same'],
        },
      ],
    },
    {
      name: 'a Service of another namespace, or of other pods too, tells nothing',
      yaml:
        deployment('{ matchLabels: { app: front } }', '{ app: frnt }') +
        service('{ app: front }', 'other') +
        service('{ app: front, tier: edge }'),
      errors: [{ id: 'value', line: 5, column: 35, endColumn: 40 }],
      output:
        deployment('{ matchLabels: { app: frnt } }', '{ app: frnt }') +
        service('{ app: front }', 'other') +
        service('{ app: front, tier: edge }'),
    },
    {
      name: 'the selector is to blame where a Service selects by the label, whatever the name',
      yaml:
        deployment('{ matchLabels: { app: web } }', '{ app: front }') + service('{ app: front }'),
      errors: [{ id: 'value', line: 5, column: 35, endColumn: 38 }],
      output:
        deployment('{ matchLabels: { app: front } }', '{ app: front }') + service('{ app: front }'),
    },
    {
      name: 'a value that needs quotes',
      yaml: deployment('{ matchLabels: { app: web, release: v1 } }', "{ app: web, release: '1' }"),
      errors: [{ id: 'value', line: 5, column: 49, endColumn: 51 }],
      output: [['v1 ', '"1" ']],
    },
    {
      name: 'another key',
      yaml: deployment(
        '{ matchLabels: { app: web, teir: front } }',
        '{ app: web, tier: front }',
        'StatefulSet',
      ),
      errors: [
        {
          id: 'key',
          line: 5,
          column: 40,
          endColumn: 44,
          message:
            'the selector asks for the label teir, which the pod template does not have; it has app=web,tier=front',
          help: 'did you mean tier?',
        },
      ],
    },
    {
      name: 'no labels at all',
      yaml: deployment('{ matchLabels: { app: web } }', '{}', 'DaemonSet'),
      errors: [
        {
          id: 'key',
          line: 5,
          column: 30,
          endColumn: 33,
          message:
            'the selector asks for the label app, which the pod template does not have; it has none',
          help: 'add app: web to the labels of the pod template of web',
        },
      ],
    },
    {
      name: 'two pairs',
      yaml: deployment(
        '{ matchLabels: { app: wbe, tier: back } }',
        '{ app: web, tier: front }',
        'ReplicaSet',
      ),
      errors: [
        { id: 'value', line: 5, column: 35, endColumn: 38 },
        { id: 'value', line: 5, column: 46, endColumn: 50 },
      ],
      output: [['wbe, tier: back', 'web, tier: front']],
    },
    {
      name: 'an expression',
      yaml: deployment(
        '{ matchExpressions: [{ key: app, operator: DoesNotExist }] }',
        '{ app: web }',
      ),
      errors: [
        {
          id: 'expression',
          line: 5,
          column: 3,
          endColumn: 11,
          message:
            "the selector's matchExpressions do not hold for the labels of the pod template: app=web",
        },
      ],
    },
    {
      name: 'a ReplicationController',
      yaml: deployment('{ app: wbe }', '{ app: web }', 'ReplicationController', 'v1'),
      errors: [{ id: 'value', line: 5, column: 20, endColumn: 23 }],
      output: deployment('{ app: web }', '{ app: web }', 'ReplicationController', 'v1'),
    },
  ],
});

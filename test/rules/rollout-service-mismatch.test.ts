import { rolloutServiceMismatch } from '../../rules/reference/rollout-service-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const template = (labels: string): string =>
  `template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: main, image: store }] } }`;
const rollout = (
  strategy: string,
  { labels = 'app: web', pods = template(labels), namespace = 'default' } = {},
): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web, namespace: ${namespace} }\nspec:\n  ${pods}\n  strategy: { ${strategy} }\n`;
const canary = (stable: string, next: string, more = ''): string =>
  `canary: { stableService: ${stable}, canaryService: ${next}${more} }`;
const blueGreen = (active: string, preview: string): string =>
  `blueGreen: { activeService: ${active}, previewService: ${preview} }`;
const service = (
  name: string,
  { selector = 'app: web', metadata = '', namespace = 'default' } = {},
): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace}${metadata} }\nspec: { selector: { ${selector} }, ports: [{ port: 80 }] }\n`;
const two = service('stable') + service('next');
const ingress = (name: string, backend: string): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: ${name} }\nspec: { defaultBackend: { service: { name: ${backend}, port: { number: 80 } } } }\n`;
const nginx = (name: string): string => `, trafficRouting: { nginx: { stableIngress: ${name} } }`;

testRule(rolloutServiceMismatch, {
  valid: [
    { name: 'stable and canary', yaml: rollout(canary('stable', 'next')) + two },
    {
      name: 'active and preview, with the hash that the controller adds',
      yaml:
        rollout(blueGreen('active', 'next')) +
        service('active', { selector: 'app: web, rollouts-pod-template-hash: 6d5f7c8b9' }) +
        service('next'),
    },
    {
      name: 'ping and pong',
      yaml: rollout('canary: { pingPong: { pingService: stable, pongService: next } }') + two,
    },
    { name: 'no Services at all', yaml: rollout('canary: {}') + two },
    {
      name: 'the template of another workload',
      yaml:
        rollout(canary('stable', 'next'), {
          pods: 'workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }',
        }) +
        two +
        workload('web', { spec: 'replicas: 0' }),
    },
    {
      name: 'an Ingress that leads to the stable Service',
      yaml: rollout(canary('stable', 'next', nginx('shop'))) + two + ingress('shop', 'stable'),
    },
    {
      name: 'an Ingress that leads to the root Service',
      yaml:
        rollout(
          canary(
            'stable',
            'next',
            ', trafficRouting: { alb: { ingress: shop, rootService: root, servicePort: 80 } }',
          ),
        ) +
        two +
        service('root') +
        ingress('shop', 'root'),
    },
    {
      name: 'managed by this very Rollout',
      yaml:
        rollout(canary('stable', 'next')) +
        service('stable', {
          metadata: ', annotations: { argo-rollouts.argoproj.io/managed-by-rollouts: web }',
        }) +
        service('next'),
    },
    {
      name: 'the template of a workload that was not read',
      yaml:
        rollout(canary('stable', 'next'), {
          pods: 'workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }',
        }) + two,
      unknown: ['of Service stable is not known', 'of Service next is not known'],
    },
    {
      name: 'a label that is filled in later',
      yaml: rollout(canary('stable', 'next'), { labels: 'app: "${APP}"' }) + two,
      unknown: ['of Service stable is not known', 'of Service next is not known'],
    },
    {
      name: 'no Service was read',
      yaml: rollout(blueGreen('active', 'preview')),
      unknown: ['no Service of namespace default', 'no Service of namespace default'],
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: rollout(canary('stable', 'netx')) + two,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 63,
          endColumn: 67,
          message: 'there is no Service "netx" in namespace default; did you mean "next"?',
          safety: 'safe',
        },
      ],
      output: rollout(canary('stable', 'next')) + two,
    },
    {
      name: 'in another namespace',
      yaml:
        rollout(blueGreen('active', 'preview')) +
        service('active') +
        service('preview', { namespace: 'shop' }),
      errors: [
        {
          id: 'otherNamespace',
          line: 6,
          column: 67,
          endColumn: 74,
          message:
            'there is no Service "preview" in namespace default; there is Service shop/preview',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: rollout(canary('stable', 'web-next')) + two,
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 63,
          endColumn: 71,
          severity: 'warning',
          message: 'there is no Service "web-next" in namespace default; there is "next"',
          safety: 'unsafe',
        },
      ],
      output: rollout(canary('stable', 'next')) + two,
    },
    {
      name: 'nothing similar',
      yaml: rollout(canary('stable', 'other')) + two,
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 63,
          endColumn: 68,
          severity: 'warning',
          message: 'there is no Service "other" in namespace default in the 3 objects read',
        },
      ],
    },
    {
      name: 'a root Service that does not exist',
      yaml:
        rollout(canary('stable', 'next', ', trafficRouting: { alb: { rootService: orders } }')) +
        two,
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 107,
          endColumn: 113,
          severity: 'warning',
          message: 'there is no Service "orders" in namespace default in the 3 objects read',
        },
      ],
    },
    {
      name: 'a selector with a label that the pods lack',
      yaml:
        rollout(canary('stable', 'next')) +
        service('stable') +
        service('next', { selector: 'app: web, track: canary' }),
      errors: [
        {
          id: 'label',
          line: 6,
          column: 63,
          endColumn: 67,
          message:
            'the selector of Service "next" has track=canary, and the pods of the Rollout have no label track',
        },
      ],
    },
    {
      name: 'a selector with another value',
      yaml:
        rollout(blueGreen('stable', 'next'), { labels: 'app: web, tier: front' }) +
        service('stable') +
        service('next', { selector: 'app: web, tier: back' }),
      errors: [
        {
          id: 'label',
          line: 6,
          column: 67,
          endColumn: 71,
          message:
            'the selector of Service "next" has tier=back, and the pods of the Rollout have tier=front',
        },
      ],
    },
    {
      name: 'managed by another Rollout',
      yaml:
        rollout(canary('stable', 'next')) +
        service('stable', {
          metadata: ', annotations: { argo-rollouts.argoproj.io/managed-by-rollouts: api }',
        }) +
        service('next'),
      errors: [
        {
          id: 'managed',
          line: 6,
          column: 40,
          endColumn: 46,
          message: 'another Rollout, "api", manages Service "stable"',
        },
      ],
    },
    {
      name: 'one Service for both',
      yaml: rollout(blueGreen('stable', 'stable')) + two,
      errors: [
        {
          id: 'same',
          line: 6,
          column: 67,
          endColumn: 73,
          message: '"stable" is the activeService already; two Services are needed',
        },
      ],
    },
    {
      name: 'an Ingress that leads elsewhere',
      yaml:
        rollout(canary('stable', 'next', nginx('shop'))) +
        two +
        service('web') +
        ingress('shop', 'web'),
      errors: [
        {
          id: 'ingress',
          line: 6,
          column: 111,
          endColumn: 115,
          message: 'no rule of Ingress "shop" leads to Service "stable"',
        },
      ],
    },
    {
      name: 'an Ingress with a slip in its name',
      yaml: rollout(canary('stable', 'next', nginx('shpo'))) + two + ingress('shop', 'stable'),
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 111,
          endColumn: 115,
          message: 'there is no Ingress "shpo" in namespace default; did you mean "shop"?',
          safety: 'safe',
        },
      ],
      output: rollout(canary('stable', 'next', nginx('shop'))) + two + ingress('shop', 'stable'),
    },
  ],
});

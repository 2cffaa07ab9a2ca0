import { scaledToZero } from '../../rules/name/scaled-to-zero.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80 }]\n';
const idle = workload('web', { spec: 'replicas: 0' });
const scaler = (kind: string, apiVersion: string, reference: string): string =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\nspec: { ${reference}, maxReplicas: 3 }\n`;
const target = 'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }';

const ingress =
  '---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\n' +
  'spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n';

testRule(scaledToZero, {
  valid: [
    { name: 'one replica', yaml: service + workload('web') },
    {
      name: 'one of two workloads is there',
      yaml: service + idle + workload('web-b', { labels: 'app: web' }),
    },
    {
      name: 'an autoscaler',
      yaml: service + idle + scaler('HorizontalPodAutoscaler', 'autoscaling/v2', target),
    },
    {
      name: 'KEDA wakes it',
      yaml:
        service +
        idle +
        '---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web }\nspec: { scaleTargetRef: { name: web }, triggers: [] }\n',
    },
    {
      name: 'a tool that goes by annotations',
      yaml:
        service +
        idle.replace('{ name: web }', '{ name: web, annotations: { downscaler/uptime: always } }'),
    },
    {
      name: 'filled in later',
      yaml: service + workload('web', { spec: 'replicas: "${REPLICAS}"' }),
    },
  ],
  invalid: [
    {
      name: 'nobody asks for a pod',
      yaml: service + idle,
      errors: [
        {
          id: 'zero',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'info',
          message: 'Deployment default/web asks for 0 replicas, and nothing here scales it',
          related: ['11:19 no pod is asked for'],
        },
      ],
    },
    {
      name: 'a host in a variable leads there',
      yaml:
        service +
        idle +
        workload('shop', {
          container: 'env: [{ name: WEB_URL, value: "http://web/cart" }]',
        }),
      errors: [{ id: 'zero', line: 5, column: 3, endColumn: 11, severity: 'warning' }],
    },
    {
      name: 'all of an application is parked',
      yaml:
        service +
        idle +
        workload('shop', {
          spec: 'replicas: 0',
          container: 'env: [{ name: WEB_URL, value: "http://web/cart" }]',
        }) +
        ingress,
      errors: [{ id: 'zero', line: 5, column: 3, endColumn: 11, severity: 'info' }],
    },
    {
      name: 'the only caller has no pods either',
      yaml:
        service +
        idle +
        workload('shop', {
          spec: 'replicas: 0',
          container: 'env: [{ name: WEB_URL, value: "http://web/cart" }]',
        }) +
        workload('api'),
      errors: [{ id: 'zero', line: 5, column: 3, endColumn: 11, severity: 'info' }],
    },
    {
      name: 'two of them, and an Ingress leads there',
      yaml:
        service +
        idle +
        workload('web-b', { labels: 'app: web', spec: 'replicas: 0' }) +
        workload('api') +
        ingress,
      errors: [
        {
          id: 'zero',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message:
            'Deployment default/web, Deployment default/web-b ask for 0 replicas, and nothing here scales it',
        },
      ],
    },
  ],
});

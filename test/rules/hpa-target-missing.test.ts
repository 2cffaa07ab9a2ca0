import { hpaTargetMissing } from '../../rules/reference/hpa-target-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, serviceFor, webDeployment } from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

const hpa = (target: string, metadata = ''): string =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web${metadata} }\nspec:\n  scaleTargetRef: { ${target} }\n  maxReplicas: 5\n`;
const scaledObject = (target: string): string =>
  `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web }\nspec:\n  scaleTargetRef: { ${target} }\n  triggers: []\n`;
const vpa = (target: string): string =>
  `apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: web }\nspec:\n  targetRef: { ${target} }\n`;
const deployment = 'apiVersion: apps/v1, kind: Deployment';
const controller = `---\napiVersion: v1\nkind: ReplicationController\nmetadata: { name: web }\nspec: { selector: { app: web }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: store }] } } }\n`;
const rollout = `---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web }\nspec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: store }] } } }\n`;

testRule(hpaTargetMissing, {
  valid: [
    { name: 'a Deployment', yaml: hpa(`${deployment}, name: web`) + workload('web') },
    {
      name: 'any version of the group',
      yaml: hpa('apiVersion: apps/v1beta2, kind: Deployment, name: web') + workload('web'),
    },
    {
      name: 'a ReplicationController of the core group',
      yaml: hpa('apiVersion: v1, kind: ReplicationController, name: web') + controller,
    },
    {
      name: 'a Rollout',
      yaml: hpa('apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web') + rollout,
    },
    {
      name: 'KEDA means a Deployment unless it says otherwise',
      yaml: scaledObject('name: web') + workload('web'),
    },
    {
      name: 'KEDA with another kind',
      yaml: scaledObject('kind: StatefulSet, name: web') + workload('web', { kind: 'StatefulSet' }),
    },
    {
      name: 'a vertical autoscaler of a DaemonSet',
      yaml:
        vpa('apiVersion: apps/v1, kind: DaemonSet, name: web') +
        workload('web', { kind: 'DaemonSet' }),
    },
    {
      name: 'a vertical autoscaler goes by the kind alone',
      yaml: vpa('apiVersion: extensions/v1beta1, kind: Deployment, name: web') + workload('web'),
    },
    {
      name: 'a kind that nobody knows',
      yaml: hpa('apiVersion: shop.example.org/v1, kind: Shop, name: any') + workload('web'),
      unknown: ['what makes a Shop is not known'],
    },
    {
      name: 'a kind that is filled in later',
      yaml: hpa('apiVersion: apps/v1, kind: "${KIND}", name: web') + workload('web'),
      unknown: ['what it scales is filled in later'],
    },
    {
      name: 'nothing of its namespace was read',
      yaml: hpa(`${deployment}, name: web`),
      unknown: ['neither a Deployment nor a workload of namespace default'],
    },
    {
      name: 'an operator may make it',
      yaml:
        hpa(`${deployment}, name: shop-web`) +
        workload('other') +
        '---\napiVersion: shop.example.org/v1\nkind: Shop\nmetadata: { name: shop }\nspec: {}\n',
      unknown: ['Shop default/shop may make a Deployment of its own'],
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: hpa(`${deployment}, name: wbe`) + workload('web'),
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 66,
          endColumn: 69,
          message: 'there is no Deployment "wbe" in namespace default; did you mean "web"?',
          safety: 'safe',
        },
      ],
      output: hpa(`${deployment}, name: web`) + workload('web'),
    },
    {
      name: 'a typo for KEDA',
      yaml: scaledObject('name: wbe') + workload('web'),
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 27,
          endColumn: 30,
          message: 'there is no Deployment "wbe" in namespace default; did you mean "web"?',
          safety: 'safe',
        },
      ],
      output: scaledObject('name: web') + workload('web'),
    },
    {
      name: 'in another namespace',
      yaml:
        hpa(`${deployment}, name: orders`, ', namespace: shop') +
        workload('web', { namespace: 'shop' }) +
        workload('orders', { namespace: 'back' }),
      errors: [
        {
          id: 'otherNamespace',
          line: 5,
          column: 66,
          endColumn: 72,
          message:
            'there is no Deployment "orders" in namespace shop; there is Deployment back/orders',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: hpa(`${deployment}, name: web-deployment`) + workload('web') + workload('api'),
      errors: [
        {
          id: 'otherName',
          line: 5,
          column: 66,
          endColumn: 80,
          message: 'there is no Deployment "web-deployment" in namespace default; there is "web"',
          safety: 'unsafe',
        },
      ],
      output: hpa(`${deployment}, name: web`) + workload('web') + workload('api'),
    },
    {
      name: 'nothing similar',
      yaml: hpa(`${deployment}, name: orders`) + workload('web') + workload('api'),
      errors: [
        {
          id: 'missing',
          line: 5,
          column: 66,
          endColumn: 72,
          severity: 'warning',
          message: 'there is no Deployment "orders" in namespace default in the 3 objects read',
        },
      ],
    },
    {
      name: 'another kind has the name',
      yaml: hpa(`${deployment}, name: web`) + workload('web', { kind: 'StatefulSet' }),
      errors: [
        {
          id: 'otherKind',
          line: 5,
          column: 48,
          endColumn: 58,
          message:
            'there is no Deployment "web" in namespace default; there is StatefulSet default/web',
          safety: 'safe',
        },
      ],
      output:
        hpa('apiVersion: apps/v1, kind: StatefulSet, name: web') +
        workload('web', { kind: 'StatefulSet' }),
    },
    {
      name: 'another kind of another group has the name',
      yaml: hpa(`${deployment}, name: web`) + rollout,
      errors: [
        {
          id: 'otherKind',
          line: 5,
          column: 48,
          endColumn: 58,
          message:
            'there is no Deployment "web" in namespace default; there is Rollout default/web',
        },
      ],
    },
    {
      name: 'a group that is no more',
      yaml: hpa('apiVersion: extensions/v1beta1, kind: Deployment, name: web') + workload('web'),
      errors: [
        {
          id: 'otherVersion',
          line: 5,
          column: 33,
          endColumn: 51,
          message: 'there is no kind Deployment in "extensions/v1beta1"; it is in "apps/v1"',
          safety: 'safe',
        },
      ],
      output: hpa(`${deployment}, name: web`) + workload('web'),
    },
    {
      name: 'a group of other kinds',
      yaml: hpa('apiVersion: apps/v1, kind: ReplicationController, name: web') + controller,
      errors: [
        {
          id: 'otherVersion',
          line: 5,
          column: 33,
          endColumn: 40,
          message: 'there is no kind ReplicationController in "apps/v1"; it is in "v1"',
          safety: 'safe',
        },
      ],
      output: hpa('apiVersion: v1, kind: ReplicationController, name: web') + controller,
    },
    {
      name: 'no apiVersion, in a release that takes it',
      options: { kubernetesMinor: 33 },
      yaml: hpa('kind: Deployment, name: web') + workload('web'),
      errors: [
        {
          id: 'noVersion',
          line: 5,
          column: 3,
          endColumn: 17,
          message:
            'without an apiVersion Deployment is looked for in the core group; it is in "apps/v1"',
        },
      ],
    },
    {
      name: 'a DaemonSet cannot be scaled',
      yaml:
        hpa('apiVersion: apps/v1, kind: DaemonSet, name: web') +
        workload('web', { kind: 'DaemonSet' }),
      errors: [
        {
          id: 'notScalable',
          line: 5,
          column: 48,
          endColumn: 57,
          message: 'a DaemonSet cannot be scaled: it has no scale subresource',
        },
      ],
    },
    {
      name: 'its namespace is left out',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        serviceFor('web', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: http
        `,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 10
        `,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 34,
          column: 66,
          endColumn: 69,
          severity: 'warning',
          message:
            'there is no Deployment "web" in namespace default; there is Deployment shop/web',
          related: ['5:14 this Deployment'],
        },
      ],
    },
    {
      name: 'like nothing in its file, where others of the directory are workloads',
      files: {
        'shop.yaml': documents(apiDeployment, webDeployment),
        'autoscaler.yaml': yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: checkout
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: checkout }
            maxReplicas: 10
        `,
      },
      errors: [
        {
          id: 'missing',
          file: 'autoscaler.yaml',
          line: 6,
          column: 66,
          endColumn: 74,
          severity: 'warning',
          message: 'there is no Deployment "checkout" in namespace default in the 3 objects read',
        },
      ],
    },
  ],
});

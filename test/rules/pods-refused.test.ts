import { podsRefused } from '../../rules/manifest/pods-refused.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web', { namespace: 'shop' })``;
const computeResourceQuota = yaml`
  apiVersion: v1
  kind: ResourceQuota
  metadata:
    name: compute
    namespace: shop
  spec:
    hard: { requests.cpu: 2 }
`;

const sizesLimitRange = yaml`
  apiVersion: v1
  kind: LimitRange
  metadata:
    name: sizes
    namespace: shop
  spec:
    limits:
      - type: Container
        max: { memory: 512Mi }
`;
const shopNamespace = yaml`
  apiVersion: v1
  kind: Namespace
  metadata:
    name: shop
    labels:
      pod-security.kubernetes.io/enforce: baseline
`;

const longName = 'clickhouse-of-the-analytics-department-in-the-cluster';
/** A StatefulSet whose name has so many of its characters. */
const named = (characters: number): string =>
  app(longName.padEnd(70, 'r').slice(0, characters))``.replace(
    'kind: Deployment',
    'kind: StatefulSet',
  );

testRule(podsRefused, {
  valid: [
    { name: 'a name that leaves room for every hash', yaml: named(52) },
    {
      name: 'a quota among examples',
      files: { 'examples/web.yaml': webDeployment, 'examples/quota.yaml': computeResourceQuota },
      unknown: ['perhaps ResourceQuota shop/compute in another file is not applied with it'],
    },
    {
      name: 'all is stated',
      yaml: documents(
        app('web', { namespace: 'shop' })`resources: { requests: { cpu: 100m, memory: 64Mi } }`,
        yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata:
            name: compute
            namespace: shop
          spec:
            hard: { requests.cpu: 2, requests.memory: 1Gi }
        `,
      ),
    },
    {
      name: 'a limit is the request',
      yaml: documents(
        app('web', { namespace: 'shop' })`resources: { limits: { cpu: 100m } }`,
        computeResourceQuota,
      ),
    },
    {
      name: 'defaults of the namespace',
      yaml: documents(
        webDeployment,
        computeResourceQuota,
        sizesLimitRange.replace('max: { memory: 512Mi }', 'default: { cpu: 200m }'),
      ),
    },
    {
      name: 'a quota with a scope',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata:
            name: compute
            namespace: shop
          spec:
            scopes: [Terminating]
            hard: { requests.cpu: 2 }
        `,
      ),
    },
    {
      name: 'of another namespace',
      yaml: documents(
        webDeployment.replace('namespace: shop', 'namespace: stock'),
        computeResourceQuota,
      ),
    },
    {
      name: 'an amount that is filled in',
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
                    resources: { requests: { cpu: "\${CPU}" } }
        `,
        computeResourceQuota,
      ),
    },
    {
      name: 'within the maximum',
      yaml: documents(
        app('web', { namespace: 'shop' })`resources: { limits: { memory: 256Mi } }`,
        sizesLimitRange,
      ),
    },
    {
      name: 'the level allows it',
      yaml: documents(webDeployment, shopNamespace),
    },
  ],
  invalid: [
    {
      name: 'by a quota of another directory',
      files: {
        'apps/web.yaml': webDeployment,
        'policies/quota.yaml': computeResourceQuota,
      },
      errors: [
        {
          id: 'none',
          file: 'apps/web.yaml',
          line: 14,
          column: 11,
          endColumn: 15,
          severity: 'warning',
        },
      ],
    },
    {
      name: 'a name that leaves room for short hashes',
      yaml: named(53),
      errors: [
        {
          id: 'most',
          severity: 'warning',
          line: 4,
          column: 9,
          endColumn: 62,
          message: `most revisions of it have no pods: with a hash of ten digits, as three of four have, the label controller-revision-hash is "${longName}-<hash>", longer than 63 characters`,
        },
      ],
    },
    {
      name: 'a name that leaves no room',
      yaml: named(55),
      errors: [{ id: 'none', line: 4, column: 9, endColumn: 64 }],
    },
    {
      name: 'requests are not stated',
      yaml: documents(webDeployment, computeResourceQuota),
      errors: [
        {
          id: 'none',
          line: 14,
          column: 11,
          endColumn: 15,
          message:
            'its pods cannot be created: ResourceQuota compute: must specify requests.cpu for: web',
        },
      ],
    },
    {
      name: 'limits are not stated',
      yaml: documents(
        app('web', { namespace: 'shop' })`resources: { requests: { memory: 64Mi } }`,
        yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata:
            name: compute
            namespace: shop
          spec:
            hard: { limits.memory: 1Gi }
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 17,
          column: 11,
          endColumn: 20,
          message:
            'its pods cannot be created: ResourceQuota compute: must specify limits.memory for: web',
        },
      ],
    },
    {
      name: 'one pod is too large',
      yaml: yaml`
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
                  resources: { requests: { cpu: 3 } }
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: compute
          namespace: shop
        spec:
          hard: { cpu: 2 }
      `,
      errors: [
        {
          id: 'none',
          line: 12,
          column: 5,
          endColumn: 9,
          message:
            'its pods cannot be created: ResourceQuota compute allows cpu 2, and each pod takes 3',
        },
      ],
    },
    {
      name: 'some pods are too many',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 5
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
                  resources: { requests: { cpu: 500m } }
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: compute
          namespace: shop
        spec:
          hard: { requests.cpu: 1 }
      `,
      errors: [
        {
          id: 'none',
          line: 7,
          column: 13,
          endColumn: 14,
          severity: 'warning',
          message:
            'only 2 of its 5 pods can be created: ResourceQuota compute allows requests.cpu 1',
        },
      ],
    },
    {
      name: 'the number of pods',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 5
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
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: compute
          namespace: shop
        spec:
          hard: { pods: 3 }
      `,
      errors: [
        {
          id: 'none',
          line: 7,
          column: 13,
          endColumn: 14,
          severity: 'warning',
          message: 'only 3 of its 5 pods can be created: ResourceQuota compute allows pods 3',
        },
      ],
    },
    {
      name: 'above the maximum',
      yaml: documents(
        app('web', { namespace: 'shop' })`resources: { limits: { memory: 1Gi } }`,
        sizesLimitRange,
      ),
      errors: [
        {
          id: 'none',
          line: 17,
          column: 42,
          endColumn: 45,
          message:
            'its pods cannot be created: LimitRange sizes: maximum memory usage per Container is 512Mi, but limit is 1Gi (container "web")',
        },
      ],
    },
    {
      name: 'below the minimum',
      yaml: documents(
        app('web', { namespace: 'shop' })`resources: { requests: { cpu: 10m } }`,
        sizesLimitRange.replace('max: { memory: 512Mi }', 'min: { cpu: 50m }'),
      ),
      errors: [
        {
          id: 'none',
          line: 17,
          column: 41,
          endColumn: 44,
          message:
            'its pods cannot be created: LimitRange sizes: minimum cpu usage per Container is 50m, but request is 10m (container "web")',
        },
      ],
    },
    {
      name: 'a default above the maximum of another',
      yaml: documents(
        webDeployment,
        sizesLimitRange.replace('max: { memory: 512Mi }', 'default: { memory: 1Gi }'),
        sizesLimitRange.replace('name: sizes', 'name: caps'),
      ),
      errors: [
        {
          id: 'none',
          line: 14,
          column: 11,
          endColumn: 15,
          message:
            'its pods cannot be created: LimitRange caps: maximum memory usage per Container is 512Mi, but limit is 1Gi (container "web")',
        },
      ],
    },
    {
      name: 'Pod Security',
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
                    securityContext: { privileged: true }
        `,
        shopNamespace,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 5,
          endColumn: 9,
          message:
            'its pods cannot be created: namespace shop enforces Pod Security "baseline", which forbids privileged (container "web" must not set securityContext.privileged=true)',
          related: ['24:41 enforced here'],
        },
      ],
    },
  ],
});

import { selectorUsesUnstableLabel } from '../../rules/selector/selector-uses-unstable-label.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

/** A selector's pairs stand on line 5. */
const service = (pairs: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { ${pairs} }\n  ports: [{ port: 80 }]\n`;
const budget = (pairs: string): string =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec:\n  selector: { matchLabels: { ${pairs} } }\n  minAvailable: 1\n`;
const policy = (pairs: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec:\n  podSelector: { matchLabels: { ${pairs} } }\n`;
const rollout = `---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web }\nspec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: store }] } } }\n`;

const versionedWeb = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
  spec:
    selector:
      matchLabels: { app: web, version: 1.4.2 }
    template:
      metadata:
        labels: { app: web, version: 1.4.2 }
      spec:
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
`;

testRule(selectorUsesUnstableLabel, {
  valid: [
    { name: 'labels that stay', yaml: service('app: web') + workload('web') },
    {
      name: 'the name and the number of a StatefulSet pod',
      yaml:
        service(
          'app: web, statefulset.kubernetes.io/pod-name: web-0, apps.kubernetes.io/pod-index: "0"',
        ) + workload('web', { kind: 'StatefulSet' }),
    },
    {
      name: 'a hash that the controller of Argo Rollouts writes',
      yaml: service('app: web, rollouts-pod-template-hash: 6bf9c8d4') + rollout,
    },
    {
      name: 'a hash, and no workload that would make it',
      yaml: service('app: web, pod-template-hash: 5d9c7b8f6c') + workload('other'),
    },
    {
      name: 'a hash label that the template of a ReplicaSet has',
      yaml:
        service('app: web, pod-template-hash: a') +
        workload('web', { kind: 'ReplicaSet', labels: 'app: web, pod-template-hash: a' }),
    },
    {
      name: 'a version that is a name: v1',
      yaml:
        service('app: web, app.kubernetes.io/version: v1') +
        workload('web', { labels: 'app: web, app.kubernetes.io/version: v1' }),
    },
    {
      name: 'two versions side by side',
      yaml:
        service('app: web, app.kubernetes.io/version: 1.4.2') +
        workload('blue', { labels: 'app: web, app.kubernetes.io/version: 1.4.2' }) +
        workload('green', { labels: 'app: web, app.kubernetes.io/version: 1.5.0' }),
    },
    {
      name: 'a workload named after its version',
      yaml: workload('web-1-4-2', { labels: 'app: web, app.kubernetes.io/version: 1.4.2' }),
    },
    {
      name: 'a chart version that is filled in later',
      yaml: service("app: web, helm.sh/chart: 'web-${VERSION}'") + workload('web'),
    },
    {
      name: 'a chart without its version',
      yaml: service('app: web, chart: web') + workload('web', { labels: 'app: web, chart: web' }),
    },
    {
      name: 'versions side by side by a plain label',
      yaml: documents(
        versionedWeb,
        webService.replace('selector: { app: web }', 'selector: { app: web, version: 1.4.2 }'),
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web-b
          spec:
            selector:
              matchLabels: { app: web, version: 1.5.0 }
            template:
              metadata:
                labels: { app: web, version: 1.5.0 }
              spec:
                containers:
                  - name: web-b
                    image: shop/web-b:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
      ),
    },
    {
      name: 'a short version',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, version: v1 }
            template:
              metadata:
                labels: { app: web, version: v1 }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace('selector: { app: web }', 'selector: { app: web, version: v1 }'),
      ),
    },
    {
      name: 'a plain version that a workload selects by',
      yaml: documents(versionedWeb, webService),
    },
    {
      name: 'a release of Helm',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, release: prod }
            template:
              metadata:
                labels: { app: web, release: prod }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace('selector: { app: web }', 'selector: { app: web, release: prod }'),
      ),
    },
    {
      name: 'a label of the pods',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, controller-revision-hash: web-1 }
            template:
              metadata:
                labels: { app: web, controller-revision-hash: web-1 }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace(
          'selector: { app: web }',
          'selector: { app: web, controller-revision-hash: web-1 }',
        ),
      ),
    },
  ],
  invalid: [
    {
      name: 'the hash of a Deployment',
      yaml: service('app: web, pod-template-hash: 5d9c7b8f6c') + workload('web'),
      errors: [
        {
          id: 'generated',
          line: 5,
          column: 25,
          endColumn: 42,
          message:
            'the label pod-template-hash is made by the controller of Deployment default/web, with another value for every version of the pod template',
          help: 'take pod-template-hash out of the selector',
        },
      ],
    },
    {
      name: 'nothing but a hash',
      yaml: service('pod-template-hash: 5d9c7b8f6c') + workload('web'),
      errors: [{ id: 'generated', line: 5, column: 15, endColumn: 32 }],
    },
    {
      name: 'the revision of a DaemonSet, in a budget',
      yaml:
        budget('app: web, controller-revision-hash: 6d8f') + workload('web', { kind: 'DaemonSet' }),
      errors: [{ id: 'generated', line: 5, column: 40, endColumn: 64 }],
    },
    {
      name: 'the generation of a DaemonSet',
      yaml:
        service('app: web, pod-template-generation: "1"') + workload('web', { kind: 'DaemonSet' }),
      errors: [{ id: 'generated', line: 5, column: 25, endColumn: 48 }],
    },
    {
      name: 'the revision of a StatefulSet, in a policy',
      yaml:
        policy('app: web, controller-revision-hash: web-6d8f') +
        workload('web', { kind: 'StatefulSet' }),
      errors: [{ id: 'generated', line: 5, column: 43, endColumn: 67 }],
    },
    {
      name: 'the uid of a Job',
      yaml:
        service('batch.kubernetes.io/controller-uid: 1a2b') +
        '---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: web }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: store }] } } }\n',
      errors: [{ id: 'generated', line: 5, column: 15, endColumn: 49 }],
    },
    {
      name: 'a chart with its version, in a Service and in the workload itself',
      yaml:
        service('app: web, helm.sh/chart: web-1.4.2') +
        workload('web', { labels: 'app: web, helm.sh/chart: web-1.4.2' }),
      errors: [
        {
          id: 'release',
          line: 5,
          column: 25,
          endColumn: 38,
          message:
            'the label helm.sh/chart=web-1.4.2 names a release, and changes with the next one',
          help: 'take helm.sh/chart out of the selector',
        },
        { id: 'release', line: 11, column: 46, endColumn: 59 },
      ],
    },
    {
      name: 'the label of old charts',
      yaml: service('app: web, chart: web-0.3.1') + workload('web'),
      errors: [{ id: 'release', line: 5, column: 25, endColumn: 30 }],
    },
    {
      name: 'the version of the application, and no other one',
      yaml: service('app: web, app.kubernetes.io/version: 1.4.2') + workload('web'),
      errors: [{ id: 'release', line: 5, column: 25, endColumn: 50 }],
    },
    {
      name: 'a plain version',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, version: v1.4.2 }
            template:
              metadata:
                labels: { app: web, version: v1.4.2 }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace('selector: { app: web }', 'selector: { app: web, version: v1.4.2 }'),
      ),
      errors: [
        {
          id: 'release',
          line: 22,
          column: 25,
          endColumn: 32,
          message: 'the label version=v1.4.2 names a release, and changes with the next one',
        },
      ],
    },
    {
      name: 'a commit',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, commit: 3f2a91c }
            template:
              metadata:
                labels: { app: web, commit: 3f2a91c }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace('selector: { app: web }', 'selector: { app: web, commit: 3f2a91c }'),
      ),
      errors: [
        {
          id: 'release',
          line: 22,
          column: 25,
          endColumn: 31,
          message: 'the label commit=3f2a91c names a release, and changes with the next one',
        },
      ],
    },
    {
      name: 'a build number',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, build: "1843" }
            template:
              metadata:
                labels: { app: web, build: "1843" }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace('selector: { app: web }', 'selector: { app: web, build: "1843" }'),
      ),
      errors: [
        {
          id: 'release',
          line: 22,
          column: 25,
          endColumn: 30,
          message: 'the label build=1843 names a release, and changes with the next one',
        },
      ],
    },
    {
      name: 'a date',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web, release: "2024-11-03" }
            template:
              metadata:
                labels: { app: web, release: "2024-11-03" }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService.replace(
          'selector: { app: web }',
          'selector: { app: web, release: "2024-11-03" }',
        ),
      ),
      errors: [
        {
          id: 'release',
          line: 22,
          column: 25,
          endColumn: 32,
          message: 'the label release=2024-11-03 names a release, and changes with the next one',
        },
      ],
    },
    {
      name: 'a label of another kind of controller',
      yaml: documents(
        webDeployment,
        webService.replace(
          'selector: { app: web }',
          'selector: { app: web, controller-revision-hash: web-6d9c7b }',
        ),
      ),
      errors: [
        {
          id: 'never',
          line: 22,
          column: 25,
          endColumn: 49,
          message:
            'the pods of Deployment default/web never have the label controller-revision-hash: another kind of controller makes it',
        },
      ],
    },
    {
      name: 'a label of Rollouts',
      yaml: documents(
        webDeployment,
        webService.replace(
          'selector: { app: web }',
          'selector: { app: web, rollouts-pod-template-hash: 6d9c7b5f8 }',
        ),
      ),
      errors: [
        {
          id: 'never',
          line: 22,
          column: 25,
          endColumn: 51,
          message:
            'the pods of Deployment default/web never have the label rollouts-pod-template-hash: another kind of controller makes it',
        },
      ],
    },
  ],
});

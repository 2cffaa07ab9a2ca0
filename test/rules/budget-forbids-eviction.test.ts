import { budgetForbidsEviction } from '../../rules/scaling/budget-forbids-eviction.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webPodDisruptionBudget = yaml`
  apiVersion: policy/v1
  kind: PodDisruptionBudget
  metadata:
    name: web
  spec:
    minAvailable: 1
    selector:
      matchLabels: { app: web }
`;

const storeStatefulSet = yaml`
  apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: store
  spec:
    replicas: 3
    serviceName: store
    selector:
      matchLabels: { app: store, role: member }
    template:
      metadata:
        labels: { app: store, role: member }
      spec:
        containers:
          - name: store
            image: registry.example/store:1.0
            ports: [{ containerPort: 2379 }]
`;
const storeService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: store
  spec:
    clusterIP: None
    selector: { app: store, role: member }
    ports:
      - port: 2379
`;
const storePodDisruptionBudget = yaml`
  apiVersion: policy/v1
  kind: PodDisruptionBudget
  metadata:
    name: store
  spec:
    maxUnavailable: 1
    selector:
      matchLabels: { app: store }
`;

testRule(budgetForbidsEviction, {
  valid: [
    {
      name: 'one may go',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata:
            name: web
          spec:
            maxUnavailable: 1
            selector:
              matchLabels: { app: web }
        `,
      ),
    },
    {
      name: 'two of three must stay',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata:
            name: web
          spec:
            minAvailable: 2
            selector:
              matchLabels: { app: web }
        `,
      ),
    },
    {
      name: 'half of them',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata:
            name: web
          spec:
            minAvailable: '50%'
            selector:
              matchLabels: { app: web }
        `,
      ),
    },
    {
      name: 'nobody knows how many there are',
      yaml: documents(
        webDeployment.replace('kind: Deployment', 'kind: DaemonSet'),
        webPodDisruptionBudget,
      ),
    },
    {
      name: 'pods of a hook beside others',
      yaml: documents(
        storePodDisruptionBudget,
        storeStatefulSet,
        storeService,
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: store-setup
            annotations: { helm.sh/hook: post-install }
          spec:
            template:
              metadata:
                labels: { app: store }
              spec:
                restartPolicy: Never
                containers:
                  - name: setup
                    image: registry.example/store:1.0
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'none may go',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
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
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: web
        spec:
          maxUnavailable: 0
          selector:
            matchLabels: { app: web }
      `,
      errors: [
        {
          id: 'none',
          line: 23,
          column: 19,
          endColumn: 20,
          message: 'maxUnavailable 0 allows no eviction, whatever the pods do',
          related: ['4:9 the pods that it protects'],
        },
      ],
    },
    {
      name: 'all must stay',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
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
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: web
        spec:
          minAvailable: 3
          selector:
            matchLabels: { app: web }
      `,
      errors: [
        {
          id: 'all',
          line: 23,
          column: 17,
          endColumn: 18,
          message: 'minAvailable 3 is all of the 3 pods of Deployment default/web',
          related: ['4:9 the pods that it protects'],
        },
      ],
    },
    {
      name: 'a percentage that is rounded up',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: web
        spec:
          minAvailable: '51%'
          selector:
            matchLabels: { app: web }
      `,
      errors: [
        {
          id: 'all',
          line: 23,
          column: 17,
          endColumn: 22,
          message: 'minAvailable 51% is all of the 2 pods of Deployment default/web',
          related: ['4:9 the pods that it protects'],
        },
      ],
    },
    {
      name: 'a single pod',
      yaml: documents(webDeployment, webPodDisruptionBudget),
      errors: [
        {
          id: 'all',
          line: 22,
          column: 17,
          endColumn: 18,
          severity: 'info',
          message: 'minAvailable 1 is all there is: the one pod of Deployment default/web',
          related: ['4:9 the pods that it protects'],
        },
      ],
    },
    {
      name: 'a percentage of Job pods',
      yaml: yaml`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
        spec:
          template:
            metadata:
              labels: { app: import }
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: shop/web:1.4
                  command: [migrate]
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: import
        spec:
          minAvailable: 50%
          selector: { matchLabels: { app: import } }
      `,
      errors: [
        {
          id: 'uncounted',
          line: 21,
          column: 17,
          endColumn: 20,
          message:
            'minAvailable goes by how many pods are wanted, and Job default/migrate has no scale that says it',
          related: ['2:7 cannot be scaled'],
        },
      ],
    },
    {
      name: 'what a DaemonSet may miss',
      yaml: yaml`
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: agent
        spec:
          selector:
            matchLabels: { app: agent }
          template:
            metadata:
              labels: { app: agent }
            spec:
              containers:
                - name: agent
                  image: shop/agent:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: agent
        spec:
          maxUnavailable: 1
          selector: { matchLabels: { app: agent } }
      `,
      errors: [
        {
          id: 'uncounted',
          line: 22,
          column: 19,
          endColumn: 20,
          message:
            'maxUnavailable goes by how many pods are wanted, and DaemonSet default/agent has no scale that says it',
          related: ['2:7 cannot be scaled'],
        },
      ],
    },
    {
      name: 'pods of a CronJob beside others',
      yaml: documents(
        storePodDisruptionBudget,
        storeStatefulSet,
        storeService,
        yaml`
          apiVersion: batch/v1
          kind: CronJob
          metadata:
            name: store-backup
          spec:
            schedule: '0 3 * * *'
            jobTemplate:
              spec:
                template:
                  metadata:
                    labels: { app: store, role: backup }
                  spec:
                    restartPolicy: Never
                    containers:
                      - name: backup
                        image: registry.example/store:1.0
        `,
      ),
      errors: [
        {
          id: 'uncounted',
          line: 6,
          column: 19,
          endColumn: 20,
          message:
            'maxUnavailable goes by how many pods are wanted, and CronJob default/store-backup has no scale that says it',
          related: ['39:7 cannot be scaled'],
        },
      ],
    },
  ],
});

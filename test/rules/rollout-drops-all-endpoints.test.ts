import { rolloutDropsAllEndpoints } from '../../rules/resilience/rollout-drops-all-endpoints.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
  spec:
    replicas: 3
    strategy:
      type: Recreate
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
`;

testRule(rolloutDropsAllEndpoints, {
  valid: [
    {
      name: 'the default strategy',
      yaml: documents(app('web', { replicas: 1 })``, webService),
    },
    {
      name: 'some stay',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 3
            strategy:
              rollingUpdate:
                maxUnavailable: 1
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
        webService,
      ),
    },
    {
      name: 'a percentage is rounded down',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            strategy:
              rollingUpdate:
                maxUnavailable: '50%'
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
        webService,
      ),
    },
    {
      name: 'another workload stands behind the Service too',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: canary
          spec:
            selector:
              matchLabels: { app: web, track: canary }
            template:
              metadata:
                labels: { app: web, track: canary }
              spec:
                containers:
                  - name: canary
                    image: shop/canary:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: webDeployment,
    },
    {
      name: 'some pods of a DaemonSet',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata:
            name: web
          spec:
            updateStrategy: { rollingUpdate: { maxUnavailable: 50% } }
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
        webService,
      ),
    },
    {
      name: 'a second pod could not have the volume',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 1
            strategy: { type: Recreate }
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: data
          spec:
            accessModes: [ReadWriteOnce]
            resources: { requests: { storage: 1Gi } }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'Recreate',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'recreate',
          line: 8,
          column: 11,
          endColumn: 19,
          message:
            'strategy Recreate deletes all pods before the first new one starts, and Service default/web has no others',
          related: ['25:3 selects these pods only'],
        },
      ],
    },
    {
      name: 'all may go',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            strategy:
              rollingUpdate:
                maxUnavailable: 2
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
        webService,
      ),
      errors: [
        {
          id: 'rolling',
          line: 9,
          column: 23,
          endColumn: 24,
          message:
            'maxUnavailable 2 of 2 replicas lets all pods go at once, and Service default/web has no others',
          related: ['26:3 selects these pods only'],
        },
      ],
    },
    {
      name: 'a percentage of all',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 3
            strategy:
              rollingUpdate:
                maxUnavailable: '100%'
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
        webService,
      ),
      errors: [
        {
          id: 'rolling',
          line: 9,
          column: 23,
          endColumn: 29,
          message:
            'maxUnavailable 100% of 3 replicas lets all pods go at once, and Service default/web has no others',
          related: ['26:3 selects these pods only'],
        },
      ],
    },
    {
      name: 'one replica, and none may be added',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 1
            strategy:
              rollingUpdate:
                maxUnavailable: '25%'
                maxSurge: 0
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
        webService,
      ),
      errors: [
        {
          id: 'rolling',
          line: 9,
          column: 23,
          endColumn: 28,
          message:
            'maxUnavailable 25% of 1 replica lets all pods go at once, and Service default/web has no others',
          related: ['27:3 selects these pods only'],
        },
      ],
    },
    {
      name: 'all pods of a DaemonSet',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata:
            name: web
          spec:
            updateStrategy: { rollingUpdate: { maxUnavailable: 100% } }
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
        webService,
      ),
      errors: [
        {
          id: 'daemon',
          line: 6,
          column: 54,
          endColumn: 58,
          message:
            'maxUnavailable 100% lets the pods of all nodes go at once, and Service default/web has no others',
          related: ['23:3 selects these pods only'],
        },
      ],
    },
    {
      name: 'the volume is for many',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          strategy: { type: Recreate }
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          accessModes: [ReadWriteMany]
          resources: { requests: { storage: 1Gi } }
      `,
      errors: [
        {
          id: 'recreate',
          line: 7,
          column: 21,
          endColumn: 29,
          message:
            'strategy Recreate deletes all pods before the first new one starts, and Service default/web has no others',
          related: ['25:3 selects these pods only'],
        },
      ],
    },
  ],
});

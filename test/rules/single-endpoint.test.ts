import { singleEndpoint } from '../../rules/resilience/single-endpoint.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(singleEndpoint, {
  valid: [
    {
      name: 'two replicas',
      yaml: documents(app('web', { replicas: 2 })``, webService),
    },
    {
      name: 'none',
      yaml: documents(app('web', { replicas: 0 })``, webService),
    },
    {
      name: 'one on every node',
      yaml: documents(webDeployment.replace('kind: Deployment', 'kind: DaemonSet'), webService),
    },
    {
      name: 'the pod of a set',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: web
          spec:
            replicas: 1
            serviceName: web
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
        webService.replace(
          'selector: { app: web }',
          'selector: { statefulset.kubernetes.io/pod-name: web-0 }',
        ),
      ),
    },
    {
      name: 'two workloads',
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
      name: 'KEDA keeps two',
      yaml: documents(
        app('web', { replicas: 2 })``,
        webService,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: web
          spec:
            scaleTargetRef: { name: web }
            minReplicaCount: 2
            maxReplicaCount: 9
            triggers: [{ type: cron, metadata: {} }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'one replica',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 1
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
          id: 'one',
          line: 23,
          column: 3,
          endColumn: 11,
          message: 'its only endpoint is the one pod of Deployment default/web',
          related: ['6:13 how many pods there are'],
        },
      ],
    },
    {
      name: 'the default',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'one',
          line: 22,
          column: 3,
          endColumn: 11,
          message: 'its only endpoint is the one pod of Deployment default/web',
          related: ['5:1 how many pods there are'],
        },
      ],
    },
    {
      name: 'KEDA keeps none',
      yaml: documents(
        app('web', { replicas: 2 })``,
        webService,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: web
          spec:
            scaleTargetRef: { name: web }
            minReplicaCount: 0
            maxReplicaCount: 9
            triggers: [{ type: cron, metadata: {} }]
        `,
      ),
      errors: [
        {
          id: 'zero',
          line: 34,
          column: 3,
          endColumn: 18,
          message:
            'it takes Deployment default/web down to 0 pods, and then Service default/web has no endpoint',
          related: ['23:3 its pods'],
        },
      ],
    },
    {
      name: 'none unless it says otherwise',
      yaml: documents(
        app('web', { replicas: 2 })``,
        webService,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: web
          spec:
            scaleTargetRef: { name: web }
            maxReplicaCount: 9
            triggers: [{ type: cron, metadata: {} }]
        `,
      ),
      errors: [
        {
          id: 'zero',
          line: 32,
          column: 1,
          endColumn: 5,
          message:
            'it takes Deployment default/web down to 0 pods, and then Service default/web has no endpoint',
          related: ['23:3 its pods'],
        },
      ],
    },
    {
      name: 'none when it is idle',
      yaml: documents(
        app('web', { replicas: 2 })``,
        webService,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: web
          spec:
            scaleTargetRef: { name: web }
            minReplicaCount: 2
            idleReplicaCount: 0
            maxReplicaCount: 9
            triggers: [{ type: cron, metadata: {} }]
        `,
      ),
      errors: [
        {
          id: 'zero',
          line: 35,
          column: 3,
          endColumn: 19,
          message:
            'it takes Deployment default/web down to 0 pods, and then Service default/web has no endpoint',
          related: ['23:3 its pods'],
        },
      ],
    },
  ],
});

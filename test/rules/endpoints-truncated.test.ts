import { endpointsTruncated } from '../../rules/name/endpoints-truncated.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(endpointsTruncated, {
  valid: [
    {
      name: 'a thousand',
      yaml: documents(app('web', { replicas: 1000 })``, webService),
    },
    {
      name: 'an autoscaler that stays below',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 900
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'one workload',
      yaml: documents(app('web', { replicas: 1200 })``, webService),
      errors: [
        {
          id: 'now',
          line: 23,
          column: 3,
          endColumn: 11,
          message: 'its Endpoints hold 1000 of 1200 addresses; the EndpointSlices have all',
        },
      ],
    },
    {
      name: 'two workloads',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 700
            selector:
              matchLabels: { app: web, track: a }
            template:
              metadata:
                labels: { app: web, track: a }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web-b
          spec:
            replicas: 700
            selector:
              matchLabels: { app: web, track: b }
            template:
              metadata:
                labels: { app: web, track: b }
              spec:
                containers:
                  - name: web-b
                    image: shop/web-b:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'now',
          line: 23,
          column: 3,
          endColumn: 11,
          message: 'its Endpoints hold 1000 of 1400 addresses; the EndpointSlices have all',
        },
      ],
    },
    {
      name: 'an autoscaler',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: web
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            minReplicas: 2
            maxReplicas: 2000
        `,
      ),
      errors: [
        {
          id: 'later',
          line: 22,
          column: 3,
          endColumn: 11,
          message:
            'HorizontalPodAutoscaler default/web may scale it to 2000 pods, and its Endpoints hold 1000 addresses',
          related: ['34:16 its limit'],
        },
      ],
    },
  ],
});

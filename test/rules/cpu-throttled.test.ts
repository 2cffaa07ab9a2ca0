import { cpuThrottled } from '../../rules/resilience/cpu-throttled.ts';
import { testRule } from '../support/rule-tester.ts';
import { webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(cpuThrottled, {
  valid: [
    {
      name: 'enough',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
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
                    resources: { limits: { cpu: 500m } }
        `,
        webService,
      ),
    },
    {
      name: 'a whole CPU',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
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
                    resources: { limits: { cpu: 1 } }
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
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
                  resources: { limits: { cpu: 5m } }
      `,
    },
  ],
  invalid: [
    {
      name: 'hardly any',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
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
                    resources: { limits: { cpu: 5m } }
        `,
        webService,
      ),
      errors: [
        {
          id: 'limit',
          line: 16,
          column: 39,
          endColumn: 41,
          message: 'limit 5m is 0.5 ms of every 100 ms',
        },
      ],
    },
  ],
});

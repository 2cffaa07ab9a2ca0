import { probeTooLate } from '../../rules/probe/probe-too-late.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';
import { yaml } from '../support/yaml.ts';

testRule(probeTooLate, {
  valid: [
    {
      name: 'a delay within the deadline',
      yaml: app('front')`
        readinessProbe: { httpGet: { path: /ready, port: http }, initialDelaySeconds: 30 }
      `,
    },
    {
      name: 'a longer deadline',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: front
        spec:
          progressDeadlineSeconds: 1800
          selector:
            matchLabels: { app: front }
          template:
            metadata:
              labels: { app: front }
            spec:
              containers:
                - name: front
                  image: shop/front:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  readinessProbe: { httpGet: { path: /ready, port: http }, initialDelaySeconds: 900 }
      `,
    },
    {
      name: 'a liveness probe may be late',
      yaml: app('front')`
        livenessProbe: { httpGet: { path: /ready, port: http }, initialDelaySeconds: 900 }
      `,
    },
  ],
  invalid: [
    {
      name: 'a quarter of an hour',
      yaml: app('front')`
        readinessProbe: { httpGet: { path: /ready, port: http }, initialDelaySeconds: 900 }
      `,
      errors: [
        {
          id: 'late',
          line: 16,
          column: 89,
          endColumn: 92,
          message:
            'the first readinessProbe is after 900 s, and the rollout is given up after 600 s',
        },
      ],
    },
    {
      name: 'a startup probe',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: front
        spec:
          progressDeadlineSeconds: 60
          selector:
            matchLabels: { app: front }
          template:
            metadata:
              labels: { app: front }
            spec:
              containers:
                - name: front
                  image: shop/front:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  startupProbe: { httpGet: { path: /ready, port: http }, initialDelaySeconds: 90 }
      `,
      errors: [
        {
          id: 'late',
          line: 17,
          column: 87,
          endColumn: 89,
          message: 'the first startupProbe is after 90 s, and the rollout is given up after 60 s',
        },
      ],
    },
  ],
});

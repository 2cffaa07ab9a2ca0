import { podPartMissing } from '../../rules/reference/pod-part-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(podPartMissing, {
  valid: [
    {
      name: 'a container that is there',
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
              annotations:
                kubectl.kubernetes.io/default-container: web
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                - name: metrics
                  image: shop/metrics:1.4
      `,
    },
    {
      name: 'names that are there, and what webhooks add',
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
              annotations:
                kubectl.kubernetes.io/default-container: web
                ad.datadoghq.com/istio-proxy.checks: "{}"
                ad.datadoghq.com/tags: "{}"
                vault.hashicorp.com/agent-inject-containers: web, metrics
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                - name: metrics
                  image: shop/metrics:1.4
      `,
    },
  ],
  invalid: [
    {
      name: 'annotations',
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
              annotations:
                kubectl.kubernetes.io/default-container: wbe
                ad.datadoghq.com/metric.checks: "{}"
                container.apparmor.security.beta.kubernetes.io/nginx: runtime/default
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                - name: metrics
                  image: shop/metrics:1.4
      `,
      errors: [
        {
          id: 'none',
          line: 12,
          column: 50,
          endColumn: 53,
          message:
            'the pods of Deployment default/web have no container "wbe"; they have web, metrics',
          related: ['16:7 its containers'],
        },
        {
          id: 'none',
          line: 13,
          column: 9,
          endColumn: 39,
          message:
            'the pods of Deployment default/web have no container "metric"; they have web, metrics',
          related: ['16:7 its containers'],
        },
        {
          id: 'none',
          severity: 'error',
          line: 14,
          column: 9,
          endColumn: 61,
          message:
            'the pods of Deployment default/web have no container "nginx"; they have web, metrics',
          related: ['16:7 its containers'],
        },
      ],
      output: [['wbe', 'web']],
    },
    {
      name: 'autoscalers',
      yaml: documents(
        deployment('worker')`
          containers:
            - name: worker
              image: shop/worker:1.4
              env:
                - name: REDIS_ADDRESS
                  value: redis.example.com:6379
        `,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: spare
          spec:
            scaleTargetRef:
              name: worker
              envSourceContainerName: woker
            triggers: []
          ---
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: worker
          spec:
            scaleTargetRef:
              name: worker
            triggers:
              - type: redis
                metadata:
                  addressFromEnv: REDIS_ADRESS
                  passwordFromEnv: REDIS_PASSWORD
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 26,
          column: 29,
          endColumn: 34,
          message:
            'the pods of Deployment default/worker have no container "woker"; they have worker',
          related: ['12:7 its containers'],
        },
        {
          id: 'none',
          line: 39,
          column: 25,
          endColumn: 37,
          message:
            'the pods of Deployment default/worker have no variable "REDIS_ADRESS"; they have REDIS_ADDRESS',
          related: ['12:7 its containers'],
        },
        {
          id: 'none',
          line: 40,
          column: 26,
          endColumn: 40,
          message:
            'the pods of Deployment default/worker have no variable "REDIS_PASSWORD"; they have REDIS_ADDRESS',
          related: ['12:7 its containers'],
        },
      ],
      output: [
        ['woker', 'worker'],
        ['REDIS_ADRESS', 'REDIS_ADDRESS'],
      ],
    },
  ],
});

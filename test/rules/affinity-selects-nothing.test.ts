import { affinitySelectsNothing } from '../../rules/selector/affinity-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

const cacheDeployment = app('cache')``;

testRule(affinitySelectsNothing, {
  valid: [
    {
      name: 'its own pods',
      yaml: deployment('web')`
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
              - weight: 100
                podAffinityTerm:
                  topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchLabels: { app: web }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'spread',
      yaml: deployment('web')`
        topologySpreadConstraints:
          - maxSkew: 1
            topologyKey: kubernetes.io/hostname
            whenUnsatisfiable: ScheduleAnyway
            labelSelector:
              matchLabels: { app: web }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'kept apart from others',
      yaml: documents(
        deployment('web')`
          affinity:
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: kubernetes.io/hostname
                    labelSelector:
                      matchLabels: { app: db }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        app('db')``,
      ),
    },
    {
      name: 'from pods that were not read',
      yaml: deployment('web')`
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
              - weight: 100
                podAffinityTerm:
                  topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchLabels: { app: gpu-job }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'beside the others',
      yaml: documents(
        deployment('web')`
          affinity:
            podAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: topology.kubernetes.io/zone
                  labelSelector: { matchLabels: { app: cache } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        cacheDeployment,
      ),
    },
    {
      name: 'beside its own',
      yaml: deployment('web')`
        affinity:
          podAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              - topologyKey: topology.kubernetes.io/zone
                labelSelector: { matchLabels: { app: web } }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'beside what was not read',
      yaml: deployment('web')`
        affinity:
          podAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              - topologyKey: topology.kubernetes.io/zone
                labelSelector: { matchLabels: { app: orders } }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'its own namespace',
      yaml: deployment('web', { namespace: 'shop' })`
        affinity:
          podAntiAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              - topologyKey: kubernetes.io/hostname
                namespaces: [shop]
                labelSelector: { matchLabels: { app: web } }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'pods of that namespace',
      yaml: documents(
        deployment('web', { namespace: 'shop' })`
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  namespaces: [billing]
                  labelSelector: { matchLabels: { app: web } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        app('web', { namespace: 'billing' })``,
      ),
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: deployment('web')`
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
              - weight: 100
                podAffinityTerm:
                  topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchLabels: { app: wbe }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'slip',
          line: 18,
          column: 17,
          endColumn: 30,
          message: 'no pod has app=wbe; its own pods have app=web',
        },
      ],
    },
    {
      name: 'a slip in the key',
      yaml: deployment('web')`
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
              - weight: 100
                podAffinityTerm:
                  topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchLabels: { appp: web }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'slip',
          line: 18,
          column: 17,
          endColumn: 30,
          message: 'no pod has appp=web; its own pods have app=web',
        },
      ],
    },
    {
      name: 'spread over others',
      yaml: deployment('web')`
        topologySpreadConstraints:
          - maxSkew: 1
            topologyKey: kubernetes.io/hostname
            whenUnsatisfiable: ScheduleAnyway
            labelSelector:
              matchLabels: { app: api }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'spread',
          line: 16,
          column: 11,
          endColumn: 24,
          message: 'the constraint counts pods with app=api, and its own pods are not among them',
        },
      ],
    },
    {
      name: 'a constraint without a selector',
      yaml: deployment('web')`
        topologySpreadConstraints:
          - maxSkew: 1
            topologyKey: topology.kubernetes.io/zone
            whenUnsatisfiable: DoNotSchedule
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'none',
          line: 14,
          column: 11,
          endColumn: 22,
          message: 'the constraint has no labelSelector, and so counts no pod: it spreads nothing',
        },
      ],
    },
    {
      name: 'a required affinity to nobody',
      yaml: documents(
        deployment('web')`
          affinity:
            podAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: topology.kubernetes.io/zone
                  labelSelector: { matchLabels: { app: chache } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        cacheDeployment,
      ),
      errors: [
        {
          id: 'near',
          line: 16,
          column: 15,
          endColumn: 28,
          message:
            'no pod has app=chache, and without one beside it no node is good enough; Deployment default/cache has app=cache',
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: deployment('web', { namespace: 'shop' })`
        affinity:
          podAntiAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              - topologyKey: kubernetes.io/hostname
                namespaces: [billing]
                labelSelector: { matchLabels: { app: web } }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'elsewhere',
          line: 18,
          column: 15,
          endColumn: 28,
          message: 'no pod in namespace billing has app=web; its own pods have, in namespace shop',
        },
      ],
    },
  ],
});

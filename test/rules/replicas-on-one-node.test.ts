import { replicasOnOneNode } from '../../rules/resilience/replicas-on-one-node.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const frontService = serviceFor('front')`ports: [{ name: http, port: 80, targetPort: http }]`;
const frontDeployment = deployment('front', { replicas: 3 })`
  containers:
    - name: front
      image: shop/front:1.4
      ports: [{ name: http, containerPort: 8080 }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`;
const dataPersistentVolumeClaim = yaml`
  apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: data
  spec:
    accessModes: [ReadWriteOncePod]
    resources: { requests: { storage: 1Gi } }
`;

testRule(replicasOnOneNode, {
  valid: [
    {
      name: 'kept apart',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: kubernetes.io/hostname
                    labelSelector: { matchLabels: { app: web } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'near others',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            podAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: kubernetes.io/hostname
                    labelSelector: { matchLabels: { app: cache } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'one pod',
      yaml: documents(
        deployment('web')`
          nodeName: worker-1
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'of two nodes',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [a, b] }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: deployment('web', { replicas: 3 })`
        nodeName: worker-1
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'two zones',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [a, b] }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'a skew that says something',
      yaml: documents(
        deployment('front', { replicas: 3 })`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: http, containerPort: 8080 }]
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: DoNotSchedule
              labelSelector: { matchLabels: { app: front } }
        `,
        frontService,
      ),
    },
    {
      name: 'a skew that is only wished for',
      yaml: documents(
        deployment('front', { replicas: 3 })`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: http, containerPort: 8080 }]
          topologySpreadConstraints:
            - maxSkew: 5
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: ScheduleAnyway
              labelSelector: { matchLabels: { app: front } }
        `,
        frontService,
      ),
    },
    {
      name: 'a volume that many nodes may have',
      yaml: documents(
        frontDeployment,
        frontService,
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: data
          spec:
            accessModes: [ReadWriteMany]
            resources: { requests: { storage: 1Gi } }
        `,
      ),
    },
    {
      name: 'one pod has the claim for one pod',
      yaml: documents(
        deployment('web', { replicas: 1 })`
          volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        dataPersistentVolumeClaim,
      ),
    },
  ],
  invalid: [
    {
      name: 'an affinity',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            podAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: kubernetes.io/hostname
                    labelSelector: { matchLabels: { app: web } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'affinity',
          line: 14,
          column: 9,
          endColumn: 20,
          message:
            'the pod affinity selects its own pods, so as many as fit of the 3 pods go to one node',
          related: ['30:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'one that is required',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            podAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector: { matchLabels: { app: web } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'affinity',
          line: 14,
          column: 9,
          endColumn: 20,
          message: 'the pod affinity selects its own pods, so all 3 pods go to one node',
          related: ['28:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'one zone',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            podAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: topology.kubernetes.io/zone
                    labelSelector: { matchLabels: { app: web } }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'affinity',
          line: 14,
          column: 9,
          endColumn: 20,
          severity: 'info',
          message:
            'the pod affinity selects its own pods, so as many as fit of the 3 pods go to one zone',
          related: ['30:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'a node name',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          nodeName: worker-1
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'pinned',
          line: 13,
          column: 17,
          endColumn: 25,
          message: 'nodeName puts all 3 pods on node worker-1',
          related: ['24:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'a node selector',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          nodeSelector: { kubernetes.io/hostname: worker-1 }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'pinned',
          line: 13,
          column: 47,
          endColumn: 55,
          message: 'nodeSelector puts all 3 pods on node worker-1',
          related: ['24:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'a node affinity',
      yaml: documents(
        deployment('web', { replicas: 3 })`
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [a] }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'pinned',
          line: 14,
          column: 9,
          endColumn: 21,
          message: 'nodeAffinity puts all 3 pods on node a',
          related: ['28:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'one zone by an affinity',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [a] }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'zone',
          line: 14,
          column: 9,
          endColumn: 21,
          severity: 'info',
          message: 'nodeAffinity puts all 2 pods into zone a',
          related: ['28:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'a selector for a zone',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          nodeSelector: { topology.kubernetes.io/zone: a }
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'zone',
          line: 13,
          column: 52,
          endColumn: 53,
          severity: 'info',
          message: 'nodeSelector puts all 2 pods into zone a',
          related: ['24:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'a skew of all pods',
      yaml: documents(
        deployment('front', { replicas: 3 })`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: http, containerPort: 8080 }]
          topologySpreadConstraints:
            - maxSkew: 3
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: DoNotSchedule
              labelSelector: { matchLabels: { app: front } }
        `,
        frontService,
      ),
      errors: [
        {
          id: 'skew',
          line: 18,
          column: 20,
          endColumn: 21,
          message: 'maxSkew 3 lets all 3 pods share one kubernetes.io/hostname',
          related: ['28:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'a volume of one node',
      yaml: documents(
        frontDeployment,
        frontService,
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
      errors: [
        {
          id: 'claim',
          line: 17,
          column: 67,
          endColumn: 71,
          severity: 'info',
          message:
            'claim "data" can be used on one node at a time (ReadWriteOnce), and so all 3 pods have to be there',
          related: ['24:3 the Service that stands on them'],
        },
      ],
    },
    {
      name: 'two pods want a claim for one',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            selector: { app: web }
            ports: [{ name: http, port: 80, targetPort: http }]
        `,
        dataPersistentVolumeClaim,
      ),
      errors: [
        {
          id: 'onePod',
          line: 13,
          column: 67,
          endColumn: 71,
          message: 'claim "data" is for one pod at a time (ReadWriteOncePod), and there are 2',
          related: ['24:3 the Service that stands on them'],
        },
      ],
    },
  ],
});

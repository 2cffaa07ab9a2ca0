import { updateHeldBack } from '../../rules/resilience/update-held-back.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const frontService = serviceFor('front')`ports: [{ name: http, port: 80, targetPort: http }]`;
const frontNginxConfigMap = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: front-nginx
  data:
    settings.yaml: |
      greeting: hello
`;

testRule(updateHeldBack, {
  valid: [
    {
      name: 'some are updated',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: web
          spec:
            replicas: 3
            serviceName: web
            updateStrategy: { rollingUpdate: { partition: 2 } }
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
        serviceFor('web')`
          clusterIP: None
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'none is held',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: web
          spec:
            replicas: 3
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
        serviceFor('web')`
          clusterIP: None
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'a Rollout that goes on',
      yaml: yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
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
      `,
    },
    {
      name: 'a release',
      yaml: documents(app('web')`imagePullPolicy: IfNotPresent`, webService),
    },
    {
      name: 'pulled each time',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:latest
              ports: [{ name: http, containerPort: 8080 }]
              imagePullPolicy: Always
        `,
        webService,
      ),
    },
    {
      name: 'a digest',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web@sha256:0000000000000000000000000000000000000000000000000000000000000000
              ports: [{ name: http, containerPort: 8080 }]
              imagePullPolicy: IfNotPresent
        `,
        webService,
      ),
    },
    {
      name: 'something makes new pods when the file changes',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: front
          spec:
            selector:
              matchLabels: { app: front }
            template:
              metadata:
                annotations: { checksum/config: 6d9c7b5f }
                labels: { app: front }
              spec:
                containers:
                  - name: front
                    image: shop/front:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    volumeMounts: [{ name: settings, mountPath: /etc/front/settings.yaml, subPath: settings.yaml }]
                volumes: [{ name: settings, configMap: { name: front-nginx } }]
        `,
        frontService,
        frontNginxConfigMap,
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: b
            annotations: { reloader.stakater.com/auto: "true" }
          spec:
            selector:
              matchLabels: { app: b }
            template:
              metadata:
                labels: { app: b }
              spec:
                containers:
                  - name: b
                    image: shop/b:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    volumeMounts: [{ name: settings, mountPath: /etc/b/settings.yaml, subPath: settings.yaml }]
                volumes: [{ name: settings, configMap: { name: b-nginx } }]
        `,
        serviceFor('b')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: b-nginx
          data:
            settings.yaml: |
              greeting: hello
        `,
        deployment('c')`
          containers:
            - name: c
              image: shop/c:1.4
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/c/settings.yaml, subPath: settings.yaml }]
          volumes: [{ name: settings, configMap: { name: c-nginx-6f7h8k9d2t } }]
        `,
        serviceFor('c')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: c-nginx-6f7h8k9d2t
          data:
            settings.yaml: |
              greeting: hello
        `,
        deployment('d')`
          containers:
            - name: d
              image: shop/d:1.4
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/d/settings.yaml, subPath: settings.yaml }]
          volumes: [{ name: settings, configMap: { name: d-nginx } }]
        `,
        serviceFor('d')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: d-nginx
          data:
            settings.yaml: |
              greeting: hello
          immutable: true
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'all are held back',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          replicas: 3
          serviceName: web
          updateStrategy:
            rollingUpdate:
              partition: 3
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          clusterIP: None
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'partition',
          line: 10,
          column: 18,
          endColumn: 19,
          message: 'partition 3 is above the ordinals of all 3 pods: none is updated',
        },
      ],
    },
    {
      name: 'by hand',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          replicas: 3
          serviceName: web
          updateStrategy: { type: OnDelete }
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          clusterIP: None
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'manual',
          line: 8,
          column: 27,
          endColumn: 35,
          severity: 'info',
          message: 'OnDelete replaces no pod until somebody deletes it',
        },
      ],
    },
    {
      name: 'of a DaemonSet',
      yaml: yaml`
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: web
        spec:
          updateStrategy: { type: OnDelete }
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
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          clusterIP: None
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'manual',
          line: 6,
          column: 27,
          endColumn: 35,
          severity: 'info',
          message: 'OnDelete replaces no pod until somebody deletes it',
        },
      ],
    },
    {
      name: 'a Rollout that is paused',
      yaml: yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata:
          name: web
        spec:
          paused: true
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
      errors: [
        {
          id: 'paused',
          line: 6,
          column: 11,
          endColumn: 15,
          message: 'it is paused: no change of its template reaches the pods',
        },
      ],
    },
    {
      name: 'latest',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:latest
              ports: [{ name: http, containerPort: 8080 }]
              imagePullPolicy: IfNotPresent
        `,
        webService,
      ),
      errors: [
        {
          id: 'tag',
          line: 16,
          column: 28,
          endColumn: 40,
          severity: 'info',
          message:
            'shop/web:latest is pulled once by each node (imagePullPolicy IfNotPresent): pods of one Service may run different programs',
        },
      ],
    },
    {
      name: 'no tag',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web
              ports: [{ name: http, containerPort: 8080 }]
              imagePullPolicy: IfNotPresent
        `,
        webService,
      ),
      errors: [
        {
          id: 'tag',
          line: 16,
          column: 28,
          endColumn: 40,
          severity: 'info',
          message:
            'shop/web is pulled once by each node (imagePullPolicy IfNotPresent): pods of one Service may run different programs',
        },
      ],
    },
    {
      name: 'one file of a ConfigMap',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: http, containerPort: 8080 }]
              volumeMounts: [{ name: settings, mountPath: /etc/front/settings.yaml, subPath: settings.yaml }]
          volumes: [{ name: settings, configMap: { name: front-nginx } }]
        `,
        frontService,
        frontNginxConfigMap,
      ),
      errors: [
        {
          id: 'copied',
          line: 16,
          column: 90,
          endColumn: 103,
          severity: 'info',
          message:
            'settings.yaml is copied out of ConfigMap "front-nginx" when a pod starts (subPath): when the ConfigMap changes it stays as it is',
        },
      ],
    },
  ],
});

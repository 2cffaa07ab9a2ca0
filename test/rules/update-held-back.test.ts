import { updateHeldBack } from '../../rules/resilience/update-held-back.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(updateHeldBack, {
  valid: [
    {
      name: 'some are updated',
      yaml: yaml`
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
    },
    {
      name: 'none is held',
      yaml: yaml`
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
  ],
});

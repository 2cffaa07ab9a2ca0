import { dnsNameMalformed } from '../../rules/reference/dns-name-malformed.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(dnsNameMalformed, {
  valid: [
    {
      name: 'in full',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'short',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'a pod',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api-0.api.core.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'a host outside',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.example.com
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'no such Service',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://orders.core.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
  ],
  invalid: [
    {
      name: 'without svc',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 51,
          message:
            '"api.core.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'svc in the wrong place',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.svc.core.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 55,
          message:
            '"api.svc.core.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'the names swapped',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://core.api.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 55,
          message:
            '"core.api.svc.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'swapped and short',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://core.api
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'meant',
          line: 19,
          column: 29,
          endColumn: 37,
          message: '"core.api" is no name of cluster DNS; the Service is api.core.svc',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
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
                  env:
                    - name: API_URL
                      value: http://api.core.svc
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'an alias',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: shop
        spec:
          type: ExternalName
          externalName: api.core.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'meant',
          line: 8,
          column: 17,
          endColumn: 39,
          message:
            '"api.core.cluster.local" is no name of cluster DNS; the Service is api.core.svc.cluster.local',
        },
      ],
      output: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: shop
        spec:
          type: ExternalName
          externalName: api.core.svc.cluster.local
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
          namespace: core
        spec:
          selector:
            matchLabels: { app: api }
          template:
            metadata:
              labels: { app: api }
            spec:
              containers:
                - name: api
                  image: shop/api:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: api
          namespace: core
        spec:
          selector: { app: api }
          ports:
            - port: 80
              targetPort: http
      `,
    },
  ],
});

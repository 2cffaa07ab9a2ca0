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
    {
      name: 'a record of a named port',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: db
        spec:
          serviceName: db
          replicas: 3
          selector: { matchLabels: { app: db } }
          template:
            metadata: { labels: { app: db } }
            spec: { containers: [{ name: db, image: "mongo:7", ports: [{ name: db, containerPort: 27017 }] }] }
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: db
        spec:
          clusterIP: None
          selector: { app: db }
          ports: [{ name: db, port: 27017 }]
        ---
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
                  env: [{ name: DB, value: "_db._tcp.db.default.svc.cluster.local" }]
      `,
    },
    {
      name: 'another domain',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
        ---
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
                  env: [{ name: A, value: "http://web.default.svc.corp.example" }]
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
    {
      name: 'a record that is not there',
      yaml: yaml`
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: db
        spec:
          serviceName: db
          replicas: 3
          selector: { matchLabels: { app: db } }
          template:
            metadata: { labels: { app: db } }
            spec: { containers: [{ name: db, image: "mongo:7", ports: [{ name: db, containerPort: 27017 }] }] }
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: db
        spec:
          clusterIP: None
          selector: { app: db }
          ports: [{ name: db, port: 27017 }]
        ---
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
                  env: [{ name: DB, value: "_mongo._tcp.db.default.svc.cluster.local" }]
      `,
      errors: [
        {
          id: 'record',
          line: 37,
          column: 38,
          endColumn: 43,
          severity: 'warning',
          message:
            'Service default/db has no port "mongo" of protocol tcp, and DNS no record for it; known ports: 27017 ("db")',
          related: ['20:3 its ports'],
        },
      ],
    },
    {
      name: 'the domain misspelt',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
        ---
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
                  env: [{ name: A, value: "http://web.default.svc.cluster.locl/" }]
      `,
      errors: [
        {
          id: 'meant',
          line: 26,
          column: 43,
          endColumn: 71,
          message:
            '"web.default.svc.cluster.locl" is no name of cluster DNS; the Service is web.default.svc.cluster.local',
        },
      ],
      output: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
        ---
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
                  env: [{ name: A, value: "http://web.default.svc.cluster.local/" }]
      `,
    },
  ],
});

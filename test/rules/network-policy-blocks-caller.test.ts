import { networkPolicyBlocksCaller } from '../../rules/policy/network-policy-blocks-caller.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(networkPolicyBlocksCaller, {
  valid: [
    {
      name: 'admitted',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: web } } }]
              ports: [{ port: 8080 }]
      `,
    },
    {
      name: 'let out as well',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: web } } }]
              ports: [{ port: 8080 }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          policyTypes: [Egress]
          egress:
            - to: [{ podSelector: { matchLabels: { app: catalog } } }]
              ports: [{ port: 8080 }]
            - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
      `,
    },
    {
      name: 'no policy for these pods',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
        spec:
          podSelector: { matchLabels: { app: db } }
          ingress: []
      `,
    },
    {
      name: 'by address',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ ipBlock: { cidr: 10.0.0.0/8 } }]
      `,
    },
    {
      name: 'a policy of another kind beside it',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: api } } }]
              ports: [{ port: 8080 }]
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata:
          name: web
        spec: {}
      `,
    },
    {
      name: 'another port of the Service is closed',
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
                  env:
                    - name: API
                      value: http://catalog:80
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: web } } }]
              ports: [{ port: 8080 }]
      `,
    },
    {
      name: 'nobody calls it',
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
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: api } } }]
              ports: [{ port: 8080 }]
      `,
    },
    {
      name: 'another key of a shared ConfigMap',
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
                  env: [{ name: A, valueFrom: { configMapKeyRef: { name: urls, key: other } } }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: api } } }]
              ports: [{ port: 8080 }]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: urls
        data:
          catalog: http://catalog
          other: none
      `,
    },
  ],
  invalid: [
    {
      name: 'not admitted',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: api } } }]
              ports: [{ port: 8080 }]
      `,
      errors: [
        {
          id: 'ingress',
          line: 52,
          column: 3,
          endColumn: 10,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/catalog does not admit it',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'nobody is',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: deny
        spec:
          podSelector: {}
          policyTypes: [Ingress]
      `,
      errors: [
        {
          id: 'ingress',
          line: 51,
          column: 3,
          endColumn: 14,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/deny does not admit it',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'not let out',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          policyTypes: [Egress]
          egress:
            - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
      `,
      errors: [
        {
          id: 'egress',
          line: 53,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/web does not let it out there',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'let out to the port of the Service',
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
                  env:
                    - name: API
                      value: http://catalog
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          policyTypes: [Egress]
          egress:
            - to: [{ podSelector: { matchLabels: { app: catalog } } }]
              ports: [{ port: 80 }]
            - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
      `,
      errors: [
        {
          id: 'egress',
          line: 53,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/web does not let it out there',
          related: ['18:29 where the caller is given the name', '29:7 the pods behind the Service'],
        },
      ],
    },
    {
      name: 'by a ConfigMap',
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
                  envFrom: [{ configMapRef: { name: urls } }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalog
        spec:
          selector:
            matchLabels: { app: catalog }
          template:
            metadata:
              labels: { app: catalog }
            spec:
              containers:
                - name: catalog
                  image: shop/catalog:1.4
                  ports: [{ name: http, containerPort: 8080 }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: catalog
        spec:
          selector: { app: catalog }
          ports:
            - port: 80
              targetPort: http
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: catalog
        spec:
          podSelector: { matchLabels: { app: catalog } }
          ingress:
            - from: [{ podSelector: { matchLabels: { app: api } } }]
              ports: [{ port: 8080 }]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: urls
        data:
          catalog: http://catalog
      `,
      errors: [
        {
          id: 'ingress',
          line: 50,
          column: 3,
          endColumn: 10,
          severity: 'warning',
          message:
            'Deployment default/web calls port 80 of Service default/catalog, and NetworkPolicy default/catalog does not admit it',
          related: ['59:19 where the caller is given the name', '27:7 the pods behind the Service'],
        },
      ],
    },
  ],
});

import { annotationValueInvalid } from '../../rules/routing/annotation-value-invalid.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(annotationValueInvalid, {
  valid: [
    {
      name: 'values that are read',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/affinity: cookie
            nginx.ingress.kubernetes.io/ssl-redirect: "true"
            nginx.ingress.kubernetes.io/auth-type: basic
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'another controller',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/affinity: cookies
        spec:
          ingressClassName: traefik
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: traefik
        spec:
          controller: traefik.io/ingress-controller
      `,
    },
    {
      name: 'a placeholder',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/affinity: \${AFFINITY}
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'a word',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/affinity: cookies
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'word',
          line: 31,
          column: 43,
          endColumn: 50,
          message: '"cookies" is not known; known: cookie',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/affinity: cookie
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'one of several',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/backend-protocol: "GRPC-S"
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'word',
          line: 31,
          column: 51,
          endColumn: 59,
          message: '"GRPC-S" is not known; known: HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS, FCGI',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/backend-protocol: "GRPCS"
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'a switch',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector: { app: web }
          ports: [{ name: http, port: 80, targetPort: http }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/ssl-redirect: "yes"
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'boolean',
          line: 31,
          column: 47,
          endColumn: 52,
          message: '"yes" is neither true nor false',
        },
      ],
    },
  ],
});

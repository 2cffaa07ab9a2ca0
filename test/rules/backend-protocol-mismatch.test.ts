import { backendProtocolMismatch } from '../../rules/routing/backend-protocol-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations:
      nginx.ingress.kubernetes.io/backend-protocol: HTTPS
  spec:
    ingressClassName: nginx
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 443 } } }
`;

const namedService = serviceFor('web')`
  ports:
    - name: http
      port: 80
      targetPort: http
`;

const orders = (name: string, annotation = 'example.com/a: b') =>
  documents(
    serviceFor('orders')`ports: [{ name: ${name}, port: 9000 }]`,
    app('orders')``,
    yaml`
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: orders
        annotations: { ${annotation} }
      spec:
        ingressClassName: nginx
        rules:
          - host: orders.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: { service: { name: orders, port: { number: 9000 } } }
    `,
  );

const httpsWeb = serviceFor('web')`
  ports:
    - name: https
      port: 443
      targetPort: https
`;

testRule(backendProtocolMismatch, {
  valid: [
    { name: 'gRPC for browsers', yaml: orders('grpc-web') },
    {
      name: 'gRPC that the controller is told of',
      yaml: orders('grpc', 'nginx.ingress.kubernetes.io/backend-protocol: GRPC'),
    },
    {
      name: 'gRPC that the controller was told of in an old way',
      yaml: orders('grpc', 'nginx.ingress.kubernetes.io/grpc-backend: "true"'),
    },
    {
      name: 'gRPC behind another controller',
      yaml: orders('grpc').replace('ingressClassName: nginx', 'ingressClassName: traefik'),
    },
    {
      name: 'plain to plain',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'TLS to TLS',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        httpsWeb,
        webIngress,
      ),
    },
    {
      name: 'a name that says nothing',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: web, containerPort: 8443 }]',
        ),
        serviceFor('web')`
          ports:
            - name: web
              port: 443
              targetPort: web
        `,
        webIngress,
      ),
    },
    {
      name: 'FastCGI',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              nginx.ingress.kubernetes.io/backend-protocol: FCGI
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'a port that it has not',
      yaml: documents(
        webDeployment,
        webService,
        webIngress.replace(
          'backend: { service: { name: web, port: { number: 443 } } }',
          'backend: { service: { name: web, port: { number: 81 } } }',
        ),
      ),
    },
    {
      name: 'passed through',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        httpsWeb,
        webIngress.replace(
          'nginx.ingress.kubernetes.io/backend-protocol: HTTPS',
          'nginx.ingress.kubernetes.io/ssl-passthrough: "true"',
        ),
      ),
    },
    {
      name: 'Traefik goes by the port',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        httpsWeb,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
          spec:
            ingressClassName: traefik
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 443 } } }
        `,
      ),
    },
    {
      name: 'TLS ends at the Ingress',
      yaml: documents(
        webDeployment,
        namedService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              nginx.ingress.kubernetes.io/ssl-passthrough: "false"
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'a Route that ends it',
      yaml: documents(
        webDeployment,
        namedService,
        yaml`
          apiVersion: route.openshift.io/v1
          kind: Route
          metadata:
            name: web
          spec:
            host: shop.example.com
            to: { kind: Service, name: web }
            port: { targetPort: http }
            tls: { termination: edge }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'TLS to plain',
      yaml: documents(
        webDeployment,
        webService,
        webIngress.replace(
          'backend: { service: { name: web, port: { number: 443 } } }',
          'backend: { service: { name: web, port: { number: 80 } } }',
        ),
      ),
      errors: [
        {
          id: 'encrypted',
          line: 32,
          column: 51,
          endColumn: 56,
          message: 'it speaks TLS to port 80 of Service default/web, which is for plain HTTP',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'plain to TLS',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            selector: { app: web }
            ports:
              - name: https
                port: 443
                targetPort: https
          ---
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              nginx.ingress.kubernetes.io/backend-protocol: HTTP
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { name: https } } }
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 33,
          column: 51,
          endColumn: 55,
          message: 'it speaks plain HTTP to port https of Service default/web, which is for TLS',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'ingress-nginx speaks plain HTTP',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            selector: { app: web }
            ports:
              - name: https
                port: 443
                targetPort: https
          ---
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 443 } } }
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 40,
          column: 46,
          endColumn: 50,
          message: 'it speaks plain HTTP to port https of Service default/web, which is for TLS',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'by an annotation of the Service',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              traefik.ingress.kubernetes.io/service.serversscheme: https
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
          ---
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
          spec:
            ingressClassName: traefik
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
      errors: [
        {
          id: 'encrypted',
          line: 22,
          column: 58,
          endColumn: 63,
          message: 'it speaks TLS to port 80 of Service default/web, which is for plain HTTP',
          related: ['26:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'a port that the kubelet speaks TLS to',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: board
          spec:
            ingressClassName: nginx
            rules:
              - host: board.example.org
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend:
                        service:
                          name: board
                          port:
                            number: 443
        `,
        serviceFor('board')`
          ports:
            - port: 443
              targetPort: 8443
        `,
        deployment('board')`
          containers:
            - name: board
              image: registry.example/board:1.0
              ports: [{ containerPort: 8443 }]
              livenessProbe:
                httpGet: { scheme: HTTPS, path: /, port: 8443 }
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 16,
          column: 17,
          endColumn: 21,
          message: 'it speaks plain HTTP to port 443 of Service default/board, which is for TLS',
          related: ['26:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'an Ingress that passes TLS on',
      yaml: documents(
        webDeployment,
        namedService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              nginx.ingress.kubernetes.io/ssl-passthrough: "true"
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
      errors: [
        {
          id: 'handed',
          line: 33,
          column: 50,
          endColumn: 56,
          message:
            'ssl-passthrough sends TLS to port http of Service default/web, whose name says plain http',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'a Route that passes TLS on',
      yaml: documents(
        webDeployment,
        namedService,
        yaml`
          apiVersion: route.openshift.io/v1
          kind: Route
          metadata:
            name: web
          spec:
            host: shop.example.com
            to: { kind: Service, name: web }
            port: { targetPort: http }
            tls: { termination: passthrough }
        `,
      ),
      errors: [
        {
          id: 'handed',
          line: 36,
          column: 23,
          endColumn: 34,
          message:
            'passthrough sends TLS to port http of Service default/web, whose name says plain http',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'a Route that begins TLS again',
      yaml: documents(
        webDeployment,
        namedService,
        yaml`
          apiVersion: route.openshift.io/v1
          kind: Route
          metadata:
            name: web
          spec:
            host: shop.example.com
            to: { kind: Service, name: web }
            port: { targetPort: http }
            tls: { termination: reencrypt }
        `,
      ),
      errors: [
        {
          id: 'handed',
          line: 36,
          column: 23,
          endColumn: 32,
          message:
            'reencrypt sends TLS to port http of Service default/web, whose name says plain http',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
    {
      name: 'gRPC that the controller knows nothing of',
      yaml: orders('grpc'),
      errors: [
        {
          id: 'grpc',
          line: 38,
          column: 49,
          endColumn: 53,
          severity: 'warning',
          message: 'it speaks HTTP/1.1 to port grpc of Service default/orders, which is for gRPC',
          help: 'add the annotation nginx.ingress.kubernetes.io/backend-protocol: GRPC',
          related: ['7:13 the port that it leads to'],
        },
      ],
    },
  ],
});

import { passthroughToPlain } from '../../rules/routing/passthrough-to-plain.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webService = serviceFor('web')`
  ports:
    - name: http
      port: 80
      targetPort: http
`;

testRule(passthroughToPlain, {
  valid: [
    {
      name: 'a port for TLS',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        serviceFor('web')`
          ports:
            - name: https
              port: 443
              targetPort: https
        `,
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
                      backend: { service: { name: web, port: { number: 443 } } }
        `,
      ),
    },
    {
      name: 'ends at the Ingress',
      yaml: documents(
        webDeployment,
        webService,
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
      name: 'a Route that ends TLS',
      yaml: documents(
        webDeployment,
        webService,
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
      name: 'an Ingress',
      yaml: documents(
        webDeployment,
        webService,
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
          id: 'plain',
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
      name: 'a Route',
      yaml: documents(
        webDeployment,
        webService,
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
          id: 'plain',
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
        webService,
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
          id: 'plain',
          line: 36,
          column: 23,
          endColumn: 32,
          message:
            'reencrypt sends TLS to port http of Service default/web, whose name says plain http',
          related: ['24:7 the port that it leads to'],
        },
      ],
    },
  ],
});

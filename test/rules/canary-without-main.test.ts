import { canaryWithoutMain } from '../../rules/routing/canary-without-main.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations:
      nginx.ingress.kubernetes.io/ssl-redirect: "false"
  spec:
    ingressClassName: nginx
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: ImplementationSpecific
              backend: { service: { name: web, port: { number: 80 } } }
`;

testRule(canaryWithoutMain, {
  valid: [
    {
      name: 'of a host',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: canary
            annotations:
              nginx.ingress.kubernetes.io/canary: "true"
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: ImplementationSpecific
                      backend: { service: { name: next, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'alone',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: canary
          annotations:
            nginx.ingress.kubernetes.io/canary: "true"
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: ImplementationSpecific
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'another host',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: canary
            annotations:
              nginx.ingress.kubernetes.io/canary: "true"
          spec:
            ingressClassName: nginx
            rules:
              - host: www.example.com
                http:
                  paths:
                    - path: /
                      pathType: ImplementationSpecific
                      backend: { service: { name: next, port: { number: 80 } } }
        `,
      ),
      errors: [
        {
          id: 'host',
          line: 26,
          column: 13,
          endColumn: 28,
          message:
            'no other Ingress of its namespace serves www.example.com; there are shop.example.com',
        },
      ],
    },
    {
      name: 'another path',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: canary
            annotations:
              nginx.ingress.kubernetes.io/canary: "true"
          spec:
            ingressClassName: nginx
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /v2
                      pathType: ImplementationSpecific
                      backend: { service: { name: next, port: { number: 80 } } }
        `,
      ),
      errors: [
        {
          id: 'path',
          line: 29,
          column: 19,
          endColumn: 22,
          message: 'no other Ingress of its namespace serves path /v2 of shop.example.com',
        },
      ],
    },
  ],
});

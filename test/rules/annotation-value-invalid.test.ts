import { annotationValueInvalid } from '../../rules/routing/annotation-value-invalid.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

/** An Ingress with an annotation in its sixth line. */
const ingress = (annotation: string, className = 'nginx'): string => yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations:
      ${annotation}
  spec:
    ingressClassName: ${className}
    tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 80 } } }
`;

testRule(annotationValueInvalid, {
  valid: [
    { name: 'a word that is read', yaml: ingress('nginx.ingress.kubernetes.io/affinity: cookie') },
    { name: 'another', yaml: ingress('nginx.ingress.kubernetes.io/auth-type: basic') },
    {
      name: 'a switch in quotes',
      yaml: ingress('nginx.ingress.kubernetes.io/ssl-redirect: "true"'),
    },
    {
      name: 'another controller',
      yaml: documents(
        ingress('nginx.ingress.kubernetes.io/affinity: cookies', 'traefik'),
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: IngressClass
          metadata:
            name: traefik
          spec:
            controller: traefik.io/ingress-controller
        `,
      ),
    },
    { name: 'a placeholder', yaml: ingress('nginx.ingress.kubernetes.io/affinity: ${AFFINITY}') },
  ],
  invalid: [
    {
      name: 'a word',
      yaml: ingress('nginx.ingress.kubernetes.io/affinity: cookies'),
      errors: [
        {
          id: 'word',
          line: 6,
          column: 43,
          endColumn: 50,
          message: '"cookies" is not known; known: cookie',
        },
      ],
      output: ingress('nginx.ingress.kubernetes.io/affinity: cookie'),
    },
    {
      name: 'one of several',
      yaml: ingress('nginx.ingress.kubernetes.io/backend-protocol: "GRPC-S"'),
      errors: [
        {
          id: 'word',
          line: 6,
          column: 51,
          endColumn: 59,
          message: '"GRPC-S" is not known; known: HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS, FCGI',
        },
      ],
      output: ingress('nginx.ingress.kubernetes.io/backend-protocol: "GRPCS"'),
    },
    {
      name: 'a switch',
      yaml: ingress('nginx.ingress.kubernetes.io/ssl-redirect: "yes"'),
      errors: [
        {
          id: 'boolean',
          line: 6,
          column: 47,
          endColumn: 52,
          message: '"yes" is neither true nor false',
        },
      ],
    },
  ],
});

import { ingressHostWithoutPaths } from '../../rules/routing/ingress-host-without-paths.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(ingressHostWithoutPaths, {
  valid: [
    {
      name: 'paths, a default backend, and a rule for every host',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
        spec:
          rules:
            - host: shop.acme.io
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { resource: { apiGroup: acme.io, kind: Bucket, name: shop } } }
            - http:
                paths:
                  - { path: /, pathType: Prefix, backend: { resource: { apiGroup: acme.io, kind: Bucket, name: shop } } }
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: rest
        spec:
          defaultBackend: { resource: { apiGroup: acme.io, kind: Bucket, name: rest } }
          rules:
            - host: rest.acme.io
      `,
    },
  ],
  invalid: [
    {
      name: 'a dash too many',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
        spec:
          rules:
            - host: shop.acme.io
            - http:
                paths:
                  - { path: /, pathType: Prefix, backend: { resource: { apiGroup: acme.io, kind: Bucket, name: shop } } }
      `,
      errors: [
        {
          id: 'split',
          line: 7,
          column: 13,
          endColumn: 25,
          message: '"shop.acme.io" has no paths: those of the next rule are for every host',
          related: ['8:7 paths for every host'],
        },
      ],
    },
    {
      name: 'a host, and nothing that answers',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
        spec:
          rules:
            - host: shop.acme.io
      `,
      errors: [
        {
          id: 'none',
          line: 7,
          column: 13,
          endColumn: 25,
          message: '"shop.acme.io" has no paths, and the Ingress has no default backend',
        },
      ],
    },
  ],
});

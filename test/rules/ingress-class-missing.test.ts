import { ingressClassMissing } from '../../rules/routing/ingress-class-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
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
            - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`;
const nginxIngressClass = yaml`
  apiVersion: networking.k8s.io/v1
  kind: IngressClass
  metadata:
    name: nginx
  spec:
    controller: k8s.io/ingress-nginx
`;

testRule(ingressClassMissing, {
  valid: [
    {
      name: 'the class is there',
      yaml: documents(webDeployment, webService, nginxIngressClass, webIngress),
    },
    {
      name: 'no class was read',
      yaml: documents(webDeployment, webService, webIngress),
      unknown: [
        'IngressClass "nginx" was not found, but no IngressClass was read together with it',
      ],
    },
    {
      name: 'quite another one',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: IngressClass
          metadata:
            name: traefik
          spec:
            controller: k8s.io/ingress-nginx
        `,
        webIngress,
      ),
      unknown: ['IngressClass "nginx" was not found, and may be made by hand'],
    },
    {
      name: 'no class',
      yaml: documents(
        webDeployment,
        webService,
        nginxIngressClass,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
          spec:
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
        `,
      ),
    },
    {
      name: 'a class of its own, and a second one',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: web }
        spec:
          ingressClassName: nginx2
          defaultBackend: { service: { name: web, port: { number: 80 } } }
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: api }
        spec:
          ingressClassName: edge
          defaultBackend: { service: { name: api, port: { number: 80 } } }
      `,
      unknown: [
        'IngressClass "nginx2" was not found, but no IngressClass was read together with it',
        'IngressClass "edge" was not found, but no IngressClass was read together with it',
      ],
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: documents(
        webDeployment,
        webService,
        nginxIngressClass,
        webIngress.replace('ingressClassName: nginx', 'ingressClassName: ngnix'),
      ),
      errors: [
        {
          id: 'nearName',
          line: 39,
          column: 21,
          endColumn: 26,
          message: 'there is no IngressClass "ngnix"; did you mean "nginx"?',
          related: ['30:9 this IngressClass'],
        },
      ],
      output: documents(webDeployment, webService, nginxIngressClass, webIngress),
    },
    {
      name: 'a slip from what controllers call theirs',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: web }
        spec:
          ingressClassName: traefick
          defaultBackend: { service: { name: web, port: { number: 80 } } }
      `,
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 21,
          endColumn: 29,
          severity: 'warning',
          message: 'there is no IngressClass "traefick"; did you mean "traefik"?',
        },
      ],
      output: [['traefick', 'traefik']],
    },
  ],
});

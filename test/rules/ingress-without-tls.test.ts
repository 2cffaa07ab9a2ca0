import { ingressWithoutTls } from '../../rules/security/ingress-without-tls.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor } from '../support/shop.ts';
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

testRule(ingressWithoutTls, {
  valid: [
    {
      name: 'the host is covered',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          tls:
            - hosts: [shop.example.com]
              secretName: shop-tls
          rules:
            - host: shop.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
    },
    {
      name: 'by a wildcard',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          tls:
            - hosts: ['*.example.com']
              secretName: shop-tls
          rules:
            - host: shop.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
    },
    {
      name: 'an entry for all hosts',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          tls:
            - secretName: shop-tls
          rules:
            - host: shop.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
    },
    {
      name: 'the load balancer has the certificate',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:1:certificate/a
        spec:
          ingressClassName: alb
          rules:
            - host: shop.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
    },
    {
      name: 'a tunnel',
      yaml: webIngress.replace('ingressClassName: nginx', 'ingressClassName: tailscale'),
    },
    {
      name: 'a route of Traefik with TLS',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRoute
          metadata:
            name: web
          spec:
            entryPoints: [websecure]
            routes:
              - match: Host(\`shop.example.com\`)
                kind: Rule
                services: [{ name: web, port: 80 }]
            tls: {}
        `,
      ),
    },
    {
      name: 'an entry point with TLS of its own',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRoute
          metadata:
            name: web
          spec:
            entryPoints: [websecure]
            routes:
              - match: Host(\`shop.example.com\`)
                kind: Rule
                services: [{ name: web, port: 80 }]
        `,
        app('traefik', { replicas: 2 })`
          args: [--entryPoints.websecure.address=:8443, --entryPoints.websecure.http.tls=true]
        `,
      ),
    },
    {
      name: 'an entry point for plain HTTP',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRoute
          metadata:
            name: web
          spec:
            entryPoints: [web]
            routes:
              - match: Host(\`shop.example.com\`)
                kind: Rule
                services: [{ name: web, port: 80 }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'no entry, beside a certificate',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: [shop.example.com]
            issuerRef: { name: letsencrypt }
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 5,
          column: 1,
          endColumn: 5,
          message: 'there is no tls entry: everything goes over plain HTTP',
        },
      ],
    },
    {
      name: 'no entry',
      yaml: webIngress,
      errors: [
        {
          id: 'none',
          line: 5,
          column: 1,
          endColumn: 5,
          severity: 'info',
          message: 'there is no tls entry: everything goes over plain HTTP',
        },
      ],
    },
    {
      name: 'another host',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          tls:
            - hosts: [shop.example.com]
              secretName: shop-tls
          rules:
            - host: shop.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
            - host: api.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
      errors: [
        {
          id: 'host',
          line: 15,
          column: 13,
          endColumn: 28,
          message: 'no tls entry covers api.example.com; covered: shop.example.com',
          related: ['7:3 the hosts that have a certificate'],
        },
      ],
    },
    {
      name: 'a wildcard is for one label',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          tls:
            - hosts: ['*.example.com']
              secretName: shop-tls
          rules:
            - host: a.b.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
      errors: [
        {
          id: 'host',
          line: 11,
          column: 13,
          endColumn: 28,
          message: 'no tls entry covers a.b.example.com; covered: *.example.com',
          related: ['7:3 the hosts that have a certificate'],
        },
      ],
    },
    {
      name: 'a Gateway for plain HTTP',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: http
              port: 80
              protocol: HTTP
      `,
      errors: [
        {
          id: 'gateway',
          line: 7,
          column: 3,
          endColumn: 12,
          severity: 'info',
          message: 'all of its listeners are for plain HTTP',
        },
      ],
    },
    {
      name: 'no Secret is named',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          tls:
            - hosts: [shop.example.com]
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
          id: 'secret',
          line: 8,
          column: 7,
          endColumn: 12,
          severity: 'info',
          message: 'the tls entry names no Secret: the controller shows a certificate of its own',
        },
      ],
    },
    {
      name: 'an entry point that is named for TLS',
      yaml: documents(
        app('web', { replicas: 2 })``,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: traefik.io/v1alpha1
          kind: IngressRoute
          metadata:
            name: web
          spec:
            entryPoints: [websecure]
            routes:
              - match: Host(\`shop.example.com\`)
                kind: Rule
                services: [{ name: web, port: 80 }]
        `,
      ),
      errors: [
        {
          id: 'route',
          line: 31,
          column: 17,
          endColumn: 26,
          severity: 'info',
          message:
            'without spec.tls it takes plain HTTP, at entry point "websecure" too unless that has TLS',
        },
      ],
    },
  ],
});

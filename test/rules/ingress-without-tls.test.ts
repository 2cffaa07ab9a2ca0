import { ingressWithoutTls } from '../../rules/security/ingress-without-tls.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

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
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: tailscale
          rules:
            - host: shop.example.com
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'no entry, beside a certificate',
      yaml: yaml`
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
        ---
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata:
          name: shop
        spec:
          secretName: shop-tls
          dnsNames: [shop.example.com]
          issuerRef: { name: letsencrypt }
      `,
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
      yaml: yaml`
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
      `,
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
  ],
});

import { annotationMisspelt } from '../../rules/routing/annotation-misspelt.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(annotationMisspelt, {
  valid: [
    {
      name: 'keys as they are read, and keys of others',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            kubernetes.io/ingress.class: nginx
            nginx.ingress.kubernetes.io/rewrite-target: /$2
            nginx.ingress.kubernetes.io/something-new: "1"
            cert-manager.io/cluster-issuer: letsencrypt
            traefik.ingress.kubernetes.io/router.entrypoints: web
            traefik.ingress.kubernetes.io/router.tls.domains.0.main: acme.io
            apps.kubernetes.io/owner: shop
            acme.io/ingress-class: nginx
            owner: shop
            shop.acme.io/k: v
        spec:
          defaultBackend:
            service:
              name: web
              port: { number: 80 }
      `,
    },
  ],
  invalid: [
    {
      name: 'a domain, a prefix, names',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            kubernets.io/ingress.class: nginx
            kubernetes.io/ingress-class: nginx
            ngnix.ingress.kubernetes.io/rewrite-target: /$2
            nginx.ingress.kubernetes.io/ssl-redirects: "true"
            cert-manager.io/cluster-issuers: letsencrypt
            traefik.ingress.kubernetes.io/router.entrypoint: web
        spec:
          defaultBackend:
            service:
              name: web
              port: { number: 80 }
      `,
      errors: [
        {
          id: 'meant',
          line: 6,
          column: 5,
          endColumn: 31,
          message:
            'no controller reads "kubernets.io/ingress.class"; did you mean "kubernetes.io/ingress.class"?',
        },
        {
          id: 'meant',
          line: 7,
          column: 5,
          endColumn: 32,
          message:
            'no controller reads "kubernetes.io/ingress-class"; did you mean "kubernetes.io/ingress.class"?',
        },
        {
          id: 'meant',
          line: 8,
          column: 5,
          endColumn: 47,
          message:
            'no controller reads "ngnix.ingress.kubernetes.io/rewrite-target"; did you mean "nginx.ingress.kubernetes.io/rewrite-target"?',
        },
        {
          id: 'meant',
          line: 9,
          column: 5,
          endColumn: 46,
          message:
            'no controller reads "nginx.ingress.kubernetes.io/ssl-redirects"; did you mean "nginx.ingress.kubernetes.io/ssl-redirect"?',
        },
        {
          id: 'meant',
          line: 10,
          column: 5,
          endColumn: 36,
          message:
            'no controller reads "cert-manager.io/cluster-issuers"; did you mean "cert-manager.io/cluster-issuer"?',
        },
        {
          id: 'meant',
          line: 11,
          column: 5,
          endColumn: 52,
          message:
            'no controller reads "traefik.ingress.kubernetes.io/router.entrypoint"; did you mean "traefik.ingress.kubernetes.io/router.entrypoints"?',
        },
      ],
      output: [
        ['kubernets.io', 'kubernetes.io'],
        ['ingress-class', 'ingress.class'],
        ['ngnix.ingress.kubernetes.io', 'nginx.ingress.kubernetes.io'],
        ['ssl-redirects', 'ssl-redirect'],
        ['cluster-issuers', 'cluster-issuer'],
        ['router.entrypoint', 'router.entrypoints'],
      ],
    },
    {
      name: 'of a pod template',
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
              annotations:
                promethues.io/scrape: "true"
            spec:
              containers:
                - { name: web, image: shop/web:1 }
      `,
      errors: [
        {
          id: 'meant',
          line: 12,
          column: 9,
          endColumn: 29,
          message:
            'no controller reads "promethues.io/scrape"; did you mean "prometheus.io/scrape"?',
        },
      ],
      output: [['promethues.io/scrape:', 'prometheus.io/scrape:']],
    },
  ],
});

import { tlsHostMismatch } from '../../rules/routing/tls-host-mismatch.ts';
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
    tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 80 } } }
`;
const shopCertificate = yaml`
  apiVersion: cert-manager.io/v1
  kind: Certificate
  metadata:
    name: shop
  spec:
    secretName: shop-tls
    dnsNames: ["*.example.com"]
    issuerRef: { name: ca }
`;

const edgeGateway = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  metadata:
    name: edge
  spec:
    gatewayClassName: edge
    listeners:
      - name: https
        port: 443
        protocol: HTTPS
        hostname: "shop.example.com"
        tls: { certificateRefs: [{ name: shop-tls }] }
`;

testRule(tlsHostMismatch, {
  valid: [
    {
      name: 'a wildcard for the host of a rule',
      yaml: webIngress.replace('[shop.example.com]', '["*.example.com"]'),
    },
    {
      name: 'rules for every host',
      yaml: webIngress
        .replace('host: shop.example.com', 'host: ""')
        .replace('[shop.example.com]', '[shop.example.org]'),
    },
    {
      name: 'the same host',
      yaml: documents(
        webDeployment,
        webService,
        webIngress,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: ["shop.example.com"]
            issuerRef: { name: ca }
        `,
      ),
    },
    {
      name: 'a wildcard',
      yaml: documents(webDeployment, webService, webIngress, shopCertificate),
    },
    {
      name: 'a listener',
      yaml: documents(
        edgeGateway,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: ["shop.example.com"]
            issuerRef: { name: ca }
        `,
      ),
    },
    {
      name: 'a wildcard of both',
      yaml: documents(
        edgeGateway.replace('hostname: "shop.example.com"', 'hostname: "*.example.com"'),
        shopCertificate,
      ),
    },
    {
      name: 'a certificate that was not read',
      yaml: documents(webDeployment, webService, webIngress),
    },
  ],
  invalid: [
    {
      name: 'another host',
      yaml: documents(
        webDeployment,
        webService,
        webIngress,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: ["www.example.com"]
            issuerRef: { name: ca }
        `,
      ),
      errors: [
        {
          id: 'certificate',
          line: 33,
          column: 19,
          endColumn: 35,
          message:
            'shop.example.com is served with the certificate of Certificate default/shop, which is for www.example.com',
          related: ['48:3 its names'],
        },
      ],
    },
    {
      name: 'a wildcard that is not deep enough',
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
            tls: [{ hosts: [a.shop.example.com], secretName: shop-tls }]
            rules:
              - host: a.shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
        shopCertificate,
      ),
      errors: [
        {
          id: 'certificate',
          line: 33,
          column: 19,
          endColumn: 37,
          message:
            'a.shop.example.com is served with the certificate of Certificate default/shop, which is for *.example.com',
          related: ['48:3 its names'],
        },
      ],
    },
    {
      name: 'a listener for another host',
      yaml: documents(
        edgeGateway,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: ["www.example.com"]
            issuerRef: { name: ca }
        `,
      ),
      errors: [
        {
          id: 'certificate',
          line: 11,
          column: 17,
          endColumn: 35,
          message:
            'shop.example.com is served with the certificate of Certificate default/shop, which is for www.example.com',
          related: ['20:3 its names'],
        },
      ],
    },
    ...(
      [
        ['', 'info', 33],
        ['annotations: { cert-manager.io/issuer: ca }', 'warning', 34],
      ] as const
    ).map(([annotations, severity, line]) => ({
      name: `a host that no rule is for, ${severity}`,
      yaml: documents(
        webDeployment,
        webService,
        webIngress
          .replace('[shop.example.com]', '[shop.example.org]')
          .replace(
            'name: web\n',
            annotations === '' ? 'name: web\n' : `name: web\n  ${annotations}\n`,
          ),
      ),
      errors: [
        {
          id: 'ruleless' as const,
          line,
          column: 19,
          endColumn: 35,
          severity,
          message:
            'no rule of this Ingress is for shop.example.org; its rules are for shop.example.com',
          help: 'write the hosts of the rules here',
        },
      ],
    })),
  ],
});

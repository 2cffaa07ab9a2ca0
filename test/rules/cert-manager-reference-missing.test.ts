import { certManagerReferenceMissing } from '../../rules/reference/cert-manager-reference-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const letsencryptClusterIssuer = yaml`
  apiVersion: cert-manager.io/v1
  kind: ClusterIssuer
  metadata:
    name: letsencrypt
  spec:
    selfSigned: {}
`;
const shopCertificate = yaml`
  apiVersion: cert-manager.io/v1
  kind: Certificate
  metadata:
    name: shop
  spec:
    secretName: shop-tls
    dnsNames: [shop.example.com]
    issuerRef:
      name: letsencrypt
      kind: ClusterIssuer
`;

const letsencryptProdClusterIssuer = yaml`
  apiVersion: cert-manager.io/v1
  kind: ClusterIssuer
  metadata:
    name: letsencrypt-prod
  spec:
    selfSigned: {}
`;
const letsencryptIssuer = yaml`
  apiVersion: cert-manager.io/v1
  kind: Issuer
  metadata:
    name: letsencrypt
  spec:
    selfSigned: {}
`;

testRule(certManagerReferenceMissing, {
  valid: [
    {
      name: 'it is there',
      yaml: documents(shopCertificate, letsencryptClusterIssuer),
    },
    {
      name: 'another group',
      yaml: documents(
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: [shop.example.com]
            issuerRef:
              name: vault
              group: issuers.example.com
        `,
        letsencryptClusterIssuer,
      ),
    },
    {
      name: 'nothing is read',
      yaml: shopCertificate,
      unknown: [
        'ClusterIssuer "letsencrypt" was not found, but no ClusterIssuer was read together with it',
      ],
    },
    {
      name: 'by an annotation',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              cert-manager.io/cluster-issuer: letsencrypt
          spec:
            ingressClassName: nginx
            tls: [{ hosts: [shop.example.com], secretName: web-tls }]
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
        letsencryptClusterIssuer,
      ),
    },
    {
      name: 'with an entry',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            cert-manager.io/cluster-issuer: le
        spec:
          ingressClassName: nginx
          tls: [{ hosts: [shop.example.com], secretName: web-tls }]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
        ---
        apiVersion: cert-manager.io/v1
        kind: ClusterIssuer
        metadata:
          name: le
        spec: { selfSigned: {} }
      `,
    },
  ],
  invalid: [
    {
      name: 'a slip',
      yaml: documents(
        shopCertificate.replace('name: letsencrypt', 'name: letsencryt'),
        letsencryptClusterIssuer,
      ),
      errors: [
        {
          id: 'nearName',
          line: 9,
          column: 11,
          endColumn: 21,
          message: 'there is no ClusterIssuer "letsencryt"; did you mean "letsencrypt"?',
          related: ['15:9 this ClusterIssuer'],
        },
      ],
      output: documents(shopCertificate, letsencryptClusterIssuer),
    },
    {
      name: 'the other kind',
      yaml: documents(
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: [shop.example.com]
            issuerRef:
              name: letsencrypt
        `,
        letsencryptClusterIssuer,
      ),
      errors: [
        {
          id: 'kind',
          line: 9,
          column: 11,
          endColumn: 22,
          message: 'there is no Issuer "letsencrypt"; there is ClusterIssuer letsencrypt',
          related: ['14:9 the one of that name'],
        },
      ],
    },
    {
      name: 'the other annotation',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              cert-manager.io/issuer: letsencrypt
          spec:
            ingressClassName: nginx
            tls: [{ hosts: [shop.example.com], secretName: web-tls }]
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
        letsencryptClusterIssuer,
      ),
      errors: [
        {
          id: 'kind',
          line: 6,
          column: 29,
          endColumn: 40,
          message: 'there is no Issuer "letsencrypt"; there is ClusterIssuer letsencrypt',
          related: ['21:9 the one of that name'],
        },
      ],
    },
    {
      name: 'a name like it',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              cert-manager.io/cluster-issuer: letsencrypt-production
          spec:
            ingressClassName: nginx
            tls: [{ hosts: [shop.example.com], secretName: web-tls }]
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
        letsencryptProdClusterIssuer,
      ),
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 37,
          endColumn: 59,
          severity: 'warning',
          message:
            'there is no ClusterIssuer "letsencrypt-production"; there is "letsencrypt-prod"',
          related: ['21:9 this ClusterIssuer'],
        },
      ],
      output: [['letsencrypt-production', 'letsencrypt-prod']],
    },
    {
      name: 'a Certificate to inject',
      yaml: documents(
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: [shop.example.com]
            issuerRef:
              name: letsencrypt
        `,
        letsencryptIssuer,
        yaml`
          apiVersion: admissionregistration.k8s.io/v1
          kind: ValidatingWebhookConfiguration
          metadata:
            name: shop
            annotations:
              cert-manager.io/inject-ca-from: default/shops
          webhooks: []
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 23,
          column: 45,
          endColumn: 50,
          message: 'there is no Certificate "shops" in namespace default; did you mean "shop"?',
          related: ['4:9 this Certificate'],
        },
      ],
      output: [['default/shops', 'default/shop']],
    },
    {
      name: 'a Certificate of another namespace',
      yaml: yaml`
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata:
          name: shop
          namespace: certificates
        spec:
          secretName: shop-tls
          dnsNames: [shop.example.com]
          issuerRef:
            name: letsencrypt
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: shop
          annotations:
            cert-manager.io/inject-ca-from: shop/shop
        webhooks: []
      `,
      errors: [
        {
          id: 'otherNamespace',
          line: 17,
          column: 42,
          endColumn: 46,
          severity: 'warning',
          message:
            'there is no Certificate "shop" in namespace shop; there is Certificate certificates/shop',
          related: ['5:14 this Certificate'],
        },
      ],
      unknown: [
        'Issuer "letsencrypt" in namespace certificates was not found, but neither a Issuer nor a workload of namespace certificates was read together with it',
      ],
    },
    {
      name: 'an Issuer that is none of those of the kustomization',
      files: {
        'kustomization.yaml': 'namespace: shop\nresources: [shop.yaml]\n',
        'shop.yaml': documents(
          letsencryptIssuer,
          letsencryptIssuer.replace('letsencrypt', 'internal'),
          shopCertificate.replace('letsencrypt', 'vault').replace('ClusterIssuer', 'Issuer'),
        ),
      },
      errors: [
        {
          id: 'missing',
          file: 'shop.yaml',
          line: 23,
          column: 11,
          endColumn: 16,
          severity: 'warning',
          message: 'there is no Issuer "vault" in namespace shop in the 3 objects read',
        },
      ],
    },
    {
      name: 'no entry of tls',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            cert-manager.io/cluster-issuer: le
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
        ---
        apiVersion: cert-manager.io/v1
        kind: ClusterIssuer
        metadata:
          name: le
        spec: { selfSigned: {} }
      `,
      errors: [
        {
          id: 'without',
          line: 6,
          column: 5,
          endColumn: 35,
          severity: 'warning',
          message:
            'cert-manager.io/cluster-issuer makes a certificate for each entry of tls, and there is none',
        },
      ],
    },
  ],
});

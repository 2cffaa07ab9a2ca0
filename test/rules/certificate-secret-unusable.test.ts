import { certificateSecretUnusable } from '../../rules/reference/certificate-secret-unusable.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
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
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 80 } } }
`;

testRule(certificateSecretUnusable, {
  valid: [
    {
      name: 'as it should be',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: kubernetes.io/tls
          data:
            tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJzekNDQVZtZ0F3SUJBZ0lVCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K
            tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBTUJNR0J5cUdTTTQ5Ci0tLS0tRU5EIFBSSVZBVEUgS0VZLS0tLS0K
        `,
      ),
    },
    {
      name: 'by another type',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: Opaque
          data:
            tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJzekNDQVZtZ0F3SUJBZ0lVCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K
            tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBTUJNR0J5cUdTTTQ5Ci0tLS0tRU5EIFBSSVZBVEUgS0VZLS0tLS0K
        `,
      ),
    },
    {
      name: 'filled in later',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: kubernetes.io/tls
          stringData:
            tls.crt: a
            tls.key: b
        `,
      ),
    },
    {
      name: 'no data at all',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: kubernetes.io/tls
        `,
      ),
      refused: 1,
    },
    {
      name: 'nobody serves it',
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
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
        type: Opaque
        stringData:
          cert.pem: a
      `,
    },
  ],
  invalid: [
    {
      name: 'other keys',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: Opaque
          stringData:
            cert.pem: a
            key.pem: b
        `,
      ),
      errors: [
        {
          id: 'keys',
          line: 23,
          column: 1,
          endColumn: 11,
          message:
            'Ingress web serves it, and it has no key tls.crt and no key tls.key; it has cert.pem, key.pem',
          related: ['9:19 who serves it'],
        },
      ],
    },
    {
      name: 'one of them',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: Opaque
          stringData:
            tls.crt: a
            ca.crt: b
        `,
      ),
      errors: [
        {
          id: 'keys',
          line: 23,
          column: 1,
          endColumn: 11,
          message: 'Ingress web serves it, and it has no key tls.key; it has tls.crt, ca.crt',
          related: ['9:19 who serves it'],
        },
      ],
    },
    {
      name: 'mixed up',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: kubernetes.io/tls
          stringData:
            tls.crt: |
              -----BEGIN PRIVATE KEY-----
              MIGHAgEAMBMGByqGSM49
              -----END PRIVATE KEY-----
            tls.key: |
              -----BEGIN CERTIFICATE-----
              MIIBszCCAVmgAwIBAgIU
              -----END CERTIFICATE-----
        `,
      ),
      errors: [
        {
          id: 'swapped',
          line: 24,
          column: 12,
          endLine: 27,
          endColumn: 30,
          message: 'tls.crt holds a private key',
          related: ['9:19 who serves it'],
        },
        {
          id: 'swapped',
          line: 28,
          column: 12,
          endLine: 31,
          endColumn: 30,
          message: 'tls.key holds a certificate',
          related: ['9:19 who serves it'],
        },
      ],
    },
    {
      name: 'twice encoded',
      yaml: documents(
        webIngress,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: kubernetes.io/tls
          data:
            tls.crt: TFMwdExTMUNSVWRKVGlCRFJWSlVTVVpKUTBGVVJTMHRMUzB0Q2sxSlNVSnpla05EUVZadFowRjNTVUpCWjBsVkNpMHRMUzB0UlU1RUlFTkZVbFJKUmtsRFFWUkZMUzB0TFMwSw==
            tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBTUJNR0J5cUdTTTQ5Ci0tLS0tRU5EIFBSSVZBVEUgS0VZLS0tLS0K
        `,
      ),
      errors: [
        {
          id: 'twice',
          line: 24,
          column: 12,
          endColumn: 148,
          message: 'tls.crt is base64 of base64: what controllers read is no PEM text',
          related: ['9:19 who serves it'],
        },
      ],
    },
    {
      name: 'of a Gateway',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: web
              port: 443
              protocol: HTTPS
              tls: { certificateRefs: [{ name: shop-tls }] }
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
        type: Opaque
        data:
          cert: YQ==
          key: YQ==
      `,
      errors: [
        {
          id: 'keys',
          line: 18,
          column: 1,
          endColumn: 5,
          message:
            'Gateway edge serves it, and it has no key tls.crt and no key tls.key; it has cert, key',
          related: ['11:40 who serves it'],
        },
      ],
    },
  ],
});

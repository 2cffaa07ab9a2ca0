import { certificateNotIssued } from '../../rules/reference/certificate-not-issued.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const letsencryptClusterIssuer = yaml`
  apiVersion: cert-manager.io/v1
  kind: ClusterIssuer
  metadata:
    name: letsencrypt
  spec:
    acme:
      server: https://acme-v02.api.letsencrypt.org/directory
      privateKeySecretRef: { name: letsencrypt }
      solvers:
        - http01: { ingress: { ingressClassName: nginx } }
`;
const webCertificate = yaml`
  apiVersion: cert-manager.io/v1
  kind: Certificate
  metadata:
    name: web
  spec:
    secretName: web-tls
    dnsNames: ["*.example.com"]
    issuerRef: { kind: ClusterIssuer, name: letsencrypt }
`;

testRule(certificateNotIssued, {
  valid: [
    {
      name: 'two Secrets',
      yaml: documents(
        letsencryptClusterIssuer,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: web
          spec:
            secretName: web-tls
            dnsNames: [shop.example.com]
            issuerRef: { kind: ClusterIssuer, name: letsencrypt }
          ---
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: api
          spec:
            secretName: api-tls
            dnsNames: [api.example.com]
            issuerRef: { kind: ClusterIssuer, name: letsencrypt }
        `,
      ),
    },
    {
      name: 'a wildcard that is proven in DNS',
      yaml: documents(
        letsencryptClusterIssuer.replace(
          '- http01: { ingress: { ingressClassName: nginx } }',
          '- dns01: { route53: { region: eu-west-1 } }',
        ),
        webCertificate,
      ),
    },
    {
      name: 'an issuer that was not read',
      yaml: webCertificate,
    },
  ],
  invalid: [
    {
      name: 'one Secret',
      yaml: documents(
        letsencryptClusterIssuer,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: web
          spec:
            secretName: web-tls
            dnsNames: [shop.example.com]
            issuerRef: { kind: ClusterIssuer, name: letsencrypt }
          ---
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: api
          spec:
            secretName: web-tls
            dnsNames: [api.example.com]
            issuerRef: { kind: ClusterIssuer, name: letsencrypt }
        `,
      ),
      errors: [
        {
          id: 'shared',
          line: 26,
          column: 15,
          endColumn: 22,
          message: 'Certificate default/web writes Secret "web-tls", too',
          related: ['17:15 the other one'],
        },
      ],
    },
    {
      name: 'a wildcard',
      yaml: documents(letsencryptClusterIssuer, webCertificate),
      errors: [
        {
          id: 'wildcard',
          line: 18,
          column: 14,
          endColumn: 29,
          message:
            'ClusterIssuer letsencrypt proves names by HTTP-01 only, which cannot prove "*.example.com"',
          related: ['9:5 these'],
        },
      ],
    },
  ],
});

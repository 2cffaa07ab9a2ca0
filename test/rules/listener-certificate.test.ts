import { listenerCertificate } from '../../rules/routing/listener-certificate.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(listenerCertificate, {
  valid: [
    {
      name: 'a certificate',
      yaml: yaml`
        ---
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
      `,
    },
    {
      name: 'passed through',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: web
              port: 443
              protocol: TLS
              tls: { mode: Passthrough }
      `,
    },
    {
      name: 'left to the implementation',
      yaml: yaml`
        ---
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
              tls: { options: { networking.gke.io/pre-shared-certs: shop } }
      `,
    },
    {
      name: 'a certificate map of Google',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
          annotations: { networking.gke.io/certmap: shop }
        spec:
          gatewayClassName: gke-l7-global-external-managed
          listeners:
            - name: web
              port: 443
              protocol: HTTPS
      `,
    },
    {
      name: 'certificates that AWS finds by host names',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: aws-alb
          listeners:
            - name: web
              port: 443
              protocol: HTTPS
              hostname: shop.example.com
      `,
    },
    {
      name: 'plain on its port',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: web
              port: 80
              protocol: HTTP
      `,
    },
    {
      name: 'filled in later',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: web
              port: 443
              protocol: \${PROTOCOL}
      `,
    },
    {
      name: 'of Istio',
      yaml: yaml`
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          selector: { istio: ingressgateway }
          servers:
            - { port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop } }
            - { port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com], tls: { httpsRedirect: true } }
            - { port: { number: 15443, name: tls, protocol: TLS }, hosts: ["*.local"], tls: { mode: AUTO_PASSTHROUGH } }
      `,
    },
    {
      name: 'a kind of another group',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - { name: a, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ group: acme.io, kind: Vault, name: a }] } }
      `,
    },
  ],
  invalid: [
    {
      name: 'none',
      yaml: yaml`
        ---
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
      `,
      errors: [
        {
          id: 'none',
          severity: 'warning',
          line: 11,
          column: 7,
          endColumn: 15,
          message: 'listener "web" is for HTTPS and names no certificate',
        },
      ],
    },
    {
      name: 'an empty tls',
      yaml: yaml`
        ---
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
              tls: { mode: Terminate }
      `,
      errors: [
        {
          id: 'none',
          line: 12,
          column: 7,
          endColumn: 10,
          message: 'listener "web" is for HTTPS and names no certificate',
        },
      ],
    },
    {
      name: 'HTTPS cannot be passed through',
      yaml: yaml`
        ---
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
              tls: { mode: Passthrough }
      `,
      errors: [
        {
          id: 'passthrough',
          line: 12,
          column: 14,
          endColumn: 18,
          message:
            'listener "web" is for HTTPS, which it cannot pass through: that is for protocol TLS',
        },
      ],
    },
    {
      name: 'a certificate for plain HTTP',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: web
              port: 80
              protocol: HTTP
              tls: { certificateRefs: [{ name: shop-tls }] }
      `,
      errors: [
        {
          id: 'unused',
          line: 12,
          column: 7,
          endColumn: 10,
          message: 'listener "web" has tls and is for HTTP, which is not encrypted',
        },
      ],
    },
    {
      name: 'plain on 443',
      yaml: yaml`
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - name: web
              port: 443
              protocol: HTTP
      `,
      errors: [
        {
          id: 'plain',
          line: 11,
          column: 7,
          endColumn: 15,
          severity: 'warning',
          message: 'listener "web" takes plain HTTP on port 443, where clients speak TLS',
        },
      ],
    },
    {
      name: 'of Istio, without a credential',
      yaml: yaml`
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          selector: { istio: ingressgateway }
          servers:
            - port: { number: 443, name: https, protocol: HTTPS }
              hosts: [shop.example.com]
              tls: { mode: SIMPLE }
      `,
      errors: [
        {
          id: 'none',
          line: 11,
          column: 7,
          endColumn: 10,
          message: 'listener "https" is for HTTPS and names no certificate',
        },
      ],
    },
    {
      name: 'of Istio, plain on 443',
      yaml: yaml`
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          selector: { istio: ingressgateway }
          servers:
            - port: { number: 443, name: https, protocol: HTTP }
              hosts: [shop.example.com]
      `,
      errors: [
        {
          id: 'plain',
          line: 9,
          column: 41,
          endColumn: 49,
          severity: 'warning',
          message: 'listener "https" takes plain HTTP on port 443, where clients speak TLS',
        },
      ],
    },
    {
      name: 'a ConfigMap',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - { name: a, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ kind: ConfigMap, name: a }] } }
      `,
      errors: [
        {
          id: 'kind',
          line: 8,
          column: 73,
          endColumn: 77,
          severity: 'warning',
          message:
            'listener "a" takes its certificate from a ConfigMap, which no controller has to read',
        },
      ],
    },
  ],
});

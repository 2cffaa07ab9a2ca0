import { protectionTurnedOff } from '../../rules/security/protection-turned-off.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(protectionTurnedOff, {
  valid: [
    {
      name: 'strict',
      yaml: yaml`
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata:
          name: default
        spec:
          mtls:
            mode: STRICT
      `,
    },
    {
      name: 'checked',
      yaml: yaml`
        apiVersion: traefik.io/v1alpha1
        kind: ServersTransport
        metadata:
          name: api
        spec:
          insecureSkipVerify: false
      `,
    },
    {
      name: 'redirected',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/ssl-redirect: "true"
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
    {
      name: 'ranges of one’s own',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8,203.0.113.0/24" }
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: web, port: { number: 80 } } }
      `,
    },
  ],
  invalid: [
    {
      name: 'the TLS of the mesh',
      yaml: yaml`
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata:
          name: default
        spec:
          mtls:
            mode: DISABLE
      `,
      errors: [
        {
          id: 'off',
          line: 7,
          column: 11,
          endColumn: 18,
          message:
            'mode: pods take no TLS of the mesh, so that all that is sent to them is plain text',
        },
      ],
    },
    {
      name: 'certificates',
      yaml: yaml`
        apiVersion: traefik.io/v1alpha1
        kind: ServersTransport
        metadata:
          name: api
        spec:
          insecureSkipVerify: true
      `,
      errors: [
        {
          id: 'off',
          line: 6,
          column: 23,
          endColumn: 27,
          message: 'insecureSkipVerify: whoever answers is believed, whatever certificate it shows',
        },
      ],
    },
    {
      name: 'the redirect',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/ssl-redirect: "false"
        spec:
          ingressClassName: nginx
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
          id: 'off',
          line: 6,
          column: 47,
          endColumn: 54,
          severity: 'info',
          message:
            'nginx.ingress.kubernetes.io/ssl-redirect: plain HTTP is answered and not sent on to HTTPS',
        },
      ],
    },
    {
      name: 'a snippet',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/configuration-snippet: "more_set_headers \\"a: b\\";"
        spec:
          ingressClassName: nginx
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
          id: 'off',
          line: 6,
          column: 56,
          endColumn: 84,
          severity: 'info',
          message:
            'nginx.ingress.kubernetes.io/configuration-snippet: text for the configuration of the controller, which holds the Secrets of all namespaces',
        },
      ],
    },
    {
      name: 'one of several monitors',
      yaml: yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata:
          name: api
        spec:
          selector: { matchLabels: { app: api } }
          endpoints:
            - port: http
            - port: https
              scheme: https
              tlsConfig: { insecureSkipVerify: true }
      `,
      errors: [
        {
          id: 'off',
          line: 11,
          column: 40,
          endColumn: 44,
          severity: 'info',
          message: 'insecureSkipVerify: whoever answers is believed, whatever certificate it shows',
        },
      ],
    },
    {
      name: 'a range that is everything',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8, 0.0.0.0/0" }
        spec:
          ingressClassName: nginx
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
          id: 'off',
          line: 5,
          column: 70,
          endColumn: 93,
          message:
            'nginx.ingress.kubernetes.io/whitelist-source-range: one of these ranges is every address, so that nobody is kept out',
        },
      ],
    },
  ],
});

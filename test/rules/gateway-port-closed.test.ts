import { gatewayPortClosed } from '../../rules/routing/gateway-port-closed.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(gatewayPortClosed, {
  valid: [
    {
      name: 'a port that the Service has',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: edge
          namespace: edge
        spec:
          selector:
            matchLabels: { istio: edge }
          template:
            metadata:
              labels: { istio: edge }
            spec:
              containers:
                - name: istio-proxy
                  image: istio/proxyv2:1.27.0
                  ports: [{ containerPort: 8443 }]
                  readinessProbe:
                    httpGet: { path: /healthz/ready, port: 15021 }
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: edge
          namespace: edge
        spec:
          selector: { istio: edge }
          ports:
            - name: https
              port: 443
              targetPort: 8443
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: shop
        spec:
          selector: { istio: edge }
          servers:
            - port: { number: 443, name: tcp, protocol: TCP }
              hosts: [shop.example.com]
            - port: { number: 8443, name: tcp-2, protocol: TCP }
              hosts: [cart.example.com]
      `,
    },
    {
      name: 'nobody knows the pods',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: shop
        spec:
          selector: { istio: ingressgateway }
          servers:
            - port: { number: 9000, name: http, protocol: HTTP }
              hosts: [shop.example.com]
      `,
    },
  ],
  invalid: [
    {
      name: 'another port',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: edge
          namespace: edge
        spec:
          selector:
            matchLabels: { istio: edge }
          template:
            metadata:
              labels: { istio: edge }
            spec:
              containers:
                - name: istio-proxy
                  image: istio/proxyv2:1.27.0
                  ports: [{ containerPort: 8080 }]
                  readinessProbe:
                    httpGet: { path: /healthz/ready, port: 15021 }
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: edge
          namespace: edge
        spec:
          selector: { istio: edge }
          ports:
            - name: http
              port: 80
              targetPort: 8080
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: shop
        spec:
          selector: { istio: edge }
          servers:
            - port: { number: 443, name: tcp, protocol: TCP }
              hosts: [shop.example.com]
      `,
      errors: [
        {
          id: 'closed',
          line: 40,
          column: 23,
          endColumn: 26,
          message:
            'Service edge/edge, in front of its pods, has no port 443; its ports: 80 ("http")',
          related: ['27:3 its ports'],
        },
      ],
    },
    {
      name: 'a selector of no proxy beside one that nobody selects',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: edge
          namespace: edge
        spec:
          selector:
            matchLabels: { istio: edge }
          template:
            metadata:
              annotations: { inject.istio.io/templates: gateway }
              labels: { istio: edge }
            spec:
              containers: [{ name: istio-proxy, image: auto }]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: edge
          namespace: edge
        spec:
          type: LoadBalancer
          selector: { istio: edge }
          ports: [{ name: http2, port: 80 }]
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: shop
        spec:
          selector: { istio: ingressgateway }
          servers:
            - port: { number: 80, name: http, protocol: HTTP }
              hosts: [shop.example.com]
      `,
      errors: [
        {
          id: 'nobody',
          line: 32,
          column: 3,
          endColumn: 11,
          message:
            'no pod that was read has istio=ingressgateway; the gateway beside it, Deployment edge/edge, has istio=edge',
          related: ['12:7 the labels of its pods'],
        },
      ],
    },
    {
      name: 'the same of a proxy that is known by its label',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: istio-ingressgateway
          namespace: istio-system
        spec:
          selector:
            matchLabels: { istio: ingressgateway }
          template:
            metadata:
              labels: { istio: ingressgateway }
            spec:
              containers:
                - name: istio-proxy
                  image: istio/proxyv2:1.27.0
                  ports: [{ containerPort: 8080 }]
                  readinessProbe:
                    httpGet: { path: /healthz/ready, port: 15021 }
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: istio-system
        spec:
          selector: { istio: ingress }
          servers:
            - port: { number: 80, name: http, protocol: HTTP }
              hosts: [shop.example.com]
      `,
      errors: [
        {
          id: 'nobody',
          line: 26,
          column: 3,
          endColumn: 11,
          message:
            'no pod that was read has istio=ingress; the gateway beside it, Deployment istio-system/istio-ingressgateway, has istio=ingressgateway',
          related: ['11:7 the labels of its pods'],
        },
      ],
    },
  ],
});

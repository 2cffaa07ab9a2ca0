import { gatewayListenerConflict } from '../../rules/routing/gateway-listener-conflict.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(gatewayListenerConflict, {
  valid: [
    {
      name: 'other ports',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: http
              port: 80
              protocol: HTTP
            - name: https
              port: 443
              protocol: HTTPS
      `,
    },
    {
      name: 'other hosts',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: a
              port: 80
              protocol: HTTP
              hostname: a.example.com
            - name: b
              port: 80
              protocol: HTTP
              hostname: b.example.com
      `,
    },
    {
      name: 'both transports',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: tcp
              port: 53
              protocol: TCP
            - name: udp
              port: 53
              protocol: UDP
      `,
    },
    {
      name: 'told apart by name',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: a
              port: 443
              protocol: HTTPS
              hostname: a.example.com
            - name: b
              port: 443
              protocol: TLS
              hostname: b.example.com
      `,
    },
  ],
  invalid: [
    {
      name: 'one name',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: http
              port: 80
              protocol: HTTP
            - name: http
              port: 8080
              protocol: HTTP
      `,
      errors: [
        {
          id: 'name',
          line: 11,
          column: 13,
          endColumn: 17,
          message: 'there is another listener "http"',
          related: ['8:13 the other listener'],
        },
      ],
    },
    {
      name: 'one port for every host',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: http
              port: 80
              protocol: HTTP
            - name: again
              port: 80
              protocol: HTTP
      `,
      errors: [
        {
          id: 'host',
          line: 12,
          column: 13,
          endColumn: 15,
          message: 'listener "http" has port 80 for every host as well',
          related: ['8:13 the other listener'],
        },
      ],
    },
    {
      name: 'one host',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: a
              port: 80
              protocol: HTTP
              hostname: a.example.com
            - name: b
              port: 80
              protocol: HTTP
              hostname: a.example.com
      `,
      errors: [
        {
          id: 'host',
          line: 15,
          column: 17,
          endColumn: 30,
          message: 'listener "a" has port 80 for a.example.com as well',
          related: ['8:13 the other listener'],
        },
      ],
    },
    {
      name: 'two protocols',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - name: http
              port: 80
              protocol: HTTP
            - name: https
              port: 80
              protocol: HTTPS
      `,
      errors: [
        {
          id: 'protocol',
          line: 13,
          column: 17,
          endColumn: 22,
          message: 'listener "http" has port 80 for HTTP',
          related: ['8:13 the other listener'],
        },
      ],
    },
  ],
});

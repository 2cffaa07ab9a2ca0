import { gatewayClassMissing } from '../../rules/routing/gateway-class-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(gatewayClassMissing, {
  valid: [
    {
      name: 'the class is there',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: edge
        spec:
          controllerName: example.com/gateway
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - { name: http, port: 80, protocol: HTTP }
      `,
    },
    {
      name: 'no class was read',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - { name: http, port: 80, protocol: HTTP }
      `,
      unknown: ['GatewayClass "edge" was not found, but no GatewayClass was read together with it'],
    },
    {
      name: 'quite another one',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: internal
        spec:
          controllerName: example.com/gateway
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - { name: http, port: 80, protocol: HTTP }
      `,
      unknown: ['GatewayClass "edge" was not found, and may be made by hand'],
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: edge
        spec:
          controllerName: example.com/gateway
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: egde
          listeners:
            - { name: http, port: 80, protocol: HTTP }
      `,
      errors: [
        {
          id: 'nearName',
          line: 13,
          column: 21,
          endColumn: 25,
          message: 'there is no GatewayClass "egde"; did you mean "edge"?',
          related: ['4:9 this GatewayClass'],
        },
      ],
      output: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: edge
        spec:
          controllerName: example.com/gateway
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: edge
          listeners:
            - { name: http, port: 80, protocol: HTTP }
      `,
    },
  ],
});

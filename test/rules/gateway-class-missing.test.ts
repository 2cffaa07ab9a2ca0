import { gatewayClassMissing } from '../../rules/routing/gateway-class-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const edgeGateway = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  metadata:
    name: edge
  spec:
    gatewayClassName: edge
    listeners:
      - { name: http, port: 80, protocol: HTTP }
`;
const edgeGatewayClass = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: GatewayClass
  metadata:
    name: edge
  spec:
    controllerName: example.com/gateway
`;

testRule(gatewayClassMissing, {
  valid: [
    {
      name: 'the class is there',
      yaml: documents(edgeGatewayClass, edgeGateway),
    },
    {
      name: 'no class was read',
      yaml: edgeGateway,
      unknown: ['GatewayClass "edge" was not found, but no GatewayClass was read together with it'],
    },
    {
      name: 'quite another one',
      yaml: documents(
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: GatewayClass
          metadata:
            name: internal
          spec:
            controllerName: example.com/gateway
        `,
        edgeGateway,
      ),
      unknown: ['GatewayClass "edge" was not found, and may be made by hand'],
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: documents(
        edgeGatewayClass,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
          spec:
            gatewayClassName: egde
            listeners:
              - { name: http, port: 80, protocol: HTTP }
        `,
      ),
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
      output: documents(edgeGatewayClass, edgeGateway),
    },
  ],
});

import { istioGatewayMissing } from '../../rules/reference/istio-gateway-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const edgeGateway = yaml`
  apiVersion: networking.istio.io/v1
  kind: Gateway
  metadata:
    name: edge
  spec:
    selector: { istio: ingressgateway }
    servers:
      - { port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }
`;
const shopVirtualService = yaml`
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata:
    name: shop
  spec:
    hosts: [shop.example.com]
    gateways: [edge]
    http:
      - route: [{ destination: { host: web } }]
`;

testRule(istioGatewayMissing, {
  valid: [
    {
      name: 'it is there',
      yaml: documents(shopVirtualService, edgeGateway),
    },
    {
      name: 'the mesh',
      yaml: documents(
        shopVirtualService.replace('gateways: [edge]', 'gateways: [mesh]'),
        edgeGateway,
      ),
    },
    {
      name: 'in another namespace',
      yaml: documents(
        shopVirtualService.replace('gateways: [edge]', 'gateways: [istio-system/edge]'),
        yaml`
          apiVersion: networking.istio.io/v1
          kind: Gateway
          metadata:
            name: edge
            namespace: istio-system
          spec:
            selector: { istio: ingressgateway }
            servers:
              - { port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }
        `,
      ),
    },
    {
      name: 'none was read',
      yaml: shopVirtualService,
      unknown: [
        'Gateway "edge" in namespace default was not found, but neither a Gateway nor a workload of namespace default was read together with it',
      ],
    },
  ],
  invalid: [
    {
      name: 'a slip',
      yaml: documents(
        shopVirtualService.replace('gateways: [edge]', 'gateways: [egde]'),
        edgeGateway,
      ),
      errors: [
        {
          id: 'nearName',
          line: 7,
          column: 14,
          endColumn: 18,
          message: 'there is no Gateway "egde" in namespace default; did you mean "edge"?',
          related: ['14:9 this Gateway'],
        },
      ],
      output: documents(shopVirtualService, edgeGateway),
    },
    {
      name: 'another name',
      yaml: documents(
        shopVirtualService.replace('gateways: [edge]', 'gateways: [shop-gateway]'),
        edgeGateway,
      ),
      errors: [
        {
          id: 'otherName',
          line: 7,
          column: 14,
          endColumn: 26,
          severity: 'warning',
          message: 'there is no Gateway "shop-gateway" in namespace default; there is "edge"',
          related: ['14:9 this Gateway'],
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
          namespace: shop
        spec:
          hosts: [shop.example.com]
          gateways: [edge]
          http:
            - route: [{ destination: { host: web } }]
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: edge
          namespace: istio-system
        spec:
          selector: { istio: ingressgateway }
          servers:
            - { port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }
      `,
      errors: [
        {
          id: 'otherNamespace',
          line: 8,
          column: 14,
          endColumn: 18,
          severity: 'warning',
          message:
            'there is no Gateway "edge" in namespace shop; there is Gateway istio-system/edge',
          related: ['16:14 this Gateway'],
        },
      ],
    },
  ],
});

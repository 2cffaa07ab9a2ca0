import { istioHostUnserved } from '../../rules/routing/istio-host-unserved.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const webVirtualService = yaml`
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata:
    name: web
  spec:
    hosts: ["shop.example.com"]
    gateways: [edge]
    http:
      - route: [{ destination: { host: web } }]
`;
const edgeGateway = yaml`
  apiVersion: networking.istio.io/v1
  kind: Gateway
  metadata:
    name: edge
  spec:
    selector: { istio: ingressgateway }
    servers:
      - port: { number: 80, name: http, protocol: HTTP }
        hosts: ["shop.example.com"]
`;

testRule(istioHostUnserved, {
  valid: [
    {
      name: 'the same',
      yaml: documents(edgeGateway, webVirtualService),
    },
    {
      name: 'a wildcard',
      yaml: documents(
        edgeGateway.replace('hosts: ["shop.example.com"]', 'hosts: ["*.example.com"]'),
        webVirtualService,
      ),
    },
    {
      name: 'any namespace',
      yaml: documents(
        edgeGateway.replace('hosts: ["shop.example.com"]', 'hosts: ["*/shop.example.com"]'),
        webVirtualService,
      ),
    },
    {
      name: 'two wildcards',
      yaml: documents(
        edgeGateway.replace('hosts: ["shop.example.com"]', 'hosts: ["*.example.com"]'),
        webVirtualService.replace('hosts: ["shop.example.com"]', 'hosts: ["*.shop.example.com"]'),
      ),
    },
    {
      name: 'the mesh as well',
      yaml: documents(
        edgeGateway,
        yaml`
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata:
            name: web
          spec:
            hosts: ["web"]
            gateways: [edge, mesh]
            http:
              - route: [{ destination: { host: web } }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'another domain',
      yaml: documents(
        edgeGateway,
        webVirtualService.replace('hosts: ["shop.example.com"]', 'hosts: ["shop.example.org"]'),
      ),
      errors: [
        {
          id: 'unserved',
          line: 16,
          column: 11,
          endColumn: 29,
          message: 'shop.example.org is no host of Gateway edge, which serves shop.example.com',
          related: ['7:3 its hosts'],
        },
      ],
    },
    {
      name: 'beside a wildcard',
      yaml: documents(
        edgeGateway.replace('hosts: ["shop.example.com"]', 'hosts: ["*.example.com"]'),
        webVirtualService.replace('hosts: ["shop.example.com"]', 'hosts: ["example.com"]'),
      ),
      errors: [
        {
          id: 'unserved',
          line: 16,
          column: 11,
          endColumn: 24,
          message: 'example.com is no host of Gateway edge, which serves *.example.com',
          related: ['7:3 its hosts'],
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: documents(
        edgeGateway.replace(
          'hosts: ["shop.example.com"]',
          'hosts: ["billing/shop.example.com", "*.acme.io"]',
        ),
        webVirtualService,
      ),
      errors: [
        {
          id: 'unserved',
          line: 16,
          column: 11,
          endColumn: 29,
          message: 'shop.example.com is no host of Gateway edge, which serves *.acme.io',
          related: ['7:3 its hosts'],
        },
      ],
    },
  ],
});

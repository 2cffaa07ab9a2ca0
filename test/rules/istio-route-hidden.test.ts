import { istioRouteHidden } from '../../rules/routing/istio-route-hidden.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(istioRouteHidden, {
  valid: [
    {
      name: 'at the end',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          http:
            - match: [{ uri: { prefix: /api } }]
              route: [{ destination: { host: web } }]
            - route: [{ destination: { host: web } }]
      `,
    },
    {
      name: 'only for some',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          http:
            - match: [{ uri: { prefix: / }, headers: { debug: { exact: "1" } } }]
              route: [{ destination: { host: web } }]
            - match: [{ uri: { prefix: /api } }]
              route: [{ destination: { host: web } }]
      `,
    },
    {
      name: 'one route',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          http:
            - route: [{ destination: { host: web } }]
      `,
    },
  ],
  invalid: [
    {
      name: 'no match',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          http:
            - route: [{ destination: { host: web } }]
            - match: [{ uri: { prefix: /api } }]
              route: [{ destination: { host: web } }]
      `,
      errors: [
        {
          id: 'hidden',
          line: 9,
          column: 7,
          endColumn: 12,
          message: 'route 1 stands before it and takes every request',
          related: ['8:7 takes everything'],
        },
      ],
    },
    {
      name: 'the root',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          http:
            - match: [{ uri: { prefix: / } }]
              name: all
              route: [{ destination: { host: web } }]
            - match: [{ uri: { prefix: /api } }]
              route: [{ destination: { host: web } }]
      `,
      errors: [
        {
          id: 'hidden',
          line: 11,
          column: 7,
          endColumn: 12,
          message: 'route "all" stands before it and takes every request',
          related: ['8:7 takes everything'],
        },
      ],
    },
  ],
});

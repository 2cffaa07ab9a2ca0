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
    {
      name: 'behind an equal match, and behind a shorter prefix',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          http:
            - match: [{ uri: { prefix: /api } }, { headers: { a: { exact: b } }, uri: { exact: /x } }]
              name: api
              route: [{ destination: { host: api } }]
            - match: [{ uri: { exact: /x }, headers: { a: { exact: b } } }]
              route: [{ destination: { host: web } }]
            - match: [{ uri: { prefix: /api/v2 } }]
              route: [{ destination: { host: web } }]
            - match: [{ uri: { prefix: /api/v3 } }, { uri: { prefix: /v3 } }]
              route: [{ destination: { host: web } }]
            - match: [{ uri: { prefix: /API } , ignoreUriCase: true }]
              route: [{ destination: { host: web } }]
      `,
      errors: [
        {
          id: 'taken',
          line: 11,
          column: 7,
          endColumn: 12,
          message: 'route "api" stands before it and takes all that this one asks for',
          related: ['8:7 takes them'],
        },
        {
          id: 'taken',
          line: 13,
          column: 7,
          endColumn: 12,
          message: 'route "api" stands before it and takes all that this one asks for',
          related: ['8:7 takes them'],
        },
      ],
    },
  ],
});

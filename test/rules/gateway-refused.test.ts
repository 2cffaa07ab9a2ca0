import { gatewayRefused } from '../../rules/routing/gateway-refused.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

/** An HTTPRoute with these rules, each line of which is indented by four. */
const route = (rules: string): string => yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: HTTPRoute
  metadata:
    name: web
  spec:
    parentRefs: [{ name: edge }]
    rules:
      ${rules.trimEnd().replaceAll('\n', '\n    ')}
`;

testRule(gatewayRefused, {
  valid: [
    {
      name: 'a Gateway',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners: [{ name: http, port: 80, protocol: HTTP }]
      `,
    },
    {
      name: 'a route',
      yaml: route('- backendRefs: [{ name: web, port: 80 }]'),
    },
    {
      name: 'a route with everything',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs:
            - { name: edge, sectionName: http }
            - { name: edge, sectionName: https }
          hostnames: [shop.example.com, "*.example.org"]
          rules:
            - matches: [{ path: { type: PathPrefix, value: /api } }]
              filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }]
              backendRefs: [{ name: web, port: 80 }]
            - filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]
      `,
    },
    {
      name: 'a backend of another kind',
      yaml: route('- backendRefs: [{ group: example.com, kind: Bucket, name: files }]'),
    },
    {
      name: 'placeholders',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          hostnames: ["\${HOST}"]
      `,
    },
    {
      name: 'protocols, durations and fields that there are',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - { name: a, port: 80, protocol: acme.io/fast }
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - { timeouts: { request: 1m30s, backendRequest: 90s } }
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: other
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - { timeouts: { request: 0s, backendRequest: 10s }, brandNew: 1 }
      `,
    },
    {
      name: 'words and paths that are taken',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ method: GET, path: { value: "/a-b/~c" }, headers: [{ name: X, value: a }, { name: Y, value: a }] }]
      `),
    },
    {
      name: 'two mirrors',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          filters:
            - { type: RequestMirror, requestMirror: { backendRef: { name: web, port: 80 } } }
            - { type: RequestMirror, requestMirror: { backendRef: { name: web, port: 81 } } }
      `),
    },
    {
      name: 'a TLSRoute of before without hosts',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1alpha2
        kind: TLSRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - backendRefs: [{ name: web, port: 80 }]
      `,
    },
  ],
  invalid: [
    {
      name: 'no listener',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners: []
      `,
      errors: [
        { id: 'refused', line: 7, column: 3, endColumn: 12, message: 'there is no listener' },
      ],
    },
    {
      name: 'every host',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners: [{ name: http, port: 80, protocol: HTTP, hostname: "*" }]
      `,
      errors: [
        { id: 'refused', line: 7, column: 65, endColumn: 68, message: '"*" is no name of a host' },
      ],
    },
    {
      name: 'a host of TCP',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners: [{ name: db, port: 5432, protocol: TCP, hostname: db.example.com }]
      `,
      errors: [
        {
          id: 'refused',
          line: 7,
          column: 64,
          endColumn: 78,
          message: 'a listener for TCP has no hostname: its bytes do not say which is meant',
        },
      ],
    },
    {
      name: 'no port',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners: [{ name: http, port: 0, protocol: HTTP }]
      `,
      errors: [
        {
          id: 'refused',
          line: 7,
          column: 35,
          endColumn: 36,
          message: '0 is no port: 1 to 65535 are',
        },
      ],
    },
    {
      name: 'routes of some namespaces',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Some } } }]
      `,
      errors: [
        {
          id: 'refused',
          line: 7,
          column: 92,
          endColumn: 96,
          message: '"Some" is none of All, Selector, Same',
        },
      ],
    },
    {
      name: 'a host with a port',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          hostnames: ["shop.example.com:443"]
      `,
      errors: [
        {
          id: 'refused',
          line: 7,
          column: 15,
          endColumn: 37,
          message: '"shop.example.com:443" is no name of a host',
        },
      ],
    },
    {
      name: 'a host in capitals',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          hostnames: [Shop.example.com]
      `,
      errors: [
        {
          id: 'refused',
          line: 7,
          column: 15,
          endColumn: 31,
          message: '"Shop.example.com" is no name of a host',
        },
      ],
    },
    {
      name: 'a Gateway twice',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }, { name: edge, sectionName: https }]
      `,
      errors: [
        {
          id: 'refused',
          line: 6,
          column: 40,
          endColumn: 44,
          message: 'edge is named twice, and no sectionName tells the two apart',
        },
      ],
    },
    {
      name: 'a negative weight',
      yaml: route('- backendRefs: [{ name: web, port: 80, weight: -1 }]'),
      errors: [{ id: 'refused', line: 8, column: 52, endColumn: 54, message: '-1 is no weight' }],
    },
    {
      name: 'a relative path',
      yaml: route(yaml`
        - matches: [{ path: { value: api } }]
          backendRefs: [{ name: web, port: 80 }]
      `),
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 34,
          endColumn: 37,
          message: 'path "api" does not begin with /',
        },
      ],
    },
    {
      name: 'two slashes',
      yaml: route(yaml`
        - matches: [{ path: { value: /a//b } }]
          backendRefs: [{ name: web, port: 80 }]
      `),
      errors: [
        { id: 'refused', line: 8, column: 34, endColumn: 39, message: 'path "/a//b" has // in it' },
      ],
    },
    {
      name: 'the type of an Ingress',
      yaml: route(yaml`
        - matches: [{ path: { type: Prefix, value: /api } }]
          backendRefs: [{ name: web, port: 80 }]
      `),
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 33,
          endColumn: 39,
          message: '"Prefix" is none of Exact, PathPrefix, RegularExpression',
        },
      ],
    },
    {
      name: 'a filter with the field of another',
      yaml: route('- filters: [{ type: URLRewrite, requestRedirect: { scheme: https } }]'),
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 25,
          endColumn: 35,
          message: 'a filter of type URLRewrite has urlRewrite, and not requestRedirect',
        },
      ],
    },
    {
      name: 'a redirect with backends',
      yaml: route(yaml`
        - filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]
          backendRefs: [{ name: web, port: 80 }]
      `),
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 25,
          endColumn: 40,
          message: 'a rule that redirects has no backendRefs: the request ends there',
        },
      ],
    },
    {
      name: 'a redirect and a rewrite',
      yaml: route(yaml`
        - filters:
            - { type: RequestRedirect, requestRedirect: { scheme: https } }
            - { type: URLRewrite, urlRewrite: { hostname: a.example.com } }
      `),
      errors: [
        {
          id: 'refused',
          line: 10,
          column: 19,
          endColumn: 29,
          message: 'a rule redirects or rewrites, not both',
        },
      ],
    },
    {
      name: 'a prefix of an exact path',
      yaml: route(yaml`
        - matches: [{ path: { type: Exact, value: /a } }]
          filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }]
          backendRefs: [{ name: web, port: 80 }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 65,
          endColumn: 83,
          message: 'ReplacePrefixMatch needs exactly one match, of type PathPrefix',
        },
      ],
    },
    {
      name: 'a protocol',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: envoy
          listeners:
            - { name: a, port: 80, protocol: "HTTP/2 or so" }
      `,
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 38,
          endColumn: 52,
          message: '"HTTP/2 or so" is no protocol',
        },
      ],
    },
    {
      name: 'a duration',
      yaml: route('- { timeouts: { request: 1.5s } }'),
      errors: [
        { id: 'refused', line: 8, column: 30, endColumn: 34, message: '"1.5s" is no duration' },
      ],
    },
    {
      name: 'a longer time for a part',
      yaml: route('- { timeouts: { request: 10s, backendRequest: 1m } }'),
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 51,
          endColumn: 53,
          message: 'the time for the backend is longer than that for the whole request',
        },
      ],
    },
    {
      name: 'a method in lower case',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ method: get }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 27,
          endColumn: 30,
          message: '"get" is none of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH',
        },
      ],
    },
    {
      name: 'a header twice',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ headers: [{ name: X, value: a }, { name: X, value: b }] }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 60,
          endColumn: 61,
          message: '"X" stands here a second time',
        },
      ],
    },
    {
      name: 'a path with a query',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ path: { value: "/a?b" } }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 34,
          endColumn: 40,
          message: 'path "/a?b" cannot be: a path ends where ? or # begins',
        },
      ],
    },
    {
      name: 'a path with ..',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ path: { value: /a/../b } }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 34,
          endColumn: 41,
          message: 'path "/a/../b" cannot be: steps . and .. are not followed',
        },
      ],
    },
    {
      name: 'an encoded slash',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ path: { value: /a%2Fb } }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 34,
          endColumn: 40,
          message: 'path "/a%2Fb" cannot be: an encoded / is no part of a name',
        },
      ],
    },
    {
      name: 'a blank in a path',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          matches: [{ path: { value: "/a b" } }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 34,
          endColumn: 40,
          message: 'path "/a b" cannot be: it has a character that a path can only hold encoded',
        },
      ],
    },
    {
      name: 'a filter twice',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          filters:
            - { type: URLRewrite, urlRewrite: { hostname: a.example.com } }
            - { type: URLRewrite, urlRewrite: { hostname: b.example.com } }
      `),
      errors: [
        {
          id: 'refused',
          line: 11,
          column: 19,
          endColumn: 29,
          message: 'a second filter of type URLRewrite',
        },
      ],
    },
    {
      name: 'a filter without its field',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          filters: [{ type: RequestHeaderModifier }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 25,
          endColumn: 46,
          message:
            'a filter of type RequestHeaderModifier needs requestHeaderModifier, which is not there',
        },
      ],
    },
    {
      name: 'a filter without a type',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          filters: [{ urlRewrite: { hostname: a.example.com } }]
      `),
      errors: [
        { id: 'refused', line: 9, column: 19, endColumn: 29, message: 'a filter has no type' },
      ],
    },
    {
      name: 'a type that is none',
      yaml: route(yaml`
        - backendRefs: [{ name: web, port: 80 }]
          filters: [{ type: Rewrite, urlRewrite: { hostname: a.example.com } }]
      `),
      errors: [
        {
          id: 'refused',
          line: 9,
          column: 25,
          endColumn: 32,
          message:
            '"Rewrite" is none of RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, URLRewrite, ExtensionRef, CORS, ExternalAuth',
        },
      ],
    },
    {
      name: 'a status that is no redirect',
      yaml: route('- filters: [{ type: RequestRedirect, requestRedirect: { statusCode: 200 } }]'),
      errors: [
        {
          id: 'refused',
          line: 8,
          column: 73,
          endColumn: 76,
          message: '"200" is none of 301, 302, 303, 307, 308',
        },
      ],
    },
    {
      name: 'no hostnames',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          rules:
            - backendRefs: [{ name: web, port: 80 }]
      `,
      errors: [
        {
          id: 'refused',
          line: 5,
          column: 1,
          endColumn: 5,
          message: 'there are no hostnames: a TLSRoute is found by them alone',
        },
      ],
    },
    {
      name: 'no rules',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: web
        spec:
          rules: []
      `,
      errors: [{ id: 'refused', line: 6, column: 3, endColumn: 8, message: 'there is no rule' }],
    },
  ],
});

import { regexInvalid } from '../../rules/routing/regex-invalid.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(regexInvalid, {
  valid: [
    {
      name: 'patterns that RE2 reads',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: web
        spec:
          hosts: [web]
          http:
            - match:
                - uri:
                    regex: ^/(?P<version>v[0-9]+)/[^/]*$
                - uri:
                    regex: (?i)/a\\(b|[]()]+|\\d{2,}|[[:alpha:]]*?
                - headers:
                    x-version:
                      regex: \${PATTERN
              route:
                - destination:
                    host: web
      `,
    },
  ],
  invalid: [
    {
      name: 'brackets, quantifiers and other engines',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: web
        spec:
          hosts: [web]
          http:
            - match:
                - uri:
                    regex: /api/(v1
                - uri:
                    regex: /api/v1)
                - uri:
                    regex: "*.html"
                - uri:
                    regex: /(?!admin).*
                - uri:
                    regex: (.)\\1
                - uri:
                    regex: /[a-z
                - headers:
                    x-version:
                      regex: v\\
              route:
                - destination:
                    host: web
      `,
      errors: [
        {
          id: 'broken',
          line: 10,
          column: 20,
          endColumn: 28,
          message: '"/api/(v1" is no regular expression: a ( is not closed',
        },
        {
          id: 'broken',
          line: 12,
          column: 20,
          endColumn: 28,
          message: '"/api/v1)" is no regular expression: a ) closes nothing',
        },
        {
          id: 'broken',
          line: 14,
          column: 20,
          endColumn: 28,
          message: '"*.html" is no regular expression: there is nothing that * repeats',
        },
        {
          id: 'broken',
          line: 16,
          column: 20,
          endColumn: 32,
          message:
            '"/(?!admin).*" is no regular expression: RE2 does not look ahead or behind ((?!)',
        },
        {
          id: 'broken',
          line: 18,
          column: 20,
          endColumn: 25,
          message: '"(.)\\1" is no regular expression: RE2 has no references to groups (\\1)',
        },
        {
          id: 'broken',
          line: 20,
          column: 20,
          endColumn: 25,
          message: '"/[a-z" is no regular expression: a [ is not closed',
        },
        {
          id: 'broken',
          line: 23,
          column: 22,
          endColumn: 24,
          message: '"v\\" is no regular expression: it ends with a backslash',
        },
      ],
    },
    {
      name: 'a monitor',
      yaml: yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: PodMonitor
        metadata:
          name: web
        spec:
          selector: {}
          podMetricsEndpoints:
            - port: http
              metricRelabelings:
                - sourceLabels: [__name__]
                  regex: (?<!go)_gc_.*
                  action: drop
      `,
      errors: [
        {
          id: 'broken',
          line: 11,
          column: 18,
          endColumn: 31,
          message:
            '"(?<!go)_gc_.*" is no regular expression: RE2 does not look ahead or behind ((?<!)',
        },
      ],
    },
  ],
});

import { ingressPathWildcard } from '../../rules/routing/ingress-path-wildcard.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

const ingress = (path: string, pathType = 'Prefix', annotations = ''): string => yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata: {name: shop, annotations: {${annotations}}}
  spec:
    rules:
      - host: shop.example.com
        http:
          paths:
            - path: ${path}
              pathType: ${pathType}
              backend: {service: {name: api, port: {number: 80}}}
`;

const at = { id: 'star', line: 9, column: 19 } as const;

testRule(ingressPathWildcard, {
  valid: [
    { name: 'a prefix', yaml: ingress('/api') },
    { name: 'no path', yaml: ingress('null', 'ImplementationSpecific') },
    { name: 'what controllers of clouds read', yaml: ingress('/api/*', 'ImplementationSpecific') },
    { name: 'a regular expression', yaml: ingress('/api(/|$)(.*)') },
    {
      name: 'paths that ingress-nginx reads as regular expressions',
      yaml: ingress('/api/*', 'Prefix', 'nginx.ingress.kubernetes.io/use-regex: "true"'),
    },
    { name: 'a placeholder', yaml: ingress('"/${BASE}/*"') },
  ],
  invalid: [
    {
      name: 'all below a prefix',
      yaml: ingress('/api/*'),
      errors: [
        {
          ...at,
          endColumn: 25,
          message: '/api/* with pathType Prefix takes only requests with a * in their path',
          help: 'write /api with pathType Prefix, which takes everything below',
        },
      ],
    },
    {
      name: 'an element that begins so',
      yaml: ingress('/api*'),
      errors: [
        {
          ...at,
          endColumn: 24,
          help: 'write /api with pathType Prefix, which takes everything below',
        },
      ],
    },
    {
      name: 'everything',
      yaml: ingress('/*', 'Exact'),
      errors: [
        {
          ...at,
          endColumn: 21,
          help: 'write / with pathType Prefix, which takes everything below',
        },
      ],
    },
    {
      name: 'in the midst',
      yaml: ingress('/users/*/cart'),
      errors: [
        {
          ...at,
          endColumn: 32,
          help: 'no pathType knows wildcards: use regular expressions of the controller, or an HTTPRoute',
        },
      ],
    },
  ],
});

import { routeBackendMissing } from '../../rules/reference/route-backend-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { pods, route, service } from '../support/wiring.ts';
import { documents, yaml } from '../support/yaml.ts';
import { workload } from '../support/yaml.ts';

testRule(routeBackendMissing, {
  valid: [
    { name: 'the Service is there', yaml: route('name: web, port: 80') + service('web') + pods },
    {
      name: 'a ServiceImport is none of ours',
      yaml:
        route('group: multicluster.x-k8s.io, kind: ServiceImport, name: wbe, port: 80') +
        service('web') +
        pods,
    },
    {
      name: 'an InferencePool is none of ours',
      yaml:
        route('group: inference.networking.k8s.io, kind: InferencePool, name: wbe') +
        service('web') +
        pods,
    },
    {
      name: 'a name that is filled in later',
      yaml: route('name: "${BACKEND}", port: 80') + service('web') + pods,
      unknown: [
        'Service "${BACKEND}" in namespace shop was not found, but its name is filled in later',
      ],
    },
    {
      name: 'nothing of its namespace was read',
      yaml: route('name: web, namespace: billing, port: 80') + service('web') + pods,
      unknown: [
        'Service "web" in namespace billing was not found, but no workload of namespace billing was read together with it',
      ],
    },
    {
      name: 'no workload was read, and the Services stand in another file',
      files: { 'route.yaml': route('name: api, port: 80'), 'web.yaml': service('web') },
      unknown: [
        'Service "api" in namespace shop was not found, but no workload of namespace shop was read together with it',
      ],
    },
    {
      name: 'an operator makes the Service',
      yaml:
        route('name: api, port: 80') +
        service('web') +
        pods +
        '---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: {}\n',
    },
  ],
  invalid: [
    {
      name: 'beside a Service in the same file',
      yaml: route('name: api, port: 80') + service('web'),
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 29,
          endColumn: 32,
          severity: 'warning',
          message: 'there is no Service "api" in namespace shop; there is "web"',
        },
      ],
    },
    {
      name: 'a kind in small letters',
      yaml: route('kind: service, name: web, port: 80') + service('web') + pods,
      errors: [
        {
          id: 'kind',
          line: 6,
          column: 29,
          endColumn: 36,
          message: 'there is no kind "service"; did you mean "Service"?',
          safety: 'safe',
        },
      ],
      output: route('kind: Service, name: web, port: 80') + service('web') + pods,
    },
    {
      name: 'a typo',
      yaml: route('name: wbe, port: 80') + service('web') + pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 29,
          endColumn: 32,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: route('name: web, port: 80') + service('web') + pods,
    },
    {
      name: 'in a route of another kind',
      yaml: route('name: wbe, port: 80', { kind: 'TCPRoute' }) + service('web') + pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 29,
          endColumn: 32,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: route('name: web, port: 80', { kind: 'TCPRoute' }) + service('web') + pods,
    },
    {
      name: 'group and kind written',
      yaml: route("group: '', kind: Service, name: wbe, port: 80") + service('web') + pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 55,
          endColumn: 58,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: route("group: '', kind: Service, name: web, port: 80") + service('web') + pods,
    },
    {
      name: 'mirrored requests',
      yaml:
        route('name: web, port: 80') +
        '      filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: wbe, port: 80 } } }]\n' +
        service('web') +
        pods,
      errors: [
        {
          id: 'nearName',
          line: 7,
          column: 77,
          endColumn: 80,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: [['wbe,', 'web,']],
    },
    {
      name: 'requests of one backend mirrored',
      yaml:
        route(
          'name: web, port: 80, filters: [{ requestMirror: { backendRef: { name: wbe, port: 80 } } }]',
        ) +
        service('web') +
        pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 93,
          endColumn: 96,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: [['wbe,', 'web,']],
    },
    {
      name: 'in another namespace',
      yaml:
        route('name: web, port: 80', { namespace: 'edge' }) +
        service('gate', { namespace: 'edge' }) +
        service('web') +
        pods +
        workload('gate', { namespace: 'edge' }),
      errors: [
        {
          id: 'otherNamespace',
          line: 6,
          column: 29,
          endColumn: 32,
          message: 'there is no Service "web" in namespace edge; there is Service shop/web',
          help: 'add namespace: shop, and a ReferenceGrant there',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: route('name: web-v2, port: 80') + service('web') + pods,
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 29,
          endColumn: 35,
          severity: 'warning',
          message: 'there is no Service "web-v2" in namespace shop; there is "web"',
          help: 'change it to web, or add a Service named web-v2',
          safety: 'unsafe',
        },
      ],
      output: route('name: web, port: 80') + service('web') + pods,
    },
    {
      name: 'nothing like it',
      yaml: route('name: billing, port: 80') + service('api') + service('web') + pods,
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 29,
          endColumn: 36,
          severity: 'warning',
          message: 'there is no Service "billing" in namespace shop in the 4 objects read',
          help: 'correct the name, or add a Service "billing" in namespace shop',
        },
      ],
    },
    {
      name: 'a workload in place of its Service',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: web
          spec:
            rules:
              - backendRefs: [{ kind: Deployment, name: web, port: 80 }]
        `,
      ),
      errors: [
        {
          id: 'workload',
          line: 33,
          column: 29,
          endColumn: 39,
          message: 'a route leads to Services, and not to a Deployment',
        },
      ],
    },
  ],
});

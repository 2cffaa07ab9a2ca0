import { referenceGrantMissing } from '../../rules/reference/reference-grant-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { pods, route, service } from '../support/wiring.ts';
import { yaml } from '../support/yaml.ts';

const reference = 'name: web, namespace: shop, port: 80';
const grant = (
  from: string,
  to = "group: '', kind: Service",
  metadata = 'name: grant, namespace: shop',
): string =>
  `---\napiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: { ${metadata} }\nspec:\n  from: [{ group: gateway.networking.k8s.io, ${from} }]\n  to: [{ ${to} }]\n`;
const edge = { namespace: 'edge' };

testRule(referenceGrantMissing, {
  valid: [
    { name: 'no namespace is written', yaml: route('name: web, port: 80') + service('web') + pods },
    {
      name: "the route's own namespace is written",
      yaml: route(reference) + service('web') + pods,
    },
    {
      name: 'a grant for all Services',
      yaml:
        route(reference, edge) + grant('kind: HTTPRoute, namespace: edge') + service('web') + pods,
    },
    {
      name: 'a grant for this Service',
      yaml:
        route(reference, edge) +
        grant('kind: HTTPRoute, namespace: edge', "group: '', kind: Service, name: web") +
        service('web') +
        pods,
    },
    {
      name: 'one of two grants',
      yaml:
        route(reference, edge) +
        grant('kind: GRPCRoute, namespace: edge') +
        grant('kind: HTTPRoute, namespace: edge', undefined, 'name: second, namespace: shop') +
        service('web') +
        pods,
    },
    {
      name: 'the Service was not read',
      yaml: route(reference, edge) + service('gate', edge),
      unknown: [
        'no ReferenceGrant was found in namespace shop, but no Service of namespace shop was read together with it',
      ],
    },
    {
      name: 'the namespace of the route is not written, and the grant has one',
      yaml:
        route(reference, edge).replace(', namespace: edge', '') +
        grant('kind: HTTPRoute, namespace: edge') +
        service('web') +
        pods,
      unknown: [
        'no ReferenceGrant was found in namespace shop, but the namespace of the route is not written, and one is for another namespace',
      ],
    },
    {
      name: 'the namespace of the grant is not written',
      yaml:
        route(reference, edge) +
        grant('kind: HTTPRoute, namespace: edge', undefined, 'name: grant') +
        service('web') +
        pods,
      unknown: [
        'no ReferenceGrant was found in namespace shop, but one has values that are filled in later',
      ],
    },
    {
      name: 'an InferencePool is none of ours',
      yaml:
        route(
          'group: inference.networking.k8s.io, kind: InferencePool, name: web, namespace: shop',
          edge,
        ) +
        service('web') +
        pods,
    },
  ],
  invalid: [
    {
      name: 'no grant',
      yaml: route(reference, edge) + service('web') + pods,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web" in the 3 objects read',
          help: 'add a ReferenceGrant to namespace shop: from HTTPRoute in edge, to Service web',
        },
      ],
    },
    {
      name: 'no grant, and the namespace of the route is not written',
      yaml: route(reference, edge).replace(', namespace: edge', '') + service('web') + pods,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 45,
          endColumn: 49,
          severity: 'warning',
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace default refer to Service "web" in the 3 objects read',
          help: 'add a ReferenceGrant to namespace shop: from HTTPRoute in default, to Service web',
        },
      ],
    },
    {
      name: 'a grant for another kind of route',
      yaml:
        route(reference, edge) + grant('kind: GRPCRoute, namespace: edge') + service('web') + pods,
      errors: [
        {
          id: 'near',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web"; ReferenceGrant shop/grant is for GRPCRoutes',
          help: 'write kind: HTTPRoute in its spec.from, or add another item there',
        },
      ],
    },
    {
      name: 'a grant for another namespace',
      yaml:
        route(reference, edge) +
        grant('kind: HTTPRoute, namespace: gateway') +
        service('web') +
        pods,
      errors: [
        {
          id: 'near',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web"; ReferenceGrant shop/grant is for HTTPRoutes of namespace gateway',
          help: 'write namespace: edge in its spec.from, or add another item there',
        },
      ],
    },
    {
      name: 'a grant for another Service',
      yaml:
        route(reference, edge) +
        grant('kind: HTTPRoute, namespace: edge', "group: '', kind: Service, name: api") +
        service('web') +
        pods,
      errors: [
        {
          id: 'near',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web"; ReferenceGrant shop/grant is for Service "api"',
          help: 'write name: web in its spec.to, or add another item there',
        },
      ],
    },
    {
      name: 'a grant for Secrets',
      yaml:
        route(reference, edge) +
        grant('kind: HTTPRoute, namespace: edge', "group: '', kind: Secret") +
        service('web') +
        pods,
      errors: [
        {
          id: 'near',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web"; ReferenceGrant shop/grant is for Secrets',
          help: 'write kind: Service in its spec.to, or add another item there',
        },
      ],
    },
    {
      name: 'a grant in the namespace of the route',
      yaml:
        route(reference, edge) +
        grant('kind: HTTPRoute, namespace: edge', undefined, 'name: grant, namespace: edge') +
        service('web') +
        pods,
      errors: [
        {
          id: 'near',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web"; ReferenceGrant edge/grant grants it in namespace edge only',
          help: 'move grant to namespace shop: a grant counts where the Service is',
        },
      ],
    },
    {
      name: 'a grant for something else altogether',
      yaml:
        route(reference, edge) +
        grant('kind: Gateway, namespace: edge', "group: '', kind: Secret") +
        service('web') +
        pods,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 45,
          endColumn: 49,
          message:
            'no ReferenceGrant in namespace shop lets HTTPRoutes of namespace edge refer to Service "web" in the 4 objects read',
          help: 'add a ReferenceGrant to namespace shop: from HTTPRoute in edge, to Service web',
        },
      ],
    },
    {
      name: 'the certificate of a listener',
      yaml:
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: public, namespace: edge }
          spec:
            gatewayClassName: envoy
            listeners:
              - name: https
                port: 443
                protocol: HTTPS
                tls: { certificateRefs: [{ name: shop-tls, namespace: shop }] }
          ---
          apiVersion: v1
          kind: Secret
          metadata: { name: shop-tls, namespace: shop }
          stringData: { tls.crt: a, tls.key: b }
          ---
        ` + grant('kind: HTTPRoute, namespace: edge', "group: '', kind: Secret"),
      errors: [
        {
          id: 'near',
          line: 10,
          column: 61,
          endColumn: 65,
          message:
            'no ReferenceGrant in namespace shop lets Gateways of namespace edge refer to Secret "shop-tls"; ReferenceGrant shop/grant is for HTTPRoutes',
          help: 'write kind: Gateway in its spec.from, or add another item there',
        },
      ],
    },
  ],
});

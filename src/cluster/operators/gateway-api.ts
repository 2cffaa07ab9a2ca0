/** Gateway API: most implementations run a proxy for each Gateway, Istio and NGINX beside it, Envoy Gateway in a namespace of its own. */
import type { Operator, OperatorTable } from './made.ts';
import { containing, inert } from './made.ts';
import { asList, asText, fieldAt, partly } from './read.ts';

/** What implementations put on the proxy's pods beside the labels that the specification asks for. */
const domains = [
  'gateway.networking.k8s.io',
  'istio.io',
  'gateway.envoyproxy.io',
  'gateway.nginx.org',
  'kgateway.dev',
] as const;

/**
 * `spec.infrastructure.labels` are passed on; a Gateway with addresses is served by a Deployment that exists already (istio
 * manifests/charts/istio-control/istio-discovery/files/kube-gateway.yaml, pilot/pkg/config/kube/gateway/deploymentcontroller.go).
 */
const gateway: Operator = (resource) => {
  const { name, value } = resource;
  if (asList(fieldAt(value, 'spec', 'addresses')).length > 0) return {};
  const gatewayClass = asText(fieldAt(value, 'spec', 'gatewayClassName'));
  return {
    pods: [
      partly(resource, { 'gateway.networking.k8s.io/gateway-name': name }, domains, {
        'app.kubernetes.io/name': containing(name),
      }),
    ],
    services:
      gatewayClass === 'istio'
        ? [`${name}-istio`]
        : gatewayClass === 'istio-waypoint'
          ? [name]
          : [],
  };
};

export const gatewayApi: OperatorTable = {
  'gateway.networking.k8s.io': {
    Gateway: gateway,
    ...inert(
      'GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute UDPRoute ReferenceGrant BackendTLSPolicy BackendLBPolicy ListenerSet',
    ),
  },
};

/**
 * Gateway API: most implementations run a proxy for each Gateway, Istio and NGINX beside it, Envoy
 * Gateway in a namespace of its own.
 */
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { asJsonObject, asList, asText, fieldAt } from '../../kubernetes/json.ts';
import type { ObjectIndex } from '../objects.ts';
import {
  containing,
  type Creation,
  type CustomResource,
  type MadePods,
  makingNothing,
  type Operator,
  type OperatorTable,
} from './operator.ts';
import { partly } from './read.ts';

/** Classes that Istio serves without a GatewayClass that says so, by the controller. */
const istioClasses = new Map([
  ['istio', 'istio.io/gateway-controller'],
  ['istio-waypoint', 'istio.io/mesh-controller'],
  ['istio-east-west', 'istio.io/eastwest-controller'],
  ['istio-remote', 'istio.io/unmanaged-gateway'],
  ['istio-agentgateway', 'istio.io/agentgateway-controller'],
  ['istio-agentgateway-waypoint', 'istio.io/agentgateway-waypoint-controller'],
]);

/** Istio's controllers whose proxies are named after the Gateway alone. */
const withoutSuffix = new Set([
  'istio.io/mesh-controller',
  'istio.io/eastwest-controller',
  'istio.io/agentgateway-controller',
  'istio.io/agentgateway-waypoint-controller',
]);

const gateway: Operator = (resource, objects): Creation => {
  const gatewayClass = asText(fieldAt(resource.value, 'spec', 'gatewayClassName'));
  const controller = controllerOf(gatewayClass, objects);
  if (controller?.startsWith('istio.io/')) return istio(resource, controller, gatewayClass ?? '');
  if (controller?.startsWith('gateway.envoyproxy.io/')) return { pods: [envoyPods(resource)] };
  const pods = [beside(resource)];
  return { pods: controller === undefined ? [...pods, envoyPods(resource)] : pods };
};

/** What serves a class, as far as that is known. */
function controllerOf(gatewayClass: string | undefined, objects: ObjectIndex): string | undefined {
  if (gatewayClass === undefined) return undefined;
  const found = objects.findOfKind(gatewayGroup, 'GatewayClass', undefined, gatewayClass);
  const spec = asJsonObject(found?.value)?.['spec'];
  return asText(fieldAt(spec, 'controllerName')) ?? istioClasses.get(gatewayClass);
}

/**
 * A Gateway with an address that is not an IP, or with several, is served by a Deployment that
 * exists already; a remote one by another cluster.
 *
 * @source istio/istio pilot/pkg/config/kube/gatewaycommon/gateway_utils.go
 *   `IsManaged`, `GetDefaultName` @eed52ebb66ad
 * @source istio/istio pilot/pkg/config/kube/gatewaycommon/classinfo.go
 *   `GetClassInfos`, `GetAllClasses` @eed52ebb66ad
 */
function istio(resource: CustomResource, controller: string, gatewayClass: string): Creation {
  const { name, value } = resource;
  const addresses = asList(fieldAt(value, 'spec', 'addresses'));
  const type = asText(fieldAt(addresses[0], 'type')) ?? 'IPAddress';
  if (addresses.length > 1 || (addresses.length === 1 && type !== 'IPAddress')) return {};
  if (controller === 'istio.io/unmanaged-gateway') return {};
  const override = asText(
    fieldAt(value, 'metadata', 'annotations', 'gateway.istio.io/name-override'),
  );
  const own = withoutSuffix.has(controller) ? name : `${name}-${gatewayClass}`;
  return { pods: [beside(resource)], services: [override ?? own] };
}

/**
 * The label that the specification asks for, those of `spec.infrastructure`, and what
 * implementations add.
 */
function beside(resource: CustomResource): MadePods {
  const { name } = resource;
  return partly(
    resource,
    { [`${gatewayGroup}/gateway-name`]: name },
    [gatewayGroup, 'istio.io', 'gateway.nginx.org', 'kgateway.dev'],
    { 'app.kubernetes.io/name': containing(name), 'app.kubernetes.io/managed-by': null },
  );
}

/**
 * Its proxies run in the namespace of the controller, unless that is told otherwise.
 *
 * @source envoyproxy/gateway internal/infrastructure/kubernetes/proxy/resource.go
 *   `EnvoyAppLabel` @v1.9.1
 */
function envoyPods(resource: CustomResource): MadePods {
  const pods = partly(
    resource,
    {
      'app.kubernetes.io/name': 'envoy',
      'app.kubernetes.io/component': 'proxy',
      'app.kubernetes.io/managed-by': 'envoy-gateway',
    },
    ['gateway.envoyproxy.io', gatewayGroup],
  );
  return { ...pods, anywhere: true };
}

export const gatewayApi: OperatorTable = {
  [gatewayGroup]: {
    Gateway: gateway,
    ...makingNothing(
      'GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute UDPRoute ReferenceGrant ' +
        'BackendTLSPolicy BackendLBPolicy ListenerSet',
    ),
  },
};

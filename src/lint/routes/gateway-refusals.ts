/**
 * What the API server refuses of Gateways and routes, by the schemas of their definitions and the
 * rules in them. Fields that they do not have are held against the table of all custom resources.
 *
 * @source kubernetes-sigs/gateway-api apis/v1 `Listener` @v1.4.0
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { type AnyJson, asText, fieldAt } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { hostRefusals, type Problem, wordRefusals } from './refused-values.ts';
import { itemsAt, routeKinds } from './route-backends.ts';
import { routeRefusals } from './route-refusals.ts';

export const gatewayKinds: readonly string[] = ['Gateway', ...routeKinds];

export function* gatewayRefusals({
  objects,
}: Cluster): Iterable<Problem & { readonly object: ClusterObject }> {
  for (const object of objects.ofKind(gatewayGroup, 'Gateway'))
    for (const problem of ofGateway(object.value)) yield { object, ...problem };
  for (const kind of routeKinds)
    for (const object of objects.ofKind(gatewayGroup, kind))
      for (const problem of routeRefusals(object)) yield { object, ...problem };
}

/** The pattern of `ProtocolType`: a plain name, or one behind a domain and a slash. */
const protocols = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]\/[A-Za-z0-9]+$/;

function* ofGateway(value: AnyJson): Iterable<Problem> {
  const listeners = fieldAt(value, 'spec', 'listeners');
  // ListenerSets may bring them.
  const mayGrow = fieldAt(value, 'spec', 'allowedListeners') !== undefined;
  if (Array.isArray(listeners) && listeners.length === 0 && !mayGrow)
    yield { at: ['spec', 'listeners'], problem: 'there is no listener', help: 'add one' };
  for (const { path, value: listener } of itemsAt(value, ['spec', 'listeners'])) {
    const hostname = fieldAt(listener, 'hostname');
    const protocol = asText(fieldAt(listener, 'protocol')) ?? '';
    if (protocol !== '' && !isPlaceholder(protocol) && !protocols.test(protocol))
      yield {
        at: [...path, 'protocol'],
        problem: `"${protocol}" is no protocol`,
        help: 'write HTTP, HTTPS, TLS, TCP or UDP, or a name with a domain in front',
      };
    yield* hostRefusals(hostname, [...path, 'hostname']);
    if (hostname !== undefined && hostname !== '' && ['TCP', 'UDP'].includes(protocol))
      yield {
        at: [...path, 'hostname'],
        problem: `a listener for ${protocol} has no hostname: its bytes do not say which is meant`,
        help: 'take it out',
      };
    const port = fieldAt(listener, 'port');
    if (typeof port === 'number' && (port < 1 || port > 65_535))
      yield {
        at: [...path, 'port'],
        problem: `${port} is no port: 1 to 65535 are`,
        help: 'write another number',
      };
    const from = ['allowedRoutes', 'namespaces', 'from'];
    yield* wordRefusals(listener, path, from, ['All', 'Selector', 'Same']);
  }
}

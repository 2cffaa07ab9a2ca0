/**
 * From an address to what the routes of Gateway API make of it (gateway-api apis/v1
 * `HTTPRouteRule`, `HTTPRouteMatch`).
 */
import { referenceGrantMissing } from '../../rules/reference/reference-grant-missing.ts';
import { routeBackendMissing } from '../../rules/reference/route-backend-missing.ts';
import { routePortMismatch } from '../../rules/reference/route-port-mismatch.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { gatewayGroup } from '../kubernetes/groups.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../kubernetes/json.ts';
import { namespaceOf } from '../lint/references/reference.ts';
import { findServicePort } from '../lint/references/service-port.ts';
import { listenersOf } from '../lint/routes/listeners.ts';
import { itemsAt, type RouteBackend, routeBackends } from '../lint/routes/route-backends.ts';
import { pushAll } from '../lists.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { groupBy } from '../multimap.ts';
import type { Picture } from '../project/project.ts';
import type { Address } from './ends.ts';
import { listenerHops, type Parent } from './gateway-listener.ts';
import { startsWith } from './heard.ts';
import { type Hop, outside, type Trace, traceOf } from './hop.ts';
import { type Fit, hostFit, isBetter, pathFit } from './match.ts';
import { reached } from './reached.ts';
import { routeRedirect } from './redirects.ts';

interface Taken {
  readonly route: ClusterObject;
  readonly fit: Fit;
  /** From the route to the rule. */
  readonly rule: Path;
  readonly at: Path;
  readonly text: string;
  readonly parent: Parent;
}

/** The kinds of routes that can take an address, by its scheme. */
const followed = {
  http: ['HTTPRoute', 'GRPCRoute'],
  https: ['HTTPRoute', 'GRPCRoute', 'TLSRoute'],
  tcp: ['TCPRoute'],
  tls: ['TLSRoute', 'TCPRoute'],
} as const;

/** One way for each Gateway and each backend of its best rule. */
export function traceRoutes(picture: Picture, address: Address): Trace[] {
  const best = new Map<string, Taken>();
  const routes = followed[address.scheme].flatMap((kind) =>
    picture.cluster.objects.ofKind(gatewayGroup, kind),
  );
  for (const route of routes)
    for (const parent of parentsOf(route, picture))
      for (const taken of rulesFor(route, parent, address, picture)) {
        const before = best.get(parent.gateway);
        if (before === undefined || isBetter(taken.fit, before.fit))
          best.set(parent.gateway, taken);
      }
  const backends = groupBy(routeBackends(picture.cluster), ({ route }) => route);
  return [...best.values()].flatMap((taken) =>
    traceRoute(picture, address, taken, backends.get(taken.route) ?? []),
  );
}

/** The Gateways that a route names; Services and other parents are no way in from outside. */
function parentsOf(route: ClusterObject, { cluster }: Picture): Parent[] {
  return itemsAt(route.value, ['spec', 'parentRefs']).flatMap(({ path, value }) => {
    const name = asText(fieldAt(value, 'name'));
    if (name === undefined || (asText(fieldAt(value, 'kind')) ?? 'Gateway') !== 'Gateway')
      return [];
    const namespace = asText(fieldAt(value, 'namespace')) ?? namespaceOf(route, cluster);
    return [
      { gateway: `${namespace}/${name}`, path, section: asText(fieldAt(value, 'sectionName')) },
    ];
  });
}

function rulesFor(
  route: ClusterObject,
  parent: Parent,
  address: Address,
  picture: Picture,
): Taken[] {
  if (route.kind === 'TCPRoute') return connectionRules(route, parent, address, picture);
  const hosts = asList(fieldAt(route.value, 'spec', 'hostnames')).flatMap(
    (host) => asText(host) ?? [],
  );
  const wanted: readonly (string | undefined)[] = hosts.length === 0 ? [undefined] : hosts;
  return wanted.flatMap((host) => {
    const byHost = hostFit(host, address.host, true);
    if (byHost === undefined) return [];
    return itemsAt(route.value, ['spec', 'rules']).flatMap(({ path: rule }) => {
      const matches = itemsAt(route.value, [...rule, 'matches']);
      // A rule without matches takes everything.
      const all = matches.length === 0 ? [{ path: rule, value: {} }] : matches;
      return all.flatMap((match): Taken[] => {
        const [type, path] =
          route.kind === 'GRPCRoute' ? methodOf(match.value) : pathOf(match.value);
        const byPath = type === 'RegularExpression' ? undefined : pathFit(type, path, address);
        if (byPath === undefined || isConditional(match.value)) return [];
        const text = `${describeObject(route)} takes ${host ?? 'any host'}, path ${path} (${type})`;
        return [{ route, fit: [...byHost, ...byPath], rule, at: match.path, text, parent }];
      });
    });
  });
}

/** A TCPRoute takes what comes in by the ports of its listeners, whatever it is. */
function connectionRules(
  route: ClusterObject,
  parent: Parent,
  { port }: Address,
  { cluster }: Picture,
): Taken[] {
  const [namespace = '', name = ''] = parent.gateway.split('/');
  const gateway = cluster.objects.findOfKind(gatewayGroup, 'Gateway', namespace, name);
  const listeners = gateway === undefined ? [] : listenersOf(gateway);
  const named = listeners.filter(
    (one) => parent.section === undefined || one.name === parent.section,
  );
  if (named.length > 0 && named.every((one) => one.port !== port)) return [];
  const text = `${describeObject(route)} takes connections to port ${port}`;
  return itemsAt(route.value, ['spec', 'rules']).map(({ path: rule }) => ({
    route,
    fit: [0],
    rule,
    at: rule,
    text,
    parent,
  }));
}

function pathOf(match: Json): readonly [type: string, path: string] {
  return [
    asText(fieldAt(match, 'path', 'type')) ?? 'PathPrefix',
    asText(fieldAt(match, 'path', 'value')) ?? '/',
  ];
}

/** gRPC calls are HTTP requests for `/SERVICE/METHOD` (gateway-api apis/v1 `GRPCMethodMatch`). */
function methodOf(match: Json): readonly [type: string, path: string] {
  const type = asText(fieldAt(match, 'method', 'type')) ?? 'Exact';
  const service = asText(fieldAt(match, 'method', 'service'));
  const method = asText(fieldAt(match, 'method', 'method'));
  if (type !== 'Exact' || (service === undefined && method !== undefined))
    return ['RegularExpression', '/'];
  if (service === undefined) return ['PathPrefix', '/'];
  return method === undefined ? ['PathPrefix', `/${service}`] : ['Exact', `/${service}/${method}`];
}

/** Whether a match asks for more than the path: a method that is not GET, headers, parameters. */
export function isConditional(match: Json): boolean {
  return (
    // The method of a gRPC call is a part of its path.
    (typeof fieldAt(match, 'method') === 'string' && fieldAt(match, 'method') !== 'GET') ||
    asList(fieldAt(match, 'headers')).length > 0 ||
    asList(fieldAt(match, 'queryParams')).length > 0
  );
}

function traceRoute(
  picture: Picture,
  address: Address,
  taken: Taken,
  backends: readonly RouteBackend[],
): Trace[] {
  const { route, rule, at, text, parent } = taken;
  const hops: Hop[] = [{ step: 'rule', state: 'passes', text, place: { object: route, at } }];
  const entry = listenerHops(picture, address, route, parent);
  pushAll(hops, entry);
  if (hops.at(-1)?.state === 'broken') return [traceOf(hops)];
  const redirect = itemsAt(route.value, [...rule, 'filters']).find(
    ({ value }) => fieldAt(value, 'type') === 'RequestRedirect',
  );
  if (redirect !== undefined) {
    const sent = routeRedirect(route, { filter: redirect.path, match: at }, address);
    return [{ ...traceOf([...hops, sent.hop]), redirect: sent.to }];
  }
  const asked = backends.filter(
    ({ path }) =>
      startsWith(path, [...rule, 'backendRefs']) &&
      !path.includes('filters') &&
      fieldAt(route.value, ...path, 'weight') !== 0,
  );
  if (asked.length === 0)
    return [traceOf([...hops, outside(route, rule, 'the rule has no Service behind it')])];
  return asked.map(({ path, name, namespace, port, protocol }) =>
    reached(
      picture,
      {
        object: route,
        at: path,
        name,
        namespace,
        serviceRules: [routeBackendMissing, referenceGrantMissing],
        portAt: [...path, 'port'],
        portRules: [routePortMismatch],
        portOf: (ports) =>
          typeof port === 'number' ? findServicePort(ports, { number: port }, protocol) : undefined,
      },
      hops,
    ),
  );
}

/** Whether a Gateway takes a route, listens for an address, and is served by anybody. */
import { tlsSecretMissing } from '../../rules/reference/tls-secret-missing.ts';
import { gatewayClassMissing } from '../../rules/routing/gateway-class-missing.ts';
import { routeParentMissing } from '../../rules/routing/route-parent-missing.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { gatewayGroup } from '../kubernetes/groups.ts';
import { asText, fieldAt, type Path } from '../kubernetes/json.ts';
import { admission, covers, type Listener, listenersOf } from '../lint/routes/listeners.ts';
import { itemsAt } from '../lint/routes/route-backends.ts';
import type { Place } from '../lint/rule.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Address } from './ends.ts';
import { heard } from './heard.ts';
import type { Hop } from './hop.ts';

/** A Gateway that a route names. */
export interface Parent {
  /** `namespace/name`. */
  readonly gateway: string;
  /** From the route to the reference. */
  readonly path: Path;
  readonly section: string | undefined;
}

/** From the listener to the certificate, up to the first of them that is broken. */
export function listenerHops(
  picture: Picture,
  address: Address,
  route: ClusterObject,
  parent: Parent,
): Hop[] {
  const { cluster } = picture;
  const said = heard('listener', [routeParentMissing], picture, route, parent.path);
  if (said?.state === 'broken') return [said];
  const [namespace = '', name = ''] = parent.gateway.split('/');
  const gateway = cluster.objects.findOfKind(gatewayGroup, 'Gateway', namespace, name);
  if (gateway === undefined)
    return [
      said ?? {
        step: 'listener',
        state: 'unknown',
        text: `Gateway ${parent.gateway} is not among what was read`,
        place: { object: route, at: [...parent.path, 'name'] },
      },
    ];
  const listener = listenerHop(picture, address, route, parent, gateway);
  const hops = [listener.hop];
  if (listener.hop.state === 'broken') return hops;
  hops.push(classHop(picture, gateway));
  if (hops.at(-1)?.state === 'broken' || address.scheme === 'http' || address.scheme === 'tcp')
    return hops;
  if (listener.found !== undefined && route.kind !== 'TLSRoute')
    hops.push(certificate(picture, gateway, listener.found));
  return hops;
}

interface Found {
  readonly hop: Hop;
  readonly found?: Listener;
}

function listenerHop(
  { cluster }: Picture,
  address: Address,
  route: ClusterObject,
  { section }: Parent,
  gateway: ClusterObject,
): Found {
  const { host, port } = address;
  const protocol = protocolOf(address, route);
  const all = listenersOf(gateway);
  const named = all.filter(({ name }) => section === undefined || name === section);
  const verdicts = named.map((listener) => admission(listener, route, gateway, cluster));
  const taking = named.filter((_, index) => verdicts[index] === 'yes');
  const forHost = taking.filter(
    ({ protocol: own, hostname }) =>
      own === protocol && (hostname === undefined || covers(hostname, host)),
  );
  const found = forHost.find((one) => one.port === port);
  const who = describeObject(gateway);
  if (found !== undefined) {
    const text = `listener "${found.name}" of ${who} (${found.protocol} ${String(found.port)})`;
    const place = { object: gateway, at: [...found.path, 'name'] };
    return { hop: { step: 'listener', state: 'passes', text, place }, found };
  }
  const place = listenersPlace(gateway);
  const unknown = (text: string): Hop => ({ step: 'listener', state: 'unknown', text, place });
  const [other] = forHost;
  if (other !== undefined || all.length === 0)
    return {
      hop: unknown(
        `no listener of ${who} is on port ${port}, unless something in front of it changes ` +
          `the port; it has ${listenersText(all)}`,
      ),
      ...(other !== undefined && { found: other }),
    };
  const undecided = verdicts.find((verdict) => verdict !== 'yes' && verdict.unknown);
  if (undecided !== undefined && undecided !== 'yes') return { hop: unknown(undecided.reason) };
  return { hop: noListener(address, route, gateway, taking) };
}

const listenersPlace = (object: ClusterObject): Place => ({
  object,
  at: ['spec', 'listeners'],
  part: 'key',
});

function protocolOf({ scheme }: Address, { kind }: ClusterObject): string {
  return kind === 'TLSRoute' || scheme === 'tls' ? 'TLS' : scheme.toUpperCase();
}

/** None of the listeners is for the address. @param taking those that take the route */
function noListener(
  address: Address,
  route: ClusterObject,
  gateway: ClusterObject,
  taking: readonly Listener[],
): Hop {
  const { scheme, host, port } = address;
  const protocol = protocolOf(address, route);
  const wish = taking.some((one) => one.protocol === protocol)
    ? 'needs a listener for its host'
    : `needs a listener of protocol ${protocol}`;
  const by =
    taking.length === 0
      ? 'none of its listeners'
      : `${enumerate(taking.map(({ name }) => `"${name}"`))} only`;
  return {
    step: 'listener',
    state: 'broken',
    text:
      `${scheme}://${host} ${wish}, and the route is taken by ${by}; ` +
      `${describeObject(gateway)} has ${listenersText(listenersOf(gateway))}`,
    help:
      `add a listener of protocol ${protocol} on port ${port} for ${host}, or let the route ` +
      'name another one',
    place: listenersPlace(gateway),
    related: [
      { object: route, at: ['spec', 'parentRefs'], part: 'key', message: 'what the route names' },
    ],
  };
}

/** `"web" (HTTP 80, shop.example.com)`: at most five. */
function listenersText(all: readonly Listener[]): string {
  if (all.length === 0) return 'none of its own';
  return enumerate(
    all.slice(0, 5).map(({ name, protocol, port, hostname }) => {
      const host = hostname === undefined ? '' : `, ${hostname}`;
      return `"${name}" (${protocol} ${String(port)}${host})`;
    }),
  );
}

function classHop(picture: Picture, gateway: ClusterObject): Hop {
  const at = ['spec', 'gatewayClassName'];
  const place = { object: gateway, at };
  const said = heard('class', [gatewayClassMissing], picture, gateway, at);
  if (said?.state === 'broken') return said;
  const name = asText(fieldAt(gateway.value, ...at)) ?? '';
  const found = picture.cluster.objects.findOfKind(gatewayGroup, 'GatewayClass', undefined, name);
  if (found === undefined)
    return {
      step: 'class',
      state: 'unknown',
      text:
        `class ${name} was not read: whether a controller serves it is known to the cluster ` +
        'only',
      place,
    };
  const controller = asText(fieldAt(found.value, 'spec', 'controllerName'));
  return {
    step: 'class',
    state: 'passes',
    text: `class ${name}, served by ${controller ?? 'no controller'}`,
    place,
  };
}

function certificate(picture: Picture, gateway: ClusterObject, { path }: Listener): Hop {
  const at = [...path, 'tls', 'certificateRefs'];
  const said = heard('certificate', [tlsSecretMissing], picture, gateway, at);
  if (said !== undefined) return said;
  const names = itemsAt(gateway.value, at).flatMap(
    ({ value }) => asText(fieldAt(value, 'name')) ?? [],
  );
  const place = { object: gateway, at };
  return names.length === 0
    ? {
        step: 'certificate',
        state: 'broken',
        text: 'the listener speaks HTTPS and names no certificate',
        help: 'add the Secret that holds it to tls.certificateRefs',
        rule: 'listener-certificate',
        place,
      }
    : {
        step: 'certificate',
        state: 'passes',
        text: `certificate from Secret ${enumerate(names)}`,
        place,
      };
}

/** What keeps a route from being attached to the Gateway that it names. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { Naming } from '../references/namings.ts';
import type { Unseen } from '../unseen/unseen.ts';
import { admission, type Listener, listenersOf } from './listeners.ts';

export type AttachmentFault =
  /** No listener has the name; one has nearly that. */
  | {
      readonly type: 'section';
      readonly at: Path;
      readonly wanted: string;
      readonly near: string | undefined;
      /** The listeners, as messages list them. */
      readonly known: string;
    }
  | { readonly type: 'port'; readonly at: Path; readonly port: number; readonly known: string }
  /** Those that are meant do not take it. */
  | {
      readonly type: 'closed';
      readonly at: Path;
      readonly reason: string;
      /** The first of them, in the Gateway. */
      readonly listener: Path;
    }
  | { readonly type: 'unknown'; readonly at: Path; readonly reason: string };

export function attachmentFault(
  gateway: ClusterObject,
  { object: route, reference: { path } }: Naming,
  cluster: Cluster,
  unseen: Unseen,
): AttachmentFault | undefined {
  const listeners = listenersOf(gateway);
  // Without listeners of its own it may get them from ListenerSets.
  if (listeners.length === 0 || cluster.objects.ofKind(gatewayGroup, 'ListenerSet').length > 0)
    return undefined;
  const parent = path.slice(0, -1);
  const ref = fieldAt(route.value, ...parent);
  const section = asText(fieldAt(ref, 'sectionName'));
  const port = fieldAt(ref, 'port');
  let named: readonly Listener[] = listeners;
  if (section !== undefined && !isPlaceholder(section)) {
    cluster.work.spend(listeners.length);
    named = listeners.filter(({ name }) => name === section);
    if (named.length === 0) return sectionFault(section, listeners, [...parent, 'sectionName']);
  }
  if (typeof port === 'number') {
    named = named.filter((listener) => listener.port === port);
    if (named.length === 0)
      return { type: 'port', at: [...parent, 'port'], port, known: listed(listeners) };
  }
  cluster.work.spend(named.length);
  const refused = refusal(named, route, gateway, cluster, unseen);
  return refused && { ...refused, at: path };
}

function sectionFault(
  wanted: string,
  listeners: readonly Listener[],
  at: Path,
): AttachmentFault | undefined {
  if (listeners.some(({ name }) => isPlaceholder(name))) return undefined;
  const near = nearestIn(wanted, namesOf(listeners));
  return { type: 'section', at, wanted, near, known: listed(listeners) };
}

type Refusal =
  | { readonly type: 'closed'; readonly reason: string; readonly listener: Path }
  | { readonly type: 'unknown'; readonly reason: string };

/** Why none of the listeners takes the route; undefined where one does. */
function refusal(
  named: readonly Listener[],
  route: ClusterObject,
  gateway: ClusterObject,
  cluster: Cluster,
  unseen: Unseen,
): Refusal | undefined {
  const verdicts = named.map((listener) => admission(listener, route, gateway, cluster));
  if (verdicts.some((verdict) => verdict === 'yes')) return undefined;
  const open = verdicts.find((verdict) => typeof verdict === 'object' && verdict.unknown);
  if (typeof open === 'object') return { type: 'unknown', reason: open.reason };
  const whyUnseen = unseen.whyDocumentUnseen('Namespace');
  if (whyUnseen !== undefined)
    return { type: 'unknown', reason: `whether a listener takes it: ${whyUnseen}` };
  const [first] = verdicts;
  return typeof first === 'object'
    ? { type: 'closed', reason: first.reason, listener: named[0]?.path ?? [] }
    : undefined;
}

/** Of a Gateway once, however many routes name it. */
const namesOf = remembered((listeners: readonly Listener[]) => listeners.map(({ name }) => name));

/** As messages name them: a Gateway has no more than 64 (gateway-api apis/v1 `GatewaySpec`). */
const listed = remembered((listeners: readonly Listener[]): string =>
  listeners
    .slice(0, 64)
    .map(({ name, port }) => `"${name}" (${String(port)})`)
    .join(', '),
);

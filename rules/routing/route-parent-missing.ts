import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { admission, type Listener, listenersOf } from '../../src/lint/references/listeners.ts';
import {
  followNearMiss,
  type Naming,
  namingsOf,
  nearMissMessages,
} from '../../src/lint/references/named-objects.ts';
import { gatewayGroup, routeKinds } from '../../src/lint/references/route-backends.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { perList } from '../../src/multimap.ts';
import { nearestIn } from '../../src/text/name-index.ts';

const messages = {
  ...nearMissMessages,
  section: ({ gateway, wanted, known }: Record<'gateway' | 'wanted' | 'known', string>) =>
    `${gateway} has no listener "${wanted}"; it has ${known}`,
  port: ({ gateway, port, known }: { gateway: string; port: number; known: string }) =>
    `${gateway} has no listener on port ${port}; it has ${known}`,
  closed: ({ gateway, reason }: Record<'gateway' | 'reason', string>) =>
    `no listener of ${gateway} takes this route: ${reason}`,
};

export const routeParentMissing = defineRule({
  meta: {
    id: 'route-parent-missing',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: routeKinds,
    title: 'is attached to nothing',
    summary:
      'A Gateway API route names a Gateway or listener that does not exist or does not take it',
    why: 'a route has effect on the listeners that its parentRefs name and that allow it; where there is none it gets no condition Accepted, and requests are answered as if the route were not there',
    fixable: true,
  },
  messages,
  check(context) {
    for (const naming of namingsOf(context.cluster, gatewayGroup, 'Gateway')) {
      if (!(routeKinds as readonly string[]).includes(naming.object.kind)) continue;
      const gateway = followNearMiss(context, naming);
      if (gateway !== undefined) checkListeners(gateway, naming, context);
    }
  },
});

/** Of a Gateway once, however many routes name it. */
const names = perList<readonly string[]>();
const texts = perList<string>();

function namesOf(listeners: readonly Listener[]): readonly string[] {
  return names(listeners, '', () => listeners.map(({ name }) => name));
}

/** As messages name them: a Gateway has no more than 64 (gateway-api apis/v1 `GatewaySpec`). */
function listed(listeners: readonly Listener[]): string {
  return texts(listeners, '', () =>
    listeners
      .slice(0, 64)
      .map(({ name, port }) => `"${name}" (${String(port)})`)
      .join(', '),
  );
}

function checkListeners(
  gateway: ClusterObject,
  { object: route, reference: { path } }: Naming,
  { cluster, unseen, report, unknown }: RuleContext<typeof messages>,
): void {
  const parent = path.slice(0, -1);
  const ref = fieldAt(route.value as Json, ...parent);
  const listeners = listenersOf(gateway);
  // Without listeners of its own it may get them from ListenerSets.
  if (listeners.length === 0 || cluster.objects.ofKind(gatewayGroup, 'ListenerSet').length > 0)
    return;
  const section = asText(fieldAt(ref, 'sectionName'));
  const port = fieldAt(ref, 'port');
  const related = [
    { object: gateway, at: ['spec', 'listeners'], part: 'key' as const, message: 'its listeners' },
  ];
  const data = { gateway: describeObject(gateway), known: listed(listeners) };
  let named: readonly Listener[] = listeners;
  if (section !== undefined && !isPlaceholder(section)) {
    cluster.work.spend(listeners.length);
    named = listeners.filter(({ name }) => name === section);
    if (named.length === 0) {
      if (listeners.some(({ name }) => isPlaceholder(name))) return;
      const near = nearestIn(section, namesOf(listeners));
      return report({
        object: route,
        at: [...parent, 'sectionName'],
        id: 'section',
        data: { ...data, wanted: section },
        help:
          near === undefined ? 'write the name of one of its listeners' : `change it to ${near}`,
        related,
        ...(near !== undefined && {
          fixes: [{ title: `change it to ${near}`, safety: 'safe', replace: near }],
        }),
      });
    }
  }
  if (typeof port === 'number') {
    named = named.filter((listener) => listener.port === port);
    if (named.length === 0)
      return report({
        object: route,
        at: [...parent, 'port'],
        id: 'port',
        data: { ...data, port },
        help: 'write the port of one of its listeners, or leave it out',
        related,
      });
  }
  cluster.work.spend(named.length);
  const verdicts = named.map((listener) => admission(listener, route, gateway, cluster));
  if (verdicts.some((verdict) => verdict === 'yes')) return;
  const open = verdicts.find((verdict) => typeof verdict === 'object' && verdict.unknown);
  const place = { object: route, at: path };
  const whyUnseen = unseen.whyDocumentUnseen('Namespace');
  if (open !== undefined || whyUnseen !== undefined) {
    const reason =
      typeof open === 'object' ? open.reason : `whether a listener takes it: ${whyUnseen}`;
    return unknown({ ...place, reason });
  }
  const [first] = verdicts;
  if (typeof first !== 'object') return;
  report({
    ...place,
    id: 'closed',
    data: { gateway: data.gateway, reason: first.reason },
    help: 'change what the listener allows, or attach the route to another one',
    related: [
      { object: gateway, at: [...(named[0]?.path ?? []), 'name'], message: 'this listener' },
    ],
  });
}

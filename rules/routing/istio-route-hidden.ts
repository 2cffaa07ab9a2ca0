import { asList, asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { istioObjects } from '../../src/lint/routes/istio.ts';
import { itemsAt } from '../../src/lint/routes/route-backends.ts';
import { type Item, takenRoutes } from '../../src/lint/routes/taken-routes.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const istioRouteHidden = defineRule({
  meta: {
    id: 'istio-route-hidden',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['VirtualService'],
    title: 'has a route that no request gets to',
    summary: 'A route of a VirtualService stands behind one that takes all of its requests',
    why:
      'the routes of a VirtualService are asked in the order in which they are written, and the ' +
      'first one that matches takes the request',
    fixable: false,
  },
  messages: {
    hidden: ({ taker }: { taker: string }) => `${taker} stands before it and takes every request`,
    taken: ({ taker }: { taker: string }) =>
      `${taker} stands before it and takes all that this one asks for`,
  },
  check({ cluster, report }) {
    for (const object of istioObjects(cluster, 'VirtualService')) {
      const routes = itemsAt(object.value, ['spec', 'http']);
      const index = routes.findIndex(({ value }) => takesAll(value));
      const taker = routes[index];
      for (const { route, by } of takenRoutes(index < 0 ? routes : routes.slice(0, index)))
        report({
          object,
          at: route.path,
          id: 'taken',
          data: { taker: nameOf(by, routes.indexOf(by)) },
          help: 'move the narrower route before the wider one, or take it out',
          related: [{ object, at: by.path, message: 'takes them' }],
        });
      const next = routes[index + 1];
      if (index < 0 || taker === undefined || next === undefined) continue;
      report({
        object,
        at: next.path,
        id: 'hidden',
        data: { taker: nameOf(taker, index) },
        help: 'move the route that takes everything to the end',
        related: [{ object, at: taker.path, message: 'takes everything' }],
      });
    }
  },
});

function nameOf({ value }: Item, index: number): string {
  const name = asText(fieldAt(value, 'name'));
  return name === undefined ? `route ${index + 1}` : `route "${name}"`;
}

/** No match at all, or one that is for the prefix `/` and nothing else. */
function takesAll(route: Json | undefined): boolean {
  const matches = asList(fieldAt(route, 'match'));
  return (
    matches.length === 0 ||
    matches.some((match) => {
      const asked = Object.keys((match ?? {}) as object).filter((key) => key !== 'name');
      const isRoot = fieldAt(match, 'uri', 'prefix') === '/';
      return asked.length === 0 || (isRoot && asked.length === 1);
    })
  );
}

import { asList, asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { istioObjects } from '../../src/lint/routes/istio.ts';
import { itemsAt } from '../../src/lint/routes/route-backends.ts';
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
  },
  check({ cluster, report }) {
    for (const object of istioObjects(cluster, 'VirtualService')) {
      const routes = itemsAt(object.value, ['spec', 'http']);
      const index = routes.findIndex(({ value }) => takesAll(value));
      const [taker, next] = routes.slice(index, index + 2);
      if (index < 0 || taker === undefined || next === undefined) continue;
      const name = asText(fieldAt(taker.value, 'name'));
      report({
        object,
        at: next.path,
        id: 'hidden',
        data: { taker: name === undefined ? `route ${index + 1}` : `route "${name}"` },
        help: 'move the route that takes everything to the end',
        related: [{ object, at: taker.path, message: 'takes everything' }],
      });
    }
  },
});

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

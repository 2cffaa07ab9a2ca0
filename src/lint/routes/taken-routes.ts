/** Routes of a VirtualService all of whose requests an earlier route takes. */
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
  withSortedKeys,
} from '../../kubernetes/json.ts';

export interface Item {
  readonly path: Path;
  readonly value: Json;
}

/** Paths that are longer are compared as a whole. */
const longest = 200;

/**
 * Of equal conditions the first one counts, and a condition that is a prefix of the path alone
 * takes every path below it.
 */
export function* takenRoutes(routes: readonly Item[]): Iterable<{ route: Item; by: Item }> {
  const takers = new Map<string, Item>();
  for (const route of routes) {
    const matches = asList(fieldAt(route.value, 'match'));
    const by = matches.map((match) => takerOf(match, takers));
    const [first] = by;
    if (first !== undefined && by.every((one) => one !== undefined)) yield { route, by: first };
    for (const match of matches) {
      const key = keyOf(match);
      if (!takers.has(key)) takers.set(key, route);
    }
  }
}

function takerOf(match: Json, takers: ReadonlyMap<string, Item>): Item | undefined {
  const same = takers.get(keyOf(match));
  if (same !== undefined) return same;
  if (fieldAt(match, 'ignoreUriCase') === true) return undefined;
  const path = asText(fieldAt(match, 'uri', 'prefix')) ?? asText(fieldAt(match, 'uri', 'exact'));
  if (path === undefined || path.length > longest) return undefined;
  for (let end = 1; end <= path.length; end += 1) {
    const taker = takers.get(keyOf({ uri: { prefix: path.slice(0, end) } }));
    if (taker !== undefined) return taker;
  }
  return undefined;
}

/** Of a condition without its name; equal for equal ones. */
function keyOf(match: Json): string {
  const { name: _, ...conditions } = asJsonObject(match) ?? {};
  return JSON.stringify(withSortedKeys(conditions));
}

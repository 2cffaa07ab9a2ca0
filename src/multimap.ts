/** Maps from a key to all that share it: how everything that joins objects is indexed. */

/** Adds a value to those of a key, in place: linear however many there are. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** All items by their keys, each list in the order of the items. */
export function groupBy<K, V>(
  items: Iterable<V>,
  key: (item: V) => K,
): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) addTo(groups, key(item), item);
  return groups;
}

/** All items by each of their keys. */
export function groupByEach<K, V>(
  items: Iterable<V>,
  keys: (item: V) => Iterable<K>,
): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) for (const key of keys(item)) addTo(groups, key, item);
  return groups;
}

/** The value of a key, made when it is first asked for. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

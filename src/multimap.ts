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

/** What is made when it is first asked for, and once. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The value of a key, made when it is first asked for. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/**
 * What is worked out once for an object, such as a cluster or a list that several share, when it is
 * first asked for; it is kept as long as the object is.
 */
export function remembered<K extends object, V>(make: (object: K) => V): (object: K) => V {
  const made = new WeakMap<K, V>();
  return (object) => {
    let known = made.get(object);
    if (known === undefined && !made.has(object)) {
      known = short(make(object));
      made.set(object, known);
    }
    return known as V;
  };
}

/** What V8 keeps for a list that grew, or was filtered, has room for 17. */
function short<V>(value: V): V {
  return Array.isArray(value) && value.length <= 4 ? (value.slice() as V) : value;
}

/**
 * What is worked out once for a list that several share, by a key; it is kept as long as the list
 * is.
 */
export function perList<T>(): (list: readonly unknown[], key: string | number, make: () => T) => T {
  const ownOf = remembered((_: readonly unknown[]) => new Map<string | number, T>());
  return (list, key, make) => {
    const own = ownOf(list);
    let known = own.get(key);
    if (known === undefined && !own.has(key)) {
      known = make();
      own.set(key, known);
    }
    return known as T;
  };
}

/** What is worked out when it is first asked for, and then kept. */

/** What is made when it is first asked for, and once. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
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

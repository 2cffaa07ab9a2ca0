/** Maps from a key to all that share it: how everything that joins objects is indexed. */

/** Adds a value to those of a key, in place: linear however many there are. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

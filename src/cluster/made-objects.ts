/** Secrets and ConfigMaps that controllers make for the objects of a cluster. */
import { madeBy } from '../kubernetes/makers.ts';
import { remembered } from '../memo.ts';
import { addTo, entryOf } from '../multimap.ts';
import type { ClusterObject, ObjectIndex } from './objects.ts';

type ByName = ReadonlyMap<string, ClusterObject>;

/** By kind and namespace what is made there, by its name; in place of a namespace `*` is each. */
const makers = remembered(({ all }: ObjectIndex): ReadonlyMap<string, ByName> => {
  const made = new Map<string, Map<string, ClusterObject>>();
  for (const object of all)
    for (const { kind, name, everywhere } of madeBy(object)) {
      const key = `${kind}/${everywhere ? '*' : (object.namespace ?? '')}`;
      entryOf(made, key, () => new Map<string, ClusterObject>()).set(name, object);
    }
  return made;
});

/** What is made in one namespace only, by kind and name: the objects that it is made of. */
const makersByName = remembered(({ all }: ObjectIndex) => {
  const made = new Map<string, ClusterObject[]>();
  for (const object of all)
    for (const { kind, name, everywhere } of madeBy(object))
      if (!everywhere) addTo(made, `${kind}/${name}`, object);
  return made;
});

/** The objects of any namespace of which something with this name is made. */
export function makersOf(
  objects: ObjectIndex,
  kind: string,
  name: string,
): readonly ClusterObject[] {
  return makersByName(objects).get(`${kind}/${name}`) ?? [];
}

/** The names that are made of a kind in a namespace, each with the object that they are made of. */
export function madeIn(
  objects: ObjectIndex,
  kind: string,
  namespace: string | undefined,
): readonly ByName[] {
  const made = makers(objects);
  return [namespace ?? '', '*'].flatMap((one) => made.get(`${kind}/${one}`) ?? []);
}

/** The object whose controller makes this one, in its namespace or in all of them. */
export function makerOf(
  objects: ObjectIndex,
  kind: string,
  namespace: string | undefined,
  name: string,
): ClusterObject | undefined {
  return madeIn(objects, kind, namespace)
    .find((made) => made.has(name))
    ?.get(name);
}

/** Secrets and ConfigMaps that controllers make for the objects of a cluster. */
import { madeBy } from '../kubernetes/makers.ts';
import { addTo, remembered } from '../multimap.ts';
import type { ClusterObject, ObjectIndex } from './objects.ts';

const makers = remembered(({ all }: ObjectIndex): ReadonlyMap<string, ClusterObject> => {
  const made = new Map<string, ClusterObject>();
  for (const object of all)
    for (const { kind, name, everywhere } of madeBy(object))
      made.set(`${kind}/${everywhere ? '*' : (object.namespace ?? '')}/${name}`, object);
  return made;
});

/** The object whose controller makes this one, in its namespace or in all of them. */
export function makerOf(
  objects: ObjectIndex,
  kind: string,
  namespace: string | undefined,
  name: string,
): ClusterObject | undefined {
  const made = makers(objects);
  return made.get(`${kind}/${namespace ?? ''}/${name}`) ?? made.get(`${kind}/*/${name}`);
}

/** Something that is not among the objects, but is made of one of them. */
export interface MadeObject {
  readonly name: string;
  readonly maker: ClusterObject;
}

/** By `KIND/NAMESPACE`, and by `KIND/*` what is made in all of them. */
export const madeByKind = remembered((objects: ObjectIndex) => {
  const found = new Map<string, MadeObject[]>();
  for (const [key, maker] of makers(objects)) {
    const end = key.lastIndexOf('/');
    addTo(found, key.slice(0, end), { name: key.slice(end + 1), maker });
  }
  return found;
});

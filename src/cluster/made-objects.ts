/** Secrets and ConfigMaps that controllers make for the objects of a cluster. */
import { madeBy } from '../kubernetes/makers.ts';
import { remembered } from '../multimap.ts';
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

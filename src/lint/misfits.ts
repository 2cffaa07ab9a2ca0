/** Custom resources that do not fit the definitions of their kinds. */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { describedKinds } from '../kubernetes/described-kinds.ts';
import { fieldAt } from '../kubernetes/json.ts';
import type { Json } from '../manifest/node.ts';
import { type Misfit, misfits } from './custom-fields.ts';

export interface MisfitOf extends Misfit {
  readonly object: ClusterObject;
}

export function* misfitsOf({ objects }: Cluster): Iterable<MisfitOf> {
  for (const [group, kinds] of describedKinds)
    for (const kind of kinds)
      for (const object of objects.everyOfKind(group, kind))
        for (const misfit of misfits(group, kind, fieldAt(object.value as Json, 'spec')))
          yield { object, ...misfit };
}

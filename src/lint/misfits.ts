/** Custom resources that do not fit the definitions of their kinds. */
import { showPath } from '../cluster/apiserver/field-path.ts';
import type { Refusal } from '../cluster/apiserver/refusal.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { describedKinds } from '../kubernetes/described-kinds.ts';
import { fieldAt } from '../kubernetes/json.ts';
import type { Json } from '../manifest/node.ts';
import { remembered } from '../multimap.ts';
import { type Misfit, misfits } from './custom-fields.ts';

export type MisfitOf = Misfit & { readonly object: ClusterObject };

export const misfitsOf = remembered(({ objects }: Cluster): readonly MisfitOf[] =>
  describedKinds.flatMap(([group, kinds]) =>
    kinds.flatMap((kind) =>
      objects.everyOfKind(group, kind).flatMap((object) => {
        const spec = fieldAt(object.value as Json, 'spec');
        return misfits(group, kind, spec).map((misfit) => ({ object, ...misfit }));
      }),
    ),
  ),
);

/** Words that the definition of a kind does not have, as the API server refuses them. */
export function* strangeWords(
  cluster: Cluster,
): Iterable<Pick<Refusal, 'path' | 'message' | 'help' | 'replacement'> & Pick<MisfitOf, 'object'>> {
  for (const misfit of misfitsOf(cluster)) {
    if (misfit.problem !== 'value') continue;
    const { object, at, wanted, values, found } = misfit;
    const supported = values.map((value) => `"${value}"`).join(', ');
    const message =
      `${showPath(at)}: Unsupported value: "${found}": ` + `supported values: ${supported}`;
    yield { object, path: at, message, help: `did you mean ${wanted}?`, replacement: wanted };
  }
}

/** Custom resources that do not fit the definitions of their kinds. */
import { showPath } from '../../cluster/apiserver/field-path.ts';
import type { Refusal } from '../../cluster/apiserver/refusal.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { describedKinds } from '../../kubernetes/described-kinds.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { type Misfit, misfits } from './custom-fields.ts';

export type MisfitOf = Misfit & { readonly object: ClusterObject };

export const misfitsOf = remembered(({ objects }: Cluster): readonly MisfitOf[] => {
  const found: MisfitOf[] = [];
  for (const [group, kinds] of describedKinds)
    for (const kind of kinds)
      for (const object of objects.everyOfKind(group, kind)) {
        for (const misfit of outOfMetadata(object)) found.push({ object, ...misfit });
        for (const misfit of misfits(group, kind, fieldAt(object.value, 'spec')))
          found.push({ object, ...misfit });
      }
  return found;
});

/** Fields of the metadata beside it, as where `metadata:` slipped down a line. */
function outOfMetadata({ value }: ClusterObject): Misfit[] {
  return ['name', 'namespace', 'labels', 'annotations']
    .filter(
      (field) =>
        fieldAt(value, field) !== undefined && fieldAt(value, 'metadata', field) === undefined,
    )
    .map((field) => ({ problem: 'field', at: [field], wanted: `metadata.${field}`, fits: false }));
}

/**
 * Words that the definition of a kind does not have, as the API server refuses them. Those of the
 * Gateway API are told with all else that it refuses of these kinds (`gateway-refused`).
 */
export function* strangeWords(
  cluster: Cluster,
): Iterable<Pick<Refusal, 'path' | 'message' | 'help' | 'replacement'> & Pick<MisfitOf, 'object'>> {
  for (const misfit of misfitsOf(cluster)) {
    const { object, at, wanted } = misfit;
    if (misfit.problem !== 'value' || groupOf(object.apiVersion) === gatewayGroup) continue;
    const { values, found } = misfit;
    const supported = values.map((value) => `"${value}"`).join(', ');
    const message =
      `${showPath(at)}: Unsupported value: "${found}": ` + `supported values: ${supported}`;
    yield { object, path: at, message, help: `did you mean ${wanted}?`, replacement: wanted };
  }
}

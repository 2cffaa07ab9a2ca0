/** Custom resources that do not fit the definitions of their kinds. */
import type { Refusal } from '../cluster/apiserver/refusal.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { describedKinds } from '../kubernetes/described-kinds.ts';
import { fieldAt } from '../kubernetes/json.ts';
import type { Json, Path } from '../manifest/node.ts';
import { type Misfit, misfits } from './custom-fields.ts';

export type MisfitOf = Misfit & { readonly object: ClusterObject };

export function* misfitsOf({ objects }: Cluster): Iterable<MisfitOf> {
  for (const [group, kinds] of describedKinds)
    for (const kind of kinds)
      for (const object of objects.everyOfKind(group, kind))
        for (const misfit of misfits(group, kind, fieldAt(object.value as Json, 'spec')))
          yield { object, ...misfit };
}

/** As the API server shows it: `spec.endpoints[0].port`. */
export function shownPath(path: Path): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return steps.join('').slice(1);
}

/** Words that the definition of a kind does not have, as the API server refuses them. */
export function* strangeWords(
  cluster: Cluster,
): Iterable<Pick<Refusal, 'path' | 'message' | 'help' | 'replacement'> & Pick<MisfitOf, 'object'>> {
  for (const misfit of misfitsOf(cluster)) {
    if (misfit.problem !== 'value') continue;
    const { object, at, wanted, values, found } = misfit;
    const supported = values.map((value) => `"${value}"`).join(', ');
    const message =
      `${shownPath(at)}: Unsupported value: "${found}": ` + `supported values: ${supported}`;
    yield { object, path: at, message, help: `did you mean ${wanted}?`, replacement: wanted };
  }
}

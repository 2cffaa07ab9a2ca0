/** Namespaces that hold nothing, beside one that is nearly called so and that nobody makes. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { groupBy } from '../../multimap.ts';
import { nearestIn } from '../../text/name-index.ts';
import { isSlip } from '../../text/slip.ts';
import type { AnyFinding } from '../rule.ts';

/** Spread them into the messages of a rule that reports `idleNamespaces`. */
export const namespaceMessages = {
  idle: ({ name, near, count }: { name: string; near: string; count: number }) =>
    `nothing that was read is in namespace "${name}"; ${count} objects are in "${near}", which ` +
    'nothing here makes',
};

/** Fewer objects in it may be the ones that are misspelt. */
const fewest = 3;

export function* idleNamespaces(cluster: Cluster): Iterable<AnyFinding<typeof namespaceMessages>> {
  const made = cluster.objects.ofKind('', 'Namespace');
  if (made.length === 0) return;
  const names = new Set(made.map(({ name }) => name));
  const inside = groupBy(
    cluster.objects.all.filter(({ namespaceAssumed }) => !namespaceAssumed),
    ({ namespace }) => namespace ?? '',
  );
  const unmade = [...inside.keys()].filter((one) => one !== '' && !names.has(one));
  for (const object of made) {
    const { name } = object;
    const near = inside.has(name) || isPlaceholder(name) ? undefined : nearestIn(name, unmade);
    const [first, ...others] = inside.get(near ?? '') ?? [];
    if (near === undefined || first === undefined || others.length + 1 < fewest) continue;
    if (isSlip(name, near)) yield findingOf(object, first, { near, count: others.length + 1 });
  }
}

function findingOf(
  object: ClusterObject,
  first: ClusterObject,
  { near, count }: { near: string; count: number },
): AnyFinding<typeof namespaceMessages> {
  return {
    object,
    at: ['metadata', 'name'],
    id: 'idle',
    data: { name: object.name, near, count },
    severity: 'warning',
    title: 'holds nothing',
    why:
      'the API server takes no object of a namespace that does not exist: it answers ' +
      `namespaces "${near}" not found`,
    help: `change it to ${near}, or write ${object.name} in the objects`,
    related: [{ object: first, at: ['metadata', 'namespace'], message: 'in another namespace' }],
  };
}

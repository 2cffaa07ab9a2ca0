/** Objects that do nothing unless another one of the same proxy takes them in. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { shareWord } from '../../text/kind-words.ts';
import { namingsOf } from './namings.ts';
import { referrersOf } from './referenced.ts';

interface Part {
  readonly group: string;
  readonly kind: string;
  /** Whether it is only a part. */
  readonly isPart: (object: ClusterObject) => boolean;
  /** What takes it in. */
  readonly whole: string;
  readonly field: string;
}

export const partKinds: readonly Part[] = [
  {
    group: 'projectcontour.io',
    kind: 'HTTPProxy',
    isPart: ({ value }) => fieldAt(value, 'spec', 'virtualhost') === undefined,
    whole: 'HTTPProxy',
    field: 'includes',
  },
  {
    group: 'k8s.nginx.org',
    kind: 'VirtualServerRoute',
    isPart: () => true,
    whole: 'VirtualServer',
    field: 'routes',
  },
];

/**
 * Such parts beside a whole of their kind, of which none names them, or means them by a name that
 * leads nowhere: that is told there.
 */
export function* leftOutParts(
  cluster: Cluster,
): Iterable<{ readonly part: ClusterObject; readonly of: Part; readonly whole: ClusterObject }> {
  const { objects } = cluster;
  for (const of of partKinds) {
    const [whole] = objects
      .ofKind(of.group, of.whole)
      .filter((object) => of.kind !== of.whole || !of.isPart(object));
    if (whole === undefined) continue;
    const meant = namingsOf(cluster, of.group, of.kind).flatMap(({ reference: { name } }) =>
      objects.named(of.group, of.kind, name).length > 0 ? [] : name,
    );
    for (const part of objects.ofKind(of.group, of.kind))
      if (
        of.isPart(part) &&
        referrersOf(cluster, part).length === 0 &&
        !(meant.length === 1 && shareWord(meant[0] ?? '', part.name))
      )
        yield { part, of, whole };
  }
}

/**
 * Names that one workload writes otherwise than several others do, of objects that were not read:
 * Secrets are seldom among the manifests, and a slip in their name shows in its neighbours.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { NameIndex } from '../../text/name-index.ts';
import { fixTo } from '../fixes/change-to.ts';
import type { AnyFinding } from '../rule.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import { lookUp, type LookupContext } from './reference.ts';

/** Spread them into the messages of a rule that reports an `outvotedName`. */
export const outvotedMessages = {
  outvoted: ({ name, meant, count }: { name: string; meant: string; count: number }) =>
    `nothing else names "${name}"; ${count} other workloads name "${meant}"`,
};

/** So many others have to agree. */
const fewestOthers = 2;

/** A name that others write otherwise. */
export function outvotedName(
  naming: Naming,
  context: LookupContext,
  why: string,
): AnyFinding<typeof outvotedMessages> | undefined {
  const { object, reference } = naming;
  const wanted = wantedBy(naming, context.cluster);
  const { kind, name, namespace } = wanted;
  if (reference.optional || isPlaceholder(name)) return undefined;
  const { takers, names, index } = ballotOf(context.cluster)(kind, namespace);
  if (takers.get(name)?.size !== 1) return undefined;
  const at = index.slip(name, (place) => takers.get(names[place] ?? '')?.has(object) === false);
  const meant = at === undefined ? undefined : names[at];
  if (meant === undefined) return undefined;
  const lookup = lookUp(context, object, wanted);
  if (lookup.state !== 'unknown' && lookup.state !== 'missing') return undefined;
  if (lookup.state === 'missing' && lookup.nearest !== undefined) return undefined;
  return {
    object,
    at: reference.path,
    id: 'outvoted',
    data: { name, meant, count: takers.get(meant)?.size ?? 0 },
    title: 'names what no other workload names',
    severity: 'warning',
    why,
    help: `write ${meant} if that is meant`,
    fixes: fixTo(meant, 'unsafe'),
  };
}

interface Ballot {
  /** The workloads that name an object, by its name. */
  readonly takers: ReadonlyMap<string, ReadonlySet<ClusterObject>>;
  /** Those on which enough agree. */
  readonly names: readonly string[];
  readonly index: NameIndex;
}

/** By kind and namespace. */
const ballotOf = remembered((cluster: Cluster) => {
  const ballots = new Map<string, Map<string | undefined, Ballot>>();
  return (kind: string, namespace: string | undefined): Ballot =>
    entryOf(ballots, kind, () => count(cluster, kind)).get(namespace) ?? none;
});

function count(cluster: Cluster, kind: string): Map<string | undefined, Ballot> {
  const counted = new Map<string | undefined, Map<string, Set<ClusterObject>>>();
  for (const naming of namingsOf(cluster, '', kind)) {
    const { name, namespace } = wantedBy(naming, cluster);
    const takers = entryOf(counted, namespace, () => new Map<string, Set<ClusterObject>>());
    entryOf(takers, name, () => new Set<ClusterObject>()).add(naming.object);
  }
  return new Map(
    [...counted].map(([namespace, takers]) => {
      const names = [...takers.keys()].filter(
        (name) => (takers.get(name)?.size ?? 0) >= fewestOthers,
      );
      return [namespace, { takers, names, index: new NameIndex(names) }];
    }),
  );
}

const none: Ballot = { takers: new Map(), names: [], index: new NameIndex([]) };

/**
 * Controllers take over what their selector matches and nobody owns
 * (pkg/controller/controller_ref_manager.go `ClaimPods`, `ClaimReplicaSets`).
 */
import { addTo } from '../../multimap.ts';
import { type Labels, labelsFrom, matchesPairs, matchesSelector } from '../labels.ts';
import type { ClusterObject, Kinds, ObjectIndex } from '../objects.ts';

/**
 * Bare Pods that somebody takes over, by adopter. A ReplicaSet or ReplicationController counts them
 * as replicas. A DaemonSet has one pod for each node, adopted or not; a StatefulSet only takes pods
 * with its own names, and then replaces them by its current revision. A Deployment adopts none: its
 * ReplicaSets also select the template hash.
 */
export function adoptPods(objects: ObjectIndex): Map<ClusterObject, ClusterObject<Kinds['Pod']>[]> {
  const adopted = new Map<ClusterObject, ClusterObject<Kinds['Pod']>[]>();
  const adopters = new SelectorIndex<Adopter>(
    [
      ...objects.of('ReplicaSet'),
      ...objects.of('ReplicationController'),
      ...objects.of('StatefulSet'),
      ...objects.of('DaemonSet'),
    ],
    pairsOf,
  );
  for (const pod of objects.of('Pod')) {
    const metadata = pod.value.metadata;
    if ((metadata?.ownerReferences ?? []).some((owner) => owner.controller === true)) continue;
    const labels = labelsFrom(metadata?.labels);
    const adopter = adopters
      .candidates(pod.namespace, labels)
      .find((candidate) => mayOwn(candidate, pod.name) && selects(candidate, labels));
    if (adopter === undefined) continue;
    addTo(adopted, adopter, pod);
  }
  return adopted;
}

type Adopter = ClusterObject<
  Kinds['ReplicaSet' | 'ReplicationController' | 'StatefulSet' | 'DaemonSet']
>;

/** stateful_set_utils.go `isMemberOf`. */
function mayOwn({ kind, name }: Adopter, pod: string): boolean {
  return (
    kind !== 'StatefulSet' ||
    (pod.startsWith(`${name}-`) && /^\d+$/.test(pod.slice(name.length + 1)))
  );
}

/** The pairs that a selector asks for; a ReplicationController's selector is nothing but pairs. */
function pairsOf(workload: ClusterObject): Readonly<Record<string, string>> {
  const selector =
    (workload.value as { spec?: { selector?: { matchLabels?: Record<string, string> } } }).spec
      ?.selector ?? {};
  return workload.kind === 'ReplicationController'
    ? (selector as Record<string, string>)
    : (selector.matchLabels ?? {});
}

function selects(workload: Adopter, labels: Labels): boolean {
  const selector = workload.value.spec?.selector;
  if (selector === undefined) return false;
  if (workload.kind === 'ReplicationController')
    return matchesPairs(selector as Record<string, string>, labels) === 'yes';
  return matchesSelector(selector, labels) === 'yes';
}

/**
 * ReplicaSets that a Deployment takes for old revisions of its own, by their own labels, and scales
 * down; each with that Deployment.
 */
export function adoptReplicaSets(objects: ObjectIndex): Map<ClusterObject, ClusterObject> {
  const scaledDown = new Map<ClusterObject, ClusterObject>();
  const deployments = new SelectorIndex(objects.of('Deployment'), pairsOf);
  for (const replicaSet of objects.of('ReplicaSet')) {
    const labels = labelsFrom(replicaSet.value.metadata?.labels);
    const takes = ({ value }: ClusterObject<Kinds['Deployment']>): boolean =>
      matchesSelector(value.spec?.selector, labels) === 'yes';
    const deployment =
      labels.size > 0
        ? deployments.candidates(replicaSet.namespace, labels).find(takes)
        : undefined;
    if (deployment !== undefined) scaledDown.set(replicaSet, deployment);
  }
  return scaledDown;
}

/** Controllers by one pair of their selector, for all that ask "who would take these labels?". */
class SelectorIndex<T extends ClusterObject> {
  readonly #byPair = new Map<string, T[]>();

  constructor(
    controllers: readonly T[],
    pairs: (controller: T) => Readonly<Record<string, string>>,
  ) {
    for (const controller of controllers) {
      // Without pairs (expressions only) any labels may match.
      const [key, value] = Object.entries(pairs(controller))[0] ?? [];
      addTo(this.#byPair, pairKey(controller.namespace, key, value), controller);
    }
  }

  candidates(namespace: string | undefined, labels: Labels): T[] {
    if (this.#byPair.size === 0) return [];
    const places = [...labels].map(([key, value]) => pairKey(namespace, key, value ?? undefined));
    return [pairKey(namespace, undefined, undefined), ...places].flatMap(
      (place) => this.#byPair.get(place) ?? [],
    );
  }
}

function pairKey(
  namespace: string | undefined,
  key: string | undefined,
  value: string | undefined,
): string {
  return `${namespace ?? ''}\n${key ?? ''}\n${value ?? ''}`;
}

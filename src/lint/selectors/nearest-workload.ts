/** The workload whose pods a selector was probably meant for that takes none. */
import type { Cluster } from '../../cluster/cluster.ts';
import { LabelIndex } from '../../cluster/label-index.ts';
import { labelsFrom, matchesPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asJsonObject, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { entryOf, groupBy } from '../../multimap.ts';
import { mostAlike } from '../../text/limits.ts';
import { AlikeIndex } from './alike.ts';
import { type Labelled, type Nearest, onePairOff, type Pairs } from './nearest.ts';
import { servicesOf } from './services-of.ts';

/**
 * @param owner the object that has the selector; a workload of its name is the likelier one
 * @param namespace its own, or another one into which it may be applied
 */
export function nearestWorkload(
  pairs: Pairs,
  owner: ClusterObject,
  cluster: Cluster,
  namespace = owner.namespace ?? cluster.options.namespace,
): Nearest | undefined {
  const index = indexOf(cluster);
  return (
    refusedWorkload(pairs, namespace, index) ??
    otherNamespace(pairs, namespace, cluster, index) ??
    ownLabels(pairs, index.workloads(namespace)) ??
    meantOf(
      onePairOff(pairs, owner, index.pods(namespace).candidates(pairs, owner)),
      governed(owner, namespace, cluster),
    )
  );
}

/**
 * That a set names the Service tells more than a pair that differs, unless it is one of its own.
 */
function meantOf(near: Nearest | undefined, set: Nearest | undefined): Nearest | undefined {
  if (near === undefined || set === undefined) return near ?? set;
  if (near.object === set.object && near.key !== undefined) return { ...near, certain: true };
  return near.certain && near.difference !== 'similar' ? near : set;
}

/** What the workloads of a cluster are found by, made when it is first asked for. */
class WorkloadIndex {
  readonly #cluster: Cluster;
  readonly #pods = new Map<string, AlikeIndex>();
  readonly #workloads = new Map<string, LabelIndex<PodSet>>();
  readonly #refused = new Map<string, LabelIndex<Refused>>();
  /** Where a set has all pairs for certain: the first two namespaces. */
  readonly elsewhere = new Map<string, readonly PodSet[]>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** By the labels of their pods. */
  pods(namespace: string): AlikeIndex {
    return entryOf(this.#pods, namespace, () => {
      const sets = this.#cluster.pods.inNamespace(namespace);
      const counted = sets.filter(({ hook }) => hook === undefined);
      return new AlikeIndex(
        counted.map((set) => asLabelled(set, this.#cluster)),
        'by keys first',
      );
    });
  }

  /** By their own labels; bare pods have no others. */
  workloads(namespace: string): LabelIndex<PodSet> {
    return entryOf(this.#workloads, namespace, () => {
      const sets = this.#cluster.pods.inNamespace(namespace);
      return new LabelIndex(
        sets.filter(({ templatePath }) => templatePath.length > 0),
        ownLabelsOf,
      );
    });
  }

  /** Those that may be in a namespace. */
  refused(namespace: string): LabelIndex<Refused> {
    return entryOf(this.#refused, namespace, () => {
      const { refused } = this.#cluster.objects;
      const here = refused.filter((object) => (object.namespace ?? namespace) === namespace);
      return new LabelIndex(here.flatMap(refusedLabels), ({ labels }) => labels);
    });
  }
}

const indexOf = remembered((cluster: Cluster) => new WorkloadIndex(cluster));

/** StatefulSets by the Service that governs them. */
const governedSets = remembered(({ pods }: Cluster) =>
  groupBy(
    pods.all.filter(({ ordinals, subdomain }) => ordinals !== undefined && subdomain !== undefined),
    ({ namespace, subdomain }) => `${namespace}/${subdomain}`,
  ),
);

/** The only StatefulSet whose `serviceName` is the Service that selects. */
function governed(owner: ClusterObject, namespace: string, cluster: Cluster): Nearest | undefined {
  if (owner.kind !== 'Service') return undefined;
  const [set, ...others] = governedSets(cluster).get(`${namespace}/${owner.name}`) ?? [];
  if (set === undefined || others.length > 0) return undefined;
  return {
    object: set.workload,
    bearer: 'pods',
    difference: 'governed',
    labels: labelsText(set),
    at: [...set.templatePath, 'metadata', 'labels'],
    certain: true,
  };
}

/** The labels that are written. */
export function labelsText({ labels }: PodSet): string {
  const known = [...labels].flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  return known.length === 0 ? 'no labels' : known.join(',');
}

function asLabelled(set: PodSet, cluster: Cluster): Labelled {
  const { workload, templatePath, labels } = set;
  const unclaimed = servicesOf(cluster, set).length === 0;
  const at = [...templatePath, 'metadata', 'labels'];
  return { object: workload, bearer: 'pods', labels, at, unclaimed };
}

interface Refused {
  readonly object: ClusterObject;
  readonly labels: ReadonlyMap<string, string>;
}

function refusedLabels(object: ClusterObject): Refused[] {
  const { value } = object.source;
  const metadata = object.kind === 'Pod' ? ['metadata'] : ['spec', 'template', 'metadata'];
  const labels = asJsonObject(fieldAt(value, ...metadata, 'labels'));
  if (labels === undefined) return [];
  const texts = Object.entries(labels).map(([key, label]) => [key, String(label ?? '')] as const);
  return [{ object, labels: new Map(texts) }];
}

/**
 * A workload that does not exist because the API server refuses it is to blame itself, not the
 * selector.
 */
function refusedWorkload(
  pairs: Pairs,
  namespace: string,
  index: WorkloadIndex,
): Nearest | undefined {
  const found = index
    .refused(namespace)
    .candidates(pairs)
    .find(({ labels }) => matchesPairs(pairs, labels) !== 'no');
  return (
    found && {
      object: found.object,
      bearer: 'pods',
      difference: 'refused',
      at: ['metadata', 'name'],
      certain: true,
    }
  );
}

function otherNamespace(
  pairs: Pairs,
  namespace: string,
  cluster: Cluster,
  { elsewhere }: WorkloadIndex,
): Nearest | undefined {
  const found = entryOf(elsewhere, JSON.stringify(pairs), () => setsWith(pairs, cluster));
  const set = found.find((one) => one.namespace !== namespace);
  return (
    set && {
      object: set.workload,
      bearer: 'pods',
      difference: 'namespace',
      at: ['metadata', 'namespace'],
      certain: true,
    }
  );
}

/** The first set that has all pairs for certain, of the first two namespaces that have one. */
function setsWith(pairs: Pairs, { pods }: Cluster): PodSet[] {
  const [first, ...others] = Object.entries(pairs);
  if (first === undefined) return [];
  const found: PodSet[] = [];
  // The rarest pair leaves the fewest to look at; that of single pods stands in no list.
  let fewest = pods.namespacesWith(...first);
  for (const [key, value] of others) {
    const places = pods.namespacesWith(key, value);
    if (places.length < fewest.length && !pods.isOpen(key)) fewest = places;
  }
  for (const namespace of fewest.slice(0, mostAlike)) {
    const match = pods.select(pairs, namespace).find(({ truth }) => truth === 'yes');
    if (match !== undefined) found.push(match.members.set);
    if (found.length === 2) break;
  }
  return found;
}

function ownLabelsOf({ workload }: PodSet): ReadonlyMap<string, string | null> {
  const { metadata } = workload.value as { metadata?: { labels?: Record<string, string> } };
  return labelsFrom(metadata?.labels);
}

function ownLabels(pairs: Pairs, workloads: LabelIndex<PodSet>): Nearest | undefined {
  const found = workloads
    .candidates(pairs)
    // Pods that have them, too, are not taken for another reason.
    .find(
      (set) =>
        matchesPairs(pairs, set.labels) !== 'yes' &&
        matchesPairs(pairs, ownLabelsOf(set)) === 'yes',
    );
  return (
    found && {
      object: found.workload,
      bearer: 'pods',
      difference: 'own-labels',
      at: [...found.templatePath, 'metadata', 'labels'],
      certain: true,
    }
  );
}

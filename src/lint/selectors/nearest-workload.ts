/** The workload whose pods a selector was probably meant for that takes none. */
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asJsonObject, fieldAt } from '../../kubernetes/json.ts';
import { addTo } from '../../multimap.ts';
import { servicesOf } from './services-of.ts';
import { type Labelled, type Nearest, onePairOff, type Pairs } from './nearest.ts';

/** @param owner the object that has the selector; a workload of its name is the likelier one */
export function nearestWorkload(
  pairs: Pairs,
  owner: ClusterObject,
  cluster: Cluster,
): Nearest | undefined {
  const namespace = owner.namespace ?? cluster.options.namespace;
  return (
    refusedWorkload(pairs, namespace, cluster) ??
    otherNamespace(pairs, namespace, cluster) ??
    ownLabels(pairs, namespace, cluster) ??
    meantOf(
      onePairOff(pairs, owner, candidates(pairs, namespace, cluster)),
      governed(owner, namespace, cluster),
    )
  );
}

/** That a set names the Service tells more than a pair that differs, unless it is one of its own. */
function meantOf(near: Nearest | undefined, set: Nearest | undefined): Nearest | undefined {
  if (near === undefined || set === undefined) return near ?? set;
  if (near.object === set.object && near.key !== undefined) return { ...near, certain: true };
  return near.certain && near.difference !== 'similar' ? near : set;
}

const governing = new WeakMap<Cluster, Map<string, PodSet[]>>();

/** The only StatefulSet whose `serviceName` is the Service that selects. */
function governed(owner: ClusterObject, namespace: string, cluster: Cluster): Nearest | undefined {
  if (owner.kind !== 'Service') return undefined;
  let index = governing.get(cluster);
  if (index === undefined) {
    index = new Map<string, PodSet[]>();
    for (const set of cluster.pods.all)
      if (set.ordinals !== undefined && set.subdomain !== undefined)
        addTo(index, `${set.namespace}/${set.subdomain}`, set);
    governing.set(cluster, index);
  }
  const [set, ...others] = index.get(`${namespace}/${owner.name}`) ?? [];
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

function candidates(pairs: Pairs, namespace: string, cluster: Cluster): readonly Labelled[] {
  return cluster.pods
    .candidatesByKey(Object.keys(pairs), namespace)
    .filter(({ hook }) => hook === undefined)
    .map((set) => asLabelled(set, cluster));
}

function asLabelled(set: PodSet, cluster: Cluster): Labelled {
  const { workload, templatePath, labels } = set;
  const unclaimed = servicesOf(cluster, set).length === 0;
  const at = [...templatePath, 'metadata', 'labels'];
  return { object: workload, bearer: 'pods', labels, at, unclaimed };
}

/** A workload that does not exist because the API server refuses it is to blame itself, not the selector. */
function refusedWorkload(
  pairs: Pairs,
  namespace: string,
  { objects }: Cluster,
): Nearest | undefined {
  for (const object of objects.refused) {
    if ((object.namespace ?? namespace) !== namespace) continue;
    const { value } = object.source;
    const metadata = object.kind === 'Pod' ? ['metadata'] : ['spec', 'template', 'metadata'];
    const labels = asJsonObject(fieldAt(value, ...metadata, 'labels'));
    if (labels === undefined) continue;
    const texts = Object.entries(labels).map(([key, label]) => [key, String(label ?? '')] as const);
    if (matchesPairs(pairs, new Map(texts)) !== 'no')
      return {
        object,
        bearer: 'pods',
        difference: 'refused',
        at: ['metadata', 'name'],
        certain: true,
      };
  }
  return undefined;
}

function otherNamespace(pairs: Pairs, namespace: string, { pods }: Cluster): Nearest | undefined {
  const [pair] = Object.entries(pairs);
  if (pair === undefined) return undefined;
  for (const other of pods.namespacesWith(...pair)) {
    if (other === namespace) continue;
    const match = pods.select(pairs, other).find(({ truth }) => truth === 'yes');
    if (match === undefined) continue;
    return {
      object: match.members.set.workload,
      bearer: 'pods',
      difference: 'namespace',
      at: ['metadata', 'namespace'],
      certain: true,
    };
  }
  return undefined;
}

function ownLabels(pairs: Pairs, namespace: string, { pods }: Cluster): Nearest | undefined {
  for (const { workload, templatePath, labels } of pods.inNamespace(namespace)) {
    // Pods that have them, too, are not taken for another reason.
    if (templatePath.length === 0 || matchesPairs(pairs, labels) === 'yes') continue;
    const { metadata } = workload.value as { metadata?: { labels?: Record<string, string> } };
    if (matchesPairs(pairs, labelsFrom(metadata?.labels)) === 'yes')
      return {
        object: workload,
        bearer: 'pods',
        difference: 'own-labels',
        at: [...templatePath, 'metadata', 'labels'],
        certain: true,
      };
  }
  return undefined;
}

/** The workload whose pods a selector was probably meant for that takes none. */
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asJsonObject, fieldAt } from '../../kubernetes/json.ts';
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
    onePairOff(pairs, owner, candidates(pairs, namespace, cluster))
  );
}

function candidates(pairs: Pairs, namespace: string, { pods }: Cluster): readonly Labelled[] {
  return pods
    .candidatesByKey(Object.keys(pairs), namespace)
    .filter(({ hook }) => hook === undefined)
    .map(asLabelled);
}

function asLabelled({ workload, templatePath, labels }: PodSet): Labelled {
  return { object: workload, bearer: 'pods', labels, at: [...templatePath, 'metadata', 'labels'] };
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
  for (const { workload, templatePath } of pods.inNamespace(namespace)) {
    if (templatePath.length === 0) continue;
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

/** Services without a selector for which nobody has written endpoints. */
import type { Service } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asJsonObject } from '../../kubernetes/json.ts';
import { runsToCompletion } from '../../kubernetes/kinds.ts';
import { lazily, remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { coreOf } from '../../text/kind-words.ts';
import { nearestIn } from '../../text/name-index.ts';
import { servicesOf } from '../selectors/services-of.ts';

export interface EndpointlessService {
  readonly object: ClusterObject;
  /** An empty selector is written. */
  readonly written: boolean;
  /**
   * The pods of a workload that has its name or one that is alike, or the only ones with the labels
   * that it has.
   */
  readonly pods: PodSet | undefined;
  readonly by: 'name' | 'labels' | 'core';
  /** A selector may be filled in later. */
  readonly open: boolean;
}

export function* endpointlessServices(cluster: Cluster): Iterable<EndpointlessService> {
  const orphans = lazily(() => {
    const found = new Map<string | undefined, string[]>();
    for (const { namespace, name } of cluster.unattachedEndpoints) addTo(found, namespace, name);
    return found;
  });
  for (const service of cluster.services) {
    if (!isWaiting(service)) continue;
    const { object } = service;
    const open = object.incomplete.some((path) => path.length < 2 || path[1] === 'selector');
    // Endpoints whose name was meant to be this one's are accused themselves.
    if (!open && nearestIn(object.name, orphans().get(object.namespace) ?? []) !== undefined)
      continue;
    const [named] = cluster.pods.named(object.namespace ?? cluster.options.namespace, object.name);
    const labelled = named === undefined ? labelledAlike(object, cluster) : undefined;
    const pods = named ?? labelled ?? calledAlike(object, cluster);
    const written = Object.hasOwn(asJsonObject(object.source.value['spec']) ?? {}, 'selector');
    const by = named !== undefined ? 'name' : labelled !== undefined ? 'labels' : 'core';
    yield { object, written, pods, by, open };
  }
}

/** Labels of everything that a tool, a chart or a team has. */
const commonLabels: ReadonlySet<string> = new Set(
  ['managed-by', 'part-of', 'instance', 'version'].map((name) => `app.kubernetes.io/${name}`),
);

function labelsOf({ value }: ClusterObject): Readonly<Record<string, string>> {
  return (value as Service).metadata?.labels ?? {};
}

/**
 * The only pods of the namespace that have every label of the Service, if no other Service takes
 * them: what belongs below its selector stands among its labels.
 */
function labelledAlike(object: ClusterObject, cluster: Cluster): PodSet | undefined {
  const pairs = Object.entries(labelsOf(object)).filter(([key]) => !commonLabels.has(key));
  if (pairs.length === 0) return undefined;
  const namespace = object.namespace ?? cluster.options.namespace;
  const [match, ...others] = cluster.pods.select(Object.fromEntries(pairs), namespace);
  if (match?.truth !== 'yes' || others.length > 0) return undefined;
  const { set } = match.members;
  return servicesOf(cluster, set).length > 0 ? undefined : set;
}

const setsByCore = remembered(({ pods }: Cluster): ReadonlyMap<string, readonly PodSet[]> => {
  const found = new Map<string, PodSet[]>();
  for (const set of pods.all) addTo(found, `${set.namespace}/${coreOf(set.workload.name)}`, set);
  return found;
});

/**
 * The pods behind no Service of the only workload whose name is the same but for words for kinds:
 * `pay-srv` and `pay-depl`.
 */
function calledAlike(object: ClusterObject, cluster: Cluster): PodSet | undefined {
  const core = coreOf(object.name);
  const namespace = object.namespace ?? cluster.options.namespace;
  const [set, ...others] = setsByCore(cluster).get(`${namespace}/${core}`) ?? [];
  const isTaken = set === undefined || servicesOf(cluster, set).length > 0;
  return isTaken || others.length > 0 || runsToCompletion(set.workload.kind) ? undefined : set;
}

function isWaiting({
  object,
  spec,
  selector,
  automatic,
  manualEndpoints,
  manualSlices,
}: ServicePicture): boolean {
  return (
    !automatic &&
    selector === undefined &&
    spec.type !== 'ExternalName' &&
    manualEndpoints === undefined &&
    manualSlices.length === 0 &&
    !(object.namespace === 'default' && object.name === 'kubernetes')
  );
}

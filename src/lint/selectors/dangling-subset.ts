/** Subsets of DestinationRules that take none of the pods of their Service. */
import type { Cluster } from '../../cluster/cluster.ts';
import { hasValue } from '../../cluster/labels.ts';
import { PodIndex, type PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { mostAlike } from '../../text/limits.ts';
import { isSlip } from '../../text/slip.ts';
import { reachService } from '../references/reached-service.ts';
import {
  type ClusterHost,
  destinations,
  IstioHosts,
  istioObjects,
  type Subset,
  subsetsOf,
} from '../routes/istio.ts';
import type { RuleContext } from '../rule.ts';
import type { Dangling } from './dangling.ts';
import type { WrittenSelector } from './follow-selector.ts';
import type { Nearest, Pairs } from './nearest.ts';

type Context = Pick<RuleContext<never>, 'cluster' | 'unseen' | 'unit'>;

export interface DanglingSubset {
  readonly written: WrittenSelector;
  /** As far as they come from manifests. */
  readonly labels: Pairs;
  readonly service: ServicePicture;
  readonly found: Dangling;
  /** VirtualServices send requests to the host, and none to this subset. */
  readonly idle: boolean;
}

export function* danglingSubsets(context: Context): Iterable<DanglingSubset> {
  const hosts = new IstioHosts(context.cluster);
  const routed = routedSubsets(context.cluster, hosts);
  for (const rule of istioObjects(context.cluster, 'DestinationRule')) {
    const host = asText(fieldAt(rule.value, 'spec', 'host'));
    const target = host === undefined ? undefined : hosts.resolve(host, rule);
    const service = target && reachService(context, rule, target)?.picture;
    if (target === undefined || service === undefined || service.backends.length === 0) continue;
    const behind = podsBehind(service);
    const used = routed.get(hostKey(target));
    for (const subset of subsetsOf(rule)) {
      const dangling = danglingSubset(subset, behind, context);
      const idle = used !== undefined && !used.has(subset.name);
      if (dangling !== undefined) yield { ...dangling, idle };
    }
  }
}

/** The subsets that VirtualServices send requests to, undefined for those of no subset, by host. */
function routedSubsets(
  cluster: Cluster,
  hosts: IstioHosts,
): ReadonlyMap<string, ReadonlySet<string | undefined>> {
  const routed = new Map<string, Set<string | undefined>>();
  for (const object of istioObjects(cluster, 'VirtualService'))
    for (const { host, subset } of destinations(object)) {
      const target = hosts.resolve(host, object);
      if (target !== undefined) entryOf(routed, hostKey(target), () => new Set()).add(subset);
    }
  return routed;
}

function hostKey({ namespace, name }: ClusterHost): string {
  return `${namespace}/${name}`;
}

/** The pods of a Service, worked out once for all Services that share them. */
interface Pods {
  readonly sets: readonly PodSet[];
  readonly index: PodIndex;
  /** Labels of some are filled in later. */
  readonly labelsOpen: boolean;
}

interface Behind extends Pods {
  readonly service: ServicePicture;
  /** Labels of some are filled in later, or more pods may be taken. */
  readonly open: boolean;
}

const podsOf = remembered((backends: ServicePicture['backends']): Pods => {
  const sets = backends.map(({ members }) => members.set);
  return {
    sets,
    index: new PodIndex(sets),
    labelsOpen: sets.some(({ labelsOpen }) => labelsOpen),
  };
});

function podsBehind(service: ServicePicture): Behind {
  const pods = podsOf(service.backends);
  return { ...pods, service, open: service.possible.length > 0 || pods.labelsOpen };
}

/** Labels that come from nodes and from the sidecar injector, not from manifests. */
const injectedLabel = /^(topology\.|istio$|(.*\.)?istio\.io\/)/;

function danglingSubset(
  subset: Subset,
  behind: Behind,
  context: Context,
): Omit<DanglingSubset, 'idle'> | undefined {
  const labels = Object.fromEntries(
    Object.entries(subset.labels).filter(([key]) => !injectedLabel.test(key)),
  );
  const { service, index } = behind;
  const taken = index.select(labels, service.object.namespace ?? '');
  if (taken.some(({ truth, members: { set } }) => truth === 'yes' && !set.labelsOpen))
    return undefined;
  return {
    written: {
      object: subset.rule,
      at: [...subset.path, 'labels'],
      selector: { matchLabels: labels },
      onlyPairs: true,
    },
    labels,
    service,
    found: foundFor(subset, labels, behind, taken.length > 0, context),
  };
}

function foundFor(
  { name }: Subset,
  labels: Pairs,
  behind: Behind,
  isTaken: boolean,
  context: Context,
): Dangling {
  const nearest = nearestPods(labels, behind.sets.slice(0, mostAlike));
  const reason = whyUnknown(labels, behind, isTaken, nearest, context);
  if (reason !== undefined)
    return {
      state: 'unknown',
      reason: `no pod that was read has the labels of subset ${name}, but ${reason}`,
    };
  return nearest === undefined
    ? { state: 'none' }
    : { state: 'near', nearest, pairs: labels, sure: nearest.certain };
}

/** Why the subset may take pods all the same. */
function whyUnknown(
  labels: Pairs,
  { service, open }: Behind,
  isTaken: boolean,
  nearest: Nearest | undefined,
  { cluster, unseen }: Context,
): string | undefined {
  if (isTaken || open) return 'labels are filled in later';
  const isOutside = (['WorkloadEntry', 'WorkloadGroup'] as const).some(
    (kind) => istioObjects(cluster, kind).length > 0,
  );
  if (isOutside) return 'a workload outside of the cluster may have them';
  return (
    unseen.unreadPods() ??
    (nearest?.certain === true
      ? undefined
      : unseen.operatedPods({ ...service.selector, ...labels }, service.object.namespace ?? ''))
  );
}

/** The pods that differ in one pair, first those where it looks like a slip. */
function nearestPods(labels: Pairs, sets: readonly PodSet[]): Nearest | undefined {
  const near = sets.flatMap((set) => onePairOff(labels, set) ?? []);
  // A label that only some pods lack says nothing: the others are the versions.
  const isVersioned = near.some(({ difference }) => difference === 'value');
  const [first] = near;
  return (
    near.find(({ certain, difference }) => certain && difference === 'value') ??
    (first && { ...first, certain: first.certain && !isVersioned })
  );
}

/** Undefined where more than one pair differs, or none does. */
function onePairOff(labels: Pairs, set: PodSet): Nearest | undefined {
  const wrong = Object.entries(labels).filter(
    ([key, value]) => hasValue(set.labels, key, value) === 'no',
  );
  const [pair] = wrong;
  if (pair === undefined || wrong.length > 1) return undefined;
  const [key, wanted] = pair;
  const value = set.labels.get(key) ?? undefined;
  const at = [...set.templatePath, 'metadata', 'labels'];
  const side = { object: set.workload, bearer: 'pods', key } as const;
  return value === undefined
    ? { ...side, at, difference: 'missing', certain: true }
    : {
        ...side,
        at: [...at, key],
        actual: { key, value },
        difference: 'value',
        certain: isSlip(wanted, value),
      };
}

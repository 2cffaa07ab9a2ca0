/**
 * Monitors that take nothing: what was meant, or why nobody can know. They say in which namespaces
 * they look.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { formatSelector } from '../../cluster/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { formatNamespaces, type Monitor } from '../monitors/monitors.ts';
import { isNamespaceForgotten } from '../references/nearest-object.ts';
import type { Unseen } from '../unseen/unseen.ts';
import type { Dangling } from './dangling.ts';
import type { SelectorWords, WrittenSelector } from './follow-selector.ts';
import { describeNearest, isSlipOfThePen, type Nearest } from './nearest.ts';
import type { ServiceLabels } from './nearest-service.ts';
import { nearestWorkload } from './nearest-workload.ts';
import { runtimeKey } from './runtime-labels.ts';
import { restsOnAssumedNamespace } from './unseen-pods.ts';

const filledInLater = 'its labels are filled in later';

/** Of a PodMonitor that takes no pod. */
export function danglingPodMonitor(monitor: Monitor, cluster: Cluster, unseen: Unseen): Dangling {
  const { object, pairs } = monitor;
  const nearest =
    Object.keys(pairs).length === 0 ? undefined : nearestWorkload(pairs, object, cluster);
  const reason =
    whyNamespaceOpen(nearest, cluster) ?? whyPodsUnseen(monitor, nearest, cluster, unseen);
  if (reason !== undefined)
    return { state: 'unknown', reason: `it takes no pod that was read, but ${reason}` };
  if (nearest === undefined) return { state: 'none' };
  const sure = nearest.certain && !restsOnAssumedNamespace(nearest, object);
  return { state: 'near', nearest, pairs, sure };
}

function whyPodsUnseen(
  { object, selector, pairs, namespaces }: Monitor,
  nearest: Nearest | undefined,
  cluster: Cluster,
  unseen: Unseen,
): string | undefined {
  const own = namespaces?.[0] ?? object.namespace ?? cluster.options.namespace;
  const runtime = runtimeKey({ matchLabels: pairs }, own, cluster);
  if (runtime !== undefined) return `the label ${runtime} is set on running pods`;
  if (Object.values(pairs).some(isPlaceholder)) return filledInLater;
  if (nearest?.difference === 'refused') return describeNearest(nearest, pairs);
  const unread = unseen.unreadPods();
  if (unread !== undefined) return unread;
  if (nearest !== undefined && isSlipOfThePen(nearest, pairs)) return undefined;
  if (nearest?.certain !== true) {
    if (namespaces === undefined) return 'it looks into every namespace';
    if (namespaces.includes('kube-system'))
      return 'pods of kube-system are mostly made by the cluster itself';
    const empty = namespaces.filter((one) => cluster.pods.inNamespace(one).length === 0);
    if (empty.length > 0) return `no workload was read of ${formatNamespaces(empty)}`;
    if (selector.matchLabels === undefined && selector.matchExpressions === undefined)
      return 'its selector is empty';
  }
  return (namespaces ?? [''])
    .map((namespace) => unseen.operatedPods(pairs, namespace))
    .find((maker) => maker !== undefined);
}

/** Of a ServiceMonitor that takes no Service. */
export function danglingServiceMonitor(
  monitor: Monitor,
  services: ServiceLabels,
  cluster: Cluster,
  unseen: Unseen,
): Dangling {
  const { object, pairs } = monitor;
  const nearest = services.nearest(monitor);
  const isForgotten =
    nearest?.difference === 'namespace' &&
    object.namespaceAssumed &&
    isNamespaceForgotten(cluster, object, nearest.object);
  const reason =
    unseen.whyDocumentUnseen('Service') ??
    whyNamespaceOpen(nearest, cluster) ??
    (Object.values(pairs).some(isPlaceholder) ? filledInLater : undefined) ??
    (nearest?.certain === true || isForgotten
      ? undefined
      : whyServicesUnseen(monitor, services, cluster, unseen));
  if (reason !== undefined)
    return { state: 'unknown', reason: `it takes no Service that was read, but ${reason}` };
  if (nearest === undefined) return { state: 'none' };
  return { state: 'near', nearest, pairs, sure: nearest.certain };
}

/** A bundle is installed as a whole, whatever namespaces its objects are written with. */
function whyNamespaceOpen(nearest: Nearest | undefined, { objects }: Cluster): string | undefined {
  return nearest?.difference === 'namespace' &&
    objects.everyOfKind('operators.coreos.com', 'ClusterServiceVersion').length > 0
    ? 'OLM installs all that a ClusterServiceVersion comes with into one namespace'
    : undefined;
}

/** Nothing of the namespaces was read, or somebody else makes Services. */
function whyServicesUnseen(
  { namespaces, pairs }: Monitor,
  services: ServiceLabels,
  { pods }: Cluster,
  unseen: Unseen,
): string | undefined {
  if (namespaces === undefined) return 'it looks into every namespace';
  if (namespaces.includes('kube-system') || pairs['component'] === 'apiserver')
    return 'Services of the cluster itself are in no manifest';
  const empty = namespaces.filter(
    (namespace) =>
      services.in([namespace]).length === 0 || pods.inNamespace(namespace).length === 0,
  );
  if (empty.length > 0) return `no workload with a Service was read of ${formatNamespaces(empty)}`;
  return unseen.whyServicesUnseen(namespaces, Object.keys(pairs));
}

export function selectorOf({ object, selector }: Monitor): WrittenSelector {
  return { object, at: ['spec', 'selector'], selector };
}

/** What to say of a monitor that takes nothing. */
export function monitorWords({ selector, namespaces }: Monitor, what: string): SelectorWords {
  return {
    what,
    where: `in ${formatNamespaces(namespaces)}`,
    labels: `the labels ${formatSelector(selector)}`,
    reach: (namespace) => `add namespaceSelector: { matchNames: [${namespace}] }`,
    safety: 'unsafe',
  };
}

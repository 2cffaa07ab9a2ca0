/** How far the nearest workload explains a selector that takes no pod, and what else may. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isSlip } from '../../text/slip.ts';
import type { Unseen } from '../unseen/unseen.ts';
import { isSlipOfThePen, type Nearest, type Pairs } from './nearest.ts';
import { servicesOf } from './services-of.ts';

/**
 * Why pods that were not read may be taken; undefined where the nearest workload is the better
 * explanation.
 */
export function unseenPods(
  nearest: Nearest | undefined,
  selector: Pairs,
  namespace: string,
  cluster: Cluster,
  unseen: Unseen,
): string | undefined {
  return (
    (nearest !== undefined && isLikelyMeant(nearest, selector, namespace, cluster)
      ? undefined
      : unseen.unreadPods()) ??
    unseen.explainedPods(selector, namespace) ??
    (nearest !== undefined && isMeantForSure(nearest, selector)
      ? undefined
      : unseen.operatedPods(selector, namespace)) ??
    (nearest?.certain === true ? undefined : unseen.podsOfOtherUnit(selector, namespace))
  );
}

/**
 * Proven: one slip away, everything that may hold pods was read, and both namespaces are written if
 * they matter.
 */
export function isProven(nearest: Nearest, object: ClusterObject, unseen: Unseen): boolean {
  return (
    nearest.certain &&
    unseen.unreadPods() === undefined &&
    !restsOnAssumedNamespace(nearest, object)
  );
}

/**
 * Whether a document that was not read, which may hold any pods, is a less likely explanation: the
 * difference is a slip, also of the namespace, or the pods have these labels in another namespace
 * and no Service there.
 */
function isLikelyMeant(
  nearest: Nearest,
  selector: Pairs,
  namespace: string,
  cluster: Cluster,
): boolean {
  const { object, difference, certain } = nearest;
  if (difference === 'namespace') {
    const [set] = cluster.pods.ofWorkload(object);
    return (
      isSlip(namespace, object.namespace ?? '') ||
      (set !== undefined && servicesOf(cluster, set).length === 0)
    );
  }
  return (
    isSlipOfThePen(nearest, selector) ||
    (certain && (difference === 'key' || difference === 'missing'))
  );
}

/**
 * A namespace that is only assumed may turn out to be the right one when the manifests are applied.
 */
export function restsOnAssumedNamespace(
  { difference, object }: Nearest,
  owner: ClusterObject,
): boolean {
  return difference === 'namespace' && (owner.namespaceAssumed || object.namespaceAssumed);
}

/**
 * Whether pods that an operator makes, with labels of its own choosing, are so: the difference is a
 * slip, or the only one among several pairs.
 */
function isMeantForSure(nearest: Nearest, selector: Pairs): boolean {
  const { difference, certain } = nearest;
  const severalPairs = Object.keys(selector).length > 1;
  return (
    isSlipOfThePen(nearest, selector) ||
    (certain && severalPairs && (difference === 'key' || difference === 'missing'))
  );
}

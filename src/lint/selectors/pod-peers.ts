/** Peers of NetworkPolicies that are pods of one namespace, and whether all of these are known. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { rulesOf } from '../../cluster/policy-rules.ts';
import type { Path } from '../../kubernetes/json.ts';
import { namespaceNameLabel } from '../../kubernetes/labels.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { namespaceOf } from '../references/reference.ts';
import { isEmptySelector } from './follow-selector.ts';

export interface PodPeer {
  readonly selector: LabelSelector;
  /** The one namespace that it looks into. */
  readonly namespace: string;
  readonly at: Path;
  /** Nobody else is let in by the same rule. */
  readonly alone: boolean;
}

/** The namespace that a selector asks for by its name. */
function namedNamespace({ matchLabels = {}, matchExpressions = [] }: LabelSelector) {
  const named = Object.keys(matchLabels).length === 1 && matchExpressions.length === 0;
  return named ? getOwn(matchLabels, namespaceNameLabel) : undefined;
}

/** The pods of one namespace that a policy lets talk to it, or that it may talk to. */
export function podPeers(policy: ClusterObject<NetworkPolicy>, cluster: Cluster): PodPeer[] {
  return (['Ingress', 'Egress'] as const).flatMap((direction) =>
    rulesOf(policy, direction).flatMap(({ peers, path }) =>
      peers.flatMap(({ podSelector: selector, namespaceSelector }, index) => {
        if (selector === undefined || isEmptySelector(selector)) return [];
        const namespace =
          namespaceSelector === undefined
            ? namespaceOf(policy, cluster)
            : namedNamespace(namespaceSelector);
        const list = direction === 'Ingress' ? 'from' : 'to';
        return namespace === undefined
          ? []
          : [
              {
                selector,
                namespace,
                at: [...path, list, index, 'podSelector'],
                alone:
                  direction === 'Ingress' && namespaceSelector === undefined && peers.length === 1,
              },
            ];
      }),
    ),
  );
}

interface Keys {
  workloads: number;
  /** How many of them have a label. */
  readonly having: Map<string, number>;
}

const keysIn = remembered(({ pods }: Cluster): ReadonlyMap<string, Keys> => {
  const found = new Map<string, Keys>();
  for (const { namespace, labels, hook } of pods.all) {
    if (hook !== undefined) continue;
    const keys = entryOf(found, namespace, () => ({ workloads: 0, having: new Map() }));
    keys.workloads++;
    for (const key of labels.keys()) keys.having.set(key, (keys.having.get(key) ?? 0) + 1);
  }
  return found;
});

/**
 * Whether the labels are what the workloads of a namespace are told apart by: more than one of them
 * was read, and each has the keys.
 */
export function haveAll(
  namespace: string,
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  cluster: Cluster,
): boolean {
  const { workloads = 0, having } = keysIn(cluster).get(namespace) ?? {};
  return (
    matchExpressions.length === 0 &&
    workloads > 1 &&
    Object.keys(matchLabels).every((key) => having?.get(key) === workloads)
  );
}

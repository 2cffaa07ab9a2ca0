/** Names in the rules of NetworkPolicies that no port of the pods has. */
import type { Cluster } from '../../cluster/cluster.ts';
import { isEmptySelector } from '../selectors/follow-selector.ts';
import type { Unseen } from '../unseen/unseen.ts';
import type { BackendPort } from './backend-ports.ts';
import { containerPortOf, isSpare, type RulePort, unresolvedNames } from './policy-ports.ts';
import { selectedPorts, type Translation } from './selected-ports.ts';

export type MisnamedPort = RulePort & {
  readonly name: string;
  readonly protocol: string;
  /** None of the pods can turn out to have it. */
  readonly proven: boolean;
} & (
    | { readonly state: 'unknown'; readonly reason: string }
    /** There is a port of the name, with another protocol. */
    | { readonly state: 'protocol'; readonly twin: BackendPort }
    | {
        readonly state: 'absent';
        /** A Service that calls its port so. */
        readonly called: Translation | undefined;
        /** What was probably meant. */
        readonly meant: string | number | undefined;
        /** What there is to choose from. */
        readonly known: string;
      }
  );

export function misnamedPorts(cluster: Cluster, unseen: Unseen): MisnamedPort[] {
  return unresolvedNames(cluster).flatMap((rulePort): MisnamedPort[] => {
    const { item, pods } = rulePort;
    const name = String(item.port);
    const { protocol = 'TCP' } = item;
    const proven = !takesEveryPod(rulePort) && pods.every(({ truth }) => truth !== 'unknown');
    const misnamed = { ...rulePort, name, protocol, proven };
    const reason = whyUnseen(rulePort, cluster, unseen);
    if (reason !== undefined) return [{ ...misnamed, state: 'unknown', reason }];
    const ports = selectedPorts(cluster, pods);
    const declared = ports.declared();
    const twin = declared.find(({ port }) => port.name === name);
    if (twin !== undefined) return [{ ...misnamed, state: 'protocol', twin }];
    const called = ports.translated(protocol).byName(name);
    if (called === undefined && isSpare(rulePort, cluster)) return [];
    const meant =
      called === undefined ? ports.nearestName(name, protocol) : containerPortOf(called, declared);
    return [{ ...misnamed, state: 'absent', called, meant, known: ports.known() }];
  });
}

/** Why there may be pods that have it. */
function whyUnseen(
  { policy, direction }: RulePort,
  cluster: Cluster,
  unseen: Unseen,
): string | undefined {
  const pairs = policy.value.spec?.podSelector?.matchLabels ?? {};
  const namespace = policy.namespace ?? cluster.options.namespace;
  return (
    unseen.unreadPods() ??
    (direction === 'Ingress' ? unseen.operatedPods(pairs, namespace) : undefined)
  );
}

/** A policy for all pods of a namespace is as much for those that are yet to come. */
function takesEveryPod({ policy, direction }: RulePort): boolean {
  return direction === 'Ingress' && isEmptySelector(policy.value.spec?.podSelector ?? {});
}

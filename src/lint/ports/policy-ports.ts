/** Ports in the rules of NetworkPolicies, held against what the pods listen on. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Backend } from '../../cluster/controllers/endpointslice.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { type Selected } from '../../cluster/policy.ts';
import { allowsPort } from '../../cluster/policy-ports.ts';
import { type Direction, type PolicyRule, rulesOf } from '../../cluster/policy-rules.ts';
import { findPort, slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import type { BackendPort } from './backend-ports.ts';
import { firstOf, selectedPorts, type Translation, translationsOf } from './selected-ports.ts';

/**
 * A port of a rule, with the pods that it is a port of: the policy's own, or those of the peers
 * where the rule is about egress.
 */
export interface RulePort {
  readonly policy: ClusterObject<NetworkPolicy>;
  readonly direction: Direction;
  readonly rule: PolicyRule;
  readonly item: NetworkPolicyPort;
  readonly path: Path;
  /** A list that equal selectors share. */
  readonly pods: readonly Selected[];
}

/**
 * Every port of every rule that is in force. For egress only where all peers are pods of the
 * policy's own namespace: others may listen on anything.
 */
const rulePorts = remembered(findRulePorts);

function findRulePorts({ policies }: Cluster): RulePort[] {
  return policies.all.flatMap((policy) =>
    (policy.value.spec?.policyTypes ?? []).flatMap((type) => {
      if (type !== 'Ingress' && type !== 'Egress') return [];
      return rulesOf(policy, type).flatMap((rule): RulePort[] => {
        if (rule.ports.length === 0) return [];
        const pods =
          type === 'Ingress'
            ? policies.selected(policy)
            : peerPods(rule, (selector) => policies.pods(selector, policy));
        if (pods.length === 0) return [];
        return rule.ports.map((item, index) => ({
          policy,
          direction: type,
          rule,
          item,
          path: [...rule.path, 'ports', index, 'port'],
          pods,
        }));
      });
    }),
  );
}

/** One peer's pods are the list that equal selectors share. */
function peerPods(
  { peers }: PolicyRule,
  select: (
    selector: NonNullable<PolicyRule['peers'][number]['podSelector']>,
  ) => readonly Selected[],
): readonly Selected[] {
  const lists: (readonly Selected[])[] = [];
  for (const { podSelector, namespaceSelector, ipBlock } of peers) {
    if (podSelector === undefined || namespaceSelector !== undefined || ipBlock !== undefined)
      return [];
    lists.push(select(podSelector));
  }
  const [only, ...others] = lists;
  return only !== undefined && others.length === 0 ? only : lists.flat();
}

/** A rule that names the port of a Service, which no pod listens on. */
export interface ServicePortSlip extends RulePort {
  /** The Services that were meant, with where they lead to. */
  readonly meant: readonly Translation[];
  /** All of the pods say which ports they have, so none of them can have this one. */
  readonly proven: boolean;
}

export function servicePortSlips(cluster: Cluster): ServicePortSlip[] {
  const meantAlone = new Map<string, readonly Translation[]>();
  const ids = new Map<readonly Selected[], number>();
  const idOf = (pods: readonly Selected[]): number => {
    if (!ids.has(pods)) ids.set(pods, ids.size);
    return ids.get(pods) ?? 0;
  };
  return rulePorts(cluster).flatMap((rulePort): ServicePortSlip[] => {
    const { item, pods, rule, direction } = rulePort;
    const { port: number, protocol = 'TCP', endPort } = item;
    if (
      typeof number !== 'number' ||
      (endPort !== undefined && endPort !== number) ||
      isPlaceholder(protocol)
    )
      return [];
    const ports = selectedPorts(cluster, pods);
    const translated = ports.translated(protocol);
    if (ports.listensOn(number, protocol) || translated.leadsTo(number)) return [];
    const others = { ...rule, ports: rule.ports.filter((other) => other !== item) };
    const candidates = translated.byNumber(number);
    // Whoever writes both ports has the right one among them.
    if (
      others.ports.length > 0 &&
      candidates.some(({ set, target }) => allowsPort(others, set, target, protocol) !== 'no')
    )
      return [];
    const key = `${idOf(pods)} ${number}/${protocol} ${direction}`;
    let meant = meantAlone.get(key);
    if (meant === undefined) {
      meant = candidates.filter(
        ({ set, target }) =>
          direction !== 'Ingress' ||
          cluster.policies.verdict(set, target, protocol).state !== 'open',
      );
      meantAlone.set(key, meant);
    }
    return meant.length === 0 ? [] : [{ ...rulePort, meant, proven: translated.proven }];
  });
}

/** Ports by a name that none of the pods declares with this protocol. */
export function unresolvedNames(cluster: Cluster): RulePort[] {
  return rulePorts(cluster).filter(({ item: { port: name, protocol = 'TCP' }, pods }) => {
    if (typeof name !== 'string' || isPlaceholder(name) || isPlaceholder(protocol)) return false;
    return !selectedPorts(cluster, pods).declares(name, protocol);
  });
}

/**
 * Whether another port of the rule is one that the pods have, and the unresolved name is not nearly
 * one that they have as well: the rule works, and names what a setting of the application would
 * open.
 */
export function isSpare({ rule, item, pods }: RulePort, cluster: Cluster): boolean {
  const ports = selectedPorts(cluster, pods);
  const used = new Set(rule.ports.map(({ port }) => port));
  const near = ports.nearestName(String(item.port));
  if (near !== undefined && !used.has(near)) return false;
  return rule.ports.some(
    ({ port, protocol = 'TCP' }) =>
      port !== item.port &&
      (typeof port === 'number'
        ? ports.listensOn(port, protocol)
        : typeof port === 'string' && ports.declares(port, protocol)),
  );
}

/** Whether some slip is about a port of a Service, by its place. */
export function slippedPorts(
  slips: readonly ServicePortSlip[],
): (service: ServicePicture, index: number) => boolean {
  const places = new Map<readonly Backend[], Set<number>>();
  for (const meant of new Set(slips.map((slip) => slip.meant)))
    for (const { group, index } of meant) {
      const found = places.get(group.backends) ?? new Set();
      places.set(group.backends, found.add(index));
    }
  return ({ backends }, index) => places.get(backends)?.has(index) === true;
}

/** What is behind a port of a Service that policies close. */
export interface ClosedPort {
  readonly targets: readonly number[];
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
}

/** What ports of Services with the same backends lead to, by the place of the port. */
const closed = new WeakMap<readonly Backend[], Map<number, ClosedPort | 'not closed'>>();

/** What a Service port leads to, if all of its pods are proven to be closed there. */
export function closedPort(
  { backends, ports }: ServicePicture,
  index: number,
  cluster: Cluster,
): ClosedPort | undefined {
  let byIndex = closed.get(backends);
  if (byIndex === undefined)
    closed.set(backends, (byIndex = new Map<number, ClosedPort | 'not closed'>()));
  let found = byIndex.get(index);
  if (found === undefined) {
    const port = ports[index];
    found = (port && findClosedPort(backends, port, cluster)) ?? 'not closed';
    byIndex.set(index, found);
  }
  return found === 'not closed' ? undefined : found;
}

function findClosedPort(
  backends: readonly Backend[],
  port: ServicePort,
  cluster: Cluster,
): ClosedPort | undefined {
  const targets = new Set<number>();
  const policies = new Set<readonly ClusterObject<NetworkPolicy>[]>();
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  for (const { members } of backends) {
    const target = findPort(members.set.spec, port, sidecars);
    if (target === undefined) continue;
    if (target === 'unknown') return undefined;
    const verdict = cluster.policies.verdict(members.set, target, port.protocol ?? 'TCP');
    if (verdict.state !== 'denied') return undefined;
    targets.add(target);
    policies.add(verdict.policies);
  }
  const [only, ...others] = policies;
  if (targets.size === 0 || only === undefined) return undefined;
  return {
    targets: [...targets],
    policies: others.length === 0 ? only : [...new Set([...policies].flat())],
  };
}

const open = new WeakMap<readonly Backend[], boolean>();

/**
 * Whether a Service leads to a port of its pods, of this Service or another one, that is not proven
 * to be closed.
 */
export function hasOpenPort({ backends }: ServicePicture, cluster: Cluster): boolean {
  let found = open.get(backends);
  if (found === undefined) {
    found = backends.some(({ members: { set } }) =>
      translationsOf(cluster, set).some((translation) => {
        const { protocol = 'TCP' } = firstOf(translation).port;
        return cluster.policies.verdict(set, translation.target, protocol).state !== 'denied';
      }),
    );
    open.set(backends, found);
  }
  return found;
}

/** What pods call a port that a Service leads to: by name where it has one. */
export function containerPortOf(
  translation: Translation,
  declared: readonly BackendPort[],
): string | number {
  const { target } = translation;
  const { protocol = 'TCP' } = firstOf(translation).port;
  return (
    declared.find(
      ({ port }) => port.containerPort === target && (port.protocol ?? 'TCP') === protocol,
    )?.port.name ?? target
  );
}

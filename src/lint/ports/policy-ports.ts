/** Ports in the rules of NetworkPolicies, held against what the pods listen on. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import {
  allowsPort,
  type Direction,
  type PolicyRule,
  rulesOf,
  type Selected,
} from '../../cluster/policy.ts';
import { declaredPorts, findPort, slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { BackendPort } from './backend-ports.ts';
import type { Path } from '../../manifest/node.ts';
import { addTo } from '../../multimap.ts';
import { pushAll } from '../../lists.ts';

/** A Service port with the number that it leads to in a set of pods. */
export interface Translation {
  readonly service: ServicePicture;
  readonly port: ServicePort;
  readonly target: number;
}

/** By pods: what the Services that select them translate. */
export function translationsBySet(cluster: Cluster): ReadonlyMap<PodSet, readonly Translation[]> {
  const found = new Map<PodSet, Translation[]>();
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  for (const service of cluster.services) {
    for (const { members } of service.backends) {
      for (const port of service.ports) {
        const target = findPort(members.set.spec, port, sidecars);
        if (typeof target === 'number') addTo(found, members.set, { service, port, target });
      }
    }
  }
  return found;
}

/** A port of a rule, with the pods that it is a port of: the policy's own, or those of the peers where the rule is about egress. */
export interface RulePort {
  readonly policy: ClusterObject<NetworkPolicy>;
  readonly direction: Direction;
  readonly rule: PolicyRule;
  readonly item: NetworkPolicyPort;
  readonly path: Path;
  readonly pods: readonly Selected[];
}

/** Every port of every rule that is in force. For egress only where all peers are pods of the policy's own namespace: others may listen on anything. */
function rulePorts({ policies }: Cluster): RulePort[] {
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

function peerPods(
  { peers }: PolicyRule,
  select: (selector: NonNullable<PolicyRule['peers'][number]['podSelector']>) => Selected[],
): Selected[] {
  const pods: Selected[] = [];
  for (const { podSelector, namespaceSelector, ipBlock } of peers) {
    if (podSelector === undefined || namespaceSelector !== undefined || ipBlock !== undefined)
      return [];
    pushAll(pods, select(podSelector));
  }
  return pods;
}

/** A rule that names the port of a Service, which no pod listens on. */
export interface ServicePortSlip extends RulePort {
  /** The Services that were meant, with where they lead to. */
  readonly meant: readonly Translation[];
  /** All of the pods say which ports they have, so none of them can have this one. */
  readonly proven: boolean;
}

export function servicePortSlips(
  cluster: Cluster,
  translations: ReadonlyMap<PodSet, readonly Translation[]>,
): ServicePortSlip[] {
  return rulePorts(cluster).flatMap((rulePort): ServicePortSlip[] => {
    const { item, pods, rule, direction } = rulePort;
    const { port: number, protocol = 'TCP', endPort } = item;
    if (
      typeof number !== 'number' ||
      (endPort !== undefined && endPort !== number) ||
      isPlaceholder(protocol)
    )
      return [];
    const others = { ...rule, ports: rule.ports.filter((other) => other !== item) };
    const meant: Translation[] = [];
    let proven = true;
    for (const { set, truth } of pods) {
      const own = (translations.get(set) ?? []).filter(
        ({ port }) => (port.protocol ?? 'TCP') === protocol,
      );
      if (listensOn(set, number, protocol) || own.some(({ target }) => target === number))
        return [];
      if (truth === 'unknown' || (own.length === 0 && declaredPorts(set.spec).length === 0))
        proven = false;
      for (const translation of own) {
        if (translation.port.port !== number) continue;
        // Whoever writes both ports has the right one among them.
        if (
          others.ports.length > 0 &&
          allowsPort(others, set, translation.target, protocol) !== 'no'
        )
          return [];
        if (
          direction === 'Ingress' &&
          cluster.policies.verdict(set, translation.target, protocol).state === 'open'
        )
          continue;
        meant.push(translation);
      }
    }
    return meant.length === 0 ? [] : [{ ...rulePort, meant, proven }];
  });
}

/** Whether a pod declares or probes a port of this number. */
function listensOn({ spec }: PodSet, number: number, protocol: string): boolean {
  const declares = declaredPorts(spec).some(
    ({ port }) =>
      isPlaceholder(port.containerPort) ||
      (port.containerPort === number && (port.protocol ?? 'TCP') === protocol),
  );
  return (
    declares ||
    runningContainers(spec).some(({ container: { readinessProbe, livenessProbe, startupProbe } }) =>
      [readinessProbe, livenessProbe, startupProbe].some(
        (probe) =>
          probe?.httpGet?.port === number ||
          probe?.tcpSocket?.port === number ||
          probe?.grpc?.port === number,
      ),
    )
  );
}

/** Ports by a name that none of the pods declares with this protocol. */
export function unresolvedNames(cluster: Cluster): RulePort[] {
  return rulePorts(cluster).filter(({ item: { port: name, protocol = 'TCP' }, pods }) => {
    if (typeof name !== 'string' || isPlaceholder(name) || isPlaceholder(protocol)) return false;
    const declared = pods.flatMap(({ set }) => declaredPorts(set.spec));
    return !isDeclaredAs(name, protocol, declared);
  });
}

function isDeclaredAs(
  name: string,
  protocol: string,
  declared: ReturnType<typeof declaredPorts>,
): boolean {
  return declared.some(
    ({ port }) =>
      isPlaceholder(port.name) || (port.name === name && (port.protocol ?? 'TCP') === protocol),
  );
}

/**
 * Whether another port of the rule is one that the pods have, and the unresolved name is not nearly one that they have as well: the rule works, and
 * names what a setting of the application would open.
 */
export function isSpare({ rule, item, pods }: RulePort): boolean {
  const declared = pods.flatMap(({ set }) => declaredPorts(set.spec));
  const names = declared.flatMap(({ port }) => port.name ?? []);
  const used = new Set(rule.ports.map(({ port }) => port));
  const near = nearestName(String(item.port), names);
  if (near !== undefined && !used.has(near)) return false;
  return rule.ports.some(
    ({ port, protocol = 'TCP' }) =>
      port !== item.port &&
      (typeof port === 'number'
        ? pods.some(({ set }) => listensOn(set, port, protocol))
        : typeof port === 'string' && isDeclaredAs(port, protocol, declared)),
  );
}

/** Whether a slip is about a port of a Service. */
export function isAbout(
  { meant }: ServicePortSlip,
  service: ServicePicture,
  port: ServicePort,
): boolean {
  return meant.some((translation) => translation.service === service && translation.port === port);
}

/** What is behind a port of a Service that policies close. */
export interface ClosedPort {
  readonly targets: readonly number[];
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
}

/** What a Service port leads to, if all of its pods are proven to be closed there. */
export function closedPort(
  { backends }: ServicePicture,
  port: ServicePort,
  cluster: Cluster,
): ClosedPort | undefined {
  const targets = new Set<number>();
  const policies = new Set<ClusterObject<NetworkPolicy>>();
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  for (const { members } of backends) {
    const target = findPort(members.set.spec, port, sidecars);
    if (target === undefined) continue;
    if (target === 'unknown') return undefined;
    const verdict = cluster.policies.verdict(members.set, target, port.protocol ?? 'TCP');
    if (verdict.state !== 'denied') return undefined;
    targets.add(target);
    for (const policy of verdict.policies) policies.add(policy);
  }
  return targets.size === 0 ? undefined : { targets: [...targets], policies: [...policies] };
}

/** The ports that pods declare, as messages list them. */
export function portsOf(set: PodSet): BackendPort[] {
  return declaredPorts(set.spec).map(({ port, path }) => ({
    port,
    set,
    path: [...set.templatePath, 'spec', ...path],
  }));
}

/** What pods call a port that a Service leads to: by name where it has one. */
export function containerPortOf(
  { target, port: { protocol = 'TCP' } }: Translation,
  declared: readonly BackendPort[],
): string | number {
  return (
    declared.find(
      ({ port }) => port.containerPort === target && (port.protocol ?? 'TCP') === protocol,
    )?.port.name ?? target
  );
}

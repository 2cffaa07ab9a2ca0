/**
 * What NetworkPolicies let through, as their API says it (staging/src/k8s.io/api/networking/v1/types.go; website network-policies.md). Enforcing it is the
 * business of the network plugin, so this is what a conforming one does. Three-valued: placeholders and labels of unknown value leave a question open.
 */
import { namespaceNameLabel } from '../kubernetes/labels.ts';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import { isPlaceholder } from '../manifest/placeholder.ts';
import type { Path } from '../manifest/node.ts';
import { addTo, lazily } from '../multimap.ts';
import {
  allOf,
  anyOf,
  type Labels,
  labelsFrom,
  type LabelValue,
  matchesSelector,
  type Truth,
} from './labels.ts';
import type { ClusterObject, ObjectIndex } from './objects.ts';
import { perPodKeys, type PodIndex, type PodSet, selectPods } from './pods.ts';
import { declaredPorts } from './ports.ts';

export type Direction = 'Ingress' | 'Egress';

/** A rule of either direction, with its peers under one name. */
export interface PolicyRule {
  /** Empty: any source or destination, outside of the cluster too. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** Empty: any port. */
  readonly ports: readonly NetworkPolicyPort[];
  /** From the policy to the rule. */
  readonly path: Path;
}

/** Pods of one set that a selector takes: `some` of them where labels differ from pod to pod. */
export interface Selected {
  readonly set: PodSet;
  readonly truth: Truth | 'some';
}

export interface PolicyVerdict {
  /**
   * - `open`: the pods are not isolated, or a rule lets anybody in (or out)
   * - `restricted`: rules name the port, for some peers only
   * - `denied`: the pods are isolated and no rule names the port
   * - `unknown`: it depends on what is filled in later, or on policies of another kind
   */
  readonly state: 'open' | 'restricted' | 'denied' | 'unknown';
  /** Those that isolate the pods. */
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
}

/** Kinds that overrule NetworkPolicies, or are joined with them: where there is one, no port is proven to be denied. */
const otherPolicies: readonly (readonly [group: string, kind: string])[] = [
  ['cilium.io', 'CiliumNetworkPolicy'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy'],
  ['crd.projectcalico.org', 'NetworkPolicy'],
  ['crd.projectcalico.org', 'GlobalNetworkPolicy'],
  ['projectcalico.org', 'NetworkPolicy'],
  ['projectcalico.org', 'GlobalNetworkPolicy'],
  ['policy.networking.k8s.io', 'AdminNetworkPolicy'],
  ['policy.networking.k8s.io', 'ClusterNetworkPolicy'],
  ['crd.antrea.io', 'NetworkPolicy'],
  ['crd.antrea.io', 'ClusterNetworkPolicy'],
];

/** The NetworkPolicies of a cluster by the pods they select. */
export class NetworkPolicies {
  readonly all: readonly ClusterObject<NetworkPolicy>[];
  readonly #objects: ObjectIndex;
  readonly #pods: PodIndex;
  readonly #namespace: string;
  readonly #selected = new Map<ClusterObject<NetworkPolicy>, readonly Selected[]>();
  #bySet:
    | Map<
        PodSet,
        { readonly policy: ClusterObject<NetworkPolicy>; readonly truth: Selected['truth'] }[]
      >
    | undefined;

  /** `namespace`: that of policies which name none. */
  constructor(objects: ObjectIndex, pods: PodIndex, namespace: string) {
    this.all = objects.of('NetworkPolicy');
    this.#objects = objects;
    this.#pods = pods;
    this.#namespace = namespace;
  }

  /** A policy of a kind that is not Kubernetes' own and may allow what these deny. */
  get other(): ClusterObject | undefined {
    return this.#other();
  }

  readonly #other = lazily(() =>
    otherPolicies
      .map(([group, kind]) => this.#objects.ofKind(group, kind)[0])
      .find((found) => found !== undefined),
  );

  /** The pods that a policy is about, certainly or possibly; those of its own namespace only. */
  selected(policy: ClusterObject<NetworkPolicy>): readonly Selected[] {
    let selected = this.#selected.get(policy);
    if (selected === undefined) {
      // `spec.podSelector` is no pointer: leaving it out is the same as `{}`.
      selected = this.pods(policy.value.spec?.podSelector ?? {}, policy);
      if (isIncomplete(policy, 'podSelector'))
        selected = selected.map(({ set }) => ({ set, truth: 'unknown' }));
      this.#selected.set(policy, selected);
    }
    return selected;
  }

  /** The pods of the policy's namespace that a selector in it takes. */
  pods(selector: LabelSelector, policy: ClusterObject): Selected[] {
    return this.#pods
      .candidates(selector.matchLabels ?? {}, policy.namespace ?? this.#namespace)
      .map((set): Selected => ({ set, truth: selects(selector, set) }))
      .filter(({ truth }) => truth !== 'no');
  }

  /** The policies that isolate pods of a set in a direction: `truth` says whether it does so with all of them. */
  isolating(
    set: PodSet,
    direction: Direction,
  ): { readonly policy: ClusterObject<NetworkPolicy>; readonly truth: Truth }[] {
    if (this.#bySet === undefined) {
      this.#bySet = new Map();
      for (const policy of this.all)
        for (const { set: taken, truth } of this.selected(policy))
          addTo(this.#bySet, taken, { policy, truth });
    }
    const found = (this.#bySet.get(set) ?? []).map(({ policy, truth }) => ({
      policy,
      truth: allOf([truth === 'some' ? 'unknown' : truth, isolates(policy, direction)]),
    }));
    return found.filter(({ truth }) => truth !== 'no');
  }

  /** Whether a packet to a port of the pods can pass (or, for `Egress`, one from them to a port outside). `port` is the pod's, not the Service's. */
  verdict(set: PodSet, port: number, protocol: string): PolicyVerdict {
    const isolating = this.isolating(set, 'Ingress');
    const policies = isolating.map(({ policy }) => policy);
    if (isolating.length === 0) return { state: 'open', policies };
    // What policies do to pods in the network of their node is not defined.
    if (set.spec.hostNetwork === true || this.other !== undefined)
      return { state: 'unknown', policies };
    let state: PolicyVerdict['state'] = isolating.some(({ truth }) => truth === 'yes')
      ? 'denied'
      : 'unknown';
    for (const { policy, truth } of isolating) {
      if (policy.incomplete.length > 0 && state === 'denied') state = 'unknown';
      for (const rule of rulesOf(policy, 'Ingress')) {
        const allowed = allOf([truth, allowsPort(rule, set, port, protocol)]);
        if (allowed === 'yes' && rule.peers.length === 0) return { state: 'open', policies };
        if (allowed === 'yes') state = 'restricted';
        else if (allowed === 'unknown' && state === 'denied') state = 'unknown';
      }
    }
    return { state, policies };
  }

  /** Whether pods may connect to a port of others: both their egress and the others' ingress must allow it. */
  connects(from: PodSet, to: PodSet, port: number, protocol: string): Truth {
    if (this.other !== undefined) return 'unknown';
    return allOf([
      this.passes('Egress', from, to, port, protocol),
      this.passes('Ingress', from, to, port, protocol),
    ]);
  }

  /** One half of it: whether the policies of those that connect (Egress), or of those that are connected to (Ingress), let the connection pass. */
  passes(direction: Direction, from: PodSet, to: PodSet, port: number, protocol: string): Truth {
    const [own, peer] = direction === 'Egress' ? [from, to] : [to, from];
    const isolating = this.isolating(own, direction);
    if (isolating.length === 0) return 'yes';
    if (this.other !== undefined) return 'unknown';
    if (own.spec.hostNetwork === true || peer.spec.hostNetwork === true) return 'unknown';
    const allowed = anyOf(
      isolating.map(({ policy, truth }) =>
        allOf([
          truth,
          anyOf(
            rulesOf(policy, direction).map((rule) =>
              allOf([
                allowsPort(rule, to, port, protocol),
                this.allowsPeer(rule, policy.namespace ?? this.#namespace, peer),
              ]),
            ),
          ),
        ]),
      ),
    );
    const isolated = anyOf(isolating.map(({ truth }) => truth));
    return allowed === 'no' && isolated !== 'yes' ? 'unknown' : allowed;
  }

  /** Whether pods are among the peers of a rule, in a policy of the given namespace. */
  allowsPeer({ peers }: PolicyRule, namespace: string, pods: PodSet): Truth {
    if (peers.length === 0) return 'yes';
    return anyOf(
      peers.map(({ podSelector, namespaceSelector, ipBlock }): Truth => {
        // Which addresses pods have is not known before they run.
        if (ipBlock !== undefined) return 'unknown';
        const near: Truth =
          namespaceSelector === undefined
            ? pods.namespace === namespace
              ? 'yes'
              : 'no'
            : this.#namespaceMatches(namespaceSelector, pods.namespace);
        const taken = podSelector === undefined ? 'yes' : selects(podSelector, pods);
        return allOf([near, taken === 'some' ? 'unknown' : taken]);
      }),
    );
  }

  /** Every namespace carries its name as a label; the others are known only if its manifest was read (NamespaceDefaultLabelName, since 1.21). */
  #namespaceMatches(selector: LabelSelector, name: string): Truth {
    const manifest = this.#objects.find('Namespace', undefined, name);
    const labels = labelsFrom(manifest?.value.metadata?.labels).set(namespaceNameLabel, name);
    return matchesOpen(selector, labels, manifest === undefined);
  }
}

/** `policyTypes` is defaulted when the object is stored. */
function isolates({ value }: ClusterObject<NetworkPolicy>, direction: Direction): Truth {
  const types = value.spec?.policyTypes ?? [];
  return types.includes(direction) ? 'yes' : types.some(isPlaceholder) ? 'unknown' : 'no';
}

function isIncomplete({ incomplete }: ClusterObject, field: string): boolean {
  return incomplete.some((path) => path.length < 2 || path[1] === field);
}

export function rulesOf(
  { value }: ClusterObject<NetworkPolicy>,
  direction: Direction,
): PolicyRule[] {
  const { ingress = [], egress = [] } = value.spec ?? {};
  return direction === 'Ingress'
    ? ingress.map(({ from = [], ports = [] }: NetworkPolicyIngressRule, index) => ({
        peers: from,
        ports,
        path: ['spec', 'ingress', index],
      }))
    : egress.map(({ to = [], ports = [] }: NetworkPolicyEgressRule, index) => ({
        peers: to,
        ports,
        path: ['spec', 'egress', index],
      }));
}

/** Whether a rule is about a port of the pods. */
export function allowsPort(
  { ports }: PolicyRule,
  set: PodSet,
  port: number,
  protocol: string,
): Truth {
  return ports.length === 0
    ? 'yes'
    : anyOf(ports.map((item) => portMatches(item, set, port, protocol)));
}

/**
 * A number is the pod's port, after a Service has translated it; it need not be declared. A name is looked up in each pod with its protocol. Without a
 * port all ports of the protocol are meant.
 */
function portMatches(item: NetworkPolicyPort, set: PodSet, port: number, protocol: string): Truth {
  const { protocol: wanted = 'TCP', port: given, endPort } = item;
  const sameProtocol: Truth = isPlaceholder(wanted)
    ? 'unknown'
    : wanted === protocol
      ? 'yes'
      : 'no';
  if (given === undefined || sameProtocol === 'no') return sameProtocol;
  if (typeof given === 'number') {
    const last: unknown = endPort ?? given;
    return allOf([
      sameProtocol,
      typeof last !== 'number' ? 'unknown' : given <= port && port <= last ? 'yes' : 'no',
    ]);
  }
  return allOf([
    sameProtocol,
    isPlaceholder(given) ? 'unknown' : namedPortMatches(given, set, port, protocol),
  ]);
}

/** Not every network plugin looks at native sidecars for names. */
function namedPortMatches(name: string, { spec }: PodSet, port: number, protocol: string): Truth {
  let result: Truth = 'no';
  for (const { port: declared, path } of declaredPorts(spec)) {
    if (isPlaceholder(declared.name) || isPlaceholder(declared.containerPort)) result = 'unknown';
    if (
      declared.name !== name ||
      (declared.protocol ?? 'TCP') !== protocol ||
      declared.containerPort !== port
    )
      continue;
    if (path[0] === 'containers') return 'yes';
    result = 'unknown';
  }
  return result;
}

/** Whether a selector takes the pods of a set: `some` where it names single ones. */
export function selects(selector: LabelSelector, set: PodSet): Truth | 'some' {
  const { truth, members } = selectPods(selector.matchLabels ?? {}, set);
  const labels = new Map<string, LabelValue>(set.labels);
  for (const key of perPodKeys(set)) labels.set(key, null);
  const all = allOf([
    truth,
    matchesOpen({ matchExpressions: selector.matchExpressions ?? [] }, labels, set.labelsOpen),
  ]);
  return all === 'yes' && members.count < set.count ? 'some' : all;
}

/** `open`: there may be labels beside these. */
function matchesOpen(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels,
  open: boolean,
): Truth {
  const parts: { key: string; selector: LabelSelector }[] = [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      selector: { matchLabels: { [key]: value } },
    })),
    ...matchExpressions.map((requirement) => ({
      key: requirement.key,
      selector: { matchExpressions: [requirement] },
    })),
  ];
  return allOf(
    parts.map(({ key, selector }) =>
      open && !labels.has(key) ? 'unknown' : matchesSelector(selector, labels),
    ),
  );
}

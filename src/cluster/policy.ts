/**
 * What NetworkPolicies let through, as their API says it
 * (staging/src/k8s.io/api/networking/v1/types.go; website network-policies.md). Enforcing it is the
 * business of the network plugin, so this is what a conforming one does. Three-valued: placeholders
 * and labels of unknown value leave a question open.
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { lazily } from '../memo.ts';
import { addTo, entryOf } from '../multimap.ts';
import { allOf, anyOf, type Truth } from './labels.ts';
import type { ClusterObject, ObjectIndex } from './objects.ts';
import { type PodIndex, type PodSet } from './pods.ts';
import { allowsPort } from './policy-ports.ts';
import { type Direction, type PolicyRule, rulesOf } from './policy-rules.ts';
import { isPublicRange, matchesNamespace, selects, somewhere } from './policy-selectors.ts';
import { declaredPorts } from './ports.ts';
import type { Work } from './work.ts';

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

/**
 * Kinds that overrule NetworkPolicies, or are joined with them: where there is one, no port is
 * proven to be denied.
 */
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

/** Who connects without being pods that were read. */
export interface Outsider {
  readonly type: 'outsider';
  /** Where its pods run; undefined: in a namespace that was not read. */
  readonly namespace?: string;
  /** It is no pod at all: the API server, whose address is that of a node, or a load balancer. */
  readonly node?: true;
}

export function isOutsider(from: PodSet | Outsider): from is Outsider {
  return 'type' in from && from.type === 'outsider';
}

/** A policy that isolates pods; whether it does so with all of them. */
export interface Isolating {
  readonly policy: ClusterObject<NetworkPolicy>;
  readonly truth: Truth;
}

/** Policies with equal selectors, in the order of the cluster. */
interface PolicyGroup {
  readonly id: number;
  readonly policies: { readonly policy: ClusterObject<NetworkPolicy>; readonly order: number }[];
}

interface GroupOfSet {
  readonly group: PolicyGroup;
  readonly truth: Selected['truth'];
}

/** What the policies do that select the same sets. */
interface Isolation {
  readonly isolating: readonly Isolating[];
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
  /** Some port of a rule is given by name. */
  readonly byName: boolean;
  /** By port and protocol, where no name has to be looked up. */
  readonly verdicts: Map<string, PolicyVerdict>;
}

const notIsolated: PolicyVerdict = { state: 'open', policies: [] };

function isolationOf(groups: readonly GroupOfSet[], direction: Direction): Isolation {
  const isolating = groups
    .flatMap(({ group, truth }) =>
      group.policies.map(({ policy, order }) => ({
        policy,
        order,
        truth: allOf([truth === 'some' ? 'unknown' : truth, isolates(policy, direction)]),
      })),
    )
    .filter(({ truth }) => truth !== 'no')
    .sort((a, b) => a.order - b.order)
    .map(({ policy, truth }): Isolating => ({ policy, truth }));
  const policies = isolating.map(({ policy }) => policy);
  const byName = policies.some((policy) =>
    rulesOf(policy, direction).some(({ ports }) =>
      ports.some(({ port }) => typeof port === 'string'),
    ),
  );
  return { isolating, policies, byName, verdicts: new Map() };
}

function verdictOf(
  { isolating, policies }: Isolation,
  set: PodSet,
  port: number,
  protocol: string,
): PolicyVerdict {
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

/** The NetworkPolicies of a cluster by the pods they select. */
export class NetworkPolicies {
  readonly all: readonly ClusterObject<NetworkPolicy>[];
  readonly #objects: ObjectIndex;
  readonly #pods: PodIndex;
  readonly #namespace: string;
  readonly #work: Work;
  readonly #selected = new Map<ClusterObject<NetworkPolicy>, readonly Selected[]>();
  /** By namespace and selector: equal selectors share a list. */
  readonly #bySelector = new Map<string, readonly Selected[]>();
  readonly #groups = lazily(() => this.#groupsBySet());
  readonly #isolations = new Map<string, Isolation>();
  readonly #isolationOfSet = {
    Ingress: new Map<PodSet, Isolation>(),
    Egress: new Map<PodSet, Isolation>(),
  };
  readonly #names = new Map<PodSet, string>();

  /** `namespace`: that of policies which name none. */
  constructor(objects: ObjectIndex, pods: PodIndex, namespace: string, work: Work) {
    this.all = objects.of('NetworkPolicy');
    this.#objects = objects;
    this.#pods = pods;
    this.#namespace = namespace;
    this.#work = work;
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
      // `spec.podSelector` is not a pointer: leaving it out is the same as `{}`.
      selected = this.pods(policy.value.spec?.podSelector ?? {}, policy);
      if (isIncomplete(policy, 'podSelector'))
        selected = selected.map(({ set }) => ({ set, truth: 'unknown' }));
      this.#selected.set(policy, selected);
    }
    return selected;
  }

  /**
   * The pods of the policy's namespace that a selector in it takes; equal selectors are given the
   * same list.
   */
  pods(selector: LabelSelector, policy: ClusterObject): readonly Selected[] {
    const namespace = policy.namespace ?? this.#namespace;
    const key = `${namespace}\n${JSON.stringify(selector)}`;
    let selected = this.#bySelector.get(key);
    if (selected === undefined) {
      const candidates = this.#pods.candidates(selector.matchLabels ?? {}, namespace);
      this.#work.spend(candidates.length);
      selected = candidates
        .map((set): Selected => ({ set, truth: selects(selector, set) }))
        .filter(({ truth }) => truth !== 'no');
      this.#bySelector.set(key, selected);
    }
    return selected;
  }

  /**
   * The policies that isolate pods of a set in a direction: `truth` says whether it does so with
   * all of them.
   */
  isolating(set: PodSet, direction: Direction): readonly Isolating[] {
    return this.#isolation(set, direction)?.isolating ?? [];
  }

  /** Sets that the same policies select share what comes of it. */
  #isolation(set: PodSet, direction: Direction): Isolation | undefined {
    const known = this.#isolationOfSet[direction].get(set);
    if (known !== undefined) return known;
    const groups = this.#groups().get(set);
    if (groups === undefined) return undefined;
    const truths = groups.map(({ group: { id }, truth }) => `${id}${truth}`);
    const key = `${direction} ${truths.join(' ')}`;
    const isolation = entryOf(this.#isolations, key, () => isolationOf(groups, direction));
    this.#isolationOfSet[direction].set(set, isolation);
    return isolation;
  }

  #groupsBySet(): ReadonlyMap<PodSet, readonly GroupOfSet[]> {
    const groups = new Map<readonly Selected[], PolicyGroup>();
    for (const [order, policy] of this.all.entries()) {
      const selected = this.selected(policy);
      const group = groups.get(selected);
      if (group === undefined)
        groups.set(selected, { id: groups.size, policies: [{ policy, order }] });
      else group.policies.push({ policy, order });
    }
    const bySet = new Map<PodSet, GroupOfSet[]>();
    for (const [selected, group] of groups)
      for (const { set, truth } of selected) addTo(bySet, set, { group, truth });
    return bySet;
  }

  /**
   * Whether a packet to a port of the pods can pass (or, for `Egress`, one from them to a port
   * outside). `port` is the pod's, not the Service's.
   */
  verdict(set: PodSet, port: number, protocol: string): PolicyVerdict {
    const isolation = this.#isolation(set, 'Ingress');
    if (isolation === undefined || isolation.isolating.length === 0) return notIsolated;
    const { policies } = isolation;
    // What policies do to pods in the network of their node is not defined.
    if (set.spec.hostNetwork === true || this.other !== undefined)
      return { state: 'unknown', policies };
    if (!isolation.byName)
      return entryOf(isolation.verdicts, `${port}/${protocol}`, () =>
        verdictOf(isolation, set, port, protocol),
      );
    // A name is looked up in each pod; those that declare the same ports are alike.
    const names = entryOf(this.#names, set, () => JSON.stringify(declaredPorts(set.spec)));
    return entryOf(isolation.verdicts, `${port}/${protocol} ${names}`, () =>
      verdictOf(isolation, set, port, protocol),
    );
  }

  /**
   * Whether pods may connect to a port of others: both their egress and the others' ingress must
   * allow it.
   */
  connects(from: PodSet, to: PodSet, port: number, protocol: string): Truth {
    if (this.other !== undefined) return 'unknown';
    return allOf([
      this.passes('Egress', from, to, port, protocol),
      this.passes('Ingress', from, to, port, protocol),
    ]);
  }

  /**
   * One half of it: whether the policies of those that connect (Egress), or of those that are
   * connected to (Ingress), let the connection pass.
   */
  passes(
    direction: Direction,
    from: PodSet | Outsider,
    to: PodSet,
    port: number,
    protocol: string,
  ): Truth {
    if (direction === 'Egress' && isOutsider(from)) return 'yes';
    const [own, peer] = direction === 'Egress' && !isOutsider(from) ? [from, to] : [to, from];
    const isolating = this.isolating(own, direction);
    if (isolating.length === 0) return 'yes';
    if (this.other !== undefined) return 'unknown';
    if (own.spec.hostNetwork === true) return 'unknown';
    if (!isOutsider(peer) && peer.spec.hostNetwork === true) return 'unknown';
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
  allowsPeer({ peers }: PolicyRule, namespace: string, pods: PodSet | Outsider): Truth {
    if (peers.length === 0) return 'yes';
    return anyOf(
      peers.map(({ podSelector, namespaceSelector, ipBlock }): Truth => {
        // Which addresses pods have is not known before they run, but they are private ones.
        if (ipBlock !== undefined)
          return isOutsider(pods) || !isPublicRange(ipBlock.cidr) ? 'unknown' : 'no';
        if (isOutsider(pods) && pods.node === true) return 'no';
        const near: Truth =
          pods.namespace === undefined
            ? somewhere(namespaceSelector)
            : namespaceSelector === undefined
              ? pods.namespace === namespace
                ? 'yes'
                : 'no'
              : matchesNamespace(this.#objects, namespaceSelector, pods.namespace);
        const taken =
          podSelector === undefined
            ? 'yes'
            : isOutsider(pods)
              ? 'unknown'
              : selects(podSelector, pods);
        return allOf([near, taken === 'some' ? 'unknown' : taken]);
      }),
    );
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

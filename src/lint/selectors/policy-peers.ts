/**
 * Peers of NetworkPolicies that are nobody: labels of no namespace, and pods that run in another
 * one.
 */
import type { Namespace } from 'kubernetes-types/core/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { LabelIndex } from '../../cluster/label-index.ts';
import { labelsFrom, matchesPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { type Direction, rulesOf } from '../../cluster/policy-rules.ts';
import { matchesNamespace, selects } from '../../cluster/policy-selectors.ts';
import type { Path } from '../../kubernetes/json.ts';
import { namespaceNameLabel } from '../../kubernetes/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily, remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { NameIndex } from '../../text/name-index.ts';
import { isSlip } from '../../text/slip.ts';

/** A peer where it stands. */
export interface WrittenPeer {
  readonly policy: ClusterObject<NetworkPolicy>;
  readonly peer: NetworkPolicyPeer;
  readonly direction: Direction;
  readonly at: Path;
  /** The labels' values of the namespaces that items beside it take whole. */
  readonly beside: ReadonlySet<string>;
}

/** Every peer that selects by labels. */
export function labelledPeers(policy: ClusterObject<NetworkPolicy>): WrittenPeer[] {
  return (['Ingress', 'Egress'] as const).flatMap((direction) =>
    rulesOf(policy, direction).flatMap(({ peers, path }) => {
      const beside = wholeNamespaces(peers);
      return peers.map((peer, index) => ({
        policy,
        peer,
        direction,
        at: [...path, direction === 'Ingress' ? 'from' : 'to', index],
        beside,
      }));
    }),
  );
}

function wholeNamespaces(peers: readonly NetworkPolicyPeer[]): Set<string> {
  return new Set(
    peers.flatMap(({ podSelector, namespaceSelector }) =>
      podSelector === undefined ? Object.values(namespaceSelector?.matchLabels ?? {}) : [],
    ),
  );
}

/** What a selector of namespaces was meant for. */
export interface MeantNamespace {
  /**
   * - `slip`: the name of a namespace, misspelt
   * - `name`: the name of this namespace, under a key that it has no label of
   * - `pods`: labels that pods of it have, and it has not
   * - `label`: a label of it, whose key or value is misspelt
   */
  readonly id: 'slip' | 'name' | 'pods' | 'label';
  readonly namespace: ClusterObject;
  readonly key: string;
  readonly value: string;
  /** The workload whose pods have the labels. */
  readonly workload?: ClusterObject;
  /** The label that it has. */
  readonly actual?: readonly [key: string, value: string];
}

/** Undefined where a namespace that was read may be meant as it is, or none of them is near. */
export function meantNamespace(
  selector: LabelSelector,
  cluster: Cluster,
): MeantNamespace | undefined {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const pairs = Object.entries(matchLabels);
  if (pairs.length === 0 || matchExpressions.length > 0) return undefined;
  if (pairs.some((pair) => pair.some(isPlaceholder))) return undefined;
  const { all, byLabels, isOpen } = namespacesOf(cluster);
  const taken = byLabels
    .candidates(matchLabels)
    .some(({ name }) => matchesNamespace(cluster.objects, selector, name) !== 'no');
  if (taken || isOpen) return undefined;
  return (
    pods(matchLabels, all, cluster) ?? (pairs.length === 1 ? named(pairs[0]!, cluster) : undefined)
  );
}

/** What to write so that the namespace is selected. */
export function helpFor({ id, namespace: { name }, key, value, actual }: MeantNamespace): string {
  const pair = `${namespaceNameLabel}: ${name}`;
  switch (id) {
    case 'slip':
      return `change it to ${name}`;
    case 'name':
      return (
        `select ${pair}, which every namespace has, or add the label ${key}: ${value} to the ` +
        'Namespace'
      );
    case 'pods':
      return `move it below a podSelector of the same item, and select ${pair} here`;
    case 'label':
      return `select ${actual?.join(': ') ?? pair}`;
  }
}

/** The Namespaces that were read, for however many peers. */
const namespacesOf = remembered(({ objects }: Cluster) => {
  const all = objects.of('Namespace');
  const names = all.map(({ name }) => name);
  return {
    all,
    byLabels: new LabelIndex(all, ({ name, value }) =>
      labelsFrom(value.metadata?.labels).set(namespaceNameLabel, name),
    ),
    byName: new Map(all.toReversed().map((namespace) => [namespace.name, namespace])),
    names: lazily(() => new NameIndex(names)),
    labels: lazily(() => labelsOf(all)),
    /** Some name is filled in later. */
    isOpen: names.some(isPlaceholder),
  };
});

function named(
  [key, value]: readonly [string, string],
  cluster: Cluster,
): MeantNamespace | undefined {
  const { all, byName, names } = namespacesOf(cluster);
  const same = byName.get(value);
  if (same !== undefined) return { id: 'name', namespace: same, key, value };
  const place = key === namespaceNameLabel ? names().slip(value) : undefined;
  const near = place === undefined ? undefined : all[place];
  return near ? { id: 'slip', namespace: near, key, value } : misspelt(key, value, cluster);
}

/** More namespaces than this with the key or the value are not looked at for a typo. */
const mostAlike = 100;

/** A label of a namespace whose key or value is misspelt. */
function misspelt(key: string, value: string, cluster: Cluster): MeantNamespace | undefined {
  const { byKey, byValue } = namespacesOf(cluster).labels();
  const alike = (list: readonly LabelledNamespace[] | undefined) =>
    (list ?? []).slice(0, mostAlike);
  const found =
    alike(byValue.get(value)).find(({ label }) => isSlip(key, label[0])) ??
    alike(byKey.get(key)).find(({ label }) => isSlip(value, label[1]));
  return found && { id: 'label', namespace: found.namespace, key, value, actual: found.label };
}

interface LabelledNamespace {
  readonly namespace: ClusterObject;
  readonly label: readonly [key: string, value: string];
}

function labelsOf(namespaces: readonly ClusterObject<Namespace>[]) {
  const byKey = new Map<string, LabelledNamespace[]>();
  const byValue = new Map<string, LabelledNamespace[]>();
  for (const namespace of namespaces)
    for (const label of Object.entries(namespace.value.metadata?.labels ?? {})) {
      addTo(byKey, label[0], { namespace, label });
      addTo(byValue, label[1], { namespace, label });
    }
  return { byKey, byValue };
}

function pods(
  matchLabels: Readonly<Record<string, string>>,
  namespaces: readonly ClusterObject[],
  { pods: all }: Cluster,
): MeantNamespace | undefined {
  const [first] = Object.entries(matchLabels);
  if (first === undefined) return undefined;
  const having = new Set(all.namespacesWith(...first));
  for (const namespace of having.size === 0 ? [] : namespaces) {
    if (!having.has(namespace.name)) continue;
    const set = all
      .candidates(matchLabels, namespace.name)
      .find(({ labels }) => matchesPairs(matchLabels, labels) === 'yes');
    if (set !== undefined)
      return { id: 'pods', namespace, key: first[0], value: first[1], workload: set.workload };
  }
  return undefined;
}

/** Programs that nearly always run in a namespace of their own, by the labels of their pods. */
const guests: readonly (readonly [key: string, value: RegExp, direction: Direction])[] = [
  [
    'app.kubernetes.io/name',
    /^(ingress-nginx|nginx-ingress|traefik|contour|emissary-ingress|haproxy-ingress)$/,
    'Ingress',
  ],
  ['app', /^(ingress-nginx|nginx-ingress|traefik|istio-ingressgateway)$/, 'Ingress'],
  ['istio', /^ingressgateway$/, 'Ingress'],
  ['k8s-app', /^(kube-dns|coredns)$/, 'Egress'],
];

/**
 * A pair of a `podSelector` that is the label of a program which runs in another namespace, where
 * no pod of the policy's own has it. Cluster DNS is an addon of every cluster, so that nothing need
 * be known of the pods there.
 */
export function guestOf(
  { policy, peer, direction }: WrittenPeer,
  cluster: Cluster,
): { readonly key: string; readonly value: string } | undefined {
  const selector = peer.podSelector;
  if (selector === undefined || peer.namespaceSelector !== undefined) return undefined;
  const namespace = policy.namespace ?? cluster.options.namespace;
  const found = Object.entries(selector.matchLabels ?? {}).find(([key, value]) =>
    guests.some(([known, values, way]) => known === key && way === direction && values.test(value)),
  );
  if (found === undefined || isHome(namespace, found[1])) return undefined;
  const here = cluster.pods.inNamespace(namespace);
  const isTaken = (set: PodSet): boolean => selects(selector, set) !== 'no';
  const isOpen = here.length === 0 && (found[0] !== 'k8s-app' || policy.namespaceAssumed === true);
  return isOpen || here.some(isTaken) ? undefined : { key: found[0], value: found[1] };
}

/** As guests are, but they may well run in the namespace of what they scrape. */
const scrapers = [
  ['app.kubernetes.io/name', /^prometheus$/, 'Ingress'],
  ['app', /^prometheus$/, 'Ingress'],
] as const;

/**
 * What is to be said of a label of the policy itself in the selector of a peer that is a program
 * of others: a kustomization puts the labels of `commonLabels` into both.
 */
export function addedPair({ policy, peer, direction, at }: WrittenPeer, cluster: Cluster) {
  const own = policy.value.metadata?.labels ?? {};
  const pairs = Object.entries(peer.podSelector?.matchLabels ?? {});
  const guest = pairs.find(([key, value]) =>
    [...guests, ...scrapers].some(
      ([known, values, way]) => known === key && way === direction && values.test(value),
    ),
  );
  if (guest === undefined || peer.namespaceSelector === undefined) return undefined;
  const added = pairs.find(
    ([key, value]) =>
      key !== guest[0] &&
      // `part-of: kube-prometheus` may well be a label of Prometheus.
      !value.includes(guest[1]) &&
      getOwn(own, key) === value &&
      isEverywhere(key, value, policy, cluster),
  );
  if (added === undefined) return undefined;
  if (cluster.pods.namespacesWith(...guest).length > 0) return undefined;
  const selector: Path = [...at, 'podSelector'];
  return {
    at: [...selector, 'matchLabels', added[0]],
    data: { guest: guest.join('='), pair: added.join('=') },
    why:
      'a kustomization puts commonLabels, and labels with includeSelectors, into selectors of ' +
      'peers as well, and with them a peer is nobody whose pods it does not make',
    help: 'use labels without includeSelectors',
    related: [{ object: policy, at: selector, part: 'key' as const, message: 'the peer' }],
  };
}

/** Whether the pods of a policy's namespace have a label, and its selector asks for it. */
function isEverywhere(
  key: string,
  value: string,
  { value: { spec }, namespace: written }: ClusterObject<NetworkPolicy>,
  { pods, options }: Cluster,
): boolean {
  const namespace = written ?? options.namespace;
  const subject = spec?.podSelector?.matchLabels ?? {};
  const isAsked = Object.keys(subject).length === 0 || getOwn(subject, key) === value;
  const having = pods.candidates({ [key]: value }, namespace);
  return isAsked && having.length === pods.inNamespace(namespace).length;
}

/** `ingress`, `traefik-v2`, `kube-system` are namespaces in which such programs run. */
function isHome(namespace: string, value: string): boolean {
  const words = new Set([...value.split('-'), 'system', 'gateway', 'ingress', 'istio']);
  return namespace.split('-').some((word) => words.has(word)) || isPlaceholder(namespace);
}

/**
 * A namespace that the cluster makes itself, selected by a label other than its name, which it does
 * not have unless somebody has put it on.
 */
export function systemNamespace({ peer, at }: WrittenPeer, { objects }: Cluster) {
  const [pair, ...others] = Object.entries(peer.namespaceSelector?.matchLabels ?? {});
  const [key = '', name = ''] = pair ?? [];
  if (others.length > 0 || key !== 'name' || !/^kube-(system|public)$/.test(name)) return undefined;
  if (objects.find('Namespace', undefined, name) !== undefined) return undefined;
  return {
    at: [...at, 'namespaceSelector', 'matchLabels', key],
    data: { key, name },
    help: `select ${namespaceNameLabel}: ${name}, which every namespace has`,
  };
}

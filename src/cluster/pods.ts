/**
 * The pods of a cluster, by sets: the pods of one workload are alike in all that endpoints depend
 * on, so 1,200 of them are one record.
 */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../kubernetes/json.ts';
import { completionIndexLabel, podIndexLabel, podNameLabel } from '../kubernetes/labels.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { lazily } from '../memo.ts';
import { addTo, groupBy } from '../multimap.ts';
import { allOf, hasValue, type Labels, type Truth } from './labels.ts';
import type { ClusterObject } from './objects.ts';
import type { NotReadyReason } from './readiness.ts';

/**
 * Why there are fewer pods than one would think:
 * - `replicas`, `paused`, `suspended`: the workload says so itself
 * - `autoscaler`, `old-revision`, `ordered`: another object, or the pod before, decides
 * - `refused`: the API server takes the workload, and none of its pods, or not so many
 * - `scenario`: the question was what if
 * - `dependency`: it refuses pods that name what does not exist
 * - `ended`: the cluster says that it is over
 * - `nodes`: no node takes the pods of a DaemonSet
 */
export interface CountCause {
  readonly code:
    | 'replicas'
    | 'paused'
    | 'suspended'
    | 'autoscaler'
    | 'old-revision'
    | 'ordered'
    | 'refused'
    | 'dependency'
    | 'ended'
    | 'nodes'
    | 'scenario';
  readonly path: Path;
  /** The label of the namespace that has it so. */
  readonly namespaceLabel?: string | undefined;
  /** The quota or the limit range of the namespace that has it so. */
  readonly by?: ClusterObject | undefined;
}

export interface PodSet {
  /** The object that somebody wrote: a Deployment, not its ReplicaSet. */
  readonly workload: ClusterObject;
  readonly namespace: string;
  readonly spec: PodSpec;
  /** From the workload to the pod template (`spec.template`), empty for a bare Pod. */
  readonly templatePath: Path;
  /** What the template says and what controllers add; `ordinals` below are not in here. */
  readonly labels: Labels;
  /** A placeholder stands where labels would be: there may be others. */
  readonly labelsOpen: boolean;
  /** How many there are in the steady state; at least 1 where `countKnown` is false. */
  readonly count: number;
  /**
   * Pods of the workload that are in sets before this one, which differ in what becomes of them.
   */
  readonly before?: number;
  /** False for DaemonSets (one per node), placeholders and custom resources. */
  readonly countKnown: boolean;
  /** Why there are fewer than asked for, in the words of an explanation: "spec.replicas is 0". */
  readonly countReason?: string;
  /** What decides that, and where it stands, from the workload. */
  readonly countCause?: CountCause;
  /**
   * StatefulSet pods are numbered, from this number on, and each is labelled with its own name and
   * number.
   */
  readonly ordinals?: { readonly start: number; readonly indexLabel: boolean };
  /** Pods of an Indexed Job: labelled and named by completion index. */
  readonly indexed?: { readonly indexLabel: boolean };
  readonly subdomain?: string;
  /** Empty when the pods become Ready. */
  readonly notReady: readonly NotReadyReason[];
  /** Pods that wait for a scheduling gate, or for a node, have no address. */
  readonly hasAddress: boolean;
  /** Why no node takes them. */
  readonly unscheduled?: Unscheduled;
  /** Made by a kind that we only know by the look of its pod template. */
  readonly assumed: boolean;
  /** Of the containers only names and ports are known: an operator writes the rest. */
  readonly sketched?: true;
  /**
   * The hook that they run for (`helm.sh/hook: test`), and are gone again: no part of what a
   * release leaves running.
   */
  readonly hook?: string;
}

/** A path from the workload of a set, through the spec of its pods. */
export function inPodSpec({ templatePath }: PodSet, ...path: Path): Path {
  return [...templatePath, 'spec', ...path];
}

/** What tells the pods of a set that follow the first `count` from those. */
export function numberedFrom(
  { ordinals, before = 0 }: PodSet,
  count: number,
): Pick<PodSet, 'ordinals' | 'before'> {
  return ordinals === undefined
    ? { before: before + count }
    : { ordinals: { ...ordinals, start: ordinals.start + count } };
}

export interface Unscheduled {
  /** Lower case, no full stop: `0/3 nodes are available: 3 node(s) were unschedulable`. */
  readonly message: string;
  /** From the workload to what is to blame. */
  readonly path: Path;
}

/** `wait for scheduling gate "example.com/quota"`, of pods without an address. */
export function whyUnscheduled({ spec, unscheduled }: PodSet): string {
  return unscheduled === undefined
    ? `wait for scheduling gate "${spec.schedulingGates?.[0]?.name ?? ''}"`
    : `find no node: ${unscheduled.message}`;
}

/** `Deployment/web`, as kubectl abbreviates objects. */
export function workloadText({ workload }: PodSet): string {
  return `${workload.kind}/${workload.name}`;
}

/** Some pods of a set: all of them, or those with the given ordinals. */
export interface PodMembers {
  readonly set: PodSet;
  readonly count: number;
  readonly ordinals?: readonly number[];
}

export interface Match {
  readonly truth: Truth;
  /** All pods of the set, or some of a StatefulSet's. */
  readonly members: PodMembers;
}

/**
 * Whether a Service's selector takes the pods of a set: every pair must be among their labels,
 * whoever made them.
 */
export function selectPods(selector: Readonly<Record<string, string>>, set: PodSet): Match {
  let ordinals: readonly number[] | undefined;
  const truths: Truth[] = [];
  for (const [key, value] of Object.entries(selector)) {
    const ordinal = ordinalSelected(key, value, set);
    if (ordinal === undefined)
      truths.push(
        !set.labels.has(key) && set.labelsOpen ? 'unknown' : hasValue(set.labels, key, value),
      );
    else if (ordinals === undefined) ordinals = ordinal === 'none' ? [] : [ordinal];
    else ordinals = ordinals.filter((other) => other === ordinal);
  }
  const truth = ordinals?.length === 0 ? 'no' : allOf(truths);
  return {
    truth,
    members:
      ordinals === undefined
        ? { set, count: set.count }
        : { set, count: ordinals.length, ordinals },
  };
}

/** Labels that differ from pod to pod of one set: undefined where the key is not one of them. */
function ordinalSelected(key: string, value: string, set: PodSet): number | 'none' | undefined {
  let text: string;
  if (set.ordinals !== undefined && key === podNameLabel) {
    const prefix = `${set.workload.name}-`;
    if (!value.startsWith(prefix)) return 'none';
    text = value.slice(prefix.length);
  } else if (set.ordinals?.indexLabel === true && key === podIndexLabel) text = value;
  else if (set.indexed?.indexLabel === true && key === completionIndexLabel) text = value;
  else return undefined;
  const ordinal = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : -1;
  const start = set.ordinals?.start ?? 0;
  return ordinal >= start && ordinal < start + set.count ? ordinal : 'none';
}

/** The keys of labels that every pod of the set has with a value of its own. */
export function perPodKeys(set: PodSet): string[] {
  const keys: string[] = [];
  if (set.ordinals !== undefined) keys.push(podNameLabel);
  if (set.ordinals?.indexLabel === true) keys.push(podIndexLabel);
  if (set.indexed?.indexLabel === true) keys.push(completionIndexLabel);
  return keys;
}

/** Pod sets by namespace and label pair: a selector looks at its rarest pair only. */
export class PodIndex {
  readonly all: readonly PodSet[];
  readonly #byPair = new Map<string, PodSet[]>();
  /** Sets that a pair cannot find: labels of unknown or per-pod value, placeholders. */
  readonly #anyValue = new Map<string, PodSet[]>();
  readonly #byNamespace = new Map<string, PodSet[]>();
  // Made when they are first asked for.
  readonly #namespacesByPair = lazily(() => {
    const found = new Map<string, string[]>();
    for (const [namespace, sets] of this.#byNamespace)
      for (const pair of new Set(sets.flatMap(certainPairs))) addTo(found, pair, namespace);
    return found;
  });
  readonly #openKeys = lazily(
    () => new Set([...this.#anyValue.keys()].map((key) => key.slice(key.indexOf('\n') + 1))),
  );
  readonly #byName = lazily(() =>
    groupBy(this.all, ({ namespace, workload }) => `${namespace}\n${workload.name}`),
  );
  readonly #byFile = lazily(() =>
    groupBy(
      this.all,
      ({ namespace, workload: { source } }) => `${namespace}\n${source.document.file.path}`,
    ),
  );
  readonly #byWorkload = lazily(() => groupBy(this.all, ({ workload }) => workload));
  readonly #kinds = lazily(
    () =>
      new Map(
        [...this.#byNamespace].map(([namespace, sets]) => [
          namespace,
          new Set(sets.map(({ workload: { kind } }) => kind)),
        ]),
      ),
  );

  constructor(sets: readonly PodSet[]) {
    this.all = sets;
    for (const set of sets) {
      addTo(this.#byNamespace, set.namespace, set);
      if (set.labelsOpen) addTo(this.#anyValue, set.namespace, set);
      for (const [key, value] of set.labels) {
        if (value === null || isPlaceholder(value))
          addTo(this.#anyValue, `${set.namespace}\n${key}`, set);
        else addTo(this.#byPair, `${set.namespace}\n${key}\n${value}`, set);
      }
      for (const key of perPodKeys(set)) addTo(this.#anyValue, `${set.namespace}\n${key}`, set);
    }
  }

  inNamespace(namespace: string): readonly PodSet[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  /**
   * The sets that may match: all that have the rarest pair of the selector, certainly or possibly.
   */
  candidates(selector: Readonly<Record<string, string>>, namespace: string): readonly PodSet[] {
    let least = Infinity;
    let lists: readonly PodSet[][] = [];
    for (const [key, value] of Object.entries(selector)) {
      if (isPlaceholder(value)) continue;
      const certain = this.#byPair.get(`${namespace}\n${key}\n${value}`) ?? [];
      const possible = this.#anyValue.get(`${namespace}\n${key}`) ?? [];
      if (certain.length + possible.length >= least) continue;
      least = certain.length + possible.length;
      lists = [certain, possible];
    }
    if (least === Infinity) return this.inNamespace(namespace);
    const open = this.#anyValue.get(namespace) ?? [];
    if (open.length > 0) return [...new Set([...lists, open].flat())];
    const [certain = [], possible = []] = lists;
    return possible.length === 0 ? certain : lists.flat();
  }

  /** Whether a set of the namespace has this very pair. */
  hasPair(namespace: string, key: string, value: string): boolean {
    return this.#byPair.has(`${namespace}\n${key}\n${value}`);
  }

  /** Namespaces with a set that has this very pair, in the order in which namespaces come. */
  namespacesWith(key: string, value: string): readonly string[] {
    return this.#namespacesByPair().get(`${key}\n${value}`) ?? [];
  }

  /** Whether a set may have a label with this key of which the pair is not known. */
  isOpen(key: string): boolean {
    return this.#openKeys().has(key);
  }

  /** Sets of workloads with a name. */
  named(namespace: string, name: string): readonly PodSet[] {
    return this.#byName().get(`${namespace}\n${name}`) ?? [];
  }

  /** Sets of workloads that stand in a file. */
  inFile(namespace: string, path: string): readonly PodSet[] {
    return this.#byFile().get(`${namespace}\n${path}`) ?? [];
  }

  /** The kinds of workloads in a namespace. */
  kindsIn(namespace: string): ReadonlySet<string> {
    return this.#kinds().get(namespace) ?? new Set();
  }

  ofWorkload(workload: ClusterObject): readonly PodSet[] {
    return this.#byWorkload().get(workload) ?? [];
  }

  /**
   * Every set of a namespace whose labels hold all pairs of the selector, certainly (`yes`) or
   * possibly (`unknown`).
   */
  select(selector: Readonly<Record<string, string>>, namespace: string): Match[] {
    return this.candidates(selector, namespace)
      .map((set) => selectPods(selector, set))
      .filter(({ truth }) => truth !== 'no');
  }
}

function certainPairs({ labels }: PodSet): string[] {
  return [...labels].flatMap(([key, value]) =>
    value === null || isPlaceholder(value) ? [] : [`${key}\n${value}`],
  );
}

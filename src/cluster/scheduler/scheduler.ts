/**
 * kube-scheduler, where the nodes are among the objects: pods that none of them takes wait, without
 * an address. Only what a pod asks of nodes, and of the other pods of its set, is judged; capacity
 * is not, so there may be fewer.
 */
import type { PodSpec } from 'kubernetes-types/core/v1';
import { fieldAt, type Path } from '../../kubernetes/json.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { briefValue } from '../../text/brief.ts';
import { hostPorts } from '../host-ports.ts';
import { allOf } from '../labels.ts';
import type { ObjectIndex } from '../objects.ts';
import { inPodSpec, numberedFrom, PodIndex, type PodSet, type Unscheduled } from '../pods.ts';
import { selects } from '../policy-selectors.ts';
import {
  matchesNode,
  type Obstacle,
  obstacleOn,
  reasons,
  toleratesNode,
  untolerated,
} from './node-fit.ts';
import { type ClusterNode, nodesOf } from './nodes.ts';
import { type IsAlone, type Placement, placementOf } from './placement.ts';

/** See `Beside` of the cluster. */
export type PlaceOf = (object: ManifestObject) => string | undefined;

/** What becomes of each set: nothing where the nodes are not known. */
export function schedulerOf(
  objects: ObjectIndex,
  sets: readonly PodSet[],
  placeOf: PlaceOf = () => undefined,
): (set: PodSet) => readonly PodSet[] {
  const nodesAt = nodesOf(objects, sets, placeOf);
  if (nodesAt === undefined) return (set) => [set];
  const pods = new PodIndex(sets);
  const isAlone: IsAlone = (selector = {}, set) =>
    pods
      .candidates(selector.matchLabels ?? {}, set.namespace)
      .every((other) => other === set || selects(selector, other) === 'no');
  return (set) => {
    // What a placeholder stands for, or an operator writes, may say where its pods go.
    const isOpen = set.assumed || set.sketched === true || set.workload.incomplete.length > 0;
    const nodes = nodesAt(placeOf(set.workload.source));
    if (set.count === 0 || !set.hasAddress || isOpen || nodes.length === 0) return [set];
    if (set.workload.kind === 'DaemonSet') return [onEachNode(set, nodes)];
    if ((set.spec.nodeName ?? '') !== '') return [bound(set, nodes)];
    const placement = placementOf(set, nodes, isAlone);
    return placement === undefined || placement.obstacles.length === 0
      ? [set]
      : placed(set, placement, nodes);
  };
}

/** The pods that find a node, and those that wait. */
function placed(set: PodSet, { count, obstacles }: Placement, nodes: readonly ClusterNode[]) {
  const unscheduled = waitingFor(set, obstacles, nodes);
  if (count === 0 && !isOrdered(set)) return [waiting(set, unscheduled)];
  // With OrderedReady the first that waits holds up those after it.
  const left = isOrdered(set) ? 1 : set.count - count;
  const rest = waiting({ ...set, count: left, ...numberedFrom(set, count) }, unscheduled);
  if (count === 0) return [rest];
  const countReason = `only ${count} of its ${set.count} pods find a node: ${unscheduled.message}`;
  return [{ ...set, count, countReason }, rest];
}

function waiting(set: PodSet, unscheduled: Unscheduled): PodSet {
  return { ...set, hasAddress: false, unscheduled };
}

function isOrdered({ workload }: PodSet): boolean {
  const policy = fieldAt(workload.value, 'spec', 'podManagementPolicy');
  return workload.kind === 'StatefulSet' && policy !== 'Parallel';
}

/**
 * The DaemonSet controller makes pods for nodes that take them only (pkg/controller/daemon
 * `NodeShouldRunDaemonPod`), cordoned ones among them (pkg/controller/daemon/util
 * `AddOrUpdateDaemonPodTolerations`).
 */
function onEachNode(set: PodSet, nodes: readonly ClusterNode[]): PodSet {
  const { nodeName } = set.spec;
  const own = nodeName ? nodes.filter(({ name }) => name === nodeName) : nodes;
  const fits = own.map((node) =>
    allOf([matchesNode(set.spec, node), toleratesNode(set.spec, node)]),
  );
  if (fits.includes('unknown')) return set;
  const count = fits.filter((fit) => fit === 'yes').length;
  // Pods that keep each other away may be fewer.
  if (count > 0) return areSeparated(set.spec) ? set : { ...set, count, countKnown: true };
  const obstacles = own.flatMap(
    (node) => obstacleOn({ ...node, unschedulable: false }, set.spec) ?? [],
  );
  const { message, path } = waitingFor(set, obstacles, nodes);
  return {
    ...set,
    count: 0,
    countKnown: true,
    countReason: `no node takes its pods: ${message}`,
    countCause: { code: 'nodes', path },
  };
}

function areSeparated({ affinity, topologySpreadConstraints }: PodSpec): boolean {
  return affinity?.podAntiAffinity !== undefined || topologySpreadConstraints !== undefined;
}

/**
 * A pod that names its node is not scheduled: the kubelet there refuses what its labels do not
 * match (pkg/kubelet/lifecycle/predicate.go), and a node that is not there runs nothing.
 */
function bound(set: PodSet, nodes: readonly ClusterNode[]): PodSet {
  const { nodeName = '' } = set.spec;
  if (isPlaceholder(nodeName)) return set;
  const node = nodes.find(({ name }) => name === nodeName);
  const path = inPodSpec(set, 'nodeName');
  if (node === undefined)
    return waiting(set, { message: `there is no Node ${briefValue(nodeName)} to run them`, path });
  return matchesNode(set.spec, node) === 'no'
    ? waiting(set, {
        message: `Node ${briefValue(nodeName)} does not have the labels that they ask for`,
        path,
      })
    : set;
}

/**
 * The scheduler's own message (pkg/scheduler/framework/types.go `FitError`), and what is to blame.
 */
function waitingFor(
  set: PodSet,
  obstacles: readonly Obstacle[],
  nodes: readonly ClusterNode[],
): Unscheduled {
  const counts = new Map<Obstacle, number>();
  for (const obstacle of obstacles) counts.set(obstacle, (counts.get(obstacle) ?? 0) + 1);
  const texts = [...counts].map(([obstacle, count]) => `${count} ${reasons[obstacle]}`).sort();
  const why = texts.length === 0 ? '' : `: ${texts.join(', ')}`;
  const said = `0/${nodes.length} nodes are available${why}`;
  const cause = byBlame.find((obstacle) => counts.has(obstacle)) ?? keptAway(set, nodes);
  const { path, hint } = blame(cause, set, nodes);
  return {
    message: hint === undefined ? said : `${said}; ${hint}`,
    path: inPodSpec(set, ...path),
  };
}

/** What the other pods of the set take away comes first: the nodes that are left never took any. */
const byBlame: readonly Obstacle[] = ['spread', 'antiAffinity', 'ports', 'spreadLabel'];

/** What keeps them from a node that has the labels, if there is one. */
function keptAway({ spec }: PodSet, nodes: readonly ClusterNode[]): Obstacle {
  const near = nodes.find((node) => matchesNode(spec, node) !== 'no');
  return (near && obstacleOn(near, spec)) ?? 'affinity';
}

interface Blame {
  /** From the pod's spec. */
  readonly path: Path;
  /** What would have to be there. */
  readonly hint?: string;
}

function blame(cause: Obstacle, set: PodSet, nodes: readonly ClusterNode[]): Blame {
  const { spec } = set;
  switch (cause) {
    case 'spread':
    case 'spreadLabel':
      return { path: ['topologySpreadConstraints'] };
    case 'antiAffinity':
      return { path: ['affinity', 'podAntiAffinity'] };
    case 'ports':
      return { path: (hostPorts(set)[0]?.at ?? []).slice(inPodSpec(set).length) };
    case 'affinity':
      return blameLabels(spec, nodes);
    case 'taint':
    case 'cordoned':
      return blameTaints(spec, nodes);
  }
}

/** The pair that no node has, if there is one. */
function blameLabels(spec: PodSpec, nodes: readonly ClusterNode[]): Blame {
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) {
    const labels = nodes.map(({ label }) => label(key));
    if (labels.some((label) => label === value || label === null || isPlaceholder(label))) continue;
    const values = [...new Set(labels.filter((label) => label !== undefined))].sort();
    const known = values.slice(0, 5).map((one) => `"${one}"`);
    return {
      path: ['nodeSelector', key],
      hint:
        `no node has ${key}=${value}` +
        (known.length === 0
          ? ''
          : `, they have ${known.join(', ')}${values.length > 5 ? ', …' : ''}`),
    };
  }
  return { path: spec.affinity?.nodeAffinity ? ['affinity', 'nodeAffinity'] : ['nodeSelector'] };
}

function blameTaints(spec: PodSpec, nodes: readonly ClusterNode[]): Blame {
  const taints = nodes.flatMap((node) => untolerated(spec, node));
  const texts = new Set(
    taints.map(({ key, value, effect }) => `${key}${value === '' ? '' : `=${value}`}:${effect}`),
  );
  return {
    path: spec.tolerations === undefined ? [] : ['tolerations'],
    ...(texts.size > 0 && {
      hint: `they do not tolerate ${[...texts].slice(0, 3).join(', ')}`,
    }),
  };
}

/**
 * Which nodes the scheduler lets pods go to, as far as nothing but the pod and the node decides.
 * The reasons are in its own words (pkg/scheduler/framework/plugins, 1.36); each plugin is asked in
 * its order, and the first that says no ends it.
 */
import type {
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodSpec,
  Toleration,
} from 'kubernetes-types/core/v1';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { allOf, anyOf, type LabelValue, type Truth } from '../labels.ts';
import type { ClusterNode, Taint } from './nodes.ts';

export const reasons = {
  cordoned: 'node(s) were unschedulable',
  taint: 'node(s) had untolerated taint(s)',
  affinity: "node(s) didn't match Pod's node affinity/selector",
  ports: "node(s) didn't have free ports for the requested pod ports",
  spread: "node(s) didn't match pod topology spread constraints",
  spreadLabel: "node(s) didn't match pod topology spread constraints (missing required label)",
  antiAffinity: "node(s) didn't match pod anti-affinity rules",
} as const;

export type Obstacle = keyof typeof reasons;

/** Why a node is none for pods of this spec, for certain. */
export function obstacleOn(node: ClusterNode, spec: PodSpec): Obstacle | undefined {
  // nodeunschedulable/node_unschedulable.go `Filter`
  const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };
  if (node.unschedulable && toleratedBy(spec, cordon) === 'no') return 'cordoned';
  if (toleratesNode(spec, node) === 'no') return 'taint';
  return matchesNode(spec, node) === 'no' ? 'affinity' : undefined;
}

/**
 * tainttoleration/taint_toleration.go `Filter`, k8s.io/component-helpers/scheduling/corev1
 * `FindMatchingUntoleratedTaint`.
 */
export function toleratesNode(spec: PodSpec, { taints }: ClusterNode): Truth {
  return allOf(taints.filter(keepsAway).map((taint) => toleratedBy(spec, taint)));
}

/** The taints of a node that keep pods away for certain. */
export function untolerated(spec: PodSpec, { taints }: ClusterNode): readonly Taint[] {
  return taints.filter((taint) => keepsAway(taint) && toleratedBy(spec, taint) === 'no');
}

/** `PreferNoSchedule` does not. */
function keepsAway({ effect }: Taint): boolean {
  return effect === 'NoSchedule' || effect === 'NoExecute';
}

function toleratedBy({ tolerations = [] }: PodSpec, taint: Taint): Truth {
  return anyOf(tolerations.map((toleration) => tolerates(toleration, taint)));
}

/** k8s.io/api/core/v1/toleration.go `ToleratesTaint`. */
function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): Truth {
  const same = (own: string | undefined, other: string): Truth =>
    own === other ? 'yes' : isPlaceholder(own) || isPlaceholder(other) ? 'unknown' : 'no';
  const isFor = allOf([
    ...(effect ? [same(effect, taint.effect)] : []),
    ...(key ? [same(key, taint.key)] : []),
  ]);
  if (isFor === 'no' || operator === 'Exists') return isFor;
  if (operator !== undefined && operator !== 'Equal') return 'unknown';
  return allOf([isFor, same(value ?? '', taint.value)]);
}

/**
 * nodeaffinity/node_affinity.go `Filter`, k8s.io/component-helpers/scheduling/corev1/nodeaffinity
 * `RequiredNodeAffinity.Match`.
 */
export function matchesNode({ nodeSelector, affinity }: PodSpec, node: ClusterNode): Truth {
  const pairs = Object.entries(nodeSelector ?? {}).map(([key, value]) =>
    isValue(node.label(key), value),
  );
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return allOf([
    ...pairs,
    ...(required
      ? [anyOf((required.nodeSelectorTerms ?? []).map((term) => meets(term, node)))]
      : []),
  ]);
}

/** A term without requirements matches nothing. */
function meets({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: ClusterNode) {
  if (matchExpressions.length + matchFields.length === 0) return 'no';
  return allOf([
    ...matchExpressions.map((requirement) => holds(requirement, node.label(requirement.key))),
    ...matchFields.map((requirement) =>
      requirement.key === 'metadata.name' ? holds(requirement, node.name) : 'unknown',
    ),
  ]);
}

function holds(
  { operator, values = [] }: NodeSelectorRequirement,
  label: LabelValue | undefined,
): Truth {
  // Nobody knows whether it is there.
  if (label === null) return 'unknown';
  switch (operator) {
    case 'Exists':
      return label === undefined ? 'no' : 'yes';
    case 'DoesNotExist':
      return label === undefined ? 'yes' : 'no';
    case 'In':
      return anyOf(values.map((value) => isValue(label, value)));
    case 'NotIn':
      return opposite(anyOf(values.map((value) => isValue(label, value))));
    case 'Gt':
    case 'Lt':
      return compares(operator, label, values[0]);
    default:
      return 'unknown';
  }
}

/** apimachinery pkg/labels `Requirement.Matches`: what is no whole number is neither. */
function compares(
  operator: 'Gt' | 'Lt',
  label: string | undefined,
  value: string | undefined,
): Truth {
  if (isPlaceholder(label) || isPlaceholder(value)) return 'unknown';
  const [left, right] = [label, value].map((text) =>
    text !== undefined && /^[+-]?\d{1,18}$/.test(text) ? BigInt(text) : undefined,
  );
  if (left === undefined || right === undefined) return 'no';
  return (operator === 'Gt' ? left > right : left < right) ? 'yes' : 'no';
}

function isValue(label: LabelValue | undefined, value: string): Truth {
  if (label === undefined) return 'no';
  if (label === value) return 'yes';
  return label === null || isPlaceholder(label) || isPlaceholder(value) ? 'unknown' : 'no';
}

function opposite(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'yes' ? 'no' : 'yes';
}

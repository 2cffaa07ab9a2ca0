/**
 * How many pods of one set find a node: those that have been placed keep others away, by ports of
 * the node, required anti-affinity to each other, and `DoNotSchedule` of topologySpreadConstraints
 * (pkg/scheduler/framework/plugins: nodeports, interpodaffinity/filtering.go,
 * podtopologyspread/filtering.go).
 * Pods of other sets only ever take places away, so the number is the most there can be.
 */
import type { PodAffinityTerm, PodSpec, TopologySpreadConstraint } from 'kubernetes-types/core/v1';
import { smallest } from '../../lists.ts';
import { mostPlacements } from '../../text/limits.ts';
import { hostPorts } from '../host-ports.ts';
import type { LabelValue, Truth } from '../labels.ts';
import type { PodSet } from '../pods.ts';
import { selects } from '../policy-selectors.ts';
import { matchesNode, type Obstacle, obstacleOn, toleratesNode } from './node-fit.ts';
import type { ClusterNode } from './nodes.ts';

export interface Placement {
  readonly count: number;
  /** By node: why it takes no other pod; empty where all pods find a place. */
  readonly obstacles: readonly Obstacle[];
}

/** What another set may have in common with this one: whether it is alone with a selector. */
export type IsAlone = (selector: TopologySpreadConstraint['labelSelector'], set: PodSet) => boolean;

/** Undefined: nobody can know, or it takes too long. */
export function placementOf(
  set: PodSet,
  nodes: readonly ClusterNode[],
  isAlone: IsAlone,
): Placement | undefined {
  const obstacles = nodes.map((node) => obstacleOn(node, set.spec));
  const apart = separations(set, nodes, obstacles);
  const spreads = spreadsOf(set, nodes, isAlone);
  const sites = nodes.map((node, index) => ({
    obstacle: obstacles[index] ?? (lacksKey(node, set.spec) ? 'spreadLabel' : undefined),
    values: spreads.map(({ values }) => values[index]),
    kept: apart.map(({ values }) => values[index]),
    pods: 0,
  }));
  const open = sites.filter(({ obstacle }) => obstacle === undefined);
  const isBounded = spreads.length > 0 || apart.length > 0;
  if (open.length > 0 && !isBounded) return { count: set.count, obstacles: [] };
  if (Math.min(set.count, mostPlacements) * open.length > mostPlacements) return undefined;
  let count = 0;
  for (; count < set.count; count++) {
    const least = spreads.map(leastOf);
    let best: Site | undefined;
    for (const site of open)
      if (blocked(site, apart, spreads, least) === undefined && isLessLoaded(site, best, spreads))
        best = site;
    if (best === undefined) break;
    take(best, apart, spreads);
  }
  if (count === set.count) return { count, obstacles: [] };
  const least = spreads.map(leastOf);
  return {
    count,
    obstacles: sites.flatMap((site) => site.obstacle ?? blocked(site, apart, spreads, least) ?? []),
  };
}

interface Site {
  readonly obstacle: Obstacle | undefined;
  readonly values: readonly (LabelValue | undefined)[];
  readonly kept: readonly (LabelValue | undefined)[];
  pods: number;
}

/** One pod at most for each value; where a node has none, any number. */
interface Separation {
  readonly obstacle: 'ports' | 'antiAffinity';
  readonly values: readonly (LabelValue | undefined)[];
  readonly taken: Set<string>;
}

interface Spread {
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly values: readonly (LabelValue | undefined)[];
  /** Pods by value, of the nodes that count. */
  readonly domains: Map<string, number>;
}

function blocked(
  { values, kept }: Site,
  apart: readonly Separation[],
  spreads: readonly Spread[],
  least: readonly number[],
): Obstacle | undefined {
  const keeps = ({ taken }: Separation, index: number): boolean => taken.has(kept[index] ?? '');
  if (apart.some((one, index) => one.obstacle === 'ports' && keeps(one, index))) return 'ports';
  for (const [index, { maxSkew, domains }] of spreads.entries())
    if ((domains.get(values[index] ?? '') ?? 0) + 1 - (least[index] ?? 0) > maxSkew)
      return 'spread';
  return apart.some(keeps) ? 'antiAffinity' : undefined;
}

/** `minMatchNum`: fewer domains than wanted count as one that is empty. */
function leastOf({ minDomains, domains }: Spread): number {
  return domains.size < minDomains ? 0 : smallest(domains.values());
}

function isLessLoaded(site: Site, best: Site | undefined, spreads: readonly Spread[]): boolean {
  if (best === undefined) return true;
  const load = ({ values, pods }: Site): number[] => [
    ...spreads.map(({ domains }, index) => domains.get(values[index] ?? '') ?? 0),
    pods,
  ];
  const [own, other] = [load(site), load(best)];
  const total = (loads: readonly number[]): number => loads.reduce((sum, one) => sum + one, 0);
  return total(own) < total(other);
}

function take(site: Site, apart: readonly Separation[], spreads: readonly Spread[]): void {
  site.pods++;
  for (const [index, { taken }] of apart.entries()) {
    const value = site.kept[index];
    if (typeof value === 'string') taken.add(value);
  }
  for (const [index, { domains }] of spreads.entries()) {
    const value = site.values[index] ?? '';
    const before = domains.get(value);
    if (before !== undefined) domains.set(value, before + 1);
  }
}

/** Terms that keep the pods of a set away from each other; such as bind nothing are left out. */
function separations(
  set: PodSet,
  nodes: readonly ClusterNode[],
  obstacles: readonly (Obstacle | undefined)[],
): Separation[] {
  const { podAntiAffinity } = set.spec.affinity ?? {};
  const terms = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const lists = terms
    .filter((term) => keepsApart(term, set))
    .map(({ topologyKey }) => nodes.map((node) => node.label(topologyKey)))
    // A node without the label takes any number of them.
    .filter((values) =>
      values.every((value, index) => obstacles[index] !== undefined || typeof value === 'string'),
    );
  const ports = hostPorts(set).length === 0 ? [] : [nodes.map(({ name }) => name)];
  return [
    ...ports.map((values) => ({ obstacle: 'ports' as const, values, taken: new Set<string>() })),
    ...lists.map((values) => ({
      obstacle: 'antiAffinity' as const,
      values,
      taken: new Set<string>(),
    })),
  ];
}

function keepsApart(
  { labelSelector, namespaces = [], namespaceSelector, ...more }: PodAffinityTerm,
  set: PodSet,
): boolean {
  const isNear =
    namespaces.includes(set.namespace) ||
    (namespaceSelector === undefined
      ? namespaces.length === 0
      : Object.keys(namespaceSelector).length === 0);
  const { mismatchLabelKeys = [] } = more as { mismatchLabelKeys?: string[] };
  return (
    isNear &&
    labelSelector !== undefined &&
    mismatchLabelKeys.length === 0 &&
    selects(labelSelector, set) === 'yes'
  );
}

interface StrictSpread extends TopologySpreadConstraint {
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
}

function strictSpreads({ topologySpreadConstraints = [] }: PodSpec): readonly StrictSpread[] {
  return topologySpreadConstraints.filter(
    ({ whenUnsatisfiable = 'DoNotSchedule' }) => whenUnsatisfiable === 'DoNotSchedule',
  );
}

function lacksKey(node: ClusterNode, spec: PodSpec): boolean {
  return strictSpreads(spec).some(({ topologyKey }) => node.label(topologyKey) === undefined);
}

/** Constraints that bind the set and nobody else, and of which everything is known. */
function spreadsOf(set: PodSet, nodes: readonly ClusterNode[], isAlone: IsAlone): Spread[] {
  return strictSpreads(set.spec).flatMap((constraint): Spread[] => {
    const { topologyKey, labelSelector, maxSkew, minDomains = 1 } = constraint;
    if (
      labelSelector === undefined ||
      isEmpty(labelSelector) ||
      typeof maxSkew !== 'number' ||
      typeof minDomains !== 'number' ||
      selects(labelSelector, set) !== 'yes' ||
      !isAlone(labelSelector, set)
    )
      return [];
    const values = nodes.map((node) => node.label(topologyKey));
    const domains = new Map<string, number>();
    for (const [index, node] of nodes.entries()) {
      const isCounted = counts(node, constraint, set.spec);
      if (isCounted === 'unknown') return [];
      const value = values[index];
      if (isCounted === 'yes' && typeof value === 'string') domains.set(value, 0);
    }
    return [{ maxSkew, minDomains, values, domains }];
  });
}

function isEmpty({
  matchLabels = {},
  matchExpressions = [],
}: NonNullable<TopologySpreadConstraint['labelSelector']>): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** podtopologyspread/common.go `matchNodeInclusionPolicies`, `nodeLabelsMatchSpreadConstraints`. */
function counts(
  node: ClusterNode,
  { nodeAffinityPolicy, nodeTaintsPolicy }: StrictSpread,
  spec: PodSpec,
): Truth {
  const keys = strictSpreads(spec).map(({ topologyKey }) => node.label(topologyKey));
  if (keys.includes(undefined)) return 'no';
  const truths: Truth[] = [
    keys.includes(null) ? 'unknown' : 'yes',
    nodeAffinityPolicy === 'Ignore' ? 'yes' : matchesNode(spec, node),
    nodeTaintsPolicy === 'Honor' ? toleratesNode(spec, node) : 'yes',
  ];
  if (truths.includes('no')) return 'no';
  return truths.includes('unknown') ? 'unknown' : 'yes';
}

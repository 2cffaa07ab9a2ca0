/** The workload that a Service which selects nothing was probably meant for. */
import type { Cluster } from '../../cluster/cluster.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isSlip } from '../../text/slip.ts';
import { formatPairs, type Labels, labelsFrom, matchesPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Path } from '../../manifest/node.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { getOwn } from '../../own.ts';

export interface Nearest {
  readonly workload: ClusterObject;
  /**
   * - `refused`: it would match, but the API server refuses it
   * - `namespace`: the same labels in another namespace
   * - `own-labels`: the labels are the workload's own, its pods lack them
   * - `value`, `key`, `missing`: one pair differs: another value, another key for the value, no such label
   * - `similar`: several pairs match, more than one differs
   */
  readonly difference:
    'refused' | 'namespace' | 'own-labels' | 'value' | 'key' | 'missing' | 'similar';
  /** Where in the workload the other side stands. */
  readonly at: Path;
  /** The selector's key that differs. */
  readonly key?: string;
  /** What the workload has instead. */
  readonly actual?: { readonly key: string; readonly value: string };
  /** Close enough to say that this one was meant. */
  readonly certain: boolean;
}

interface Difference {
  readonly set: PodSet;
  readonly wrong: readonly string[];
  readonly shared: number;
}

export function nearestWorkload(
  selector: Readonly<Record<string, string>>,
  service: ClusterObject,
  cluster: Cluster,
): Nearest | undefined {
  const namespace = service.namespace ?? cluster.options.namespace;
  return (
    refusedWorkload(selector, namespace, cluster) ??
    otherNamespace(selector, namespace, cluster) ??
    ownLabels(selector, namespace, cluster) ??
    onePairOff(selector, service, cluster.pods.candidatesByKey(Object.keys(selector), namespace))
  );
}

/** A workload that does not exist because the API server refuses it is to blame itself, not the Service. */
function refusedWorkload(
  selector: Readonly<Record<string, string>>,
  namespace: string,
  cluster: Cluster,
): Nearest | undefined {
  for (const workload of cluster.objects.refused) {
    if ((workload.namespace ?? namespace) !== namespace) continue;
    const { metadata, spec } = workload.source.value as {
      metadata?: { labels?: Record<string, string> };
      spec?: { template?: { metadata?: { labels?: Record<string, unknown> } } };
    };
    const labels = workload.kind === 'Pod' ? metadata?.labels : spec?.template?.metadata?.labels;
    if (typeof labels !== 'object' || labels === null) continue;
    const asText = Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [key, String(value ?? '')]),
    );
    if (matchesPairs(selector, labelsFrom(asText)) !== 'no')
      return { workload, difference: 'refused', at: ['metadata', 'name'], certain: true };
  }
  return undefined;
}

function otherNamespace(
  selector: Readonly<Record<string, string>>,
  namespace: string,
  cluster: Cluster,
): Nearest | undefined {
  const [pair] = Object.entries(selector);
  if (pair === undefined) return undefined;
  for (const other of cluster.pods.namespacesWith(...pair)) {
    if (other === namespace) continue;
    const [match] = cluster.pods.select(selector, other).filter(({ truth }) => truth === 'yes');
    if (match === undefined) continue;
    const { workload } = match.members.set;
    return { workload, difference: 'namespace', at: ['metadata', 'namespace'], certain: true };
  }
  return undefined;
}

function ownLabels(
  selector: Readonly<Record<string, string>>,
  namespace: string,
  cluster: Cluster,
): Nearest | undefined {
  for (const { workload, templatePath } of cluster.pods.inNamespace(namespace)) {
    if (templatePath.length === 0) continue;
    const labels = (workload.value as { metadata?: { labels?: Record<string, string> } }).metadata
      ?.labels;
    if (labels !== undefined && matchesPairs(selector, labelsFrom(labels)) === 'yes') {
      return {
        workload,
        difference: 'own-labels',
        at: [...templatePath, 'metadata', 'labels'],
        certain: true,
      };
    }
  }
  return undefined;
}

/** Fewest wrong pairs first, then most shared ones; of equals the one named like the Service, then a slip of the pen. */
function onePairOff(
  selector: Readonly<Record<string, string>>,
  service: ClusterObject,
  candidates: readonly PodSet[],
): Nearest | undefined {
  const keys = Object.keys(selector);
  let best: { nearest: Nearest; rank: number } | undefined;
  for (const set of candidates) {
    if (set.hook !== undefined) continue;
    const wrong = keys.filter((key) => set.labels.get(key) !== getOwn(selector, key));
    const nearest = describeDifference(
      { set, wrong, shared: keys.length - wrong.length },
      selector,
      service,
    );
    if (nearest === undefined) continue;
    const rank =
      (nearest.certain ? 1000 : 0) -
      wrong.length * 100 +
      (keys.length - wrong.length) * 10 +
      (set.workload.name === service.name ? 5 : 0) +
      (nearest.difference === 'value' ? 1 : 0);
    if (best === undefined || rank > best.rank) best = { nearest, rank };
  }
  return best?.nearest;
}

function describeDifference(
  { set, wrong, shared }: Difference,
  selector: Readonly<Record<string, string>>,
  service: ClusterObject,
): Nearest | undefined {
  const { workload } = set;
  const labelsAt: Path = [...set.templatePath, 'metadata', 'labels'];
  const [key] = wrong;
  if (key === undefined) return undefined;
  const sameName = workload.name === service.name;
  if (wrong.length > 1)
    return shared > 0 || sameName
      ? { workload, difference: 'similar', at: labelsAt, certain: false }
      : undefined;
  const wanted = getOwn(selector, key) ?? '';
  const actual = set.labels.get(key);
  const other = renamedKey(key, wanted, selector, set.labels);
  // Another value that has the key for a good reason, and the wanted one beside it under a key that nobody asked for.
  const isRenamed = other !== undefined && (sameName || shared > 0);
  if (
    typeof actual === 'string' &&
    !isPlaceholder(actual) &&
    (isSlip(wanted, actual) || !isRenamed)
  ) {
    const certain = isSlip(wanted, actual) || (sameName && !sameNameElsewhere(wanted, set.labels));
    if (!certain && shared === 0 && !sameName) return undefined;
    return {
      workload,
      difference: 'value',
      key,
      actual: { key, value: actual },
      at: [...labelsAt, key],
      certain,
    };
  }
  if (other !== undefined)
    return {
      workload,
      difference: 'key',
      key,
      actual: { key: other, value: wanted },
      at: [...labelsAt, other],
      certain: true,
    };
  if (shared === 0 && !sameName) return undefined;
  return {
    workload,
    difference: 'missing',
    key,
    at: labelsAt,
    certain: sameName || wanted === workload.name,
  };
}

/** A key under which the pods have the very value that the selector wants. */
function renamedKey(
  key: string,
  value: string,
  selector: Readonly<Record<string, string>>,
  labels: Labels,
): string | undefined {
  const same = [...labels]
    .filter(([other, actual]) => actual === value && !Object.hasOwn(selector, other))
    .map(([other]) => other);
  return nearestName(key, same) ?? same[0];
}

/** Whether the workload was meant beyond doubt: all pairs stand there, but in the wrong place, or one is misspelt. */
export function isSlipOfThePen(
  { difference, key = '', actual }: Nearest,
  selector: Readonly<Record<string, string>>,
): boolean {
  if (difference === 'namespace' || difference === 'own-labels') return true;
  if (actual === undefined) return false;
  return difference === 'key'
    ? nearestName(key, [actual.key]) !== undefined
    : isSlip(getOwn(selector, key) ?? '', actual.value);
}

/** A label of the pods that has the wanted value under another key explains the Service better than its name does. */
function sameNameElsewhere(value: string, labels: Labels): boolean {
  return [...labels.values()].includes(value);
}

/** What to say of the nearest workload: `Deployment shop/api has app=api`. */
export function describeNearest(
  nearest: Nearest,
  selector: Readonly<Record<string, string>>,
): string {
  const who = describeObject(nearest.workload);
  switch (nearest.difference) {
    case 'refused':
      return `${who} would match, but the API server refuses it`;
    case 'namespace':
      return `${who} has these labels in its own namespace`;
    case 'own-labels':
      return `${who} has ${formatPairs(selector)} among its own labels, not among those of its pod template`;
    case 'value':
    case 'key':
      return `${who} has ${nearest.actual?.key}=${nearest.actual?.value}`;
    case 'missing':
      return `the pods of ${who} lack the label ${nearest.key}`;
    case 'similar':
      return `${who} is the most similar`;
  }
}

/** What there is to see at `Nearest.at`. */
export function describeOtherSide({ difference }: Nearest): string {
  switch (difference) {
    case 'refused':
      return 'this workload is refused';
    case 'namespace':
      return 'its pods have these labels';
    case 'value':
      return 'the value that its pods have';
    case 'key':
      return 'the key that its pods have';
    case 'own-labels':
    case 'missing':
    case 'similar':
      return 'the labels of its pods';
  }
}

/** What to change so that the Service finds the workload; undefined where that is a guess. */
export function suggestSelector(
  nearest: Nearest,
  selector: Readonly<Record<string, string>>,
  service: ClusterObject,
): string | undefined {
  const { workload, difference, key, actual } = nearest;
  switch (difference) {
    case 'refused':
      return `mend ${describeObject(workload)} first`;
    case 'namespace':
      return `give the ${service.kind} the namespace ${workload.namespace ?? 'default'}, or the workload ${service.namespace ?? 'default'}: a selector never looks into another one`;
    case 'own-labels':
      return `add ${formatPairs(selector)} to the labels of the pod template of ${describeObject(workload)}`;
    case 'value':
      return `change the selector to ${key}: ${actual?.value}`;
    case 'key':
      return `change the selector's key ${key} to ${actual?.key}`;
    case 'missing':
      return `add the label ${key}: ${key === undefined ? '' : (getOwn(selector, key) ?? '')} to the pod template of ${describeObject(workload)}, or take it out of the selector`;
    case 'similar':
      return undefined;
  }
}

/**
 * Label selection in three values: what is filled in later, or set by a controller at run time, is
 * unknown rather than different.
 */
import type { LabelSelector, LabelSelectorRequirement } from 'kubernetes-types/meta/v1';
import { isPlaceholder } from '../manifest/placeholder.ts';

export type Truth = 'yes' | 'no' | 'unknown';

/**
 * A label's value, or null where it is certain that the label is there but not what it says
 * (`pod-template-hash`).
 */
export type LabelValue = string | null;
export type Labels = ReadonlyMap<string, LabelValue>;

/** All parts must hold. */
export function allOf(truths: Iterable<Truth>): Truth {
  let result: Truth = 'yes';
  for (const truth of truths) {
    if (truth === 'no') return 'no';
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** One of the parts must hold. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let result: Truth = 'no';
  for (const truth of truths) {
    if (truth === 'yes') return 'yes';
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/**
 * Whether a label has a value. Two equal placeholders are filled in alike; different ones may come
 * out as anything.
 */
export function hasValue(labels: Labels, key: string, value: string): Truth {
  const actual = labels.get(key);
  if (actual === undefined) return 'no';
  if (actual === value) return 'yes';
  return actual === null || isPlaceholder(actual) || isPlaceholder(value) ? 'unknown' : 'no';
}

/**
 * Service and ReplicationController selectors: every pair must be there (apimachinery pkg/labels
 * `Set.AsSelector`).
 */
export function matchesPairs(selector: Readonly<Record<string, string>>, labels: Labels): Truth {
  return allOf(Object.entries(selector).map(([key, value]) => hasValue(labels, key, value)));
}

/** metav1 `LabelSelectorAsSelector`: absent selects nothing, empty selects everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): Truth {
  if (selector === undefined) return 'no';
  const requirements = (selector.matchExpressions ?? []).map((requirement) =>
    meetsRequirement(requirement, labels),
  );
  return allOf([matchesPairs(selector.matchLabels ?? {}, labels), ...requirements]);
}

/** `NotIn` and `DoesNotExist` also hold where the label is absent. */
function meetsRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  labels: Labels,
): Truth {
  if (operator === 'Exists') return labels.has(key) ? 'yes' : 'no';
  if (operator === 'DoesNotExist') return labels.has(key) ? 'no' : 'yes';
  const truths = values.map((value) => hasValue(labels, key, value));
  const isIn = truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
  if (operator === 'In') return isIn;
  if (operator === 'NotIn') return isIn === 'yes' ? 'no' : isIn === 'no' ? 'yes' : 'unknown';
  return 'unknown';
}

export function labelsFrom(
  labels: Readonly<Record<string, string>> | undefined,
): Map<string, LabelValue> {
  return new Map(Object.entries(labels ?? {}));
}

/** `app=web,tier in (api,db),!legacy`, as kubectl writes it (metav1 `FormatLabelSelector`). */
export function formatSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const requirements = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  const pairs = Object.keys(matchLabels).length > 0 ? [formatPairs(matchLabels)] : [];
  return [...pairs, ...requirements].join(',');
}

/** `app=web,tier=front`, as kubectl writes selectors. */
export function formatPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

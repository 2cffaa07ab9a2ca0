/**
 * Selectors have one ladder, as references have: what they take, what was meant where they take
 * nothing, or why nobody can know.
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { formatSelector, type Truth } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { remembered } from '../../memo.ts';
import { briefValue } from '../../text/brief.ts';
import type { Severity } from '../diagnostic.ts';
import { fixTo } from '../fixes/change-to.ts';
import type { Place, ProposedFix, RuleContext } from '../rule.ts';
import { type Dangling, danglingSelector, placeOfDifference } from './dangling.ts';
import {
  describeNearest,
  describeOtherSide,
  isSafeCorrection,
  suggestSelector,
} from './nearest.ts';
import { whyServiceTakesNone } from './why-no-backends.ts';

/** Messages of every rule that follows selectors: spread them into the rule's own. */
export const selectorMessages = {
  near: ({ what, where, selector, nearest }: Took & { nearest: string }) =>
    `no ${what} ${where} has ${selector}; ${nearest}`,
  none: ({ what, where, selector, objects }: Took & { objects: number }) =>
    `no ${what} ${where} has ${selector} in the ${objects} objects read`,
};

export interface Took {
  readonly what: string;
  readonly where: string;
  readonly selector: string;
}

/** A selector where it stands. */
export interface WrittenSelector extends Pick<Place, 'object' | 'at'> {
  readonly selector: LabelSelector;
  /** It is written as nothing but pairs, as that of a Service. */
  readonly onlyPairs?: true;
}

/** What a rule wants to say with a finding. */
export interface SelectorWords {
  readonly why?: string;
  /** For the case that nothing is near. */
  readonly help?: string;
  /** What to do where something is near, in place of changing the selector. */
  readonly advice?: string;
  /** How this kind of selector reaches into another namespace, if it can. */
  readonly reach?: (namespace: string) => string;
  /** Of a finding that is not proven. */
  readonly unsure?: Severity;
  /** Of every fix, where a slip is not enough to be sure of. */
  readonly safety?: 'unsafe';
  /** What it selects, and where: `pod`, `in namespace shop`. */
  readonly what?: string;
  readonly where?: string;
  /** `the labels app=web`, where the selector as such says too little. */
  readonly labels?: string;
  /**
   * What the finding stands on; without it all workloads of the namespace where nothing is near.
   */
  readonly dependsOn?: readonly ClusterObject[];
}

type Context = Pick<
  RuleContext<typeof selectorMessages>,
  'cluster' | 'unseen' | 'report' | 'unknown'
>;

/** Values of the labels of pods, behind their namespace. */
const podValues = remembered(({ pods }: Cluster): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { namespace, labels } of pods.all)
    for (const value of labels.values()) found.add(`${namespace}/${value ?? ''}`);
  return found;
});

/** Whether it lies beside a kustomization, and asks for nothing that is in a label there. */
function isStray(
  { cluster, unit }: Pick<RuleContext<typeof selectorMessages>, 'cluster' | 'unit'>,
  { object, selector: { matchLabels = {} } }: WrittenSelector,
  namespace: string,
): boolean {
  if (!unit.fragments.has(object.source.document.file)) return false;
  const values = podValues(cluster);
  return !Object.values(matchLabels).some((value) => values.has(`${namespace}/${value}`));
}

/** Whether a selector asks for nothing, and so takes everything. */
export function isEmptySelector({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** It asks for pairs alone. */
function isPlain({ matchExpressions = [] }: LabelSelector): boolean {
  return matchExpressions.length === 0;
}

/**
 * Follows a selector that takes pods of its object's namespace. Where it takes none that is
 * reported, and what cannot be known is counted as unknown.
 *
 * @param taken what it takes, certainly or possibly
 */
export function followSelector(
  context: Context & Pick<RuleContext<typeof selectorMessages>, 'unit'>,
  written: WrittenSelector,
  taken: readonly { readonly truth: Truth | 'some' }[],
  words: SelectorWords = {},
): void {
  if (taken.some(({ truth }) => truth !== 'unknown') || isEmptySelector(written.selector)) return;
  const { object, at, selector } = written;
  if (taken.length > 0) {
    const reason = 'whether it selects pods depends on values that are filled in later';
    return context.unknown({ object, at, part: 'key', reason });
  }
  const { cluster, unseen } = context;
  const namespace = object.namespace ?? cluster.options.namespace;
  if (isPlain(selector) && unseen.hasOperatedPods(selector.matchLabels ?? {}, namespace)) return;
  const found = danglingSelector(selector, object, cluster, unseen);
  if (found.state === 'none' && isStray(context, written, namespace)) {
    const reason = 'its file, which no kustomization lists, may be for pods of others';
    return context.unknown({ object, at, part: 'key', reason });
  }
  const same =
    found.state === 'none' && isPlain(selector)
      ? whyServiceTakesNone(selector.matchLabels ?? {}, namespace, cluster, unseen)
      : undefined;
  reportDangling(context, written, same?.state === 'unknown' ? same : found, words);
}

/**
 * Reports a selector that takes nothing at the part of it that differs from what was meant; a near
 * miss is an error, anything else a warning.
 */
export function reportDangling(
  context: Context,
  written: WrittenSelector,
  found: Dangling,
  words: SelectorWords = {},
): void {
  const { cluster } = context;
  const { object, at, selector } = written;
  const place = { object, at, part: 'key' } as const;
  if (found.state === 'unknown') return context.unknown({ ...place, reason: found.reason });
  const namespace = object.namespace ?? cluster.options.namespace;
  const {
    what = 'pod',
    where = `in namespace ${namespace}`,
    labels = briefValue(formatSelector(selector)),
    why,
    help,
    dependsOn,
  } = words;
  const data = { what, where, selector: labels };
  if (found.state === 'near')
    return context.report({
      ...nearFinding(written, found, words),
      id: 'near',
      data: { ...data, nearest: describeNearest(found.nearest, found.pairs) },
      ...(why !== undefined && { why }),
      ...(dependsOn !== undefined && { dependsOn }),
    });
  context.report({
    ...place,
    id: 'none',
    data: { ...data, objects: cluster.objects.all.length },
    severity: words.unsure ?? 'warning',
    ...(why !== undefined && { why }),
    ...(help !== undefined && { help }),
    dependsOn: dependsOn ?? cluster.pods.inNamespace(namespace).map(({ workload }) => workload),
  });
}

/**
 * The place, the help, the other side and the fix where something is near. Made to be spread into a
 * finding.
 */
export function nearFinding(
  { object, at, selector, onlyPairs }: WrittenSelector,
  found: Dangling & { state: 'near' },
  words: SelectorWords = {},
) {
  const { nearest, pairs, sure } = found;
  const { difference } = nearest;
  const inside = placeOfDifference(selector, nearest, pairs);
  // The key of a requirement is a value of its own.
  const isKey = inside.length === 0 || (difference === 'key' && inside[0] === 'matchLabels');
  const help = words.advice ?? adviceFor(found, object, words);
  const isText = difference === 'value' || difference === 'namespace';
  const fixes = inside.length === 0 ? [] : correctionOf(found, words);
  return {
    object,
    at: [...at, ...(onlyPairs ? inside.slice(1) : inside)],
    ...(isKey && { part: 'key' as const }),
    severity: sure ? ('error' as const) : (words.unsure ?? 'warning'),
    ...(help !== undefined && { help }),
    related: [
      {
        object: nearest.object,
        at: nearest.at,
        ...(!isText && { part: 'key' as const }),
        message: describeOtherSide(nearest),
      },
    ],
    ...(fixes.length > 0 && { fixes }),
  };
}

function adviceFor(
  { nearest, pairs }: Dangling & { state: 'near' },
  owner: ClusterObject,
  { reach }: SelectorWords,
): string | undefined {
  return nearest.difference === 'namespace' && reach !== undefined
    ? reach(nearest.object.namespace ?? '')
    : suggestSelector(nearest, pairs, owner);
}

/** The key or value that was meant, where that is proven. */
function correctionOf(
  { nearest, pairs, sure }: Dangling & { state: 'near' },
  { safety }: SelectorWords,
): readonly ProposedFix[] {
  const { difference, actual } = nearest;
  const meant = difference === 'key' ? actual?.key : actual?.value;
  return sure ? fixTo(meant, safety ?? (isSafeCorrection(nearest, pairs) ? 'safe' : 'unsafe')) : [];
}

/** Labels in selectors whose values change with every release. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { Path } from '../../kubernetes/json.ts';
import { isDecoded, labelSelectorKinds } from '../../kubernetes/kinds.ts';
import { findPodLabel, type PodLabel } from '../../kubernetes/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { perList } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { namespaceOf } from '../references/reference.ts';
import { isOfRelease, isWrittenForRelease } from './release-labels.ts';

export interface UnstableLabel {
  readonly object: ClusterObject;
  /** From the object to the label. */
  readonly at: Path;
  readonly key: string;
  readonly value: string;
  /** It is in a workload's own selector, which cannot be changed. */
  readonly own: boolean;
  /** The selector asks for something that stays as well. */
  readonly hasMore: boolean;
  /** The controller that makes the value, and what for; undefined where somebody writes it. */
  readonly made: { readonly set: PodSet; readonly each: string } | undefined;
  /** Pods that the rest of the selector takes, and that never have this label of a controller. */
  readonly never?: PodSet;
}

export function* unstableLabels(cluster: Cluster): Iterable<UnstableLabel> {
  for (const selector of selectorsOf(cluster)) {
    const { object, own, pairs } = selector;
    for (const [key, value] of Object.entries(pairs)) {
      const each = renewedFor(key);
      const isRelease = own ? isWrittenForRelease(key, value) : isOfRelease(key, value);
      if (each === undefined && !isRelease && findPodLabel(key)?.each !== rollout) continue;
      const stable = Object.entries(pairs).filter(
        ([other]) =>
          other !== key && renewedFor(other) === undefined && findPodLabel(other)?.each !== rollout,
      );
      const at = [...selector.at, key];
      const found = { object, at, key, value, own, hasMore: stable.length > 0 };
      if (each !== undefined && !own) {
        const set = generatedFor(key, Object.fromEntries(stable), object, cluster);
        if (set !== undefined) yield { ...found, made: { set, each } };
      }
      const never = own ? undefined : neverOn(key, Object.fromEntries(stable), object, cluster);
      if (never !== undefined) {
        yield { ...found, made: undefined, never };
      } else if (isRelease && !isPlaceholder(value) && !isOneOfSeveral(key, value, object, cluster))
        yield { ...found, made: undefined };
    }
  }
}

const rollout = 'version of the Rollout';

/**
 * Pods that the rest of the selector takes, all of a kind whose controller does not set the label
 * and none with one that somebody wrote.
 */
function neverOn(
  key: string,
  rest: Readonly<Record<string, string>>,
  object: ClusterObject,
  cluster: Cluster,
): PodSet | undefined {
  const kinds = findPodLabel(key)?.on;
  if (kinds === undefined || Object.keys(rest).length === 0) return undefined;
  const sets = cluster.pods
    .select(rest, namespaceOf(object, cluster))
    .map(({ members }) => members.set);
  const mayHave = ({ workload, labels, labelsOpen }: PodSet): boolean =>
    labelsOpen || labels.has(key) || !isDecoded(workload) || kinds.includes(workload.kind);
  return sets.some(mayHave) ? undefined : sets[0];
}

/**
 * What a label is made anew for; those of Argo Rollouts are put into selectors by its own
 * controller.
 */
const renewals: ReadonlySet<PodLabel['each']> = new Set([
  'version of the pod template',
  'Job that is created',
]);

function renewedFor(key: string): string | undefined {
  const each = findPodLabel(key)?.each;
  return each !== undefined && renewals.has(each) ? each : undefined;
}

interface Selector {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly pairs: Readonly<Record<string, string>>;
  /** A workload's own, which cannot be changed. */
  readonly own: boolean;
}

function selectorsOf({ services, objects }: Cluster): Selector[] {
  const found: Selector[] = services.map(({ object, selector = {} }) => ({
    object,
    at: ['spec', 'selector'],
    pairs: selector,
    own: false,
  }));
  const add = (
    object: ClusterObject,
    selector: LabelSelector | undefined,
    at: Path,
    own: boolean,
  ): void => {
    if (selector?.matchLabels !== undefined)
      found.push({ object, at: [...at, 'matchLabels'], pairs: selector.matchLabels, own });
  };
  for (const object of objects.of('PodDisruptionBudget'))
    add(object, object.value.spec?.selector, ['spec', 'selector'], false);
  for (const object of objects.of('NetworkPolicy'))
    add(object, object.value.spec?.podSelector, ['spec', 'podSelector'], false);
  for (const kind of labelSelectorKinds)
    for (const object of objects.of(kind))
      add(object, object.value.spec?.selector, ['spec', 'selector'], true);
  return found;
}

/**
 * Pods that the rest of the selector takes and whose label of this key a controller makes; a label
 * in the template is somebody's own.
 */
function generatedFor(
  key: string,
  rest: Readonly<Record<string, string>>,
  object: ClusterObject,
  cluster: Cluster,
): PodSet | undefined {
  const sets = cluster.pods
    .select(rest, namespaceOf(object, cluster))
    .map(({ members }) => members.set);
  return sets.find(({ workload, labels }) =>
    key === 'pod-template-generation'
      ? workload.kind === 'DaemonSet'
      : labels.get(key) === null && workload.kind !== 'CronJob',
  );
}

/**
 * Several versions side by side, each under a name of its own, or selected in turn (blue and
 * green).
 */
function isOneOfSeveral(
  key: string,
  value: string,
  { name, namespace }: ClusterObject,
  { pods, options }: Cluster,
): boolean {
  if (key === 'helm.sh/chart' || key === 'chart') return false;
  const version = value.replace(/^v/, '').replace(/[^0-9a-z]/gi, '');
  if (name.replace(/[^0-9a-z]/gi, '').includes(version)) return true;
  const sets = pods.inNamespace(namespace ?? options.namespace);
  return besideOthers(sets, key, () => valuesBesideOthers(sets, key)).has(value);
}

/** What pods have under a key where others of the same application have something else. */
function valuesBesideOthers(
  sets: readonly PodSet[],
  key: string,
): ReadonlySet<string | null | undefined> {
  const ofApp = groupBy(
    sets.filter(({ labels }) => labels.has(key)),
    ({ labels }) => labels.get('app.kubernetes.io/name') ?? labels.get('app') ?? '',
  );
  const values = [...ofApp.values()].map(
    (own) => new Set(own.map(({ labels }) => labels.get(key))),
  );
  return new Set(values.flatMap((own) => (own.size > 1 ? [...own] : [])));
}

const besideOthers = perList<ReadonlySet<string | null | undefined>>();

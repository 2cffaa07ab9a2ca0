import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { labelSelectorKinds } from '../../src/kubernetes/kinds.ts';
import { findPodLabel, type PodLabel } from '../../src/kubernetes/labels.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isOfRelease, isWrittenForRelease } from '../../src/lint/selectors/release-labels.ts';
import type { Path } from '../../src/manifest/node.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

/** What a label is made anew for; those of Argo Rollouts are put into selectors by its own controller. */
const renewals: ReadonlySet<PodLabel['each']> = new Set([
  'version of the pod template',
  'Job that is created',
]);

function renewedFor(key: string): string | undefined {
  const each = findPodLabel(key)?.each;
  return each !== undefined && renewals.has(each) ? each : undefined;
}

const refusedLater =
  'the selector of a workload cannot be changed once it exists, so the API server refuses the next release: `field is immutable`';

export const selectorUsesUnstableLabel = defineRule({
  meta: {
    id: 'selector-uses-unstable-label',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service', 'NetworkPolicy', 'PodDisruptionBudget', ...labelSelectorKinds],
    title: 'selects by a label of one release',
    summary: 'A selector asks for a label whose value changes with every release',
    why: 'a selector takes pods by their labels as they are now: when the value changes, running pods drop out at once, whether their successors are ready or not',
    fixable: false,
  },
  messages: {
    generated: ({ key, workload, each }: { key: string; workload: string; each: string }) =>
      `the label ${key} is made by the controller of ${workload}, with another value for every ${each}`,
    release: ({ key, value }: { key: string; value: string }) =>
      `the label ${key}=${value} names a release, and changes with the next one`,
  },
  check({ cluster, report }) {
    for (const { object, at, pairs, own } of selectorsOf(cluster)) {
      for (const [key, value] of Object.entries(pairs)) {
        const each = renewedFor(key);
        const isRelease = own ? isWrittenForRelease(key, value) : isOfRelease(key, value);
        if (each === undefined && !isRelease) continue;
        const rest = Object.entries(pairs).filter(
          ([other]) => other !== key && renewedFor(other) === undefined,
        );
        const help =
          rest.length > 0
            ? `take ${key} out of the selector`
            : `select by a label that stays, such as app.kubernetes.io/name`;
        const place = {
          object,
          at: [...at, key],
          part: 'key',
          help,
          ...(own && { why: refusedLater }),
        } as const;
        if (each !== undefined && !own) {
          const set = generatedFor(key, Object.fromEntries(rest), object, cluster);
          if (set === undefined) continue;
          report({
            ...place,
            id: 'generated',
            data: { key, workload: describeObject(set.workload), each },
            dependsOn: [set.workload],
          });
        } else if (
          isRelease &&
          !isPlaceholder(value) &&
          !isOneOfSeveral(key, value, object, cluster)
        ) {
          report({ ...place, id: 'release', data: { key, value } });
        }
      }
    }
  },
});

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

/** Pods that the rest of the selector takes and whose label of this key a controller makes; a label in the template is somebody's own. */
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

/** Several versions side by side, each under a name of its own, or selected in turn (blue and green). */
function isOneOfSeveral(
  key: string,
  value: string,
  { name, namespace }: ClusterObject,
  { pods, options }: Cluster,
): boolean {
  if (key === 'helm.sh/chart' || key === 'chart') return false;
  const version = value.replace(/^v/, '').replace(/[^0-9a-z]/gi, '');
  if (name.replace(/[^0-9a-z]/gi, '').includes(version)) return true;
  const app = (labels: PodSet['labels']): string =>
    labels.get('app.kubernetes.io/name') ?? labels.get('app') ?? '';
  const sets = pods.inNamespace(namespace ?? options.namespace);
  const here = new Set(
    sets.filter(({ labels }) => labels.get(key) === value).map(({ labels }) => app(labels)),
  );
  return sets.some(
    ({ labels }) => labels.has(key) && labels.get(key) !== value && here.has(app(labels)),
  );
}

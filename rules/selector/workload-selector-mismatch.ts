import { controllerKinds } from '../../src/kubernetes/kinds.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { nearestName } from '../../src/text/nearest-name.ts';
import { formatPairs, labelsFrom, matchesPairs } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

interface Workload {
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Record<string, string> } & Record<string, unknown>;
    readonly template?: { readonly metadata?: { readonly labels?: Record<string, string> } };
  };
}

export const workloadSelectorMismatch = defineRule({
  meta: {
    id: 'workload-selector-mismatch',
    category: 'selector',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: controllerKinds,
    title: 'does not select its own pods',
    summary: "A workload's selector does not match the labels of its pod template",
    why: 'a controller must recognise the pods it makes, so the API server refuses a workload whose selector does not match its own template',
    fixable: true,
  },
  messages: {
    value: ({ key, wanted, actual }: { key: string; wanted: string; actual: string }) =>
      `the selector asks for ${key}=${wanted}, the pod template has ${key}=${actual}`,
    label: ({ key, wanted, actual }: { key: string; wanted: string; actual: string }) =>
      `the pod template has ${key}=${actual}, the selector asks for ${key}=${wanted}`,
    key: ({ key, labels }: { key: string; labels: string }) =>
      `the selector asks for the label ${key}, which the pod template does not have; it has ${labels}`,
    expression: ({ labels }: { labels: string }) =>
      `the selector's matchExpressions do not hold for the labels of the pod template: ${labels}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.refused) {
      if (!object.refusals.some(({ code }) => code === 'selector-mismatch')) continue;
      const { selector, template } = (object.value as Workload).spec ?? {};
      const pairs = (object.kind === 'ReplicationController' ? selector : selector?.matchLabels) as
        Record<string, string> | undefined;
      if (pairs === undefined && selector === undefined) continue;
      const labels = template?.metadata?.labels ?? {};
      const selectorPath =
        object.kind === 'ReplicationController'
          ? ['spec', 'selector']
          : ['spec', 'selector', 'matchLabels'];
      const wrong = Object.entries(pairs ?? {}).filter(
        ([key, value]) => matchesPairs({ [key]: value }, labelsFrom(labels)) === 'no',
      );
      const followers = followersOf(wrong, { ...labels, ...pairs }, object, cluster);
      const related = [
        {
          object,
          at: labelsPath,
          part: 'key',
          message: 'the labels of the pod template',
        },
        ...followers,
      ] as const;
      if (wrong.length === 0)
        report({
          object,
          at: ['spec', 'selector'],
          part: 'key',
          id: 'expression',
          data: { labels: formatPairs(labels) || 'none' },
          related,
        });
      for (const [key, wanted] of wrong) {
        const actual = getOwn(labels, key);
        const at = [...selectorPath, key];
        if (actual !== undefined && isMeant(key, wanted, pairs ?? {}, labels, object, cluster)) {
          report({
            object,
            at: [...labelsPath, key],
            id: 'label',
            data: { key, wanted, actual },
            help: `change it to ${key}: ${wanted}`,
            related: [{ object, at, message: 'the selector' }, ...followers],
            fixes: [{ title: `change it to ${wanted}`, safety: 'unsafe', replace: wanted }],
          });
        } else if (actual !== undefined) {
          const fixes = [
            { title: `change it to ${actual}`, safety: 'unsafe', replace: actual },
          ] as const;
          report({
            object,
            at,
            id: 'value',
            data: { key, wanted, actual },
            help: `make both the same: ${key}: ${actual}`,
            related,
            fixes,
          });
        } else {
          const near = nearestName(key, Object.keys(labels));
          const isLabel =
            near !== undefined &&
            getOwn(labels, near) === wanted &&
            isMeant(key, wanted, pairs ?? {}, labels, object, cluster);
          report({
            object,
            at: isLabel ? [...labelsPath, near] : at,
            part: 'key',
            id: 'key',
            data: { key, labels: formatPairs(labels) || 'none' },
            help: isLabel ? `change it to ${key}: ${wanted}` : keyHelp(key, wanted, near, object),
            related: isLabel
              ? [{ object, at, part: 'key', message: 'the selector' }, ...followers]
              : related,
          });
        }
      }
    }
  },
});

/** Services that ask for what the workload's selector asks for: once the template has it they find its pods, and are not to blame themselves. */
function followersOf(
  wrong: readonly (readonly [key: string, wanted: string])[],
  meant: Labels,
  { namespace }: ClusterObject,
  cluster: Cluster,
): (Place & { readonly message: string })[] {
  return cluster.services.flatMap(({ object, selector }) => {
    const key = wrong.find(([one, wanted]) => getOwn(selector, one) === wanted)?.[0];
    const follows =
      key !== undefined &&
      object.namespace === namespace &&
      Object.entries(selector ?? {}).every(([one, value]) => getOwn(meant, one) === value);
    return follows
      ? [{ object, at: ['spec', 'selector', key], message: 'this Service asks for the same' }]
      : [];
  });
}

const labelsPath = ['spec', 'template', 'metadata', 'labels'];

type Labels = Readonly<Record<string, string>>;

/**
 * Whether the label is to blame rather than the selector: the workload's name or a Service bears the selector out, and no Service the label. To change
 * the selector would leave such a Service without pods.
 */
function isMeant(
  key: string,
  wanted: string,
  pairs: Labels,
  labels: Labels,
  { name, namespace }: ClusterObject,
  cluster: Cluster,
): boolean {
  const selectors = cluster.services.flatMap(({ object, selector }) =>
    selector !== undefined && Object.hasOwn(selector, key) && object.namespace === namespace
      ? [selector]
      : [],
  );
  const areFrom = (selector: Labels, known: Labels): boolean =>
    Object.entries(selector).every(([one, value]) => getOwn(known, one) === value);
  if (selectors.some((selector) => areFrom(selector, labels))) return false;
  return (
    name === wanted || selectors.some((selector) => areFrom(selector, { ...labels, ...pairs }))
  );
}

function keyHelp(
  key: string,
  wanted: string,
  near: string | undefined,
  object: ClusterObject,
): string {
  return near === undefined
    ? `add ${key}: ${wanted} to the labels of the pod template of ${object.name}`
    : `did you mean ${near}?`;
}

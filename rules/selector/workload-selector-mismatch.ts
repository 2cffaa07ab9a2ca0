import { nearestName } from '../../src/text/nearest-name.ts';
import { formatPairs, labelsFrom, matchesPairs } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** The API server's words for it (pkg/apis/apps/validation `ValidateDeploymentSpec` and its siblings). */
export const mismatchMessage = '`selector` does not match template `labels`';

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
    kinds: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController'],
    title: 'does not select its own pods',
    summary: "A workload's selector does not match the labels of its pod template",
    why: 'a controller must recognise the pods it makes, so the API server refuses a workload whose selector does not match its own template',
    fixable: true,
  },
  messages: {
    value: ({ key, wanted, actual }: { key: string; wanted: string; actual: string }) =>
      `the selector asks for ${key}=${wanted}, the pod template has ${key}=${actual}`,
    key: ({ key, labels }: { key: string; labels: string }) =>
      `the selector asks for the label ${key}, which the pod template does not have; it has ${labels}`,
    expression: ({ labels }: { labels: string }) =>
      `the selector's matchExpressions do not hold for the labels of the pod template: ${labels}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.refused) {
      if (!object.refusals.some(({ message }) => message.endsWith(mismatchMessage))) continue;
      const { selector, template } = (object.value as Workload).spec ?? {};
      const pairs = (object.kind === 'ReplicationController' ? selector : selector?.matchLabels) as Record<string, string> | undefined;
      if (pairs === undefined && selector === undefined) continue;
      const labels = template?.metadata?.labels ?? {};
      const selectorPath = object.kind === 'ReplicationController' ? ['spec', 'selector'] : ['spec', 'selector', 'matchLabels'];
      const related = [
        { object, at: ['spec', 'template', 'metadata', 'labels'], part: 'key', message: 'the labels of the pod template' },
      ] as const;
      const wrong = Object.entries(pairs ?? {}).filter(([key, value]) => matchesPairs({ [key]: value }, labelsFrom(labels)) === 'no');
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
        const actual = labels[key];
        const at = [...selectorPath, key];
        if (actual !== undefined) {
          const fixes = [{ title: `change it to ${actual}`, safety: 'unsafe', replace: actual }] as const;
          report({ object, at, id: 'value', data: { key, wanted, actual }, help: `make both the same: ${key}: ${actual}`, related, fixes });
        } else {
          report({
            object,
            at,
            part: 'key',
            id: 'key',
            data: { key, labels: formatPairs(labels) || 'none' },
            help: keyHelp(key, wanted, labels, object),
            related,
          });
        }
      }
    }
  },
});

function keyHelp(key: string, wanted: string, labels: Readonly<Record<string, string>>, object: ClusterObject): string {
  const near = nearestName(key, Object.keys(labels));
  return near === undefined ? `add ${key}: ${wanted} to the labels of the pod template of ${object.name}` : `did you mean ${near}?`;
}

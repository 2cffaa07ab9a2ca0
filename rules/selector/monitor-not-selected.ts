import { formatSelector } from '../../src/cluster/labels.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { selectedKinds, unselected } from '../../src/lint/selectors/prometheuses.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const monitorNotSelected = defineRule({
  meta: {
    id: 'monitor-not-selected',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: Object.keys(selectedKinds),
    title: 'is read by no Prometheus',
    summary: 'No Prometheus among the files selects a monitor or rules beside it',
    why:
      'the operator puts into the configuration of a Prometheus what its selectors take, and ' +
      'leaves out everything else without a word: nothing of this is scraped or evaluated',
    fixable: false,
  },
  messages: {
    labels: ({ reader, selector }: { reader: string; selector: string }) =>
      `${reader} reads those with ${selector}, which this one lacks`,
    namespace: ({ reader, namespace }: { reader: string; namespace: string }) =>
      `${reader} does not look into namespace ${namespace}`,
  },
  check({ cluster, report }) {
    for (const { object, by, selector, elsewhere } of unselected(cluster)) {
      const reader = describeObject(by);
      const field = selectedKinds[object.kind as keyof typeof selectedKinds];
      const related = [
        { object: by, at: ['spec', `${field}Selector`], message: 'what it asks for' },
      ];
      const place = { object, part: 'key', related, dependsOn: [by] } as const;
      if (elsewhere) {
        const namespace = object.namespace ?? cluster.options.namespace;
        report({
          ...place,
          at: ['metadata', object.namespaceAssumed ? 'name' : 'namespace'],
          id: 'namespace',
          data: { reader, namespace },
          help: `set ${field}NamespaceSelector: {} to read those of every namespace`,
        });
      } else
        report({
          ...place,
          at: ['metadata', 'labels'],
          id: 'labels',
          data: { reader, selector: formatSelector(selector) || 'none' },
          help: `add the labels ${formatSelector(selector)}, or change ${field}Selector`,
        });
    }
  },
});

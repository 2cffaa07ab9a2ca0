import { formatPairs } from '../../src/cluster/labels.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { danglingSubsets } from '../../src/lint/selectors/dangling-subset.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const istioSubsetSelectsNothing = defineRule({
  meta: {
    id: 'istio-subset-selects-nothing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['DestinationRule'],
    title: 'has a subset without pods',
    summary: 'An Istio DestinationRule has a subset whose labels no pod of the Service has',
    why:
      'a subset takes those pods of the Service that have its labels as well; requests to ' +
      'one without pods are answered with 503',
    fixable: true,
  },
  messages: selectorMessages,
  check(context) {
    for (const { written, labels, service, found, idle } of danglingSubsets(context)) {
      const meant = found.state === 'near' && found.sure ? found.nearest.actual?.value : undefined;
      const help = meant === undefined ? 'name labels of the pod template' : changeTo(meant).help;
      reportDangling(context, written, found, {
        where: `of ${describeObject(service.object)}`,
        labels: formatPairs(labels),
        help,
        advice: help,
        ...(idle && { unsure: 'info' }),
        dependsOn: service.backends.map(({ members }) => members.set.workload),
      });
    }
  },
});

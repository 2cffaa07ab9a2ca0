import { inPodSpec } from '../../src/cluster/pods.ts';
import { allWorkloads } from '../../src/kubernetes/kinds.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { missingParts } from '../../src/lint/references/pod-parts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const podPartMissing = defineRule({
  meta: {
    id: 'pod-part-missing',
    category: 'reference',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...new Set([...allWorkloads.map(({ kind }) => kind), 'ScaledObject'])],
    title: 'names what its pods lack',
    summary: 'An annotation or a ScaledObject names a container or variable that the pods lack',
    why:
      'nothing checks such names: who reads them looks for a container of the pod, finds none, ' +
      'and goes on with its defaults or not at all',
    fixable: true,
  },
  messages: {
    none: ({
      what,
      name,
      workload,
      known,
    }: Record<'what' | 'name' | 'workload' | 'known', string>) =>
      `the pods of ${workload} have no ${what} "${name}"; they have ${known}`,
  },
  check({ cluster, unit, report }) {
    for (const { place, set, what, name, known, nearest, refused } of missingParts(cluster)) {
      if (unit.fragments.has(place.object.source.document.file)) continue;
      const workload = describeObject(set.workload);
      const isWhole = place.part === undefined && nearest !== undefined;
      report({
        ...place,
        id: 'none',
        data: { what, name, workload, known: known.join(', ') || `no ${what}` },
        ...(refused === true && {
          severity: 'error',
          why: 'the API server refuses such pods: "container not found"',
        }),
        ...(isWhole
          ? changeTo(nearest)
          : { help: nearest === undefined ? `name a ${what} that is there` : `write ${nearest}` }),
        related: [
          {
            object: set.workload,
            at: inPodSpec(set, 'containers'),
            part: 'key',
            message: 'its containers',
          },
        ],
      });
    }
  },
});

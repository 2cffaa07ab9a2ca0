import type { Cluster } from '../../src/cluster/cluster.ts';
import { outgrows } from '../../src/cluster/controllers/pod-creation.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { probablyAppliedTogether } from '../../src/lint/objects/applied-together.ts';
import { isBeside } from '../../src/lint/references/nearest-object.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

/** Fields that hold others: their name is underlined. */
const structures = new Set<unknown>(['spec', 'resources']);

export const podsRefused = defineRule({
  meta: {
    id: 'pods-refused',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'has no pods: all are refused',
    summary: 'The API server takes a workload and refuses its pods',
    why:
      'quotas, limit ranges and Pod Security look at pods, not at the workload that makes ' +
      'them: that is taken without an error, and its controller tries in vain to create pods',
    fixable: false,
  },
  messages: {
    none: ({ reason }: { reason: string }) => reason,
    most: ({ name }: { name: string }) =>
      `most revisions of it have no pods: with a hash of ten digits, as three of four have, ` +
      `the label controller-revision-hash is "${name}-<hash>", longer than 63 characters`,
  },
  check({ cluster, unit, report, unknown }) {
    for (const set of cluster.pods.all) {
      const { workload, count, countCause, countReason = '' } = set;
      if (outgrows(workload) === 'mostly')
        report({
          object: workload,
          at: ['metadata', 'name'],
          id: 'most',
          data: { name: workload.name },
          severity: 'warning',
          title: 'has no pods after most changes',
          help: 'give it a name of 52 characters or less',
        });
      // Host ports that clash have a rule of their own.
      if (countCause?.code !== 'refused' || countCause.path.at(-1) === 'hostNetwork') continue;
      const { by } = countCause;
      const together = by === undefined || probablyAppliedTogether(workload, by, unit);
      if (!together && isBeside(workload, by)) {
        const reason = `perhaps ${describeObject(by)} in another file is not applied with it`;
        unknown({ object: workload, at: countCause.path, reason });
        continue;
      }
      report({
        object: workload,
        at: countCause.path,
        ...(structures.has(countCause.path.at(-1)) && { part: 'key' }),
        id: 'none',
        data: { reason: countReason },
        related: whoRefuses(set, cluster),
        ...(!together && { severity: 'warning' }),
        ...(count > 0 && { severity: 'warning', title: 'has fewer pods than it asks for' }),
      });
    }
  },
});

type Related = Place & { readonly message: string };

/** Where the namespace, or an object of it, has it so. */
function whoRefuses({ namespace, countCause }: PodSet, { objects }: Cluster): Related[] {
  const { by, namespaceLabel: label } = countCause ?? {};
  if (by !== undefined)
    return [{ object: by, at: ['spec'], part: 'key', message: `the ${by.kind}` }];
  const object = objects.findOfKind('', 'Namespace', undefined, namespace);
  return label === undefined || object === undefined
    ? []
    : [{ object, at: ['metadata', 'labels', label], message: 'enforced here' }];
}

import type { DaemonSet, StatefulSet } from 'kubernetes-types/apps/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const updateHeldBack = defineRule({
  meta: {
    id: 'update-held-back',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['StatefulSet', 'DaemonSet'],
    title: 'keeps its old pods after an update',
    summary: 'A StatefulSet or DaemonSet does not replace its pods when its template changes',
    why:
      'with the strategy OnDelete pods are replaced only when somebody deletes them, and of a ' +
      'StatefulSet with a partition only those with that ordinal and higher ones: the Service ' +
      'goes on to lead to pods of the old template',
    fixable: false,
  },
  messages: {
    partition: ({ partition, replicas }: { partition: number; replicas: number }) =>
      `partition ${partition} is above the ordinals of all ${replicas} pods: none is updated`,
    manual: () => 'OnDelete replaces no pod until somebody deletes it',
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('StatefulSet')) {
      const { updateStrategy, replicas = 1, ordinals } = object.value.spec ?? {};
      const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
      const end = replicas + (ordinals?.start ?? 0);
      if (partition > 0 && replicas > 0 && partition >= end)
        report({
          object,
          at: ['spec', 'updateStrategy', 'rollingUpdate', 'partition'],
          id: 'partition',
          data: { partition, replicas },
          help: 'take the partition out, or lower it step by step',
        });
      if (updateStrategy?.type === 'OnDelete') report(manual(object));
    }
    for (const object of cluster.objects.of('DaemonSet'))
      if (object.value.spec?.updateStrategy?.type === 'OnDelete') report(manual(object));
  },
});

/** Operators that replace pods themselves ask for it, too. */
function manual(object: ClusterObject<StatefulSet> | ClusterObject<DaemonSet>) {
  return {
    object,
    at: ['spec', 'updateStrategy', 'type'] satisfies Path,
    id: 'manual' as const,
    data: undefined,
    severity: 'info' as const,
    help: 'write RollingUpdate, unless something deletes the pods one by one',
  };
}

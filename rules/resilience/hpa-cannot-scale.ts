import { parseQuantity } from '../../src/cluster/apiserver/quantity.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, fieldAt } from '../../src/kubernetes/json.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { remembered } from '../../src/memo.ts';

export const hpaCannotScale = defineRule({
  meta: {
    id: 'hpa-cannot-scale',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['HorizontalPodAutoscaler'],
    title: 'never adds a pod',
    summary: 'An autoscaler may not add pods, or not as many as it says',
    why:
      'an autoscaler adds pods up to maxReplicas, by its policies for scaling up, and within ' +
      'what the quotas of the namespace allow; where one of them forbids it the load rises and ' +
      'the endpoints stay as they are',
    fixable: false,
  },
  messages: {
    disabled: () => 'selectPolicy Disabled takes no policy for scaling up',
    fixed: ({ replicas }: { replicas: number }) =>
      `minReplicas and maxReplicas are both ${replicas}`,
    quota: ({ most, quota, pods }: { most: number; quota: string; pods: number }) =>
      `maxReplicas is ${most}, and ResourceQuota ${quota} allows ${pods} pods in the namespace`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('HorizontalPodAutoscaler')) {
      const { behavior, minReplicas = 1, maxReplicas } = object.value.spec ?? {};
      if (behavior?.scaleUp?.selectPolicy === 'Disabled')
        report({
          object,
          at: ['spec', 'behavior', 'scaleUp', 'selectPolicy'],
          id: 'disabled',
          data: undefined,
          help: 'write Max, or take it out',
        });
      if (maxReplicas === undefined || isPlaceholder(maxReplicas)) continue;
      const at = ['spec', 'maxReplicas'];
      if (minReplicas === maxReplicas)
        report({
          object,
          at,
          id: 'fixed',
          data: { replicas: maxReplicas },
          severity: 'info',
          help: 'raise maxReplicas, or write the number into the workload',
        });
      const narrow = narrowest(cluster).get(namespaceOf(object, cluster));
      if (narrow !== undefined && narrow.pods < maxReplicas)
        report({
          object,
          at,
          id: 'quota',
          data: { most: maxReplicas, quota: narrow.quota.name, pods: narrow.pods },
          help: 'raise the quota, or lower maxReplicas',
          related: [
            { object: narrow.quota, at: ['spec', 'hard', narrow.key], message: 'the quota' },
          ],
        });
    }
  },
});

interface PodQuota {
  readonly quota: ClusterObject;
  readonly key: string;
  readonly pods: number;
}

/** By namespace, the quota that allows the fewest pods. */
const narrowest = remembered(({ objects, options }: Cluster): ReadonlyMap<string, PodQuota> => {
  const found = new Map<string, PodQuota>();
  for (const quota of objects.ofKind('', 'ResourceQuota')) {
    const namespace = quota.namespace ?? options.namespace;
    for (const one of podQuotas(quota))
      if (one.pods < (found.get(namespace)?.pods ?? Infinity)) found.set(namespace, one);
  }
  return found;
});

/** How many pods of any kind it allows; scopes are about some of them only. */
function podQuotas(quota: ClusterObject): PodQuota[] {
  const spec = fieldAt(quota.value, 'spec');
  const isPartial = asList(fieldAt(spec, 'scopes')).length > 0;
  if (isPartial || fieldAt(spec, 'scopeSelector') !== undefined) return [];
  return ['pods', 'count/pods'].flatMap((key) => {
    const amount = parseQuantity(fieldAt(spec, 'hard', key));
    return amount === undefined
      ? []
      : [{ quota, key, pods: Number(amount.nanos / 1_000_000_000n) }];
  });
}

import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

/** Seconds; metrics are read every 15 s, so a shorter window holds fewer than four of them. */
const shortest = 60;

export const hpaFlaps = defineRule({
  meta: {
    id: 'hpa-flaps',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
    title: 'follows every dip of the load',
    summary: 'An autoscaler scales down without waiting',
    why:
      'the autoscaler takes the highest of the counts that it wanted within the ' +
      'stabilization window (300 s unless set); without one each dip removes pods, the next ' +
      'peak makes them again, and every change is a change of the endpoints',
    fixable: false,
  },
  messages: {
    short: ({ seconds }: { seconds: number }) =>
      seconds === 0
        ? 'it removes pods the moment a metric falls'
        : `it removes pods ${seconds} s after a metric falls`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind('keda.sh', 'ScaledObject'))
      for (const { at, seconds, help } of windowsOf(object))
        if (seconds < shortest) report({ object, at, id: 'short', data: { seconds }, help });
    for (const object of cluster.objects.of('HorizontalPodAutoscaler')) {
      const { behavior, minReplicas = 1, maxReplicas } = object.value.spec ?? {};
      const { stabilizationWindowSeconds: seconds, selectPolicy } = behavior?.scaleDown ?? {};
      if (seconds === undefined || isPlaceholder(seconds) || !(seconds < shortest)) continue;
      if (selectPolicy === 'Disabled' || minReplicas === maxReplicas) continue;
      report({
        object,
        at: ['spec', 'behavior', 'scaleDown', 'stabilizationWindowSeconds'],
        id: 'short',
        data: { seconds },
        help: 'leave it at 300, or at the time that your load takes to come back',
      });
    }
  },
});

/**
 * Of a ScaledObject: the window of the autoscaler that KEDA makes, and, where there may be no pod
 * at all, how long it waits to take the last one (keda apis/keda/v1alpha1 `ScaledObjectSpec`).
 */
function windowsOf({ value }: ClusterObject): { at: Path; seconds: number; help: string }[] {
  const spec = fieldAt(value, 'spec');
  const least = fieldAt(spec, 'minReplicaCount') ?? 0;
  const window = ['advanced', 'horizontalPodAutoscalerConfig', 'behavior', 'scaleDown'];
  const places: [Path, string][] = [
    [[...window, 'stabilizationWindowSeconds'], 'leave it at 300'],
    ...(least === 0 || fieldAt(spec, 'idleReplicaCount') === 0
      ? [[['cooldownPeriod'], 'leave it at 300, or keep a replica'] as [Path, string]]
      : []),
  ];
  return places.flatMap(([path, help]) => {
    const seconds = fieldAt(spec, ...path);
    return typeof seconds === 'number' ? [{ at: ['spec', ...path], seconds, help }] : [];
  });
}

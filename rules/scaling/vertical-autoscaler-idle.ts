import { parseQuantity } from '../../src/cluster/apiserver/quantity.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../src/kubernetes/json.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { verticalTarget } from '../../src/lint/scaling/scaled-workloads.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { isSlip } from '../../src/text/slip.ts';

const messages = {
  bounds: ({ resource, least, most }: Record<'resource' | 'least' | 'most', string>) =>
    `minAllowed ${resource} ${least} is above maxAllowed ${most}`,
  container: ({ container, workload, known }: Record<'container' | 'workload' | 'known', string>) =>
    `${workload} has no container "${container}"; its containers: ${known}`,
  alone: ({ workload, mode }: Record<'workload' | 'mode', string>) =>
    `${workload} has one pod: the updater (mode ${mode}) evicts pods of two or more only, so ` +
    'its requests change when it is replaced for another reason',
};

export const verticalAutoscalerIdle = defineRule({
  meta: {
    id: 'vertical-autoscaler-idle',
    category: 'scaling',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VerticalPodAutoscaler'],
    title: 'does not do what it says',
    summary:
      'A VerticalPodAutoscaler is about a container that is not there, or contradicts itself',
    why:
      'the admission controller of the VerticalPodAutoscaler refuses bounds that leave nothing ' +
      'between them; a policy for a container that the pods do not have is passed over, and an ' +
      'updater evicts no pod of a workload that has fewer than two',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler')) {
      const workload = verticalTarget(object, cluster);
      const [set] = workload === undefined ? [] : cluster.pods.ofWorkload(workload);
      for (const words of [...ofPolicies(object, set), ...ofOnePod(object, set)])
        report({ object, ...words });
    }
  },
});

type Said = Words<typeof messages> & { readonly at: Path };

function ofPolicies({ value }: ClusterObject, set: PodSet | undefined): Said[] {
  const at = ['spec', 'resourcePolicy', 'containerPolicies'];
  const names = (set?.spec.containers ?? []).map(({ name }) => name);
  return asList(fieldAt(value, ...at)).flatMap((policy, index): Said[] => {
    const found = contradictions(policy).map((data): Said => ({
      at: [...at, index, 'minAllowed', data.resource],
      id: 'bounds',
      data,
      help: 'let minAllowed be the lower one',
    }));
    const container = asText(fieldAt(policy, 'containerName')) ?? '*';
    const isKnown = container === '*' || isPlaceholder(container) || names.includes(container);
    if (set === undefined || set.sketched === true || names.length === 0 || isKnown) return found;
    // Containers that a mesh injects are left alone by name.
    const isOff = asText(fieldAt(policy, 'mode')) === 'Off';
    if (isOff && !names.some((name) => isSlip(container, name))) return found;
    const workload = describeObject(set.workload);
    found.push({
      at: [...at, index, 'containerName'],
      id: 'container',
      data: { container, workload, known: names.join(', ') },
      help: names.length === 1 ? `write ${names[0] ?? ''}` : 'name one of its containers',
    });
    return found;
  });
}

/** The updater's `--min-replicas` is 2, where the object does not say otherwise. */
function ofOnePod({ value }: ClusterObject, set: PodSet | undefined): Said[] {
  const policy = fieldAt(value, 'spec', 'updatePolicy');
  const mode = asText(fieldAt(policy, 'updateMode')) ?? 'Auto';
  if (mode !== 'Auto' && mode !== 'Recreate') return [];
  if (set === undefined || !set.countKnown || set.count !== 1) return [];
  if (fieldAt(policy, 'minReplicas') !== undefined) return [];
  return [
    {
      at: ['spec', 'targetRef', 'name'],
      id: 'alone',
      data: { workload: describeObject(set.workload), mode },
      severity: 'info',
      help: 'run two replicas, or write minReplicas: 1 if the pod may be gone for a while',
    },
  ];
}

/** vertical-pod-autoscaler pkg/admission-controller/resource/vpa/handler.go `ValidateVPA`. */
function contradictions(policy: Json) {
  const most = asJsonObject(fieldAt(policy, 'maxAllowed')) ?? {};
  return Object.entries(most).flatMap(([resource, value]) => {
    const least = fieldAt(policy, 'minAllowed', resource);
    const [low, high] = [parseQuantity(least), parseQuantity(value)];
    return low !== undefined && high !== undefined && low.nanos > high.nanos
      ? [{ resource, least: String(least), most: String(value) }]
      : [];
  });
}

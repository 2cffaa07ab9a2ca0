/**
 * What the scheduler is told about the pods beside a pod (core/v1 `Affinity`,
 * `TopologySpreadConstraint`).
 */
import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Path } from '../../kubernetes/json.ts';

export interface Constraint {
  /** From the spec of the pod to the selector, or to where it would stand. */
  readonly at: Path;
  /** Undefined where nothing is written, which selects no pod. */
  readonly selector: LabelSelector | undefined;
  /** `affinity` only where it is required: without such a pod there is no node. */
  readonly kind: 'spread' | 'anti-affinity' | 'affinity';
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Terms about pods of the same namespace; what other namespaces hold is their affair. */
export function constraintsOf({
  topologySpreadConstraints = [],
  affinity = {},
}: PodSpec): Constraint[] {
  const { podAffinity, podAntiAffinity } = affinity;
  return [
    ...topologySpreadConstraints.map(({ labelSelector }, index): Constraint => {
      const at = ['topologySpreadConstraints', index];
      return {
        at: labelSelector === undefined ? at : [...at, 'labelSelector'],
        selector: labelSelector,
        kind: 'spread',
      };
    }),
    ...(podAntiAffinity?.[required] ?? []).flatMap((term, index) =>
      ofTerm(term, ['affinity', 'podAntiAffinity', required, index], 'anti-affinity'),
    ),
    ...(podAntiAffinity?.[preferred] ?? []).flatMap(({ podAffinityTerm }, index) =>
      ofTerm(
        podAffinityTerm,
        ['affinity', 'podAntiAffinity', preferred, index, 'podAffinityTerm'],
        'anti-affinity',
      ),
    ),
    ...(podAffinity?.[required] ?? []).flatMap((term, index) =>
      ofTerm(term, ['affinity', 'podAffinity', required, index], 'affinity'),
    ),
  ];
}

function ofTerm(
  { labelSelector, namespaceSelector, namespaces = [] }: PodAffinityTerm,
  at: Path,
  kind: Constraint['kind'],
): Constraint[] {
  return labelSelector === undefined || namespaceSelector !== undefined || namespaces.length > 0
    ? []
    : [{ at: [...at, 'labelSelector'], selector: labelSelector, kind }];
}

import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { adoptReplicaSets } from '../../src/cluster/controllers/adoption.ts';
import { formatSelector, matchesSelector } from '../../src/cluster/labels.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { controllerKinds } from '../../src/kubernetes/kinds.ts';
import { appliedTogether } from '../../src/lint/applied-together.ts';
import { isReadFromCluster } from '../../src/lint/read-from-cluster.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { workloadSelector } from '../../src/lint/selectors/workload-selector.ts';
import { describeObject, type ObjectReference } from '../../src/manifest/object-reference.ts';

/** The first release in which an autoscaler that shares pods with another gives up (podautoscaler/horizontal.go `validateAndParseSelector`). */
const autoscalersGiveUp = 27;

export const workloadsShareSelector = defineRule({
  meta: {
    id: 'workloads-share-selector',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: controllerKinds,
    title: 'has the selector of another workload',
    summary: 'Two workloads of one namespace select the pods of each other',
    why: 'whatever finds the pods of a workload by its selector gets those of both: autoscalers count them together, kubectl logs and port-forward take any of them, and orphans are adopted by the wrong one',
    fixable: false,
  },
  messages: {
    shared: ({ selector, other }: { selector: string; other: string }) =>
      `the selector ${selector} takes the pods of ${other} too, and that one's takes these`,
    revision: ({ deployment }: { deployment: string }) =>
      `its own labels match the selector of ${deployment}, which takes it over as an old revision and scales it to 0`,
  },
  check({ cluster, unit, report, unknown }) {
    const autoscaled = autoscaledWorkloads(cluster);
    const seen = new Map<string, PodSet>();
    for (const set of cluster.pods.all) {
      const { workload, templatePath } = set;
      const selector =
        templatePath.length === 0 || (set.countKnown && set.count === 0) || set.hook !== undefined
          ? undefined
          : workloadSelector(workload);
      if (selector === undefined) continue;
      const place = { object: workload, at: ['spec', 'selector'], part: 'key' } as const;
      const other = seen.get(selectorKey(set, selector)) ?? sharing(set, selector, cluster, seen);
      if (other === undefined) {
        seen.set(selectorKey(set, selector), set);
        continue;
      }
      if (areVariants(set, other)) continue;
      const name = describeObject(other.workload);
      const sameKind = workload.kind === other.workload.kind;
      if (
        !appliedTogether(workload, other.workload, unit) &&
        !(sameKind && haveService(cluster, set, other))
      ) {
        unknown({
          ...place,
          reason: `it shares its selector with ${name} in another file: perhaps only one of them is applied`,
        });
        continue;
      }
      const giveUp =
        cluster.options.kubernetesMinor >= autoscalersGiveUp &&
        [set, other].every((each) => autoscaled.has(key(each.workload)));
      report({
        ...place,
        id: 'shared',
        data: { selector: formatSelector(selector), other: name },
        ...(giveUp && {
          severity: 'error',
          why: 'an autoscaler lists pods by the selector of its target; where it meets those of another autoscaler it gives up (AmbiguousSelector), so neither workload is scaled',
        }),
        help: 'give each a label of its own, such as app.kubernetes.io/component, in the selector and in the pod template',
        related: [
          { object: other.workload, at: place.at, part: 'key', message: `the selector of ${name}` },
        ],
      });
    }
    for (const [object, deployment] of adoptReplicaSets(cluster.objects)) {
      if (isReadFromCluster(object)) continue;
      report({
        object,
        at: ['metadata', 'labels'],
        part: 'key',
        id: 'revision',
        severity: 'error',
        title: 'is taken over by a Deployment',
        data: { deployment: describeObject(deployment) },
        why: 'a Deployment adopts every ReplicaSet without an owner whose own labels its selector matches; one that is not of its present template is an old revision, and is scaled down',
        help: 'take the ReplicaSet out, or give it labels that the Deployment does not select',
        related: [
          {
            object: deployment,
            at: ['spec', 'selector'],
            part: 'key',
            message: 'this selector matches them',
          },
        ],
      });
    }
  },
});

const selectorKey = ({ namespace }: PodSet, selector: LabelSelector): string =>
  `${namespace}\n${JSON.stringify(selector)}`;
const key = ({
  namespace,
  kind,
  name,
}: Pick<ObjectReference, 'namespace' | 'kind' | 'name'>): string => `${namespace}/${kind}/${name}`;

/** A workload seen before such that each selector takes the pods of the other. Where one does only, as that of a canary, nothing happens. */
function sharing(
  set: PodSet,
  selector: LabelSelector,
  { pods }: Cluster,
  seen: ReadonlyMap<string, PodSet>,
): PodSet | undefined {
  for (const { members } of pods.select(selector.matchLabels ?? {}, set.namespace)) {
    const other = members.set;
    const its =
      matchesSelector(selector, other.labels) === 'yes'
        ? workloadSelector(other.workload)
        : undefined;
    if (
      its === undefined ||
      other.workload === set.workload ||
      seen.get(selectorKey(other, its)) !== other
    )
      continue;
    if (matchesSelector(its, set.labels) === 'yes') return other;
  }
  return undefined;
}

/** Labels that tell versions of one application apart, which run side by side on purpose. */
const variantKeys = [
  'track',
  'version',
  'app.kubernetes.io/version',
  'color',
  'colour',
  'slot',
  'variant',
  'canary',
  'istio.io/rev',
];

function areVariants(a: PodSet, b: PodSet): boolean {
  return variantKeys.some((label) => a.labels.get(label) !== b.labels.get(label));
}

/** A Service that takes the pods of both shows that they are meant to run side by side. */
function haveService(cluster: Cluster, a: PodSet, b: PodSet): boolean {
  const services = new Set(servicesOf(cluster, a));
  return servicesOf(cluster, b).some((service) => services.has(service));
}

function autoscaledWorkloads({ objects }: Cluster): Set<string> {
  const targets = objects
    .of('HorizontalPodAutoscaler')
    .map(({ namespace, value }) => ({ namespace, target: value.spec?.scaleTargetRef }));
  return new Set(
    targets.flatMap(({ namespace = '', target }) =>
      target === undefined ? [] : [key({ namespace, ...target })],
    ),
  );
}

/**
 * What autoscalers and budgets are about: the objects of each kind by the workload or the pods that
 * they share.
 */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { Cluster } from '../cluster/cluster.ts';
import { runningContainers } from '../cluster/containers.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { PodSet } from '../cluster/pods.ts';
import type { Selected } from '../cluster/policy.ts';
import { groupOf } from '../kubernetes/group-version.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../kubernetes/json.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { addTo, entryOf } from '../multimap.ts';
import { getOwn } from '../own.ts';
import type { Place } from './rule.ts';

/** Autoscalers with the workload that each scales, as far as it was read. */
export function scaledWorkloads({
  objects,
}: Cluster): { scaler: ClusterObject<HorizontalPodAutoscaler>; workload: ClusterObject }[] {
  return objects.of('HorizontalPodAutoscaler').flatMap((scaler) => {
    const { apiVersion = '', kind = '', name = '' } = scaler.value.spec?.scaleTargetRef ?? {};
    const workload = objects.findOfKind(groupOf(apiVersion), kind, scaler.namespace, name);
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}

/** The same of KEDA, which scales a Deployment unless it is told another kind. */
export function kedaScaled({
  objects,
}: Cluster): { readonly scaler: ClusterObject; readonly workload: ClusterObject }[] {
  return objects.ofKind('keda.sh', 'ScaledObject').flatMap((scaler) => {
    const target = fieldAt(scaler.value as Json, 'spec', 'scaleTargetRef');
    const group = groupOf(asText(fieldAt(target, 'apiVersion')) ?? 'apps/v1');
    const kind = asText(fieldAt(target, 'kind')) ?? 'Deployment';
    const name = asText(fieldAt(target, 'name')) ?? '';
    const workload = objects.findOfKind(group, kind, scaler.namespace, name);
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}

/**
 * KEDA was told to take over a HorizontalPodAutoscaler that is there (keda pkg/scaling
 * `transfer-hpa-ownership`).
 */
function isTransferred({ value }: ClusterObject): boolean {
  const annotations = fieldAt(value as Json, 'metadata', 'annotations');
  return fieldAt(annotations, 'scaledobject.keda.sh/transfer-hpa-ownership') !== undefined;
}

interface VerticallyScaled {
  readonly scaler: ClusterObject;
  readonly workload: ClusterObject;
  /** Whose requests it changes in some container. */
  readonly resources: readonly string[];
}

/**
 * What VerticalPodAutoscalers change while pods run (autoscaler vertical-pod-autoscaler/pkg/apis
 * `UpdateMode`, `ContainerResourcePolicy`).
 */
function verticallyScaled({ objects }: Cluster): VerticallyScaled[] {
  return objects.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler').flatMap((scaler) => {
    const spec = fieldAt(scaler.value as Json, 'spec');
    const target = fieldAt(spec, 'targetRef');
    const workload = objects.findOfKind(
      groupOf(asText(fieldAt(target, 'apiVersion')) ?? ''),
      asText(fieldAt(target, 'kind')) ?? '',
      scaler.namespace,
      asText(fieldAt(target, 'name')) ?? '',
    );
    const mode = asText(fieldAt(spec, 'updatePolicy', 'updateMode')) ?? 'Auto';
    if (workload === undefined || mode === 'Off' || mode === 'Initial') return [];
    const policies = asList(fieldAt(spec, 'resourcePolicy', 'containerPolicies')).filter(
      (policy) => fieldAt(policy, 'mode') !== 'Off',
    );
    const limited = policies.map((policy) =>
      asList(fieldAt(policy, 'controlledResources')).flatMap((one) => asText(one) ?? []),
    );
    const isLimited = limited.length > 0 && limited.every((list) => list.length > 0);
    return [{ scaler, workload, resources: isLimited ? limited.flat() : ['cpu', 'memory'] }];
  });
}

/** The resources by whose utilization an autoscaler goes; one without metrics goes by cpu. */
function utilizedOf({ value }: ClusterObject<HorizontalPodAutoscaler>): string[] {
  return (value.spec?.metrics ?? []).flatMap(({ resource, containerResource }) => {
    const source = resource ?? containerResource;
    return source?.target?.type === 'Utilization' ? [source.name] : [];
  });
}

type Budget = ClusterObject<PodDisruptionBudget>;

/**
 * The budgets that certainly hold all pods of a set; sets that the same ones hold share the list.
 */
export function budgetsBySet({
  objects,
  policies,
  work,
}: Cluster): ReadonlyMap<PodSet, readonly Budget[]> {
  const bySelected = new Map<readonly Selected[], Budget[]>();
  for (const budget of objects.of('PodDisruptionBudget')) {
    const { selector } = budget.value.spec ?? {};
    if (selector === undefined || budget.incomplete.length > 0) continue;
    addTo(bySelected, policies.pods(selector, budget), budget);
  }
  const lists = new Map<PodSet, (readonly Budget[])[]>();
  for (const [selected, budgets] of bySelected)
    for (const { set, truth } of selected) if (truth === 'yes') addTo(lists, set, budgets);
  const places = new Map(objects.of('PodDisruptionBudget').map((budget, place) => [budget, place]));
  const place = (budget: Budget): number => places.get(budget) ?? 0;
  const joined = new Map<string, readonly Budget[]>();
  const join = (own: readonly (readonly Budget[])[]): readonly Budget[] =>
    own.length === 1
      ? own[0]!
      : entryOf(joined, own.map(([first]) => place(first!)).join(), (): readonly Budget[] => {
          work.spend(own.reduce((sum, { length }) => sum + length, 0));
          return own.flat().sort((a, b) => place(a) - place(b));
        });
  return new Map([...lists].map(([set, own]) => [set, join(own)]));
}

interface Utilization {
  readonly source: { readonly name: string };
  /** The one container that it is of, if it is not of all. */
  readonly only?: string | undefined;
  /** What describes it; where it is not written, what lacks it. */
  readonly metric: Path;
  readonly at: Path;
  readonly part?: 'key';
}

/**
 * The resources whose utilization an autoscaler goes by. Without metrics the API server writes one,
 * that of the CPU, which is also what v1 has a field for (pkg/apis/autoscaling/v2/defaults.go
 * `SetDefaults_HorizontalPodAutoscaler`).
 */
function utilizationsOf({
  value,
  apiVersion,
}: ClusterObject<HorizontalPodAutoscaler>): readonly Utilization[] {
  const metrics = value.spec?.metrics ?? [];
  if (metrics.length === 0) {
    if (apiVersion !== 'autoscaling/v2' && apiVersion !== 'autoscaling/v1') return [];
    const metric = ['spec'];
    const cpu = { source: { name: 'cpu' }, metric };
    const field = 'targetCPUUtilizationPercentage';
    return fieldAt(value as Json, 'spec', field) === undefined
      ? [{ ...cpu, at: metric, part: 'key' }]
      : [{ ...cpu, at: ['spec', field] }];
  }
  return metrics.flatMap(({ resource, containerResource }, index): Utilization[] => {
    const source = resource ?? containerResource;
    if (source?.target?.type !== 'Utilization') return [];
    const field = resource === undefined ? 'containerResource' : 'resource';
    const metric = ['spec', 'metrics', index, field];
    return [{ source, only: containerResource?.container, metric, at: [...metric, 'name'] }];
  });
}

export type SharedTarget = {
  readonly scaler: ClusterObject;
  readonly workload: ClusterObject;
  /** The HorizontalPodAutoscaler that scales it as well. */
  readonly other: ClusterObject<HorizontalPodAutoscaler>;
} & (
  | { readonly by: 'horizontal' | 'keda'; readonly resource?: undefined }
  /** Both go by one resource. */
  | { readonly by: 'vertical'; readonly resource: string }
);

/** Autoscalers that work against a HorizontalPodAutoscaler on one workload. */
export function* sharedTargets(cluster: Cluster): Iterable<SharedTarget> {
  const first = new Map<ClusterObject, ClusterObject<HorizontalPodAutoscaler>>();
  for (const { scaler, workload } of scaledWorkloads(cluster)) {
    const other = first.get(workload);
    if (other === undefined) first.set(workload, scaler);
    else yield { by: 'horizontal', scaler, workload, other };
  }
  for (const { scaler, workload } of kedaScaled(cluster)) {
    const other = first.get(workload);
    // KEDA takes over the one that it is told of.
    if (other !== undefined && !isTransferred(scaler))
      yield { by: 'keda', scaler, workload, other };
  }
  for (const { scaler, workload, resources } of verticallyScaled(cluster)) {
    const other = first.get(workload);
    const resource = other && utilizedOf(other).find((one) => resources.includes(one));
    if (other !== undefined && resource !== undefined)
      yield { by: 'vertical', scaler, workload, other, resource };
  }
}

/** A metric of an autoscaler that there is no utilization of. */
export type UncountedMetric = {
  /** In the autoscaler. */
  readonly place: Place;
  readonly set: PodSet;
  readonly container: string;
} &
  /** There is no such container. */
  (
    | { readonly type: 'container' }
    | {
        /** The container requests nothing of the resource. */
        readonly type: 'request';
        readonly resource: string;
        /** From the workload to the name of the container. */
        readonly path: Path;
      }
  );

export function* uncountedMetrics(cluster: Cluster): Iterable<UncountedMetric> {
  for (const { scaler, workload } of scaledWorkloads(cluster)) {
    const [set] = cluster.pods.ofWorkload(workload);
    // What an operator requests for its containers is not known.
    // A DaemonSet cannot be scaled at all: hpa-target-missing.
    if (set === undefined || set.sketched === true || workload.kind === 'DaemonSet') continue;
    for (const { source, only, metric, ...at } of utilizationsOf(scaler)) {
      if (only !== undefined && !isPlaceholder(only) && !hasContainer(set.spec, only)) {
        const place = { object: scaler, at: [...metric, 'container'] };
        yield { type: 'container', place, set, container: only };
        continue;
      }
      const lacking = containerWithout(source.name, set, only);
      if (lacking === undefined) continue;
      yield {
        type: 'request',
        place: { object: scaler, ...at },
        set,
        container: lacking.container.name,
        resource: source.name,
        path: [...set.templatePath, 'spec', ...lacking.path, 'name'],
      };
    }
  }
}

/**
 * Sidecars that are added on the way are no part of the manifest: meshes have names of their
 * own.
 */
function hasContainer(spec: PodSpec, name: string): boolean {
  return (
    runningContainers(spec).some(({ container }) => container.name === name) ||
    /^(istio|linkerd|envoy|vault|dapr)/.test(name)
  );
}

/** @param only the name of the container that counts, where it is not all of them */
function containerWithout(resource: string, { spec }: PodSet, only: string | undefined) {
  return runningContainers(spec).find(
    ({ container: { name, resources } }) =>
      (only === undefined || name === only) &&
      // A limit stands for the request that is not written (SetDefaults_Pod).
      getOwn(resources?.requests, resource) === undefined &&
      getOwn(resources?.limits, resource) === undefined,
  );
}

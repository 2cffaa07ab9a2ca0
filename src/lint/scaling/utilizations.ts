/** The resources that a HorizontalPodAutoscaler goes by, and those that there is no use of. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import { fieldAt, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { entryOf } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import type { Place } from '../rule.ts';
import { scaledWorkloads } from './scaled-workloads.ts';

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
export function utilizationsOf({
  value,
  apiVersion,
}: ClusterObject<HorizontalPodAutoscaler>): readonly Utilization[] {
  const metrics = value.spec?.metrics ?? [];
  if (metrics.length === 0) {
    if (apiVersion !== 'autoscaling/v2' && apiVersion !== 'autoscaling/v1') return [];
    const metric = ['spec'];
    const cpu = { source: { name: 'cpu' }, metric };
    const field = 'targetCPUUtilizationPercentage';
    return fieldAt(value, 'spec', field) === undefined
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

/** A metric of an autoscaler that there is no utilization of. */
interface Uncounted {
  /** In the autoscaler. */
  readonly place: Place;
  readonly set: PodSet;
  readonly container: string;
}

/** There is no such container. */
interface OfNoContainer extends Uncounted {
  readonly type: 'container';
}

/** The container requests nothing of these resources: one fault, however many metrics they have. */
interface WithoutRequest extends Uncounted {
  readonly type: 'request';
  readonly resources: Set<string>;
  /** From the workload to the name of the container. */
  readonly path: Path;
}

export type UncountedMetric = OfNoContainer | WithoutRequest;

export function* uncountedMetrics(cluster: Cluster): Iterable<UncountedMetric> {
  for (const { scaler, workload } of scaledWorkloads(cluster)) {
    const [set] = cluster.pods.ofWorkload(workload);
    // What an operator requests for its containers is not known.
    // A DaemonSet cannot be scaled at all: hpa-target-missing.
    if (set === undefined || set.sketched === true || workload.kind === 'DaemonSet') continue;
    const without = new Map<string, WithoutRequest>();
    for (const { source, only, metric, ...at } of utilizationsOf(scaler)) {
      if (only !== undefined && !isPlaceholder(only) && !hasContainer(set.spec, only)) {
        const place = { object: scaler, at: [...metric, 'container'] };
        yield { type: 'container', place, set, container: only };
        continue;
      }
      const lacking = containerWithout(source.name, set, only);
      if (lacking === undefined) continue;
      const container = lacking.container.name;
      const { resources } = entryOf<string, WithoutRequest>(without, container, () => ({
        type: 'request',
        place: { object: scaler, ...at },
        set,
        container,
        resources: new Set(),
        path: inPodSpec(set, ...lacking.path, 'name'),
      }));
      resources.add(source.name);
    }
    yield* without.values();
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

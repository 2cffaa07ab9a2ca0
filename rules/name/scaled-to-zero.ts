import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { asJsonObject, fieldAt } from '../../src/kubernetes/json.ts';
import { runsToCompletion } from '../../src/kubernetes/kinds.ts';
import { callsTo } from '../../src/lint/calls/calls.ts';
import { referrersOf } from '../../src/lint/references/referenced.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { remembered } from '../../src/memo.ts';
import { entryOf } from '../../src/multimap.ts';

export const scaledToZero = defineRule({
  meta: {
    id: 'scaled-to-zero',
    category: 'name',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'has no pod, for none is asked for',
    summary: 'Every workload behind a Service asks for 0 replicas, and nothing scales it',
    why:
      'a Service whose workloads have no pods has no endpoints: connections to it are ' +
      'refused or time out until somebody scales them up by hand',
    fixable: false,
  },
  messages: {
    zero: ({ workloads }: { workloads: string }) => `${workloads}, and nothing here scales it`,
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const workloads = idleWorkloads(service, cluster);
      if (workloads.length === 0) continue;
      const { object } = service;
      const leading = leadingTo(service, workloads, cluster);
      const names = workloads.map(describeObject).join(', ');
      report({
        object,
        at: ['spec', 'selector'],
        part: 'key',
        id: 'zero',
        data: { workloads: `${names} ${workloads.length === 1 ? 'asks' : 'ask'} for 0 replicas` },
        ...(leading !== undefined && { severity: 'warning' }),
        help: 'ask for one or more, or take the Service out until then',
        related: [
          ...workloads.map((workload) => ({
            object: workload,
            at: ['spec', 'replicas'],
            message: 'no pod is asked for',
          })),
          ...(leading === undefined ? [] : [{ ...leading, message: 'this leads to the Service' }]),
        ],
      });
    }
  },
});

/**
 * What names the Service, or a host that it answers to; its own pods do not count, nor do callers
 * that have none, nor anything where the whole application is parked.
 */
function leadingTo(
  service: ServicePicture,
  workloads: readonly ClusterObject[],
  cluster: Cluster,
): Place | undefined {
  if (isParked(service.object, cluster)) return undefined;
  const isOther = (object: ClusterObject): boolean =>
    !workloads.includes(object) && !asksForNone(object);
  const referrer = referrersOf(cluster, service.object).find(isOther);
  return referrer === undefined
    ? callsTo(cluster, service).find(({ from }) => isOther(from.workload))?.place
    : { object: referrer, at: ['metadata', 'name'] };
}

const parkedIn = remembered((_: Cluster) => new Map<string, boolean>());

/** Whether there is more than one workload in the namespace and each asks for none. */
function isParked({ namespace = '' }: ClusterObject, cluster: Cluster): boolean {
  return entryOf(parkedIn(cluster), namespace, () => {
    const workloads = cluster.pods
      .inNamespace(namespace)
      .flatMap(({ workload }) => (runsToCompletion(workload.kind) ? [] : workload));
    return workloads.length > 1 && workloads.every(asksForNone);
  });
}

/** The workloads behind a Service, where each of them stays at 0 for all that was read. */
function idleWorkloads(
  { automatic, backends, possible, manualEndpoints, manualSlices }: ServicePicture,
  cluster: Cluster,
): ClusterObject[] {
  if (!automatic || possible.length > 0 || manualEndpoints !== undefined || manualSlices.length > 0)
    return [];
  const idle = backends.every(
    ({ members: { set } }) =>
      set.count === 0 &&
      set.countKnown &&
      asksForNone(set.workload) &&
      !isParkedByOverlay(set.workload) &&
      referrersOf(cluster, set.workload).length === 0 &&
      !isScaledByAnnotation(set.workload),
  );
  return idle ? backends.map(({ members }) => members.set.workload) : [];
}

function asksForNone({ value }: ClusterObject): boolean {
  return fieldAt(value, 'spec', 'replicas') === 0;
}

/** A kustomization takes the pods away that the manifest asks for: that is what it is for. */
function isParkedByOverlay({ source: { original } }: ClusterObject): boolean {
  return original !== undefined && fieldAt(original.value, 'spec', 'replicas') !== 0;
}

/**
 * Annotations by which tools wake and put to sleep: `downscaler/uptime`,
 * `kube-green.stratio.com/…`.
 */
function isScaledByAnnotation({ value }: ClusterObject): boolean {
  const annotations = asJsonObject(fieldAt(value, 'metadata', 'annotations')) ?? {};
  return Object.keys(annotations).some((key) => /scal|sleep|wake|uptime|kube-green/i.test(key));
}

/**
 * How many endpoints of each workload a Service is predicted to have, where manifests leave a
 * choice from how many to how many.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { EndpointMembers } from '../cluster/controllers/endpointslice.ts';
import { type ClusterObject, identityOf } from '../cluster/objects.ts';
import { workloadText } from '../cluster/pods.ts';
import { dialledPort, type ProxyPort } from '../cluster/proxy.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { fieldAt } from '../kubernetes/json.ts';
import { runsToCompletion } from '../kubernetes/kinds.ts';
import { horizontal, scaleTarget } from '../kubernetes/scalers.ts';
import type { ObjectReference } from '../manifest/object-reference.ts';
import { remembered } from '../memo.ts';
import type { Dump } from './dump.ts';

export interface Expected {
  /** Ready ones. */
  readonly least: number;
  readonly most: number;
  readonly notReady: number;
  readonly text: string;
}

interface ExpectedEndpoints {
  /** By workload and port, a line break between. */
  readonly sets: ReadonlyMap<string, Expected>;
  /** What else answers is not known. */
  readonly isOpen: boolean;
}

export function expectedEndpoints(
  service: ServicePicture,
  port: ServicePort | undefined,
  cluster: Cluster,
  dump: Dump,
): ExpectedEndpoints {
  const sets = new Map<string, Expected>();
  const add = (workload: string, number: number | undefined, one: Expected): void => {
    const key = `${workload}\n${number ?? ''}`;
    const before = sets.get(key);
    sets.set(key, before === undefined ? one : sum(before, one));
  };
  const at = (ports: readonly ProxyPort[]): { readonly number?: number } | undefined => {
    if (port === undefined) return {};
    const number = dialledPort(port, ports);
    return number === undefined ? undefined : { number };
  };
  const [family] = service.slices.filter(({ members }) => members.length > 0);
  for (const { addressType, ports, members } of service.slices) {
    const place = at(ports);
    if (place === undefined || addressType !== family?.addressType) continue;
    for (const member of members)
      add(workloadText(member.set), place.number, expectedOf(member, cluster, dump));
  }
  for (const { ports, endpoints } of service.mirrored) {
    const place = at(ports);
    if (place !== undefined)
      for (const { address, ready } of endpoints) add(address.ip, place.number, written(ready));
  }
  for (const { value } of service.manualSlices) {
    const place = at(value.ports ?? []);
    if (place === undefined) continue;
    for (const { addresses, conditions } of value.endpoints ?? [])
      for (const address of addresses)
        add(address, place.number, written(conditions?.ready !== false));
  }
  const index = port === undefined ? -1 : service.ports.indexOf(port);
  const isOpen =
    service.possible.length > 0 ||
    service.passing.length > 0 ||
    service.backends.some(({ resolved }) => resolved.unknown.includes(index));
  return { sets, isOpen };
}

function written(ready: boolean): Expected {
  const count = ready ? 1 : 0;
  return { least: count, most: count, notReady: 1 - count, text: String(count) };
}

function sum(a: Expected, b: Expected): Expected {
  const [least, most] = [a.least + b.least, a.most + b.most];
  return { least, most, notReady: a.notReady + b.notReady, text: rangeText(least, most) };
}

function rangeText(least: number, most: number): string {
  if (most === Infinity) return `${least} or more`;
  return least === most ? String(least) : `${least}–${most}`;
}

function expectedOf(
  { set, count, ready }: EndpointMembers,
  cluster: Cluster,
  dump: Dump,
): Expected {
  if (!ready) return { least: 0, most: 0, notReady: count, text: '0' };
  const { workload, namespace } = set;
  const range = (least: number, most: number, text = rangeText(least, most)): Expected => ({
    least,
    most,
    notReady: 0,
    text,
  });
  if (runsToCompletion(workload.kind)) return range(0, count);
  if (workload.kind === 'DaemonSet') {
    const running = dump.objects.get(`${namespace}/DaemonSet/${workload.name}`);
    const nodes = fieldAt(running?.value, 'status', 'desiredNumberScheduled');
    return typeof nodes === 'number'
      ? range(nodes, nodes, 'one on each node')
      : range(1, Infinity, 'one on each node');
  }
  if (!set.countKnown) return range(1, Infinity);
  const scaled = autoscaled(workload, cluster, dump);
  if (scaled === undefined) return range(count, count);
  return range(Math.min(count, scaled.least), Math.max(count, scaled.most));
}

interface Limits {
  readonly least: number;
  readonly most: number;
}

/** What autoscalers of the manifests, or else of the cluster, may do to a workload. */
function autoscaled(workload: ClusterObject, cluster: Cluster, dump: Dump): Limits | undefined {
  const identity = identityOf(workload);
  return limitsWritten(cluster).get(identity) ?? limitsRunning(dump).get(identity);
}

const limitsWritten = remembered(({ objects }: Cluster) =>
  limitsOf(objects.of('HorizontalPodAutoscaler')),
);

const limitsRunning = remembered(({ objects }: Dump) =>
  limitsOf([...objects.values()].filter(({ kind }) => kind === 'HorizontalPodAutoscaler')),
);

/** By the identity of the workload; the first autoscaler of each counts. */
function limitsOf(
  scalers: readonly (ObjectReference & { readonly value: object })[],
): ReadonlyMap<string, Limits> {
  const limits = new Map<string, Limits>();
  for (const scaler of scalers) {
    const target = scaleTarget(horizontal, scaler.value);
    const spec = fieldAt(scaler.value, 'spec');
    const [least, most] = [fieldAt(spec, 'minReplicas'), fieldAt(spec, 'maxReplicas')];
    if (target === undefined || typeof most !== 'number') continue;
    const identity = identityOf({ ...scaler, ...target });
    if (!limits.has(identity))
      limits.set(identity, { least: typeof least === 'number' ? least : 1, most });
  }
  return limits;
}

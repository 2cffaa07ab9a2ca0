/** Services whose selector takes pods that have its port and pods that lack it. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { runsToCompletion } from '../../kubernetes/kinds.ts';
import { lazily } from '../../memo.ts';
import { isMentionedInPod } from '../ports/mentioned.ts';
import { stockPorts } from '../ports/stock-images.ts';
import { perBackends } from './services-of.ts';

interface Sides {
  readonly having: readonly PodSet[];
  readonly lacking: readonly PodSet[];
}

interface AllSides extends Sides {
  /** Of both. */
  readonly workloads: () => readonly ClusterObject[];
}

export interface PartialBackends extends AllSides {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  readonly target: string | number;
  /** The first set of pods without the port. */
  readonly first: PodSet;
}

const known = perBackends<AllSides>();

export function* partialBackends({ services }: Cluster): Iterable<PartialBackends> {
  for (const service of services) {
    for (const [index, port] of service.ports.entries()) {
      const sides = sidesOf(service, port, index);
      const [first] = sides.lacking;
      if (first !== undefined && sides.having.length > 0)
        yield { ...sides, service, index, target: port.targetPort ?? port.port, first };
    }
  }
}

function sidesOf(service: ServicePicture, port: ServicePort, index: number): AllSides {
  return known(service, `${index} ${service.headless}`, () => {
    const target = port.targetPort ?? port.port;
    const { having, lacking: all } =
      typeof target === 'number' ? byNumber(service, port, target) : byName(service, index);
    // The pods of a Job come and go, and take no traffic; whether they belong behind a Service at
    // all is another question.
    const lacking = all.filter(({ workload }) => !runsToCompletion(workload.kind));
    return {
      having,
      lacking,
      workloads: lazily(() => [...lacking, ...having].map(({ workload }) => workload)),
    };
  });
}

/** A number that something in the pod speaks of, or that its image listens on as it comes. */
function mayListen(port: number, { spec }: PodSet): boolean {
  return (
    isMentionedInPod(port, spec) ||
    spec.containers.some((container) => stockPorts(container, spec)?.ports.includes(port))
  );
}

/**
 * Whoever reads the slices of a headless Service takes what is in them: a ring of several workloads
 * often shares one.
 */
function byName({ headless, backends }: ServicePicture, index: number): Sides {
  const sets = (lacking: boolean): PodSet[] =>
    (headless ? [] : backends)
      .filter(({ resolved }) => resolved.unresolved.includes(index) === lacking)
      .map(({ members }) => members.set);
  return { having: sets(false), lacking: sets(true) };
}

/**
 * A number is dialled declared or not, so only the contrast tells: some workloads declare it and
 * others do not. Clients of a headless Service choose their pods themselves, and on the network of
 * the host hardly anybody declares ports.
 */
function byNumber(
  { headless, backends }: ServicePicture,
  { protocol = 'TCP' }: ServicePort,
  target: number,
): Sides {
  const having: PodSet[] = [];
  const lacking: PodSet[] = [];
  for (const { members } of headless ? [] : backends) {
    const { set, count } = members;
    const ports = declaredPorts(set.spec).map(({ port }) => port);
    const known = ports.every(({ containerPort }) => typeof containerPort === 'number');
    // A Pod by itself that declares nothing says nothing; people leave ports out.
    const tells = ports.length > 0 || set.workload.kind !== 'Pod';
    const certain =
      known &&
      tells &&
      !set.assumed &&
      set.workload.incomplete.length === 0 &&
      (count > 0 || !set.countKnown);
    if (
      ports.some((port) => port.containerPort === target && (port.protocol ?? 'TCP') === protocol)
    )
      having.push(set);
    else if (certain && set.spec.hostNetwork !== true && !mayListen(target, set)) lacking.push(set);
  }
  return { having, lacking };
}

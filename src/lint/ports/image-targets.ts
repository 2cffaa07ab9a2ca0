/** Ports that Services lead to and that the image of their pods does not listen on. */
import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import { resolvedPort } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { lastStep } from '../../kubernetes/image-name.ts';
import type { Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { portsBeside } from './other-listeners.ts';
import { type StockImage, stockPorts } from './stock-images.ts';
import { writtenTarget } from './written-target.ts';

export interface ImageTarget {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  /** The targetPort as written. */
  readonly written: string | number | undefined;
  /** Where the Service leads. */
  readonly target: number;
  /** The image, of which it is known where it listens. */
  readonly stock: StockImage;
  readonly set: PodSet;
  /** From the workload to the container. */
  readonly path: Path;
  /**
   * The image may only hold the place of another one, as in documentation: it has no tag, and
   * nothing around it is called like it.
   */
  readonly standsIn: boolean;
  /** From the workload to the number, where the container declares the port all the same. */
  readonly declared: Path | undefined;
}

interface StockContainer extends Pick<ImageTarget, 'stock' | 'set' | 'path' | 'standsIn'> {
  readonly ports: readonly { readonly number: unknown; readonly path: Path }[];
  /** Where other containers of the pod listen. */
  readonly beside: ReadonlySet<number>;
}

/** TCP only: what these images speak. */
export function* imageTargets(cluster: Cluster): Iterable<ImageTarget> {
  for (const service of cluster.services) {
    // Through a headless Service no port is dialled.
    const container = service.headless ? undefined : containerBehind(service.backends);
    if (container === undefined) continue;
    const { ports, stock, set, path, standsIn } = container;
    const [first] = service.backends;
    for (const [index, { protocol = 'TCP' }] of service.ports.entries()) {
      const target = first && resolvedPort(first.resolved, index);
      if (protocol !== 'TCP' || target === undefined || isTaken(target, container)) continue;
      const declared = ports.find(({ number }) => number === target)?.path;
      const written = writtenTarget(service, index);
      yield { service, index, written, target, stock, set, path, standsIn, declared };
    }
  }
}

/** Whether it is known of the pods where they listen, and that it is elsewhere. */
export function isElsewhere(service: ServicePicture, target: number): boolean {
  const container = containerBehind(service.backends);
  return container !== undefined && !isTaken(target, container);
}

/** Whether somebody in the pod listens there. */
function isTaken(target: number, { stock, beside }: StockContainer): boolean {
  return stock.ports.includes(target) || beside.has(target);
}

/** The container behind a Service of whose pods each runs the same well-known image. */
const containerBehind = remembered(
  (backends: ServicePicture['backends']): StockContainer | undefined => {
    const found = backends.map(({ members }) => stockContainer(members.set));
    const [first] = found;
    return found.every((one) => one !== undefined && one.stock.name === first?.stock.name)
      ? first
      : undefined;
  },
);

function stockContainer(set: PodSet): StockContainer | undefined {
  // What an operator makes has a command of the operator's.
  if (set.sketched === true || set.assumed) return undefined;
  const known = runningContainers(set.spec).flatMap((running) => {
    const stock = stockPorts(running.container, set.spec);
    return stock === undefined ? [] : { ...running, stock };
  });
  const [one] = known;
  if (one === undefined || known.length > 1) return undefined;
  const { container, path: below, stock } = one;
  const path = inPodSpec(set, ...below);
  return {
    stock,
    set,
    path,
    standsIn: isStandIn(container, stock, set),
    ports: (container.ports ?? []).map(({ containerPort }, index) => ({
      number: containerPort,
      path: [...path, 'ports', index, 'containerPort'],
    })),
    beside: portsBeside(container, set.spec),
  };
}

function isStandIn({ image = '', name }: Container, stock: StockImage, set: PodSet): boolean {
  const program = lastStep(stock.name);
  return (
    !/[:@]/.test(lastStep(image)) && ![name, set.workload.name].some((one) => one.includes(program))
  );
}

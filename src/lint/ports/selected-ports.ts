/**
 * What pods that a policy selects listen on, and what Services in front of them translate: worked
 * out once for each selector, however many rules ask.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import type { Selected } from '../../cluster/policy.ts';
import { declaredPorts, findPort, slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily, remembered } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { NameIndex } from '../../text/name-index.ts';
import { groupsOf, type ServiceGroup } from '../selectors/services-of.ts';
import { type BackendPort, listPorts } from './backend-ports.ts';

/**
 * A port of Services that have the same pods behind the same ports, with the number that it leads
 * to in a set of pods.
 */
export interface Translation {
  readonly group: ServiceGroup;
  /** Among the ports of each of the Services. */
  readonly index: number;
  readonly set: PodSet;
  readonly target: number;
}

/** The first of the Services, and its port. */
export function firstOf({ group, index }: Translation): {
  readonly service: ServicePicture;
  readonly port: ServicePort;
} {
  const service = group.services[0] as ServicePicture;
  return { service, port: service.ports[index] as ServicePort };
}

export function translationsOf(cluster: Cluster, set: PodSet): readonly Translation[] {
  return entryOf(translations(cluster), set, () => translate(cluster, set));
}

const translations = remembered((_: Cluster) => new Map<PodSet, readonly Translation[]>());

/** In the order of the Services. */
function translate(cluster: Cluster, set: PodSet): Translation[] {
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  return groupsOf(cluster, set).flatMap((group) =>
    (group.services[0]?.ports ?? []).flatMap((port, index) => {
      const target = findPort(set.spec, port, sidecars);
      return typeof target === 'number' ? [{ group, index, set, target }] : [];
    }),
  );
}

export class SelectedPorts {
  readonly #cluster: Cluster;
  readonly #pods: readonly Selected[];
  readonly #numbers = lazily(() => this.#listenedOn());
  readonly #names = lazily(() => this.#namesOf());
  readonly #byProtocol = new Map<string, Translated>();
  readonly #nearest = new Map<string, { readonly names: readonly string[]; index: NameIndex }>();

  constructor(cluster: Cluster, pods: readonly Selected[]) {
    this.#cluster = cluster;
    this.#pods = pods;
  }

  /** Every port that they declare, pod by pod. */
  readonly declared: () => readonly BackendPort[] = lazily(() =>
    this.#pods.flatMap(({ set }) =>
      declaredPorts(set.spec).map(({ port, path }) => ({
        port,
        set,
        path: inPodSpec(set, ...path),
      })),
    ),
  );

  /** As messages list them. */
  readonly known: () => string = lazily(() => listPorts(this.declared()));

  /** Whether some pod declares or probes a port of this number. */
  listensOn(number: number, protocol: string): boolean {
    const { any, declared, probed } = this.#numbers();
    return any || declared.has(`${number}/${protocol}`) || probed.has(number);
  }

  /** Whether some pod declares a port of this name, or of one that is filled in later. */
  declares(name: string, protocol: string): boolean {
    const { any, declared } = this.#names();
    return any || declared.has(`${name}/${protocol}`);
  }

  /** The nearest name of a declared port; of one protocol, where it is given. */
  nearestName(name: string, protocol?: string): string | undefined {
    const key = protocol ?? '';
    let known = this.#nearest.get(key);
    if (known === undefined) {
      const ports = this.declared().filter(
        ({ port }) => protocol === undefined || (port.protocol ?? 'TCP') === protocol,
      );
      const names = [...new Set(ports.flatMap(({ port }) => port.name ?? []))];
      this.#nearest.set(key, (known = { names, index: new NameIndex(names) }));
    }
    const found = known.index.nearest(name);
    return found === undefined ? undefined : known.names[found];
  }

  /** What the Services in front of the pods translate, of one protocol. */
  translated(protocol: string): Translated {
    let found = this.#byProtocol.get(protocol);
    if (found === undefined)
      this.#byProtocol.set(protocol, (found = new Translated(this.#cluster, this.#pods, protocol)));
    return found;
  }

  #listenedOn() {
    const declared = new Set<string>();
    const probed = new Set<unknown>();
    let any = false;
    for (const { set } of this.#pods) {
      for (const { port } of declaredPorts(set.spec)) {
        if (isPlaceholder(port.containerPort)) any = true;
        declared.add(`${port.containerPort}/${port.protocol ?? 'TCP'}`);
      }
      for (const { container } of runningContainers(set.spec))
        for (const probe of [
          container.readinessProbe,
          container.livenessProbe,
          container.startupProbe,
        ])
          for (const port of [probe?.httpGet?.port, probe?.tcpSocket?.port, probe?.grpc?.port])
            probed.add(port);
    }
    return { any, declared, probed };
  }

  #namesOf() {
    const ports = this.declared().map(({ port }) => port);
    return {
      any: ports.some(({ name }) => isPlaceholder(name)),
      declared: new Set(ports.map(({ name, protocol }) => `${name}/${protocol ?? 'TCP'}`)),
    };
  }
}

class Translated {
  /** By the Service's own number. */
  readonly #byNumber = new Map<number, Translation[]>();
  readonly #byName = new Map<string, Translation>();
  readonly #targets = new Set<number>();
  /** All of the pods say which ports they have. */
  readonly proven: boolean;

  constructor(cluster: Cluster, pods: readonly Selected[], protocol: string) {
    let proven = true;
    for (const { set, truth } of pods) {
      let count = 0;
      for (const translation of translationsOf(cluster, set)) {
        const { port } = firstOf(translation);
        if ((port.protocol ?? 'TCP') !== protocol) continue;
        count += 1;
        this.#targets.add(translation.target);
        addTo(this.#byNumber, port.port, translation);
        if (port.name !== undefined && !this.#byName.has(port.name))
          this.#byName.set(port.name, translation);
      }
      if (truth === 'unknown' || (count === 0 && declaredPorts(set.spec).length === 0))
        proven = false;
    }
    this.proven = proven;
  }

  /** Whether a Service leads to the number in the pods. */
  leadsTo(number: number): boolean {
    return this.#targets.has(number);
  }

  /** What Services with a port of this number lead to. */
  byNumber(number: number): readonly Translation[] {
    return this.#byNumber.get(number) ?? [];
  }

  byName(name: string): Translation | undefined {
    return this.#byName.get(name);
  }
}

const known = new WeakMap<readonly Selected[], SelectedPorts>();

/** @param pods a list that equal selectors share */
export function selectedPorts(cluster: Cluster, pods: readonly Selected[]): SelectedPorts {
  let found = known.get(pods);
  if (found === undefined) known.set(pods, (found = new SelectedPorts(cluster, pods)));
  return found;
}

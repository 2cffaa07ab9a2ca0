/**
 * What Services with equal selectors have in common is worked out once and shared: where many take
 * the same pods, each would have a list of all of them.
 */
import type { ServicePort, ServiceSpec } from 'kubernetes-types/core/v1';
import { LimitError } from '../fault.ts';
import { lazily } from '../memo.ts';
import { mostBackends } from '../text/limits.ts';
import { type EndpointsGroup, reconcileEndpoints } from './controllers/endpoints.ts';
import { type Backend, reconcileSlices, type SliceGroup } from './controllers/endpointslice.ts';
import type { ClusterOptions, IPFamily } from './options.ts';
import type { Match, PodIndex, PodMembers, PodSet } from './pods.ts';
import { endpointsSeeSidecars, getEndpointPorts, slicesSeeSidecars } from './ports.ts';

/** The pods that a selector takes in a namespace. */
export interface TakenPods {
  /** Equal for equal selectors. */
  readonly key: string;
  readonly taken: readonly PodMembers[];
  readonly possible: readonly PodSet[];
  readonly passing: readonly PodSet[];
  /** Some pod has a subdomain, so that its name depends on that of the Service. */
  readonly named: boolean;
}

/** What the controllers make of them. */
export interface Outcome {
  readonly backends: readonly Backend[];
  readonly slices: readonly SliceGroup[];
  readonly endpoints: EndpointsGroup;
}

export class SharedBackends {
  readonly #pods: PodIndex;
  readonly #options: ClusterOptions;
  readonly #taken = new Map<string, TakenPods>();
  readonly #outcomes = new Map<string, Outcome>();
  #backends = 0;

  constructor(pods: PodIndex, options: ClusterOptions) {
    this.#pods = pods;
    this.#options = options;
  }

  /** @param isHook the Service is one itself, and lasts as long as the pods of hooks do */
  taken(selector: Readonly<Record<string, string>>, namespace: string, isHook: boolean): TakenPods {
    const key = `${namespace}\n${JSON.stringify(selector)}\n${isHook}`;
    let taken = this.#taken.get(key);
    if (taken === undefined) {
      taken = { key, ...split(this.#pods.select(selector, namespace), isHook) };
      this.#taken.set(key, taken);
    }
    return taken;
  }

  outcome(pods: TakenPods, serviceName: string, spec: ServiceSpec): Outcome {
    const { ports = [], publishNotReadyAddresses = false, clusterIP, ipFamilies } = spec;
    const key = JSON.stringify([
      pods.key,
      ports.map(portKey),
      publishNotReadyAddresses,
      clusterIP === 'None',
      ipFamilies,
      pods.named ? serviceName : '',
    ]);
    let outcome = this.#outcomes.get(key);
    if (outcome === undefined)
      this.#outcomes.set(key, (outcome = this.#reconcile(pods, serviceName, spec)));
    return outcome;
  }

  #reconcile({ taken }: TakenPods, serviceName: string, spec: ServiceSpec): Outcome {
    const { kubernetesMinor: minor, podIPFamilies } = this.#options;
    const { ports = [] } = spec;
    this.#backends += taken.length;
    if (this.#backends > mostBackends)
      throw new LimitError(
        `Services of this unit have more than ${mostBackends} workloads behind them, each ` +
          'counted for every Service',
      );
    const resolve = (sidecars: boolean): Backend[] =>
      taken.map((members) => ({
        members,
        resolved: getEndpointPorts(members.set.spec, ports, sidecars),
      }));
    const backends = resolve(slicesSeeSidecars(minor));
    const families = (spec.ipFamilies ?? this.#options.ipFamilies) as readonly IPFamily[];
    const common = {
      serviceName,
      podIPFamilies,
      publishNotReadyAddresses: spec.publishNotReadyAddresses === true,
    };
    // Rules ask for what a Service leads to, and rarely for how that is written down.
    const slices = lazily(() => reconcileSlices({ ...common, families, ports, backends }));
    const endpoints = lazily(() =>
      reconcileEndpoints({
        ...common,
        headless: spec.clusterIP === 'None',
        hasPorts: ports.length > 0,
        family: families[0],
        backends:
          slicesSeeSidecars(minor) === endpointsSeeSidecars(minor)
            ? backends
            : resolve(endpointsSeeSidecars(minor)),
      }),
    );
    return new LazyOutcome(backends, slices, endpoints);
  }
}

class LazyOutcome implements Outcome {
  readonly backends: readonly Backend[];
  readonly #slices: () => readonly SliceGroup[];
  readonly #endpoints: () => EndpointsGroup;

  constructor(
    backends: readonly Backend[],
    slices: () => readonly SliceGroup[],
    endpoints: () => EndpointsGroup,
  ) {
    this.backends = backends;
    this.#slices = slices;
    this.#endpoints = endpoints;
  }

  get slices(): readonly SliceGroup[] {
    return this.#slices();
  }

  get endpoints(): EndpointsGroup {
    return this.#endpoints();
  }
}

function split(matches: readonly Match[], isHook: boolean): Omit<TakenPods, 'key'> {
  const passing = isHook ? [] : matches.filter(isPassing);
  const lasting = passing.length === 0 ? matches : matches.filter((match) => !isPassing(match));
  const taken = lasting.filter(({ truth }) => truth === 'yes').map(({ members }) => members);
  return {
    taken,
    possible: lasting.filter(({ truth }) => truth === 'unknown').map(({ members }) => members.set),
    passing: passing.map(({ members }) => members.set),
    named: taken.some(({ set }) => set.subdomain !== undefined),
  };
}

function isPassing({ members: { set } }: Match): boolean {
  return set.hook !== undefined;
}

function portKey({ name, protocol, port, targetPort, appProtocol }: ServicePort): unknown[] {
  return [name, protocol, port, targetPort, appProtocol];
}

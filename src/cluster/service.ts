/**
 * One Service as the cluster sees it: what is stored, which pods it takes, and the slices and
 * Endpoints that come of it.
 */
import type { Endpoints, Service, ServicePort, ServiceSpec } from 'kubernetes-types/core/v1';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import type { EndpointsGroup } from './controllers/endpoints.ts';
import type { Backend, EndpointMembers, SliceGroup } from './controllers/endpointslice.ts';
import { type MirroredSlice, mirrorEndpoints, notMirroredReason } from './controllers/mirroring.ts';
import { hookOf } from './hooks.ts';
import type { ClusterObject } from './objects.ts';
import type { ClusterOptions } from './options.ts';
import type { PodSet } from './pods.ts';
import { dialledPort } from './proxy.ts';
import type { Outcome, SharedBackends } from './shared-backends.ts';

export interface ServicePicture {
  readonly object: ClusterObject<Service>;
  readonly spec: ServiceSpec;
  readonly ports: readonly ServicePort[];
  /** What the controllers see: an empty selector vanishes when the object is stored. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly headless: boolean;
  /** Whether the controllers look after it: it has a selector and is not an ExternalName. */
  readonly automatic: boolean;
  /** Pod sets that the selector takes, with what the Service's ports lead to in each. */
  readonly backends: readonly Backend[];
  /**
   * Pod sets that it may take, as soon as placeholders are filled in or controllers have set their
   * labels.
   */
  readonly possible: readonly PodSet[];
  /**
   * Pod sets that it takes while the hook runs that they belong to; the steady state is without
   * them, unless the Service is a hook as well.
   */
  readonly passing: readonly PodSet[];
  readonly slices: readonly SliceGroup[];
  /** The Endpoints object that the controller writes, if it does. */
  readonly endpoints: EndpointsGroup | undefined;
  /** Endpoints of the same name that somebody wrote; overwritten where `endpoints` is there. */
  readonly manualEndpoints: ClusterObject<Endpoints> | undefined;
  /** Slices made from `manualEndpoints`. */
  readonly mirrored: readonly MirroredSlice[];
  /** Slices that somebody wrote for this Service. */
  readonly manualSlices: readonly ClusterObject<EndpointSlice>[];
}

/**
 * The first release whose controllers pass ExternalName Services over although they have a selector
 * (kubernetes#114814).
 */
const externalNameIgnored = 27;

export function predictService(
  object: ClusterObject<Service>,
  shared: SharedBackends,
  manual: {
    endpoints: ClusterObject<Endpoints> | undefined;
    slices: readonly ClusterObject<EndpointSlice>[];
  },
  options: ClusterOptions,
): ServicePicture {
  const spec = object.value.spec ?? {};
  const ports = spec.ports ?? [];
  const selector = Object.keys(spec.selector ?? {}).length > 0 ? spec.selector : undefined;
  const headless = spec.clusterIP === 'None';
  const external = spec.type === 'ExternalName';
  const automatic =
    selector !== undefined && !(external && options.kubernetesMinor >= externalNameIgnored);
  const pods = automatic
    ? shared.taken(
        selector,
        object.namespace ?? options.namespace,
        hookOf(object.source) !== undefined,
      )
    : undefined;
  const outcome = pods && shared.outcome(pods, object.name, spec);
  const manualEndpoints = manual.endpoints;
  const mirrors =
    manualEndpoints !== undefined &&
    selector === undefined &&
    notMirroredReason(manualEndpoints.value) === undefined;
  return new PredictedService(
    {
      object,
      spec,
      ports,
      selector,
      headless,
      automatic,
      backends: outcome?.backends ?? [],
      possible: pods?.possible ?? [],
      passing: pods?.passing ?? [],
      manualEndpoints,
      mirrored: mirrors ? mirrorEndpoints(manualEndpoints.value) : [],
      manualSlices: manual.slices,
    },
    outcome,
  );
}

/** A class, for V8 keeps each object with accessors of its own in a shape of its own. */
class PredictedService implements ServicePicture {
  readonly object: ClusterObject<Service>;
  readonly spec: ServiceSpec;
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly headless: boolean;
  readonly automatic: boolean;
  readonly backends: readonly Backend[];
  readonly possible: readonly PodSet[];
  readonly passing: readonly PodSet[];
  readonly manualEndpoints: ClusterObject<Endpoints> | undefined;
  readonly mirrored: readonly MirroredSlice[];
  readonly manualSlices: readonly ClusterObject<EndpointSlice>[];
  readonly #outcome: Outcome | undefined;

  constructor(known: Omit<ServicePicture, 'slices' | 'endpoints'>, outcome: Outcome | undefined) {
    this.object = known.object;
    this.spec = known.spec;
    this.ports = known.ports;
    this.selector = known.selector;
    this.headless = known.headless;
    this.automatic = known.automatic;
    this.backends = known.backends;
    this.possible = known.possible;
    this.passing = known.passing;
    this.manualEndpoints = known.manualEndpoints;
    this.mirrored = known.mirrored;
    this.manualSlices = known.manualSlices;
    this.#outcome = outcome;
  }

  get slices(): readonly SliceGroup[] {
    return this.#outcome?.slices ?? [];
  }

  get endpoints(): EndpointsGroup | undefined {
    return this.#outcome?.endpoints;
  }
}

/** How many endpoints would take a connection to a Service port, over all slices. */
export function backendsOfPort(
  service: ServicePicture,
  port: ServicePort,
): { ready: number; notReady: number } {
  const sum = { ready: 0, notReady: 0 };
  const count = (ready: boolean, number: number): void => {
    if (ready) sum.ready += number;
    else sum.notReady += number;
  };
  for (const { ports, members } of service.slices) {
    if (dialledPort(port, ports) === undefined) continue;
    const { ready, notReady } = countMembers(members);
    count(true, ready);
    count(false, notReady);
  }
  for (const { ports, endpoints } of service.mirrored) {
    if (dialledPort(port, ports) === undefined) continue;
    for (const { ready } of endpoints) count(ready, 1);
  }
  for (const { value } of service.manualSlices) {
    if (dialledPort(port, value.ports ?? []) === undefined) continue;
    for (const { conditions } of value.endpoints ?? []) count(conditions?.ready !== false, 1);
  }
  return sum;
}

const counted = new WeakMap<readonly EndpointMembers[], ReadyCount>();

interface ReadyCount {
  readonly ready: number;
  readonly notReady: number;
}

/**
 * The endpoints of a slice; Services with the same pods share the list, so that it is counted once.
 */
export function countMembers(members: readonly EndpointMembers[]): ReadyCount {
  let sum = counted.get(members);
  if (sum === undefined) {
    const ready = members.reduce((all, one) => all + (one.ready ? one.count : 0), 0);
    const all = members.reduce((total, { count }) => total + count, 0);
    counted.set(members, (sum = { ready, notReady: all - ready }));
  }
  return sum;
}

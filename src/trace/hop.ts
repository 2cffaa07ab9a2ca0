/** What a trace is made of: hops, the last of which may be broken. */
import type { ClusterObject } from '../cluster/objects.ts';
import type { Path } from '../kubernetes/json.ts';
import type { Place } from '../lint/rule.ts';
import type { Address } from './ends.ts';

/**
 * What a request meets, in this order:
 * - `client`: the pods that send it
 * - `rule`: the Ingress or route that takes it, by host and path
 * - `listener`, `class`, `certificate`: what makes a rule take effect
 * - `redirect`: an answer that sends the client to another address, which is followed
 * - `name`: how cluster DNS reads the host
 * - `service`, `port`: the Service, and its port
 * - `endpoints`: who is in the EndpointSlices
 * - `pod port`: the number that is dialled in the pods
 * - `ready`: the probes that decide whether a pod is an endpoint
 * - `policy`: the NetworkPolicies of both sides
 * - `outside`: where it leaves what can be read from manifests
 */
export type Step =
  | 'client'
  | 'rule'
  | 'listener'
  | 'class'
  | 'certificate'
  | 'redirect'
  | 'name'
  | 'service'
  | 'port'
  | 'endpoints'
  | 'pod port'
  | 'ready'
  | 'policy'
  | 'outside';

export type HopState = 'passes' | 'broken' | 'unknown';

export interface Hop {
  readonly step: Step;
  readonly state: HopState;
  /** One sentence, lower case, no full stop. */
  readonly text: string;
  readonly help?: string;
  /** Where it is written. */
  readonly place?: Place;
  /** The other side, where two places do not agree. */
  readonly related?: readonly (Place & { readonly message: string })[];
  /** The rule that says the same of it. */
  readonly rule?: string;
}

/**
 * One way of a request. There are several where a rule has several backends, or a Service several
 * ports.
 */
export interface Trace {
  readonly hops: readonly Hop[];
  /** `broken` with the last hop; `unknown` where some hop is, and none is broken. */
  readonly state: HopState;
  /** Where the last hop sends the client; undefined once it has been followed. */
  readonly redirect?: Address;
}

export function traceOf(hops: readonly Hop[]): Trace {
  const states = hops.map(({ state }) => state);
  return {
    hops,
    state: states.includes('broken') ? 'broken' : states.includes('unknown') ? 'unknown' : 'passes',
  };
}

/** Where a rule leads to no Service. */
export function outside(object: ClusterObject, at: Path, text: string): Hop {
  return { step: 'outside', state: 'unknown', text, place: { object, at } };
}

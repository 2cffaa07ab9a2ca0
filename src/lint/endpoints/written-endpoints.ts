/** Why endpoints that somebody wrote by hand serve nobody. */
import type { Endpoints } from 'kubernetes-types/core/v1';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import {
  leaderAnnotation,
  notMirroredReason,
  skipMirrorLabel,
} from '../../cluster/controllers/mirroring.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { getOwn } from '../../own.ts';
import type { Place } from '../rule.ts';

/**
 * - `suspended`: the workload makes no pods for now
 * - `paused`: it is paused from birth, so nothing makes its pods
 * - `gated`: its pods wait for a scheduling gate
 * - `unscheduled`: no node takes its pods
 * - `waiting`: its pods are not ready as long as nobody says they are
 * - `not-ready`: what was written by hand holds addresses, none of which is ready
 * - `not-mirrored`: nothing makes slices of the Endpoints that were written by hand
 * - `no-address`: what was written by hand holds no address at all
 * - `no-port`: it holds addresses, and none of the ports that the Service has
 * - `family`: its pods have no address of a family that the Service has
 */
export type Cause =
  | 'suspended'
  | 'paused'
  | 'gated'
  | 'unscheduled'
  | 'waiting'
  | 'not-ready'
  | 'not-mirrored'
  | 'no-address'
  | 'no-port'
  | 'family';

export interface NoEndpoints extends Place {
  readonly service: ServicePicture;
  readonly cause: Cause;
  /** Lower case, no full stop: what `get` says. */
  readonly reason: string;
  /** All of which it is said, this one first; absent where that is the only one. */
  readonly services?: readonly ServicePicture[];
}

/**
 * Of a Service whose endpoints somebody else writes; where nobody has, service-without-endpoints
 * asks.
 */
export function noneByHand(service: ServicePicture): NoEndpoints[] {
  const { manualEndpoints, manualSlices } = service;
  const found =
    manualEndpoints === undefined
      ? manualSlices.map(whyNoneOfSlice)
      : [whyNotMirrored(manualEndpoints) ?? whyNoneOfEndpoints(manualEndpoints)];
  return found.flatMap((why) => (why === undefined ? [] : [{ service, ...why }]));
}

type WrittenCause = Omit<NoEndpoints, 'service'>;

function whyNotMirrored(object: ClusterObject<Endpoints>): WrittenCause | undefined {
  const refused = notMirroredReason(object.value);
  if (refused === undefined) return undefined;
  const skipped = getOwn(object.value.metadata?.labels, skipMirrorLabel) === 'true';
  return {
    object,
    // A lock of an election that has a Service: nobody means to dial it.
    cause: skipped ? 'not-mirrored' : 'no-address',
    at: skipped
      ? ['metadata', 'labels', skipMirrorLabel]
      : ['metadata', 'annotations', leaderAnnotation],
    reason: `the Endpoints written by hand are not mirrored: ${refused}`,
  };
}

function whyNoneOfEndpoints(object: ClusterObject<Endpoints>): WrittenCause | undefined {
  const { subsets = [] } = object.value;
  const full = subsets.findIndex(({ addresses = [] }) => addresses.length > 0);
  const waiting = subsets.findIndex(({ notReadyAddresses = [] }) => notReadyAddresses.length > 0);
  // What is ready and yet not dialled has the wrong port: rules of their own tell that.
  if (full >= 0 && subsets.some(({ ports = [] }) => ports.length > 0)) return undefined;
  if (full >= 0)
    return {
      object,
      cause: 'no-port',
      at: ['subsets', full, 'addresses'],
      part: 'key',
      reason:
        'the Endpoints written by hand list no ports, so no port of the Service leads to them',
    };
  if (waiting >= 0)
    return {
      object,
      cause: 'not-ready',
      at: ['subsets', waiting, 'notReadyAddresses'],
      part: 'key',
      reason: 'all addresses that are written by hand are under notReadyAddresses',
    };
  return {
    object,
    cause: 'no-address',
    at: ['subsets'],
    part: 'key',
    reason: 'the Endpoints written by hand hold no address',
  };
}

function whyNoneOfSlice(object: ClusterObject<EndpointSlice>): WrittenCause | undefined {
  const { endpoints = [] } = object.value;
  if (endpoints.length === 0)
    return {
      object,
      cause: 'no-address',
      at: ['endpoints'],
      part: 'key',
      reason: 'the EndpointSlice written by hand holds no endpoint',
    };
  return endpoints.every(({ conditions }) => conditions?.ready === false)
    ? {
        object,
        cause: 'not-ready',
        at: ['endpoints', 0, 'conditions', 'ready'],
        reason:
          'every endpoint of the EndpointSlice that is written by hand says that it is not ready',
      }
    : undefined;
}

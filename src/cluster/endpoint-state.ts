/** Whether a Service reaches anything at all. */
import type { Backend } from './controllers/endpointslice.ts';
import { backendsOfPort, countMembers, type ServicePicture } from './service.ts';

export type EndpointState = 'reached' | 'unknown' | 'none';

/**
 * - `reached`: some slice of it holds a ready endpoint with a port (a headless Service needs none)
 * - `unknown`: a placeholder or a controller that we cannot see decides
 * - `none`: no endpoint takes a connection
 */
export function endpointState(service: ServicePicture): EndpointState {
  const { ports, backends, possible, automatic } = service;
  const isReached =
    ports.length === 0
      ? isAnyReady(service)
      : ports.some((port) => backendsOfPort(service, port).ready > 0);
  if (isReached) return 'reached';
  if (possible.length > 0 || areOpen(backends)) return 'unknown';
  return automatic && backends.length === 0 ? 'unknown' : 'none';
}

/** A headless Service without ports is nothing but names in DNS. */
function isAnyReady({ slices, mirrored, manualSlices }: ServicePicture): boolean {
  return (
    slices.some(({ members }) => countMembers(members).ready > 0) ||
    mirrored.some(({ endpoints }) => endpoints.some(({ ready }) => ready)) ||
    manualSlices.some(({ value }) =>
      (value.endpoints ?? []).some(({ conditions }) => conditions?.ready !== false),
    )
  );
}

const open = new WeakMap<readonly Backend[], boolean>();

/**
 * Whether a placeholder decides what some port leads to; Services with the same pods share the
 * list.
 */
function areOpen(backends: readonly Backend[]): boolean {
  let known = open.get(backends);
  if (known === undefined) {
    known = backends.some(({ resolved }) => resolved.unknown.length > 0);
    open.set(backends, known);
  }
  return known;
}

/** Whether a Service reaches anything at all. */
import type { ServicePicture } from './service.ts';

export type EndpointState = 'reached' | 'unknown' | 'none';

/**
 * - `reached`: some slice of it holds a ready endpoint with a port (a headless Service needs none)
 * - `unknown`: a placeholder or a controller that we cannot see decides
 * - `none`: no endpoint takes a connection
 */
export function endpointState(service: ServicePicture): EndpointState {
  const { slices, mirrored, manualSlices, backends, possible, automatic } = service;
  const usable = (ports: readonly unknown[] | undefined): boolean =>
    service.ports.length === 0 || (ports ?? []).length > 0;
  if (
    slices.some(
      ({ ports, members }) =>
        usable(ports) && members.some(({ ready, count }) => ready && count > 0),
    )
  )
    return 'reached';
  if (
    mirrored.some(({ ports, endpoints }) => usable(ports) && endpoints.some(({ ready }) => ready))
  )
    return 'reached';
  if (
    manualSlices.some(
      ({ value }) =>
        usable(value.ports) &&
        (value.endpoints ?? []).some(({ conditions }) => conditions?.ready !== false),
    )
  )
    return 'reached';
  if (possible.length > 0 || backends.some(({ resolved }) => resolved.unknown.length > 0))
    return 'unknown';
  return automatic && backends.length === 0 ? 'unknown' : 'none';
}

/** Whether a Service reaches anything at all. */
import { backendsOfPort, type ServicePicture } from './service.ts';

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
  if (possible.length > 0 || backends.some(({ resolved }) => resolved.unknown.length > 0))
    return 'unknown';
  return automatic && backends.length === 0 ? 'unknown' : 'none';
}

/** A headless Service without ports is nothing but names in DNS. */
function isAnyReady({ slices, mirrored, manualSlices }: ServicePicture): boolean {
  return (
    slices.some(({ members }) => members.some(({ ready, count }) => ready && count > 0)) ||
    mirrored.some(({ endpoints }) => endpoints.some(({ ready }) => ready)) ||
    manualSlices.some(({ value }) =>
      (value.endpoints ?? []).some(({ conditions }) => conditions?.ready !== false),
    )
  );
}

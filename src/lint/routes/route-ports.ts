/** The ports that a Route of OpenShift can lead to. */
import type { ServicePicture } from '../../cluster/service.ts';
import { nearestName } from '../../text/nearest-name.ts';

/** One port of a Service's endpoints. */
export interface RoutePort {
  /** Of the Service port; empty where it has none. */
  readonly name: string;
  /** What the pods listen on; undefined where that is not known. */
  readonly number: number | undefined;
}

/**
 * The ports that the router compares with: those of the endpoints, by name of the Service port and
 * number in the pods, UDP left out. `open`: there may be other numbers.
 *
 * @source openshift/router pkg/router/template/plugin.go `createRouterEndpoints` @09690e0f
 * @source openshift/router pkg/router/template/template_helper.go `endpointsForAlias` @207d5463
 */
export function endpointPorts(service: ServicePicture): {
  readonly ports: readonly RoutePort[];
  readonly open: boolean;
} {
  const tcp = service.ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  if (service.automatic) {
    const numbers = (name: string): (number | undefined)[] => {
      const resolved = service.backends.flatMap((backend) =>
        backend.resolved.ports.filter((port) => port.name === name),
      );
      return resolved.length === 0 ? [undefined] : [...new Set(resolved.map(({ port }) => port))];
    };
    const ports = tcp.flatMap(({ name = '', port, targetPort = port }) =>
      (typeof targetPort === 'number' ? [targetPort] : numbers(name)).map((number) => ({
        name,
        number,
      })),
    );
    return { ports, open: ports.some(({ number }) => number === undefined) };
  }
  const written = [
    ...service.mirrored.flatMap(({ ports }) => ports),
    ...service.manualSlices.flatMap(({ value }) => value.ports ?? []),
  ]
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ name = '', port }) => ({ name, number: port }));
  return written.length === 0
    ? { ports: tcp.map(({ name = '' }) => ({ name, number: undefined })), open: true }
    : { ports: written, open: false };
}

/** `"web" (8080), 9090`; at most five. */
export function listRoutePorts(ports: readonly RoutePort[]): string {
  const texts = ports.map(({ name, number }) =>
    name === ''
      ? String(number ?? 'unnamed')
      : `"${name}"${number === undefined ? '' : ` (${number})`}`,
  );
  return texts.length === 0
    ? 'none'
    : texts.slice(0, 5).join(', ') + (texts.length > 5 ? ` and ${texts.length - 5} more` : '');
}

/** Which port a number or name that no endpoint has was meant for. */
export interface MeantPort {
  /** `servicePort`: it is the number of the Service port; `noPort`: it is none at all. */
  readonly id: 'servicePort' | 'noPort';
  /** What to write. */
  readonly replace: string | number | undefined;
  readonly sure: boolean;
}

export function meantPort(
  written: string,
  isNumber: boolean,
  ports: readonly RoutePort[],
  service: ServicePicture,
): MeantPort {
  const ofService = isNumber
    ? service.ports.find(
        ({ port, protocol = 'TCP' }) => protocol === 'TCP' && String(port) === written,
      )
    : undefined;
  const near = isNumber ? undefined : nearPort(written, ports, service);
  const meant =
    ofService === undefined
      ? (near ?? (ports.length === 1 ? ports[0] : undefined))
      : ports.find((port) => port.name === (ofService.name ?? ''));
  return {
    id: ofService === undefined ? 'noPort' : 'servicePort',
    replace: meant?.name === '' ? meant.number : meant?.name,
    sure: ofService !== undefined || near !== undefined,
  };
}

/** By the name that the port has in the pods, or a slip away. */
function nearPort(
  written: string,
  ports: readonly RoutePort[],
  service: ServicePicture,
): RoutePort | undefined {
  const byTarget = service.ports.find(({ targetPort }) => targetPort === written);
  const names = ports.map((port) => port.name).filter((own) => own !== '');
  const name = byTarget?.name ?? nearestName(written, names);
  return name === undefined ? undefined : ports.find((port) => port.name === name);
}

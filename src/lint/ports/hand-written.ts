/**
 * What hand-written Endpoints and slices must agree on with their Service: port names and
 * protocols, letter by letter.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { dialledPort, type ProxyPort } from '../../cluster/proxy.ts';
import type { ServicePicture } from '../../cluster/service.ts';

/** `"http" (80/TCP)`, `an unnamed one (80/TCP)`; at most five. */
function listPortNames(ports: readonly ProxyPort[]): string {
  if (ports.length === 0) return 'none';
  const shown = ports
    .slice(0, 5)
    .map(
      (port) => `${isNamed(port) ? `"${port.name}"` : 'an unnamed one'} ${numberAndProtocol(port)}`,
    );
  return `${shown.join(', ')}${ports.length > 5 ? ` and ${ports.length - 5} more` : ''}`;
}

function describePort(port: ProxyPort): string {
  return `${isNamed(port) ? `port "${port.name}"` : 'the unnamed port'} ${numberAndProtocol(port)}`;
}

function isNamed({ name }: ProxyPort): boolean {
  return name !== undefined && name !== '';
}

function numberAndProtocol({ port, protocol }: ProxyPort): string {
  return `(${port ?? 'no number'}/${protocol ?? 'TCP'})`;
}

export interface PortMismatch<P extends ProxyPort> {
  readonly port: P;
  readonly index: number;
  /** The Service port that it was meant for; undefined where only the numbers are the same. */
  readonly meant: ServicePort | undefined;
  /** What differs from it. */
  readonly field: 'name' | 'protocol';
}

/**
 * Ports that no Service port takes up, although one was probably meant: the only one that nothing
 * serves, or one of the same number.
 */
export function mismatchedPorts<P extends ProxyPort>(
  ports: readonly P[],
  servicePorts: readonly ServicePort[],
): PortMismatch<P>[] {
  const free = servicePorts.filter((servicePort) => dialledPort(servicePort, ports) === undefined);
  return ports.flatMap((port, index) => {
    if (servicePorts.some((servicePort) => dialledPort(servicePort, [port]) !== undefined))
      return [];
    const meant =
      free.find(({ name = '' }) => name === port.name) ??
      free.find(
        (servicePort) => servicePort.port === port.port || servicePort.targetPort === port.port,
      ) ??
      (free.length === 1 ? free[0] : undefined);
    if (meant === undefined && servicePorts.every((servicePort) => servicePort.port !== port.port))
      return [];
    return [
      {
        port,
        index,
        meant,
        field: meant !== undefined && (meant.name ?? '') === port.name ? 'protocol' : 'name',
      },
    ];
  });
}

export const portMismatchMessages = {
  name: ({ port, known }: { port: string; known: string }) =>
    `${port} matches no port of the Service in name and protocol; the Service has ${known}`,
  protocol: ({ port, known }: { port: string; known: string }) =>
    `${port} has the name of a Service port, but another protocol; the Service has ${known}`,
};

/** What the rules on Endpoints and on slices say alike of a port. */
export function portMismatchFinding(
  { port, meant, field }: PortMismatch<ProxyPort>,
  { object: service, ports }: ServicePicture,
) {
  const named = isNamed(port);
  const sameProtocol = (meant?.protocol ?? 'TCP') === (port.protocol ?? 'TCP');
  const wanted = meant?.name;
  const rename = wanted !== undefined && named && field === 'name';
  return {
    id: field,
    /** The field of the port to point at. */
    at: field === 'name' && !named ? 'port' : field,
    data: { port: describePort(port), known: listPortNames(ports) },
    help:
      field === 'protocol'
        ? `write protocol: ${meant?.protocol ?? 'TCP'} here, or ${port.protocol ?? 'TCP'} at ` +
          'the Service port'
        : nameHelp(wanted, named),
    related: [
      { object: service, at: ['spec', 'ports'], part: 'key', message: 'the ports of the Service' },
    ],
    ...(rename &&
      sameProtocol && {
        fixes: [{ title: `rename it to ${wanted}`, safety: 'safe' as const, replace: wanted }],
      }),
  } as const;
}

function nameHelp(wanted: string | undefined, named: boolean): string {
  if (wanted === undefined) return 'take the name away here, or give the Service port the same one';
  return named ? `rename it to ${wanted}` : `add name: ${wanted}`;
}

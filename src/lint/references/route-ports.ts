/** The ports that a Route of OpenShift can lead to. */
import type { ServicePicture } from '../../cluster/service.ts';

/** One port of a Service's endpoints. */
export interface RoutePort {
  /** Of the Service port; empty where it has none. */
  readonly name: string;
  /** What the pods listen on; undefined where that is not known. */
  readonly number: number | undefined;
}

/**
 * The ports that the router compares with: those of the endpoints, by name of the Service port and number in the pods, UDP left out (openshift/router
 * pkg/router/template/plugin.go `createRouterEndpoints`, template_helper.go `endpointsForAlias`). `open`: there may be other numbers.
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

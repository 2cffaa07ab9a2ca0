/** What the kubelet dials at a container. */
import type { Container } from 'kubernetes-types/core/v1';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';

export interface DialledPort {
  /** The field: `readinessProbe`, `preStop`. */
  readonly probe: string;
  readonly port: number;
  /** From the container. */
  readonly at: Path;
  /** What is asked for there, of an HTTP handler that names it. */
  readonly asked?: string;
}

/**
 * Numbers that the kubelet dials at the pod's own address: of probes, and of lifecycle hooks, also
 * by the names of the container's ports. A `host` leads elsewhere.
 */
export function dialledPorts(container: Container): DialledPort[] {
  const handlers = [
    ...(['readinessProbe', 'livenessProbe', 'startupProbe'] as const).map((field) => ({
      probe: field,
      at: [field],
      handler: container[field],
    })),
    ...(['postStart', 'preStop'] as const).map((field) => ({
      probe: field,
      at: ['lifecycle', field],
      handler: container.lifecycle?.[field],
    })),
  ];
  return handlers.flatMap(({ probe, at, handler }) => {
    if (handler === undefined) return [];
    return (['httpGet', 'tcpSocket', 'grpc'] as const).flatMap((action) => {
      const port = numberOf(fieldAt(handler, action, 'port'), container);
      if (typeof port !== 'number' || asText(fieldAt(handler, action, 'host')) !== undefined)
        return [];
      const asked = fieldAt(handler, action, 'path');
      const found = { probe, port, at: [...at, action, 'port'] };
      return typeof asked === 'string' ? [{ ...found, asked }] : [found];
    });
  });
}

/** pkg/probe/util.go `ResolveContainerPort`: a name is looked for in the container itself. */
function numberOf(port: unknown, { ports = [] }: Container): unknown {
  return typeof port === 'string' ? ports.find(({ name }) => name === port)?.containerPort : port;
}

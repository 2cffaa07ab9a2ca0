/** What else of a pod may take the connections that one of its containers seems to be for. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../cluster/containers.ts';

/**
 * Whether nothing else may: every other container that runs beside it declares where it listens,
 * and none redirects what arrives (as the init containers of meshes do).
 */
export function isAlone(container: Container, spec: PodSpec): boolean {
  return (
    othersBeside(container, spec).every(({ ports = [] }) => ports.length > 0) &&
    !(spec.initContainers ?? []).some(mayRedirect)
  );
}

/** The ports that other containers of the pod declare. */
export function portsBeside(container: Container, spec: PodSpec): ReadonlySet<number> {
  const others = othersBeside(container, spec);
  return new Set(others.flatMap(({ ports = [] }) => ports.map((port) => port.containerPort)));
}

function othersBeside(container: Container, spec: PodSpec): Container[] {
  return runningContainers(spec).flatMap((one) =>
    one.container === container ? [] : one.container,
  );
}

function mayRedirect({ securityContext }: Container): boolean {
  return (
    securityContext?.privileged === true ||
    securityContext?.capabilities?.add?.includes('NET_ADMIN') === true
  );
}

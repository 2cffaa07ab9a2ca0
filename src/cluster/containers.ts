/** The containers of a pod. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../manifest/node.ts';

/** All that must run, or have run: `containers`, then init containers. */
export function allContainers(spec: PodSpec): { container: Container; path: Path }[] {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: [list, index] })),
  );
}

/**
 * The containers that can listen: `containers`, then init containers that stay (`restartPolicy:
 * Always`).
 */
export function runningContainers(spec: PodSpec): { container: Container; path: Path }[] {
  const regular = (spec.containers ?? []).map((container, index) => ({
    container,
    path: ['containers', index] as Path,
  }));
  const init = (spec.initContainers ?? []).map((container, index) => ({
    container,
    path: ['initContainers', index] as Path,
  }));
  return [...regular, ...init.filter(({ container }) => isSidecar(container))];
}

/** A native sidecar: an init container that is restarted and therefore runs beside the others. */
export function isSidecar(container: Container): boolean {
  return (container as { restartPolicy?: string }).restartPolicy === 'Always';
}

/** The containers of a pod. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../manifest/node.ts';

export interface PlacedContainer {
  readonly container: Container;
  /** From the pod spec: `containers, 0`. */
  readonly path: Path;
}

/** All that must run, or have run: `containers`, then init containers. */
export function allContainers(spec: PodSpec): readonly PlacedContainer[] {
  return containersOf(spec, () => true);
}

/**
 * The containers that can listen: `containers`, then init containers that stay (`restartPolicy:
 * Always`).
 */
export function runningContainers(spec: PodSpec): readonly PlacedContainer[] {
  return containersOf(spec, isSidecar);
}

function containersOf(
  spec: PodSpec,
  takesInit: (container: Container) => boolean,
): readonly PlacedContainer[] {
  const found: PlacedContainer[] = [];
  spec.containers?.forEach((container, index) => {
    found.push({ container, path: ['containers', index] });
  });
  spec.initContainers?.forEach((container, index) => {
    if (takesInit(container)) found.push({ container, path: ['initContainers', index] });
  });
  return found;
}

/** A native sidecar: an init container that is restarted and therefore runs beside the others. */
export function isSidecar(container: Container): boolean {
  return (container as { restartPolicy?: string }).restartPolicy === 'Always';
}

/** The containers of a pod. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../kubernetes/json.ts';
import { remembered } from '../memo.ts';

export interface PlacedContainer {
  readonly container: Container;
  /** From the pod spec: `containers, 0`. */
  readonly path: Path;
}

/** All that must run, or have run: `containers`, then init containers. */
export const allContainers = remembered((spec: PodSpec) => containersOf(spec, () => true));

/**
 * The containers that can listen: `containers`, then init containers that stay (`restartPolicy:
 * Always`).
 */
export const runningContainers = remembered((spec: PodSpec) => containersOf(spec, isSidecar));

/** Those of `containers` alone. */
export const mainContainers = remembered((spec: PodSpec) => containersOf(spec, () => false));

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
function isSidecar(container: Container): boolean {
  return (container as { restartPolicy?: string }).restartPolicy === 'Always';
}

/** Whether the kubelet will ever call a pod Ready, as far as the manifest decides it. */
import type { Container, PodSpec, Probe } from 'kubernetes-types/core/v1';
import type { Path } from '../kubernetes/json.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { allContainers, runningContainers } from './containers.ts';
import { imageProblem } from './image-reference.ts';

export interface NotReadyReason {
  readonly code:
    | 'readiness-probe-port'
    | 'startup-probe-port'
    | 'readiness-gate'
    | 'image'
    | 'condition'
    /** What it needs is not there (controllers/pod-needs.ts). */
    | 'dependency';
  /** From the pod spec to the field that is to blame. */
  readonly path: Path;
  /**
   * Lower case, no full stop: `readiness probe of container "api" names port "health", which the
   * container does not declare`.
   */
  readonly message: string;
}

/**
 * Why a pod never becomes Ready; empty when it does (all probes with a resolvable port are taken to
 * succeed). A probe that names a port its own container lacks is an error each time and its result
 * is discarded, so the initial state stays: readiness "Failure", startup "Unknown"; a liveness
 * probe like that is merely dead (pkg/kubelet/prober/worker.go `doProbe`, prober_manager.go
 * `UpdatePodStatus`).
 */
export function notReadyReasons(spec: PodSpec): NotReadyReason[] {
  const reasons: NotReadyReason[] = [];
  for (const { container, path } of runningContainers(spec)) {
    for (const kind of ['readinessProbe', 'startupProbe'] as const) {
      const found = probePort(container[kind]);
      if (found === undefined || resolveProbePort(container, found.port) !== undefined) continue;
      const word = kind === 'readinessProbe' ? 'readiness' : 'startup';
      reasons.push({
        code: `${word}-probe-port`,
        path: [...path, kind, ...found.path],
        message:
          `${word} probe of container "${container.name}" names port "${found.port}", which ` +
          'the container does not declare',
      });
    }
  }
  for (const { container, path } of allContainers(spec)) {
    const problem = imageProblem(container.image);
    if (problem !== undefined)
      reasons.push({
        code: 'image',
        path: [...path, 'image'],
        message:
          `container "${container.name}" never starts: the kubelet cannot read image ` +
          `"${container.image}" (InvalidImageName): ${problem}`,
      });
  }
  for (const [index, gate] of (spec.readinessGates ?? []).entries()) {
    reasons.push({
      code: 'readiness-gate',
      path: ['readinessGates', index, 'conditionType'],
      message:
        `readiness gate "${gate.conditionType}" stays false until something sets that ` +
        'condition',
    });
  }
  return reasons;
}

/**
 * The port of a probe's handler and where it stands; gRPC ports are numbers only, exec has none.
 */
export function probePort(
  probe: Probe | undefined,
): { port: string | number; path: Path } | undefined {
  for (const handler of ['httpGet', 'tcpSocket'] as const) {
    const port = probe?.[handler]?.port;
    if (port !== undefined) return { port, path: [handler, 'port'] };
  }
  return undefined;
}

/**
 * The number a probe dials: names are looked up in the probe's own container only, whatever the
 * protocol, then read as a number (pkg/probe/util.go `ResolveContainerPort`). Undefined: there is
 * none; 'unknown': a placeholder decides.
 */
export function resolveProbePort(
  container: Container,
  port: string | number,
): number | 'unknown' | undefined {
  if (typeof port === 'number') return port;
  if (isPlaceholder(port)) return 'unknown';
  let unsure = false;
  for (const declared of container.ports ?? []) {
    if (declared.name === port)
      return typeof declared.containerPort === 'number' ? declared.containerPort : 'unknown';
    if (isPlaceholder(declared.name)) unsure = true;
  }
  if (unsure) return 'unknown';
  return /^\d+$/.test(port) ? Number(port) : undefined;
}

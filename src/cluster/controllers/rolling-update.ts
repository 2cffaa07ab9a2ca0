/** How many pods of a Deployment stay while it is updated. */
import type { DeploymentStrategy } from 'kubernetes-types/apps/v1';

/**
 * The fewest ready pods of the old version that the controller leaves while those of the new one
 * are not ready; undefined where a placeholder decides.
 * `maxUnavailable` is rounded down, `maxSurge` up, and where both come to nothing one pod may go
 * (pkg/controller/deployment/util/deployment_util.go
 * `ResolveFenceposts`, `MaxUnavailable`).
 */
export function leastAvailable(
  strategy: DeploymentStrategy | undefined,
  replicas: number,
): number | undefined {
  if (strategy?.type === 'Recreate') return 0;
  const { maxUnavailable = '25%', maxSurge = '25%' } = strategy?.rollingUpdate ?? {};
  const gone = scaled(maxUnavailable, replicas, Math.floor);
  const extra = scaled(maxSurge, replicas, Math.ceil);
  if (gone === undefined || extra === undefined) return undefined;
  const unavailable = gone === 0 && extra === 0 ? 1 : gone;
  return replicas - Math.min(unavailable, replicas);
}

/**
 * A number of pods, or a percentage of all (apimachinery intstr.go
 * `GetScaledValueFromIntOrPercent`).
 */
function scaled(
  value: number | string,
  replicas: number,
  round: (value: number) => number,
): number | undefined {
  if (typeof value === 'number') return value;
  const [, percent] = /^(\d{1,9})%$/.exec(value) ?? [];
  return percent === undefined ? undefined : round((Number(percent) * replicas) / 100);
}

/** What a port of a Service says about its target, before anything is defaulted. */
import type { ServicePicture } from '../../cluster/service.ts';
import { fieldAt } from '../../kubernetes/json.ts';

/**
 * The targetPort that is written; undefined where there is none, or one that is the same as none:
 * null, 0 and "" (SetDefaults_Service).
 */
export function writtenTarget(
  { object }: ServicePicture,
  index: number,
): string | number | undefined {
  const written = fieldAt(object.source.value, 'spec', 'ports', index, 'targetPort');
  return (typeof written === 'string' || typeof written === 'number') && Boolean(written)
    ? written
    : undefined;
}

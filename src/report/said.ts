/** What formats of one line say of a finding. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import { templateAt } from '../manifest/helm-source.ts';

/**
 * `Service shop/web selects no pod: no pod has app=wbe`, and the template where Helm has rendered
 * it.
 */
export function said({ title, message, file, range }: Diagnostic): string {
  const template = templateAt(file, range[0]);
  return `${title}: ${message}${template === undefined ? '' : ` (from ${template})`}`;
}

/** Which kind a CustomResourceDefinition defines, told from its text: most are not parsed. */
import type { Range } from './source.ts';

export interface Definition {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** The fields in question come before the schemas, unless somebody has sorted them otherwise. */
const head = 16_384;

/** Undefined where the fields are not found as tools write them. */
export function definitionIn(text: string, [start, end]: Range): Definition | undefined {
  const beginning = text.slice(start, Math.min(end, start + head));
  const field = (indent: string, name: string): string | undefined =>
    new RegExp(`^${indent}${name}: *["']?([\\w.-]+)["']? *\\r?$`, 'm').exec(beginning)?.[1];
  const group = field(' {2}', 'group');
  const kind = field(' {4}', 'kind');
  return group === undefined || kind === undefined
    ? undefined
    : { group, kind, namespaced: field(' {2}', 'scope') !== 'Cluster' };
}

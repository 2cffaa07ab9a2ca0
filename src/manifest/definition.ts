/** Which kind a CustomResourceDefinition defines, told from its text: most are not parsed. */
import type { Range } from './source.ts';

export interface Definition {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** The fields in question come before the schemas, unless somebody has sorted them otherwise. */
const head = 16_384;

/**
 * Undefined where the fields are not found as tools write them: in flow style, under quoted names,
 * behind the schemas. Such a definition is parsed, as one in JSON is.
 */
export function definitionIn(text: string, [start, end]: Range): Definition | undefined {
  const beginning = text.slice(start, Math.min(end, start + head));
  // Two spaces deeper than `spec`, four in some charts; the kind twice as deep, below `names`.
  const indent = /^spec: *\r?\n(?: *(?:#.*)?\r?\n)*( +)\S/m.exec(beginning)?.[1] ?? '  ';
  const field = (depth: number, name: string): string | undefined =>
    // Of the manifest there is a number in it only.
    // eslint-disable-next-line no-restricted-syntax
    new RegExp(
      `^ {${depth * indent.length}}${name}: *["']?([\\w.-]+)["']? *(?:#.*)?\\r?$`,
      'm',
    ).exec(beginning)?.[1];
  const group = field(1, 'group');
  const kind = field(2, 'kind');
  const scope = field(1, 'scope');
  return group === undefined || kind === undefined || scope === undefined
    ? undefined
    : { group, kind, namespaced: scope !== 'Cluster' };
}

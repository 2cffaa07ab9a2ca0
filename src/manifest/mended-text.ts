/**
 * The object that was plainly meant where a document cannot be read for its blanks: copied from a
 * web page, with tabs, with spaces that do not break, or with an ellipsis for what was left out.
 */
import type { AliasBudget } from './alias-budget.ts';
import { isList } from './list.ts';
import { metadataProblem } from './metadata.ts';
import type { MapNode } from './node.ts';
import type { TypeMeta } from './skip.ts';
import type { Range } from './source.ts';
import { typeMetaOf } from './type-meta.ts';
import { readYaml } from './yaml.ts';

const ellipses = /^[ \t]*(?:- )?(?:\.{3}|…|\[(?:\.{3}|…)\])[ \t]*(?:#.*)?$/gm;

/**
 * Read with blanks in their place, so that offsets stay; undefined where there are none, or more
 * is wrong than that.
 */
export function mendedObject(
  text: string,
  [start, end]: Range,
  budget: AliasBudget,
): { readonly root: MapNode; readonly type: TypeMeta } | undefined {
  const chunk = text.slice(start, end);
  const mended = chunk
    .replace(/^[\t \u00a0]+/gm, (blanks) => ' '.repeat(blanks.length))
    .replaceAll('\u00a0', ' ')
    .replace(ellipses, (line) => ' '.repeat(line.length));
  if (mended === chunk) return undefined;
  const parsed = readYaml(`${text.slice(0, start)}${mended}`, [start, end], budget);
  if ('problem' in parsed || parsed.root?.type !== 'map') return undefined;
  const { root } = parsed;
  const type = typeMetaOf(root);
  return 'problem' in type || metadataProblem(root) !== undefined || isList(root)
    ? undefined
    : { root, type };
}

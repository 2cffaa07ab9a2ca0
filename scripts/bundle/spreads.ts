/**
 * Object literals that begin with a spread, as V8 of Node 20 likes them.
 *
 * There `{ ...picture, count }` is copied by an instruction of its own, and what is added then
 * gives each object a shape that no other has: ten times the time, some 400 bytes more, and
 * whatever reads such objects never finds two alike. Where something stands before the spread,
 * nothing of this happens, so the build puts the properties of an empty text there, which has none.
 * On Node 24 it makes no difference.
 */
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';
import type { SourceOf } from './loops.ts';

/** A brace and three dots begin nothing else in our sources; esbuild would drop `...null`. */
const leading = /\{(\s*)\.\.\.(?=[\w(])/g;

export const withPaddedSpreads = (source: string): string =>
  source.replace(leading, '{$1..."", ...');

/** For the modules below `src/` and `rules/` that no other plugin has loaded. */
export function paddedSpreads(root: string, sourceOf: SourceOf): Plugin {
  return {
    name: 'padded spreads',
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path }) => {
        if (!['src', 'rules'].some((folder) => path.startsWith(`${root}/${folder}/`)))
          return undefined;
        return { contents: withPaddedSpreads(sourceOf(relative(root, path))), loader: 'ts' };
      });
    },
  };
}

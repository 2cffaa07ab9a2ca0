/**
 * What few runs call. `seldom.json` says which functions a lint of two objects does not call, and
 * which of these the lint of a small application does not call either; `npm run profile` writes it.
 * They are taken out of their modules (`split.ts`), and make parts of their own.
 *
 * A function that the list does not know stays where it is, and one that is no more does no harm:
 * with a list that is older than the sources, a start only reads more than it has to.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { PluginBuild } from 'esbuild';
import { globbySync } from 'globby';
import { lazily } from '../../src/memo.ts';
import { entryOf } from '../../src/multimap.ts';
import type { SourceOf } from './loops.ts';
import { type Split, split } from './split.ts';
import { withPaddedSpreads } from './spreads.ts';

/** Part → module, from the root → functions of it. */
export type Profile = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** In the order in which they are loaded. */
export const lateParts: readonly string[] = ['usual', 'seldom'];

export const profileFile = 'scripts/bundle/seldom.json';

interface LateFunctions {
  /** What stays of a module; what does not goes to the late parts. */
  readonly without: (path: string, source: string) => string;
}

const isRule = (path: string): boolean => path.startsWith('rules/');

/** @param hasProfile false to have everything in its place, as the profile is made of */
export function lateFunctions(
  bundler: PluginBuild,
  root: string,
  hasProfile: boolean,
  sourceOf: SourceOf,
): LateFunctions {
  const pieces = hasProfile ? readProfile(root) : new Map<string, Map<string, number>>();
  const modules = new Map<string, Split>();
  const numbers = new Map<string, number>();
  const inPart = (path: string, name: string): string => `${name}${numbers.get(path)}`;
  const without = (path: string, source: string): string => {
    const functions = pieces.get(path);
    if (functions === undefined) return source;
    const made = split(path, source, functions, waysTo(path));
    modules.set(path, made);
    entryOf(numbers, path, () => numbers.size);
    return made.sources[0] ?? '';
  };
  for (const path of pieces.keys())
    if (!isRule(path) && existsSync(resolve(root, path))) without(path, sourceOf(path));

  bundler.onResolve({ filter: /^(stays|taken|stub|late):/ }, ({ path: request }) => {
    const at = request.indexOf(':');
    const [namespace, path] = [request.slice(0, at), request.slice(at + 1)];
    if (namespace !== 'stays')
      return { path, namespace: namespace === 'stub' ? 'one' : namespace, sideEffects: false };
    // As esbuild finds it, by what package.json says of side effects.
    return isRule(path)
      ? { path, namespace: 'does' }
      : { path: resolve(root, path), sideEffects: false };
  });
  // What was taken out calls other functions of its part, and of earlier ones, without a stub.
  bundler.onResolve({ filter: /^\..*\.ts$/, namespace: 'taken' }, (request) => {
    const path = relative(root, resolve(request.resolveDir, request.path));
    if (!modules.has(path) || isRule(path)) return undefined;
    const { piece } = placeOf(request.importer);
    return { path: `${piece}:${path}`, namespace: 'whole', sideEffects: false };
  });
  bundler.onLoad({ filter: /.*/, namespace: 'whole' }, ({ path: request }) => {
    const { piece, path } = placeOf(request);
    const taken = modules.get(path)?.taken.slice(0, piece + 1) ?? [];
    const lines = taken.flatMap((names, from) =>
      names.length === 0 ? [] : [`export { ${names.join(', ')} } from "taken:${from}:${path}";`],
    );
    return { contents: [`export * from "stays:${path}";`, ...lines].join('\n'), resolveDir: root };
  });
  bundler.onLoad({ filter: /.*/, namespace: 'taken' }, ({ path: request }) => {
    const { piece, path } = placeOf(request);
    const source = modules.get(path)?.sources[piece] ?? '';
    return {
      contents: withPaddedSpreads(source),
      loader: 'ts',
      resolveDir: resolve(root, dirname(path)),
    };
  });
  bundler.onLoad({ filter: /.*/, namespace: 'one' }, ({ path: request }) => {
    const { piece, path, name } = placeOf(request);
    const real = `import("late:${lateParts[piece - 1]}").${inPart(path, name)}`;
    return { contents: stubOf(name, real), resolveDir: root };
  });
  const wanted = lazily(() => wantedLate(root, modules));
  bundler.onLoad({ filter: /.*/, namespace: 'late' }, ({ path: part }) => {
    const piece = lateParts.indexOf(part) + 1;
    const lines = [...modules].flatMap(([path, { taken }]) =>
      (taken[piece] ?? [])
        .filter((name) => wanted().has(`${path}:${name}`))
        .map(
          (name) => `export { ${name} as ${inPart(path, name)} } from "taken:${piece}:${path}";`,
        ),
    );
    return { contents: lines.join('\n'), resolveDir: root };
  });
  bundler.onEnd(({ metafile }) => {
    for (const { inputs } of Object.values(metafile?.outputs ?? {}))
      for (const request of Object.keys(inputs).filter((input) => input.startsWith('one:'))) {
        const { path, name } = placeOf(request.slice('one:'.length));
        if (!wanted().has(`${path}:${name}`)) throw new Error(`${path}: who calls ${name}?`);
      }
  });
  bundler.onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path }) => {
    const made = modules.get(relative(root, path));
    return made && { contents: withPaddedSpreads(made.sources[0] ?? ''), loader: 'ts' };
  });
  return { without };
}

/** A function that loads the real one when it is called; `link.ts` knows it by its form. */
export const stubOf = (name: string, real: string): string =>
  `let ${name} = (...args) => (${name} = ${real})(...args);\nexport { ${name} };`;

/** `path:name` of functions that are called from earlier parts, or from elsewhere. */
function wantedLate(root: string, modules: ReadonlyMap<string, Split>): ReadonlySet<string> {
  const wanted = new Set<string>();
  const find = (path: string, source: string, piece: number): void => {
    for (const [, called, by, given = '', from = ''] of source.matchAll(imports)) {
      const [, own] = /^stub:\d+:(.*):/.exec(by ?? from) ?? [];
      const module = own ?? relative(root, resolve(root, dirname(path), by ?? from));
      const taken = modules.get(module)?.taken ?? [];
      for (const name of (called ?? given)
        .split(',')
        .map((one) => one.trim().replace(/ as .*/, '')))
        if (taken.findIndex((of) => of.includes(name)) > piece) wanted.add(`${module}:${name}`);
    }
  };
  for (const path of globbySync(['src/**/*.ts', 'rules/**/*.ts'], { cwd: root })) {
    const { sources } = modules.get(path) ?? {
      sources: [readFileSync(resolve(root, path), 'utf8')],
    };
    for (const [piece, source] of sources.entries()) find(path, source, piece);
  }
  return wanted;
}

/** Re-exports of stubs are everywhere, and do not mean that somebody calls one. */
const imports =
  /^(?:import \{([^}]*)\} from ['"]((?:\.|stub:)[^'"]*)|export \{([^}]*)\} from ['"](\.[^'"]*))/gm;

/** Module → function → the number of its part, from 1. */
function readProfile(root: string): Map<string, Map<string, number>> {
  const pieces = new Map<string, Map<string, number>>();
  const file = resolve(root, profileFile);
  if (!existsSync(file)) return pieces;
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  for (const [index, part] of lateParts.entries())
    for (const [path, names] of Object.entries(profile[part] ?? {}))
      for (const name of names)
        entryOf(pieces, path, () => new Map<string, number>()).set(name, index + 1);
  return pieces;
}

/** `1:src/units/paths.ts`, and for one function of it `1:src/units/paths.ts:under`. */
function placeOf(request: string): {
  readonly piece: number;
  readonly path: string;
  readonly name: string;
} {
  const [piece = '', path = '', name = ''] = request.split(':');
  return { piece: Number(piece), path, name };
}

const waysTo = (path: string): Parameters<typeof split>[3] => ({
  stays: `stays:${path}`,
  taken: (piece) => `taken:${piece}:${path}`,
  stub: (piece, name) => `stub:${piece}:${path}:${name}`,
});

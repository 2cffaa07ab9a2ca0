/** What a module of the sources holds, when building. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build, type PluginBuild } from 'esbuild';
import { entryOf } from '../../src/multimap.ts';

/** Its exports. */
export async function evaluated(
  path: string,
  root: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as Record<string, unknown>;
}

/** Whether JSON says all of it: no function, no set. */
export const isData = (value: unknown): boolean =>
  isDeepStrictEqual(value, JSON.parse(JSON.stringify(value)));

/** Hundreds of calls make these tables of lines, which is much of what a start takes. */
const tables = ['src/kubernetes/reference-table.ts', 'src/kubernetes/operator-reference-table.ts'];

/** Puts in the place of tables what they are made of when all is done. */
export function dataOfTables(bundler: PluginBuild, root: string): void {
  for (const table of tables) {
    const filter = new RegExp(`/${table.replaceAll('.', '\\.')}$`);
    bundler.onLoad({ filter, namespace: 'file' }, async () => {
      const exports = Object.entries(await evaluated(table, root));
      const odd = exports.find(([, value]) => !isData(value));
      if (odd !== undefined) throw new Error(`${table}: ${odd[0]} holds more than data`);
      return { contents: linesOnce(exports), resolveDir: resolve(root, 'src') };
    });
  }
}

/**
 * Exports that are lists of lines, or such lists by key. A third of the lines stand in several
 * lists, for kinds that are alike name the same.
 */
function linesOnce(exports: readonly (readonly [name: string, value: unknown])[]): string {
  const { numberOf, written } = once();
  const numbered = exports.map(([name, value]) => {
    const lists = Array.isArray(value)
      ? value.map(numberOf)
      : Object.entries(value as Lists).map(([key, lines]) => [key, lines.map(numberOf)]);
    return `export const ${name} = ${Array.isArray(value) ? 'list' : 'byKey'}(${parsed(lists)});`;
  });
  return `
    const lines = ${written()};
    const list = (numbers) => numbers.map((number) => lines[number]);
    const byKey = (lists) => Object.fromEntries(lists.map(([key, own]) => [key, list(own)]));
    ${numbered.join('\n')}`;
}

type Lists = Readonly<Record<string, readonly unknown[]>>;

/** Values that are to be written once, and go by their numbers. */
export function once(): {
  readonly numberOf: (value: unknown) => number;
  /** An expression for the list of all. */
  readonly written: () => string;
} {
  const numbers = new Map<string, number>();
  return {
    numberOf: (value) => entryOf(numbers, JSON.stringify(value), () => numbers.size),
    written: () => `JSON.parse(${JSON.stringify(`[${[...numbers.keys()].join()}]`)})`,
  };
}

/** V8 is quicker to parse JSON than what it stands for in JavaScript. */
export const parsed = (value: unknown): string =>
  `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

/** What a module of the sources holds, when building. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build, type PluginBuild } from 'esbuild';

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

/** Hundreds of calls make these tables, which is much of what a start takes. */
const tables = ['src/kubernetes/reference-table.ts'];

/** Puts in the place of tables what they are made of when all is done. */
export function dataOfTables(bundler: PluginBuild, root: string): void {
  for (const table of tables) {
    const filter = new RegExp(`/${table.replaceAll('.', '\\.')}$`);
    bundler.onLoad({ filter, namespace: 'file' }, async () => {
      const exports = Object.entries(await evaluated(table, root));
      const odd = exports.find(([, value]) => !isData(value));
      if (odd !== undefined) throw new Error(`${table}: ${odd[0]} holds more than data`);
      const lines = exports.map(([name, value]) => `export const ${name} = ${parsed(value)};`);
      return { contents: lines.join('\n'), resolveDir: resolve(root, 'src') };
    });
  }
}

/** V8 is quicker to parse JSON than what it stands for in JavaScript. */
export const parsed = (value: unknown): string =>
  `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

/**
 * The library in a browser: bundled for one, and run where there is nothing but the language
 * itself.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { lint, load, report } from '../../src/index.ts';
import { root } from './published.ts';

const page = `
  import { endpointsObjects, fixAll, lint, load, predict, readConfig, report } from './src/index.ts';
  globalThis.answer = (files, config) => {
    const settings = readConfig({ path: 'kubeplumb.yaml', text: config });
    if ('problems' in settings) throw new Error(settings.problems[0].message);
    const manifests = load(files);
    return {
      endpoints: endpointsObjects(predict(manifests, settings)).map(({ metadata }) => metadata.name),
      report: report(lint(manifests, settings), 'json'),
      fixed: fixAll(manifests, settings).files.map(({ before }) => before.path),
    };
  };`;
const forBrowser: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  format: 'iife',
  write: false,
  logLevel: 'silent',
  metafile: true,
};
const bundle = (contents: string): ReturnType<typeof build> =>
  build({ ...forBrowser, stdin: { contents, resolveDir: root, loader: 'ts' } });

const paths = ['api', 'db', 'ingress', 'warehouse', 'web'].map(
  (name) => `examples/shop/${name}.yaml`,
);
const files = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
// Anchors are beyond the fast reader: the YAML library has to run as well.
const anchored = {
  path: 'anchored.yaml',
  text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: &name other\n  labels: {app: *name}\n',
};

describe('the library in a browser', () => {
  it('imports nothing of Node’s', async () => {
    const { metafile, errors } = await bundle(page);
    expect(errors).toEqual([]);
    const imports = Object.values(metafile?.inputs ?? {}).flatMap((input) => input.imports);
    expect(
      imports.filter(({ external, path }) => external === true || /^node:/.test(path)),
    ).toEqual([]);
    expect(
      Object.keys(metafile?.inputs ?? {}).filter((path) => /src\/(cli|files)\//.test(path)),
    ).toEqual([]);
  });

  it('would be found out if it did', async () => {
    await expect(bundle(`import { main } from './src/cli/main.ts'; main([], {});`)).rejects.toThrow(
      /Could not resolve "node:/,
    );
  });

  it('answers as it does here, without process, Buffer, require or a network', async () => {
    const { outputFiles } = await bundle(page);
    const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    expect(
      runInContext(
        'typeof process + typeof Buffer + typeof require + typeof fetch + typeof console.log',
        context,
      ),
    ).toMatch(/^(undefined){4}/);
    runInContext(outputFiles?.[0]?.text ?? '', context);
    const input = JSON.stringify([[...files, anchored], 'namespace: shop\n']);
    const answer = JSON.parse(
      runInContext(`JSON.stringify(answer(...${input}))`, context) as string,
    ) as Record<string, unknown>;
    const result = lint(load([...files, anchored]), { namespace: 'shop' });
    expect(result.diagnostics.length).toBeGreaterThan(3);
    expect(answer['report']).toBe(report(result, 'json'));
    expect(answer['endpoints']).toEqual(expect.arrayContaining(['web', 'api', 'db']));
    expect(answer['fixed']).toContain('examples/shop/web.yaml');
  });
});

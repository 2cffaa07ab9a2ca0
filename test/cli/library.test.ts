/** The library as it is published: one file that runs anywhere. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import * as source from '../../src/index.ts';
import { deployment, service } from './run.ts';

const root = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'kubeplumb-library-'));
afterAll(() => rmSync(directory, { recursive: true }));

const files = [
  { path: 'k8s/web.yaml', text: deployment('web') },
  { path: 'k8s/service.yaml', text: service('web', { app: 'wbe' }) + service('good', { app: 'web' }) },
];

describe('the library', () => {
  it('loads, predicts and lints', () => {
    const manifests = source.load(files);
    const { services } = source.predict(manifests);
    expect(services.map(({ object, slices }) => [object.name, slices.flatMap(({ members }) => members.map(({ count }) => count))])).toEqual(
      [
        ['web', []],
        ['good', [3]],
      ],
    );
    const { diagnostics } = source.lint(manifests);
    expect(diagnostics.map(({ rule, file, range }) => [rule, file.path, file.position(range[0])])).toEqual([
      ['service-selects-nothing', 'k8s/service.yaml', { line: 8, column: 10 }],
    ]);
    expect(source.lint(manifests, { unit: 'file' }).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('gives pods the families of the cluster', () => {
    const [slice] = source.predict(source.load(files), { ipFamilies: ['IPv6'] }).services.at(-1)?.slices ?? [];
    expect(slice).toMatchObject({ addressType: 'IPv6', sizes: [3] });
  });

  it('is built without anything of Node’s, and works as its source does', async () => {
    const outfile = join(directory, 'index.mjs');
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', '--library', `--outfile=${outfile}`], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(readFileSync(outfile, 'utf8')).not.toMatch(/^import .*|\brequire\(|\bfrom ["']node:|\bprocess\./m);
    const built = (await import(pathToFileURL(outfile).href)) as typeof source;
    expect(built.lint(built.load(files)).diagnostics.map(({ fingerprint }) => fingerprint)).toEqual(
      source.lint(source.load(files)).diagnostics.map(({ fingerprint }) => fingerprint),
    );
  });
});

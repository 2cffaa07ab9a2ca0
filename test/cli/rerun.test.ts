/** `--watch`: what brings the next run, wherever it lies. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Output } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { changesOf } from '../../src/files/changes.ts';
import { deployment, inDirectory, run, service } from './run.ts';

let here = '';
afterEach(() => rmSync(here, { recursive: true }));

/**
 * @param steps one is taken after each run
 * @returns what each run printed, the one before the first step too
 */
async function runs(
  argv: string,
  files: Readonly<Record<string, string>>,
  steps: readonly (() => void)[],
  below = '.',
): Promise<string[]> {
  here = inDirectory(files);
  const printed = [''];
  const output: Output = {
    write: (text) => void (printed[printed.length - 1] += text),
    isTTY: false,
    columns: undefined,
  };
  const silent: Output = { ...output, write: () => undefined };
  await main([...argv.split(' '), '--watch'], {
    stdin: async () => Buffer.alloc(0),
    stdout: output,
    stderr: silent,
    env: {},
    cwd: join(here, below),
    changes(paths, isOwn) {
      const watched = changesOf(paths, isOwn);
      let taken = 0;
      return {
        ...watched,
        async next() {
          const step = steps[taken];
          if (step === undefined) return false;
          taken += 1;
          const changed = watched.next();
          step();
          printed.push('');
          return changed;
        },
      };
    },
  });
  return printed.map((text) => text.trim());
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(here, path)), { recursive: true });
  writeFileSync(join(here, path), text);
}

const overlay = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('web') + service('web'),
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
};
const broken = deployment('web') + service('web', { app: 'wbe' });
const nothing = expect.stringMatching(/^$/);
const unmatched = expect.stringContaining('[service-selects-nothing]');
const lintOverlay = 'lint -q -o oneline overlays/prod';

it('a base outside of what is watched', async () => {
  const seen = await runs(lintOverlay, overlay, [
    () => write('base/web.yaml', broken),
    () => write('base/web.yaml', overlay['base/web.yaml']),
  ]);
  expect(seen).toEqual([nothing, unmatched, nothing]);
});

it('a base of a base, which comes to it only later', async () => {
  const seen = await runs(lintOverlay, overlay, [
    () => write('base/kustomization.yaml', 'resources: [web.yaml, ../common/more]\n'),
    () => write('common/more/kustomization.yaml', 'resources: [other.yaml]\n'),
    () => write('common/more/other.yaml', service('other', { app: 'wbe' })),
    () => write('common/more/other.yaml', service('other', { app: 'web' })),
  ]);
  expect(seen[3]).toEqual(unmatched);
  expect(seen[4]).toEqual(nothing);
});

it('a base whose directory is put in the place of the old one, as git does', async () => {
  const seen = await runs(lintOverlay, overlay, [
    () => {
      write('new/kustomization.yaml', overlay['base/kustomization.yaml']);
      write('new/web.yaml', broken);
      renameSync(join(here, 'base'), join(here, 'old'));
      renameSync(join(here, 'new'), join(here, 'base'));
    },
    () => write('base/web.yaml', overlay['base/web.yaml']),
  ]);
  expect(seen).toEqual([nothing, unmatched, nothing]);
});

it('a configuration above, which was not there at first', async () => {
  const files = { '.git/HEAD': 'x', 'k8s/web.yaml': broken };
  const seen = await runs('lint -q -o oneline k8s', files, [
    () => write('kubeplumb.yaml', 'rules: {service-selects-nothing: off}\n'),
    () => write('kubeplumb.yaml', 'rules: {service-selects-nothing: warning}\n'),
  ]);
  expect(seen).toEqual([unmatched, nothing, expect.stringContaining(': warning: ')]);
});

it('what the configuration says that is there', async () => {
  const files = {
    '.git/HEAD': 'x',
    'k8s/web.yaml':
      deployment('web') +
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\n' +
      'spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n',
    'kubeplumb.yaml': 'assume: [{file: elsewhere}]\n',
    'elsewhere/a.yaml': service('wbe'),
  };
  const seen = await runs('lint -q -o oneline k8s', files, [
    () => write('elsewhere/b.yaml', service('web')),
  ]);
  expect(seen).toEqual([expect.stringContaining('[ingress-backend-missing]'), nothing]);
});

it('a patch without an ending, and a directory read as a whole', async () => {
  const files = {
    ...overlay,
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{path: patch}]\n',
    'overlays/prod/patch':
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {selector: {app: web}}\n',
  };
  const seen = await runs('lint -q -o oneline --within . overlays/prod', files, [
    () =>
      write('overlays/prod/patch', files['overlays/prod/patch'].replace('app: web', 'app: wbe')),
    () => write('overlays/prod/patch', files['overlays/prod/patch']),
    () => write('base/web.yaml', broken.replace('app: wbe', 'app: bew')),
  ]);
  expect(seen[1]).toEqual(unmatched);
  expect(seen[2]).toEqual(nothing);
});

it.each([
  ['--update-baseline .', /--update-baseline at every change would accept every new finding/],
  ['--prune-baseline .', /--prune-baseline at every change/],
  ['-', /stdin can be read only once/],
  ['-f -', /stdin can be read only once/],
])('%s is refused', async (argv, message) => {
  here = inDirectory({});
  const { code, err } = await run(['lint', ...argv.split(' '), '--watch']);
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
});

/** Which paths of kustomizations count as not there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { absentFiles } from '../../src/cli/kustomizations.ts';
import { disk } from '../../src/files/file-system.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeplumb-absent-'));
  for (const name of ['.git', 'base', 'empty']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, '.gitignore'), 'generated.yaml\n/crds/\n');
  writeFileSync(join(folder, 'base/kustomization.yaml'), 'resources: []\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['a directory with a kustomization', '../base', undefined],
  ['a slip of a directory', '../bsae', { state: 'nothing', near: 'base' }],
  ['nothing near', '../elsewhere/at/all', { state: 'nothing' }],
  ['a directory without a kustomization', '../empty', { state: 'no-kustomization' }],
  ['a file that git ignores', 'generated.yaml', undefined],
  ['a file in a directory that git ignores', '../crds/all.yaml', undefined],
  ['a file that the configuration ignores', 'secret.yaml', undefined],
])('%s', (_, path, expected) => {
  const manifest = readManifest(
    new SourceFile('prod/kustomization.yaml', `resources: ['${path}']\n`),
  );
  const absent = absentFiles([manifest], folder, disk, (ignored) =>
    ignored.endsWith('secret.yaml'),
  );
  expect([...absent.values()]).toEqual(expected === undefined ? [] : [expected]);
});

/** Which paths of kustomizations count as not there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { absentFiles } from '../../src/cli/kustomizations.ts';
import { disk } from '../../src/files/disk.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { mostFileBytes } from '../../src/text/limits.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeplumb-absent-'));
  for (const name of ['.git', 'base', 'empty']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, '.gitignore'), 'generated.yaml\n/crds/\n');
  writeFileSync(join(folder, 'base/kustomization.yaml'), 'resources: []\n');
  mkdirSync(join(folder, 'made'));
  writeFileSync(join(folder, 'made/apps.yaml.j2'), '{% for app in apps %}');
  mkdirSync(join(folder, 'hack'));
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  writeFileSync(
    join(folder, 'Makefile'),
    'prod/token.yaml: token.tpl\n\t./fill $< $@\napply:\n\tkubectl apply -f prod/gone.yaml\n',
  );
  writeFileSync(join(folder, 'hack/up.sh'), 'sed "s/HOST/$1/" host.tpl > prod/host.yaml\n');
  writeFileSync(
    join(folder, 'hack/fetch.sh'),
    'mkdir -p prod/out && ./render > prod/rendered.yaml\n' +
      'git clone https://git.example.com/shop/shared.git\n',
  );
  writeFileSync(
    join(folder, 'README.md'),
    'Elsewhere there is more > of `prod/told.yaml`.\n\n    $ mkdir -p ../cluster-base\n' +
      'kubectl create secret generic db --dry-run=client -o yaml > prod/secrets.yaml\n',
  );
  writeFileSync(join(folder, '.github/workflows/ci.yml'), '  run: curl -o prod/crds.yaml "$URL"\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['a directory with a kustomization', '../base', undefined],
  ['a slip of a directory', '../bsae', { state: 'nothing', near: 'base' }],
  ['nothing near', '../elsewhere/at/all', { state: 'nothing' }],
  ['a directory without a kustomization', '../empty', { state: 'no-kustomization' }],
  ['a file that git ignores', 'generated.yaml', undefined],
  ['a file in a directory that git ignores', '../crds/all.yaml', undefined],
  ['a file that a template beside it may make', '../made/deployment-of-web.yaml', undefined],
  ['a file that the configuration ignores', 'secret.yaml', undefined],
  ['a file that make makes', 'token.yaml', undefined],
  ['a file that a script writes', 'host.yaml', undefined],
  ['a file that a script writes once it has made a directory', 'rendered.yaml', undefined],
  ['a repository that a script clones', '../shared', undefined],
  ['a file that a CI job fetches', 'crds.yaml', undefined],
  ['a file that the read-me has written', 'secrets.yaml', undefined],
  ['a directory that the read-me has made', '../cluster-base', undefined],
  ['a file that the read-me only tells of', 'told.yaml', { state: 'nothing' }],
  ['a file that is only applied', 'gone.yaml', { state: 'nothing' }],
])('%s', (_, path, expected) => {
  const manifest = readManifest(
    new SourceFile('prod/kustomization.yaml', `resources: ['${path}']\n`),
  );
  const absent = absentFiles([manifest], folder, disk, (ignored) =>
    ignored.endsWith('secret.yaml'),
  );
  expect([...absent.values()]).toEqual(expected === undefined ? [] : [expected]);
});

it('scripts are looked for in a directory called workflows, and manifests there are none', () => {
  const directory = join(folder, 'workflows');
  mkdirSync(directory);
  writeFileSync(join(directory, 'up.sh'), 'cp a.yaml token.yaml\n');
  writeFileSync(join(directory, 'job.yaml'), 'args: [cp, a.yaml, host.yaml]\n');
  const text = 'resources: [token.yaml, host.yaml]\n';
  const manifest = readManifest(new SourceFile('workflows/kustomization.yaml', text));
  // Its script writes a host.yaml as well.
  rmSync(join(folder, 'hack'), { recursive: true });
  expect([...absentFiles([manifest], folder, disk).keys()]).toEqual(['workflows/host.yaml']);
});

it('a script that is too large hides no other one', () => {
  writeFileSync(join(folder, 'hack/a.sh'), Buffer.alloc(mostFileBytes + 1));
  const manifest = readManifest(
    new SourceFile('prod/kustomization.yaml', 'resources: [host.yaml]\n'),
  );
  expect(absentFiles([manifest], folder, disk).size).toBe(0);
});

it.each([
  ['three paths, none of which is there', ['a.yaml', 'b.yaml', '../c'], 0],
  ['two paths, none of which is there', ['a.yaml', 'b.yaml'], 2],
  ['three paths, one of which is there', ['a.yaml', 'b.yaml', '../base'], 2],
  ['a slip among what is not there', ['a.yaml', 'b.yaml', '../bsae'], 1],
])('a sample of a kustomization: %s', (_, paths, expected) => {
  const text = `resources: [${paths.join(', ')}]\n`;
  const manifest = readManifest(new SourceFile('prod/kustomization.yaml', text));
  expect(absentFiles([manifest], folder, disk).size).toBe(expected);
});

it.each([
  ['patches', 'patches: [{ path: https://example.org/web.yaml }]'],
  ['strategic merge patches', 'patchesStrategicMerge: [https://example.org/a/b/web.yaml]'],
  [
    'JSON patches',
    'patchesJson6902: [{ path: https://example.org/web.json, target: { kind: Service, name: web } }]',
  ],
  ['components', 'components: [https://example.org/component?ref=main]'],
  ['replacements', 'replacements: [{ path: https://example.org/all.yaml }]'],
])('%s may come from elsewhere', (_, text) => {
  const manifest = readManifest(new SourceFile('prod/kustomization.yaml', `${text}\n`));
  expect(absentFiles([manifest], folder, disk).size).toBe(0);
});

it('takes .gitignore at its word outside of a repository too, from where things are read down', () => {
  rmSync(join(folder, '.git'), { recursive: true });
  const look = (path: string, cwd: string): number => {
    const text = `resources: ['${path}']\n`;
    return absentFiles([readManifest(new SourceFile('kustomization.yaml', text))], cwd, disk).size;
  };
  expect(look('generated.yaml', folder)).toBe(0);
  expect(look('other.yaml', folder)).toBe(1);
  expect(look('generated.yaml', join(folder, 'base'))).toBe(1);
});

/**
 * Kustomizations of our own with what the real tool makes of them (`kustomize build`, v5.7.1) in
 * expected.yaml; scripts/compare-kustomize.ts asks the tool again, here and on any folder.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { groupUnits } from '../../src/units/units.ts';

const root = fileURLToPath(new URL('../../fixtures/kustomize', import.meta.url));

function readCase(name: string): {
  built: readonly ManifestObject[];
  expected: readonly ManifestObject[];
} {
  const directory = join(root, name);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  const manifests = paths.map((path) =>
    readManifest(new SourceFile(relative('.', path), readFileSync(join(directory, path), 'utf8'))),
  );
  const expected = manifests.find(({ file }) => file.path === 'expected.yaml');
  const units = groupUnits(
    manifests.filter((manifest) => manifest !== expected),
    { mode: 'auto', explicitFiles: false },
  );
  const built = units.find(({ reason }) => reason.startsWith('kustomization'));
  if (built === undefined || expected === undefined)
    throw new Error(`${name} has no kustomization or no expected.yaml`);
  return { built: built.objects, expected: expected.objects };
}

const identity = ({ kind, namespace = '', name }: ManifestObject): string =>
  `${kind} ${namespace}/${name}`;

describe('the answers of kustomize', () => {
  it.each(readdirSync(root))('%s', (name) => {
    const { built, expected } = readCase(name);
    const byIdentity = (objects: readonly ManifestObject[]): object =>
      Object.fromEntries(objects.map((object) => [identity(object), object.value]));
    expect(byIdentity(built)).toEqual(byIdentity(expected));
    expect(built).toHaveLength(expected.length);
  });
});

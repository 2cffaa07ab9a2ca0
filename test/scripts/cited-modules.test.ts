import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { checkCitations } from '../../scripts/cited-modules.ts';

const cache = mkdtempSync(join(tmpdir(), 'kubeplumb-modules-'));
afterAll(() => rmSync(cache, { recursive: true }));
vi.spyOn(console, 'error').mockImplementation(() => undefined);

const files = {
  'k8s.io/apimachinery@v0.36.3/pkg/labels/selector.go': 'func Parse() {}',
  'github.com/!shop/till/v2@v2.9.0/pkg/old.go': 'func Old() {}',
  'github.com/!shop/till/v2@v2.10.0/pkg/new.go': 'func New() {}',
  'github.com/trade/mono/operator@v1.0.0/main.go': 'func main() {}',
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(cache, path)), { recursive: true });
  writeFileSync(join(cache, path), text);
}

const check = (repository: string, path: string, name = '', commit = ''): string[] =>
  checkCitations(
    [{ repository, path, name, releases: '', commit, file: 'src/a.ts', line: 3 }],
    cache,
  );

describe('citations of modules on disk', () => {
  it.each([
    ['kubernetes/kubernetes', 'staging/src/k8s.io/apimachinery/pkg/labels/selector.go', 'Parse'],
    ['Shop/till', 'pkg/new.go', 'New'],
    ['Shop/till', 'pkg/*.go', 'New'],
    ['trade/mono', 'operator/main.go', 'main'],
  ])('hold: %s %s %s', (repository, path, name) => {
    expect(check(repository, path, name)).toEqual([]);
  });

  it('hold in the release at which they were read', () => {
    expect(check('Shop/till', 'pkg/old.go', 'Old', 'v2.9.0')).toEqual([]);
    expect(check('Shop/till', 'pkg/old.go', 'Old')).toEqual([
      'src/a.ts:3: no pkg/old.go in v2.10.0',
    ]);
  });

  it('do not hold where the name is another', () => {
    expect(check('Shop/till', 'pkg/new.go', 'Ne')).toEqual([
      'src/a.ts:3: no Ne in pkg/new.go of v2.10.0',
    ]);
  });

  it.each([
    ['a module that is not there', 'nobody/nothing', 'a.go', ''],
    ['a release that is not there', 'Shop/till', 'pkg/new.go', '0123abcd'],
  ])('are not judged: %s', (_title, repository, path, commit) => {
    expect(check(repository, path, 'X', commit)).toEqual([]);
  });
});

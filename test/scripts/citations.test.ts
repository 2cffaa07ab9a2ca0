import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { citationsIn, sourceFiles } from '../../scripts/citations.ts';

const root = join(import.meta.dirname, '../..');
const short = (text: string, file = 'src/cluster/a.ts'): string[] =>
  citationsIn(file, text).citations.map(({ repository, path, name, releases, commit, line }) =>
    [repository, path, name, releases, commit, line].join(' '),
  );

describe('citations', () => {
  it('are tags', () => {
    expect(
      short(
        '/**\n * What.\n *\n * @source a/b pkg/c.go `D`, `E` @0123abcd (since 1.2)\n * @source a/b f.go\n */',
      ),
    ).toEqual([
      'a/b pkg/c.go D since 1.2 0123abcd 4',
      'a/b pkg/c.go E since 1.2 0123abcd 4',
      'a/b f.go    5',
    ]);
  });

  it('go on in lines that are indented', () => {
    expect(short('/**\n * @source a/b pkg/c.go\n *   `D` (2.x)\n */')).toEqual([
      'a/b pkg/c.go D 2.x  2',
    ]);
  });

  it('stand in running text', () => {
    expect(
      short('/** It is so (pkg/controller/x.go `Y`, `Z`), and in openshift/router pkg/r.go. */'),
    ).toEqual([
      'kubernetes/kubernetes pkg/controller/x.go Y  v1.36.3 1',
      'kubernetes/kubernetes pkg/controller/x.go Z  v1.36.3 1',
      'openshift/router pkg/r.go    1',
    ]);
    expect(short('// api/types/x.go `A`', 'src/units/kustomize/a.ts')).toEqual([
      'kubernetes-sigs/kustomize api/types/x.go A  v0.21.3 1',
    ]);
    expect(short('// As k8s.io/endpointslice utils.go or cli-runtime pkg/a.go `B` do')).toEqual([
      'kubernetes/kubernetes staging/src/k8s.io/cli-runtime/pkg/a.go B  v1.36.3 1',
    ]);
  });

  it('are told of where they cannot be read', () => {
    expect(citationsIn('src/a.ts', '/** @source here and there */').malformed).toEqual([
      'src/a.ts:1: @source here and there',
    ]);
  });
});

describe('src', () => {
  const files = sourceFiles(join(root, 'src')).map((path) => ({
    path: relative(root, path),
    text: readFileSync(path, 'utf8'),
  }));

  it('has no tag that cannot be read', () => {
    expect(files.flatMap(({ path, text }) => citationsIn(path, text).malformed)).toEqual([]);
  });

  it('cites nothing that was not read', () => {
    const unread = files.flatMap(({ path, text }) =>
      citationsIn(path, text).citations.filter(({ commit }) => commit === ''),
    );
    expect(unread).toEqual([]);
  });

  it.each(
    files
      .filter(({ text }) => /^export const \w+: OperatorTable/m.test(text))
      .map(({ path }) => path),
  )('%s names its sources', (path) => {
    const { text = '' } = files.find((file) => file.path === path) ?? {};
    expect(citationsIn(path, text).citations).not.toEqual([]);
  });
});

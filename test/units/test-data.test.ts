/** Which directories are test data. */
import { describe, expect, it } from 'vitest';
import { testDataAmong } from '../../src/units/test-data.ts';

/** The directories of test data that the files lie in. */
function found(...paths: string[]): (string | undefined)[] {
  return paths.map(testDataAmong(paths));
}

describe('test data', () => {
  it.each([
    'test',
    'tests',
    'e2e',
    'fake',
    'fixtures',
    'golden',
    'testdata',
    'test-data',
    '__snapshots__',
    '_site',
    '_testdata',
    'molecule',
    'Tests',
    'mimir-tests',
    'test_fixtures',
  ])('is what lies below %s', (name) =>
    expect(found('k8s/a.yaml', `pkg/${name}/b.yaml`, `pkg/${name}/deep/c.yaml`)).toEqual([
      undefined,
      `pkg/${name}`,
      `pkg/${name}`,
    ]),
  );

  it.each(['examples', 'testing', 'contest', 'latest', 'fixture.d', 'v1', 'base', 'golden-gate'])(
    'is not what lies below %s',
    (name) => expect(found('k8s/a.yaml', `pkg/${name}/b.yaml`)).toEqual([undefined, undefined]),
  );

  it('is a file that says that it is wrong, beside others', () => {
    expect(found('k8s/a.yaml', 'k8s/invalid-a.yaml')).toEqual([undefined, 'k8s']);
    expect(found('k8s/invalid-a.yaml')).toEqual([undefined]);
  });

  it('is found in absolute paths, beside relative ones as well', () =>
    expect(found('k8s/a.yaml', '/srv/tests/b.yaml', '/opt/c.yaml', '/d.yaml')).toEqual([
      undefined,
      '/srv/tests',
      undefined,
      undefined,
    ]));

  it('is not a stage on the way to production', () =>
    expect(found('overlays/prod/a.yaml', 'overlays/test/a.yaml', 'pkg/test/a.yaml')).toEqual([
      undefined,
      undefined,
      'pkg/test',
    ]));

  it('is not a stage where most directories beside it are something else', () =>
    expect(
      found('staging/a.yaml', 'test/a.yaml', 'cmd/a.yaml', 'docs/a.yaml', 'pkg/a.yaml'),
    ).toEqual([undefined, 'test', undefined, undefined, undefined]));

  it('is not a stage because there is a demo', () =>
    expect(found('demo/a.yaml', 'test/a.yaml')).toEqual([undefined, 'test']));

  it('is nothing where test data itself was asked for', () =>
    expect(found('pkg/testdata/a.yaml', 'pkg/testdata/b/c.yaml')).toEqual([undefined, undefined]));

  it.each([
    ['.', 'pkg/testdata'],
    ['pkg', 'pkg/testdata'],
    ['pkg/testdata', undefined],
    ['pkg/testdata/b', undefined],
  ])('is all there is below %s: %s', (named, expected) => {
    const paths = ['pkg/testdata/a.yaml', 'pkg/testdata/b/c.yaml'];
    const lies = testDataAmong(paths, new Set([named]));
    expect(paths.map(lies)).toEqual([expected, expected]);
  });

  it('is not the only folder of a repository, if that is called test', () =>
    expect(testDataAmong(['test/a.yaml'], new Set(['.']))('test/a.yaml')).toBeUndefined());

  it('is a directory of it within another', () =>
    expect(found('pkg/testdata/a.yaml', 'pkg/testdata/golden/c.yaml')).toEqual([
      undefined,
      'pkg/testdata/golden',
    ]));

  it('is every version that was released but the newest', () =>
    expect(
      found(
        'deploy/v1.9.0/a.yaml',
        'deploy/v1.10.0/a.yaml',
        'deploy/v1.2.1/x/a.yaml',
        'k8s/2.0/a.yaml',
      ),
    ).toEqual(['deploy/v1.9.0', undefined, 'deploy/v1.2.1', undefined]));

  it('compares versions of one thing only', () =>
    expect(found('deploy/app-1.0/a.yaml', 'deploy/db-2.0/a.yaml', 'deploy/app-1.1/a.yaml')).toEqual(
      ['deploy/app-1.0', undefined, undefined],
    ));

  it('knows absolute paths', () =>
    expect(found('/r/k8s/a.yaml', '/r/test/b.yaml')).toEqual([undefined, '/r/test']));

  it('is a directory with a case of kuttl or Chainsaw, and what lies below', () =>
    expect(
      found(
        'k8s/00-install.yaml',
        'cases/web/00-install.yaml',
        'cases/web/00-assert.yaml',
        'cases/saw/resources/app.yaml',
        'cases/saw/chainsaw-test.yaml',
        'e2e/db/01-errors.yaml',
      ),
    ).toEqual([undefined, 'cases/web', 'cases/web', 'cases/saw', 'cases/saw', 'e2e']));
});

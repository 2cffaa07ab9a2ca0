/** What is found in test data is judged, counted, and fails nothing unless it is to. */
import { describe, expect, it } from 'vitest';
import { deployment, run, service } from './run.ts';

const web = deployment('web') + service('web');
const wrong = deployment('web') + service('web', { app: 'wbe' });
const files = {
  'k8s/web.yaml': web,
  'pkg/testdata/a.yaml': wrong,
  'pkg/testdata/b.yaml': wrong,
  'e2e/c.yaml': wrong,
};

describe('test data', () => {
  it.each([
    ['does not fail a run', 0, '.'],
    ['does where it is to', 1, '. --test-data fail'],
    ['may be listed without', 0, '. --show-test-data'],
    ['is meant where it is named', 1, 'pkg/testdata'],
    ['is meant where a file of it is named', 1, 'pkg/testdata/a.yaml'],
    ['can be said to be folded', 0, '. --test-data fold'],
    ['is wrong in a word of its own', 2, '. --test-data show'],
  ])('%s', async (_, code, argv) => {
    expect((await run(argv.split(' '), { files })).code).toBe(code);
  });

  it('is a line for each rule and directory', async () => {
    const { out } = await run(['.'], { files });
    expect(out).toBe(
      [
        'in test data (--show-test-data lists each, --test-data fail lets them count)',
        '  error    2 × service-selects-nothing  pkg/testdata',
        '  error    1 × service-selects-nothing  e2e',
        '',
        'No finding in 4 files (8 objects, 4 Services): 1 Service has endpoints and 3 get none from here',
        '3 errors in test data',
        '',
      ].join('\n'),
    );
  });

  it('is unfolded by --show-test-data', async () => {
    const { out } = await run(['.', '--show-test-data'], { files });
    expect(out.match(/^error {2}Service/gm)).toHaveLength(3);
    expect(out).not.toContain('in test data');
  });

  it('is left out of one-line reports, and in them with --show-test-data', async () => {
    const { out, err } = await run(['.', '-o', 'oneline'], { files });
    expect(out).toBe('');
    expect(err).toContain('note: 3 errors in test data: --show-test-data lists each');
    const shown = await run(['.', '-o', 'oneline', '--show-test-data'], { files });
    expect(shown.out.split('\n')).toHaveLength(4);
  });

  it('is marked in JSON and counted apart', async () => {
    const { out } = await run(['.', '-o', 'json'], { files });
    const { summary, diagnostics } = JSON.parse(out) as {
      summary: { errors: number; testData: object };
      diagnostics: { file: string; testData?: string }[];
    };
    expect(summary.errors).toBe(0);
    expect(summary.testData).toEqual({ errors: 3, warnings: 0, infos: 0 });
    expect(diagnostics.map(({ testData }) => testData)).toEqual([
      'e2e',
      'pkg/testdata',
      'pkg/testdata',
    ]);
  });

  it('is marked in SARIF', async () => {
    const { out } = await run(['.', '-o', 'sarif'], { files });
    const { runs } = JSON.parse(out) as {
      runs: { results: { properties?: { testData?: string } }[] }[];
    };
    expect(runs[0]?.results.map(({ properties }) => properties?.testData)).toEqual([
      'e2e',
      'pkg/testdata',
      'pkg/testdata',
    ]);
  });

  it('is what --fix leaves alone, unless it is shown', async () => {
    const left = await run(['.', '--diff'], { files });
    expect(left).toMatchObject({ code: 0, out: '' });
    const fixed = await run(['.', '--diff', '--show-test-data'], { files });
    expect(fixed.out).toContain('+++ b/e2e/c.yaml');
  });
});

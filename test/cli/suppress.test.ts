/** `--fix`, `--diff`, `--baseline` and `--within`, with files on disk. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { inDirectory, run } from './run.ts';

const service = (selector: string): string => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: ${selector} }   # kept
  ports: [{ port: 80 }]
`;
const pod = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web }] }
`;

let directory: string | undefined;
afterEach(() => {
  if (directory !== undefined) rmSync(directory, { recursive: true });
  directory = undefined;
});

/** Several runs in one directory. */
async function runIn(
  cwd: string,
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    write: (text: string) => void (written[name] += text),
    isTTY: false,
    columns: undefined,
  });
  const code = await main(argv, {
    stdin: async () => Buffer.alloc(0),
    stdout: output('out'),
    stderr: output('err'),
    env: {},
    cwd,
  });
  return { code, ...written };
}

describe('--fix', () => {
  it('writes the files back, byte for byte but for the edits, and reports what is left', async () => {
    directory = inDirectory({
      'a.yaml': `\uFEFF${service('wbe')}`.replaceAll('\n', '\r\n'),
      'b.yaml': pod,
    });
    const { code, out, err } = await runIn(directory, 'lint', '--fix', '.');
    expect(err).toBe(
      'fixed 1 finding in 1 file:\n  a.yaml:5: Service default/web selects no pod (service-selects-nothing)\n',
    );
    expect(out).toMatch(/^No problem found in 2 files/);
    expect(code).toBe(0);
    expect(readFileSync(join(directory, 'a.yaml'), 'utf8')).toBe(
      `\uFEFF${service('web')}`.replaceAll('\n', '\r\n'),
    );
  });

  it('says when there is nothing to do', async () => {
    const { err, code } = await run(['lint', '--fix', '.'], {
      files: { 'a.yaml': service('web') + '---\n' + pod },
    });
    expect(err).toBe('nothing to fix\n');
    expect(code).toBe(0);
  });

  it('prints what came through a pipe fixed, and says on stderr what is left', async () => {
    const fixed = await run(['lint', '--fix', '-'], { stdin: `${service('wbe')}---\n${pod}` });
    expect(fixed).toMatchObject({ code: 0, out: `${service('web')}---\n${pod}` });
    expect(fixed.err).toContain('<stdin>:');
    const kept = await run(['lint', '--fix', '-'], { stdin: service('wbe') });
    expect(kept).toMatchObject({ code: 0, out: service('wbe') });
    expect(kept.err).toMatch(/^nothing to fix\nNo problem found/);
    const patch = await run(['lint', '--diff', '-'], { stdin: `${service('wbe')}---\n${pod}` });
    expect(patch.code).toBe(1);
    expect(patch.out).toMatch(/^--- a\/<stdin>\n\+\+\+ b\/<stdin>\n/);
  });

  it.each([
    ['lint', '--fix=all', '.'],
    ['lint', '--fix=', '.'],
  ])('refuses %s %s', async (...argv) => {
    const { code, err } = await run(argv, { files: { 'a.yaml': pod } });
    expect(code).toBe(2);
    expect(err).toContain('unknown value of --fix');
  });
});

describe('--diff', () => {
  it('prints a patch, changes nothing, and exits 1', async () => {
    directory = inDirectory({ 'k8s/a.yaml': service('wbe'), 'k8s/b.yaml': pod });
    const { code, out } = await runIn(directory, 'lint', '--diff', 'k8s');
    expect(out).toBe(
      '--- a/k8s/a.yaml\n+++ b/k8s/a.yaml\n@@ -2,5 +2,5 @@\n kind: Service\n metadata: { name: web }\n spec:\n-  selector: { app: wbe }   # kept\n+  selector: { app: web }   # kept\n   ports: [{ port: 80 }]\n',
    );
    expect(code).toBe(1);
    expect(readFileSync(join(directory, 'k8s/a.yaml'), 'utf8')).toBe(service('wbe'));
  });

  it('prints nothing where there is nothing to fix', async () => {
    const { code, out, err } = await run(['lint', '--diff', '.'], { files: { 'a.yaml': pod } });
    expect([code, out, err]).toEqual([0, '', 'nothing to fix\n']);
  });

  it('says so where there are guesses', async () => {
    const files = { 'a.yaml': service('api'), 'b.yaml': pod };
    const { code, out, err } = await run(['lint', '--diff', '.'], { files });
    expect([code, out]).toEqual([0, '']);
    expect(err).toBe('nothing to fix; --fix=unsafe --diff shows guesses\n');
  });
});

describe('--baseline', () => {
  it('is written, used, gets stale and is pruned', async () => {
    directory = inDirectory({ 'k8s/a.yaml': service('wbe'), 'k8s/b.yaml': pod });
    expect(await runIn(directory, 'lint', '--update-baseline', 'k8s')).toMatchObject({
      code: 0,
      err: 'kubeplumb-baseline.json: 1 finding written; from now on only new findings count\n',
    });
    const known = await runIn(directory, 'lint', '--baseline', 'kubeplumb-baseline.json', 'k8s');
    expect(known).toMatchObject({ code: 0, err: '' });
    expect(known.out.replaceAll('\n', ' ')).toContain('1 finding suppressed');
    expect(
      (
        await runIn(
          directory,
          'lint',
          '--no-ignores',
          '--baseline',
          'kubeplumb-baseline.json',
          'k8s',
        )
      ).code,
    ).toBe(1);
    // Paths are those of the baseline's directory, wherever the command runs.
    expect(
      (await runIn(join(directory, 'k8s'), 'lint', '--baseline', '../kubeplumb-baseline.json'))
        .code,
    ).toBe(0);

    writeFileSync(join(directory, 'k8s/a.yaml'), service('web'));
    expect(
      (await runIn(directory, 'lint', '--baseline', 'kubeplumb-baseline.json', 'k8s')).err,
    ).toBe(
      'kubeplumb-baseline.json: service-selects-nothing at Service default/web is reported no longer; --prune-baseline takes it out\n',
    );
    expect(
      (
        await runIn(
          directory,
          'lint',
          '--prune-baseline',
          '--baseline',
          'kubeplumb-baseline.json',
          'k8s',
        )
      ).err,
    ).toBe('kubeplumb-baseline.json: 1 entry taken out\n');
    expect(readFileSync(join(directory, 'kubeplumb-baseline.json'), 'utf8')).toBe(
      '{\n  "version": 1,\n  "findings": []\n}\n',
    );
  });

  it('is found above the input, and said so', async () => {
    directory = inDirectory({
      'k8s/a.yaml': service('wbe'),
      'k8s/b.yaml': pod,
      'other/a.yaml': service('wbe'),
      'other/b.yaml': pod,
      '.git/HEAD': '',
    });
    expect((await runIn(directory, 'lint', '--update-baseline', '.')).code).toBe(0);
    expect(await runIn(directory, 'lint', 'k8s')).toMatchObject({
      code: 0,
      err: 'kubeplumb-baseline.json: 1 known finding does not count (--no-ignores reports it)\n',
    });
    expect((await runIn(join(directory, 'k8s'), 'lint', '.')).code).toBe(0);
    expect((await runIn(directory, 'lint', '--no-ignores', 'k8s')).code).toBe(1);
    writeFileSync(join(directory, 'k8s/c.yaml'), service('api'));
    expect((await runIn(directory, 'lint', 'k8s')).code).toBe(1);
  });

  it('loses only entries of what was read, or is gone', async () => {
    directory = inDirectory({
      'k8s/a.yaml': service('wbe'),
      'k8s/b.yaml': pod,
      'other/a.yaml': service('wbe'),
      'other/b.yaml': pod,
      'gone/a.yaml': service('wbe'),
      'gone/b.yaml': pod,
    });
    const entries = (): number =>
      readFileSync(join(directory ?? '', 'kubeplumb-baseline.json'), 'utf8').split('"rule"')
        .length - 1;
    await runIn(directory, 'lint', '--update-baseline', '.');
    expect(entries()).toBe(3);
    writeFileSync(join(directory, 'k8s/a.yaml'), service('web'));
    const { err } = await runIn(directory, 'lint', 'other');
    expect(err).not.toContain('reported no longer');
    await runIn(directory, 'lint', '--prune-baseline', '--rule', 'duplicate-object', '.');
    await runIn(directory, 'lint', '--prune-baseline', 'other');
    expect(entries()).toBe(3);
    expect((await runIn(directory, 'lint', '--update-baseline', 'other')).err).toBe(
      'kubeplumb-baseline.json: 1 finding written, 2 of what was not judged kept; from now on only new findings count\n',
    );
    expect(entries()).toBe(3);
    rmSync(join(directory, 'gone'), { recursive: true });
    await runIn(directory, 'lint', '--prune-baseline', 'other');
    expect(entries()).toBe(2);
    await runIn(directory, 'lint', '--prune-baseline', '.');
    expect(entries()).toBe(1);
  });

  it('knows what stands in another file since its own is gone', async () => {
    directory = inDirectory({ 'k8s/a.yaml': service('wbe'), 'k8s/b.yaml': pod });
    const [before, after] = [join(directory, 'k8s/a.yaml'), join(directory, 'k8s/c.yaml')];
    await runIn(directory, 'lint', '--update-baseline', '.');
    renameSync(before, after);
    const moved = await runIn(directory, 'lint', '.');
    expect(moved.code).toBe(0);
    expect(moved.err).toContain(
      '1 known finding stands in another file now; --prune-baseline writes where\n',
    );
    expect(moved.err).not.toContain('reported no longer');
    await runIn(directory, 'lint', '--prune-baseline', '.');
    const again = await runIn(directory, 'lint', '.');
    expect([again.code, again.err]).toEqual([0, expect.not.stringContaining('another file')]);
    // Both are there: the second one is new.
    copyFileSync(after, before);
    expect((await runIn(directory, 'lint', '.')).code).toBe(1);
  });

  it('may stand in the configuration', async () => {
    directory = inDirectory({
      'k8s/a.yaml': service('wbe'),
      'k8s/b.yaml': pod,
      'kubeplumb.yaml': 'baseline: known.json\n',
    });
    expect((await runIn(directory, 'lint', '--update-baseline', 'k8s')).code).toBe(0);
    expect((await runIn(directory, 'lint', 'k8s')).code).toBe(0);
    expect((await runIn(directory, 'lint', '--no-config', 'k8s')).code).toBe(1);
  });

  it.each([
    [{ 'a.yaml': pod }, 'baseline b.json cannot be read; --update-baseline writes one'],
    [
      { 'a.yaml': pod, 'b.json': '[]' },
      'baseline b.json lacks "version": 1 and the list "findings"',
    ],
  ])('is refused when it is none', async (files, message) => {
    const { code, err } = await run(['lint', '--baseline', 'b.json', 'a.yaml'], { files });
    expect(code).toBe(2);
    expect(err).toBe(`error: ${message}\n`);
  });
});

describe('--within', () => {
  const files = {
    'k8s/a.yaml': service('wbe'),
    'k8s/b.yaml': pod,
    'k8s/c.yaml': service('wbe').replace('name: web', 'name: other'),
  };

  it('reads the whole and reports on the named files', async () => {
    const { code, out } = await run(['lint', '-o', 'oneline', '--within', '.', 'k8s/c.yaml'], {
      files,
    });
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^k8s\/c\.yaml:5:20: error: Service default\/other selects no pod/),
    ]);
    expect(code).toBe(1);
  });

  it('reports on the other side of a change as well', async () => {
    const { out } = await run(['lint', '-o', 'oneline', '--within', 'k8s', 'k8s/b.yaml'], {
      files,
    });
    expect(out.trimEnd().split('\n')).toHaveLength(2);
  });

  it('is silent about files that are not read', async () => {
    const { code, out } = await run(['lint', '-o', 'oneline', '--within', '.', 'README.md'], {
      files: { ...files, 'README.md': '# x' },
    });
    expect([code, out]).toEqual([0, '']);
  });

  it('takes directories', async () => {
    directory = inDirectory(files);
    mkdirSync(join(directory, 'empty'));
    expect(
      (await runIn(directory, 'lint', '-o', 'oneline', '--within', '.', 'k8s')).out
        .trimEnd()
        .split('\n'),
    ).toHaveLength(2);
    expect((await runIn(directory, 'lint', '-o', 'oneline', '--within', '.', 'empty')).out).toBe(
      '',
    );
  });
});

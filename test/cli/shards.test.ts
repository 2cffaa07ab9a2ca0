/** `lint --shard`, `merge` and `config --units -o json`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { deployment, run, service } from './run.ts';

const files = {
  'a/all.yaml': deployment('web') + service('web', { app: 'wbe' }),
  'b/all.yaml': deployment('api') + service('api'),
  'b/values.yaml': 'replicas: 1\n',
};
const scratch = mkdtempSync(join(tmpdir(), 'kubeplumb-merge-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function parts(format: string, count: number): Promise<string[]> {
  const paths: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const { out } = await run(['--shard', `${index}/${count}`, '-o', format, '.'], { files });
    const path = join(scratch, `${index}of${count}.${format}`);
    writeFileSync(path, out);
    paths.push(path);
  }
  return paths;
}

describe('lint --shard', () => {
  it('judges a part, and says which', async () => {
    const [first, second] = await Promise.all(
      ['1/2', '2/2'].map((shard) => run(['--shard', shard, '-o', 'json', '.'], { files })),
    );
    const reports = [first, second].map(
      (ran) => JSON.parse(ran?.out ?? '') as { shard: object; summary: { files: number } },
    );
    expect(reports.map(({ shard }) => shard)).toEqual([
      { index: 1, count: 2 },
      { index: 2, count: 2 },
    ]);
    expect(reports.reduce((sum, { summary }) => sum + summary.files, 0)).toBe(3);
    expect([first?.code, second?.code].sort()).toEqual([0, 1]);
  });

  it('passes a part in which nothing is', async () => {
    for (const shard of ['4/9', '9/9'])
      expect(await run(['--shard', shard, '.'], { files })).toMatchObject({ code: 0, err: '' });
    expect((await run(['--shard', '1/2', '.'], { files: { 'v.yaml': 'a: 1\n' } })).code).toBe(2);
  });

  it.each([['0/2'], ['3/2'], ['2'], ['a/b'], ['1/2/3']])('refuses %s', async (shard) => {
    const { code, err } = await run(['--shard', shard, '.'], { files });
    expect(code).toBe(2);
    expect(err).toContain('write K/N');
  });

  it.each(['--fix', '--update-baseline'])('refuses %s', async (flag) => {
    const { code, err } = await run(['--shard', '1/2', flag, '.'], { files });
    expect(code).toBe(2);
    expect(err).toContain('needs the whole input');
  });
});

describe('merge', () => {
  it.each(['json', 'sarif'])('makes of %s reports what one run writes', async (format) => {
    const whole = await run(['-o', format, '.'], { files });
    expect(await run(['merge', ...(await parts(format, 3))])).toEqual({ ...whole, err: '' });
  });

  it.each(['oneline', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown'])(
    'makes of JSON what one run writes as %s',
    async (format) => {
      const more = { 'a/old.yaml': '# one\n\n' + service('old', { app: 'wbe' }) };
      const all = { files: { ...files, ...more } };
      const whole = await run(['-o', format, '.'], all);
      const reports: Record<string, string> = {};
      for (const part of ['1/2', '2/2'])
        reports[part.replace('/', 'of')] = (
          await run(['--shard', part, '-o', 'json', '.'], all)
        ).out;
      const merged = await run(['merge', '-o', format, '1of2', '2of2'], { files: reports });
      expect(merged).toEqual({ ...whole, err: '' });
      expect(merged.out).toContain('wbe');
    },
  );

  it('refuses places that are none', async () => {
    const [report = ''] = await parts('json', 1);
    const text = readFileSync(report, 'utf8');
    const spoilt = [
      text.replaceAll('"offset"', '"of"'),
      text.replace(/"offset": \d+/g, '"offset": 9e9'),
      text.replace(/"line": \d+/g, '"line": 1000'),
      text.replaceAll('"related"', '"rel"'),
    ];
    for (const one of spoilt) {
      const { code, err } = await run(['merge', '-o', 'junit', 'r'], { files: { r: one } });
      expect(code, err).toBe(2);
      expect(err).toContain('is not as kubeplumb lint writes it');
    }
  });

  it('writes to a file, and takes --fail-on', async () => {
    const target = join(scratch, 'all.json');
    const reports = await parts('json', 2);
    expect(await run(['merge', ...reports, '-o', `json=${target}`])).toMatchObject({
      code: 1,
      out: '',
    });
    expect(JSON.parse(readFileSync(target, 'utf8'))).toHaveProperty('version', 1);
    expect((await run(['merge', ...reports, '--fail-on', 'never'])).code).toBe(0);
  });

  it('joins reports of different inputs', async () => {
    const one = await run(['-o', 'json', 'a'], { files });
    const other = await run(['-o', 'json', 'b'], { files });
    const { out } = await run(['merge', 'one', 'other'], {
      files: { one: one.out, other: other.out },
    });
    expect(JSON.parse(out)).toMatchObject({ summary: { files: 3, errors: 1 } });
  });

  it('says what is missing, twice or of another kind', async () => {
    const [first = '', second = '', third = ''] = await parts('json', 3);
    const [sarif = ''] = await parts('sarif', 1);
    const whole = join(scratch, 'whole.json');
    writeFileSync(whole, (await run(['-o', 'json', '.'], { files })).out);
    const copy = join(scratch, 'copy.json');
    writeFileSync(copy, readFileSync(first));
    const cases: [string[], string][] = [
      [[first, third], 'part 2 of 3 is missing'],
      [[first], 'parts 2 and 3 of 3 are missing'],
      [[first, second, copy, third], 'are both part 1 of 3'],
      [[first, whole], 'is a part of a run, and'],
      [[first, sarif], 'cannot be joined'],
      [[sarif, '-o', 'junit'], 'cannot be made of: write the parts with -o json=FILE'],
      [[whole, '-o', 'sarif'], 'cannot be made of: write the parts with -o sarif=FILE'],
      [[whole, '-o', 'pretty'], 'unknown format "pretty"'],
      [[], 'needs the reports'],
      [['nowhere.json'], 'nowhere.json does not exist'],
      [[join(import.meta.dirname, 'run.ts')], 'is no JSON'],
      [[join(import.meta.dirname, '../../package.json')], 'is not a JSON or SARIF report'],
    ];
    for (const [args, message] of cases) {
      const { code, err } = await run(['merge', ...args]);
      expect(code, err).toBe(2);
      expect(err).toContain(message);
    }
  });
});

describe('config --units -o json', () => {
  it('names every unit with its files and why', async () => {
    const { code, out } = await run(['config', '--units', '-o', 'json', '.'], { files });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      units: [
        { name: 'a', origin: 'directory', why: 'directory', objects: 2, files: ['a/all.yaml'] },
        { name: 'b', namespaces: ['default'], files: ['b/all.yaml', 'b/values.yaml'] },
      ],
    });
  });
});

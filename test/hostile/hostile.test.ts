/**
 * No input that a stranger can write ends a run, hides a finding of somebody else, or gets at what
 * is not theirs.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { inDirectory } from '../cli/run.ts';
import { hostileCases } from './cases.ts';

/** Of the processor, for one run, whatever else a machine does; those of the issue took minutes. */
const mostSeconds = 20;

let top = '';
beforeEach(() => {
  top = inDirectory({});
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function put(directory: string, files: Readonly<Record<string, string | Uint8Array>> = {}): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

async function lint(cwd: string, argv: readonly string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const output = {
    write: (text: string): void => void (out += text),
    isTTY: false,
    columns: undefined,
  };
  const stdin = async (): Promise<Buffer> => Buffer.alloc(0);
  const began = process.cpuUsage();
  const code = await main(['lint', ...argv, '.'], {
    stdin,
    stdout: output,
    stderr: output,
    env: {},
    cwd,
  });
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1e6).toBeLessThan(mostSeconds);
  return { code, out };
}

describe.each(Object.entries(hostileCases))('%s', (_, given) => {
  it.each(given.formats ?? ['oneline'])('as %s', async (format) => {
    const { files, links = {}, outside = {}, argv = [] } = given;
    const repository = join(top, 'repository');
    mkdirSync(repository);
    put(repository, files);
    put(join(top, 'outside'), outside);
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(repository, path));
    const { code, out } = await lint(repository, [
      ...argv,
      ...(argv.includes('-o') ? [] : ['-o', format]),
    ]);
    expect(out).not.toMatch(/fault of its own|Maximum call stack/i);
    expect(given.codes ?? [0, 1, 2], out.slice(0, 2000)).toContain(code);
    if (given.says !== undefined) expect(out).toMatch(given.says);
    if (given.never !== undefined) expect(out).not.toMatch(given.never);
    if (given.atMost !== undefined) expect(out.length).toBeLessThanOrEqual(given.atMost);
    for (const [path, text] of Object.entries(outside))
      expect(readFileSync(join(top, 'outside', path), 'utf8')).toBe(text);
  });
});

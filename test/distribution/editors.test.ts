/**
 * What docs/editors.md tells people to paste, held against what is really printed, and run in Vim
 * where there is one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployment, run, service } from '../cli/run.ts';
import { build } from '../support/build.ts';
import { temporaryDirectory } from './clone.ts';

const root = join(import.meta.dirname, '../..');
const docs = readFileSync(join(root, 'docs/editors.md'), 'utf8');
const block = (language: string, containing: string): string => {
  const all = [...docs.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  return all.map(([, text = '']) => text).find((text) => text.includes(containing)) ?? '';
};
const files = {
  'k8s/web.yaml': service('web', { target: 'htttp' }),
  'k8s/pods.yaml': deployment('web'),
  'k8s/policy.yaml':
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: default}\nspec: {podSelector: {matchLabels: {app: wbe}}}\n',
};

describe('VS Code', () => {
  interface Task {
    readonly command: string;
    readonly problemMatcher: {
      readonly pattern: { readonly regexp: string } & Readonly<Record<string, number>>;
      readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
    };
  }
  const { tasks } = parse(block('json', 'problemMatcher').replace(/^\/\/.*$/m, '')) as {
    readonly tasks: readonly [Task];
  };
  const [{ command, problemMatcher }] = tasks;

  it('the pattern takes every line apart', async () => {
    const argv = command.split(' ').filter((word) => word !== 'kubeplumb' && word !== '--watch');
    const { out } = await run(argv, { files });
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    const { regexp, ...groups } = problemMatcher.pattern;
    for (const line of lines) {
      const match = new RegExp(regexp).exec(line);
      expect(files).toHaveProperty([match?.[groups['file'] ?? 0] ?? '']);
      expect(['error', 'warning', 'info']).toContain(match?.[groups['severity'] ?? 0]);
      expect(Number(match?.[groups['line'] ?? 0])).toBeGreaterThan(0);
      expect(match?.[groups['code'] ?? 0]).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    }
  });

  it('the task tells by what --watch prints when it begins and ends', () => {
    const source = readFileSync(join(root, 'src/cli/rerun.ts'), 'utf8');
    const printed = [...source.matchAll(/stderr\.write\(\s*['`]([a-z ]+)/g)].map(
      ([, text]) => text,
    );
    const { beginsPattern, endsPattern } = problemMatcher.background;
    for (const pattern of [beginsPattern, endsPattern])
      expect(printed.filter((text) => new RegExp(pattern).test(text ?? ''))).toHaveLength(1);
  });
});

/** What the classes of a pattern of Lua are in ours (Lua 5.1 manual, 5.4.1). */
function fromLua(pattern: string): RegExp {
  const classes: Readonly<Record<string, string>> = { d: '0-9', l: 'a-z' };
  const text = pattern.replace(/\[[^\]]*\]|%(.)/g, (found, one: string | undefined) =>
    one === undefined
      ? found.replace(/%(.)/g, (_, name: string) => classes[name] ?? `\\${name}`)
      : classes[one] === undefined
        ? `\\${one}`
        : `[${classes[one]}]`,
  );
  return new RegExp(text);
}

/** An errorformat of Vim, as efm-langserver reads it too. */
function fromErrorFormat(format: string): RegExp {
  const items: Readonly<Record<string, string>> = {
    f: '(?<f>.+?)',
    l: '(?<l>\\d+)',
    c: '(?<c>\\d+)',
    t: '(?<t>.)',
    m: '(?<m>.+)',
  };
  return new RegExp(`^${format.replace(/%(.)/g, (_, item: string) => items[item] ?? '')}$`);
}

describe.each(['web', 'policy', 'pods'])('an unsaved %s', (name) => {
  const path = `k8s/${name}.yaml`;
  /** What an editor runs, with the name of the buffer in its place. */
  const linesOf = async (argv: readonly string[]): Promise<string[]> => {
    const { out } = await run(
      argv.map((word) => (/^\$(?:FILENAME|\{INPUT\})$/.test(word) ? path : word)),
      { files, stdin: files[path as keyof typeof files] },
    );
    const lines = out.split('\n').filter(Boolean);
    expect(lines.length > 0).toBe(name !== 'pods');
    return lines;
  };

  it('none-ls takes every line apart', async () => {
    const lua = block('lua', 'null_ls.register');
    const args = /args = \{ (.*) \}/.exec(lua)?.[1] ?? '';
    const argv = [...args.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
    const pattern = /from_pattern\(\s*'(.*)'/.exec(lua)?.[1] ?? '';
    const severities = [...lua.matchAll(/(\w+) = severities\./g)].map(([, word]) => word);
    for (const line of await linesOf(argv)) {
      // In the order of docs/editors.md: row, col, severity, message, code.
      const [, row, col, severity, message, code] = fromLua(pattern).exec(line) ?? [];
      expect([row, col].map(Number).every((number) => number > 0)).toBe(true);
      expect(severities).toContain(severity);
      expect(line).toContain(`${severity}: ${message} [${code}]`);
    }
  });

  it('efm-langserver takes every line apart', async () => {
    const { languages } = parse(block('yaml', 'lint-command').replace(/^#.*$/m, '')) as {
      languages: { yaml: readonly [{ 'lint-command': string; 'lint-formats': string[] }] };
    };
    const [{ 'lint-command': command, 'lint-formats': formats }] = languages.yaml;
    for (const line of await linesOf(command.split(' ').slice(1))) {
      const found = formats.flatMap((format) => {
        const groups = fromErrorFormat(format).exec(line)?.groups;
        return groups === undefined ? [] : [groups];
      });
      expect(found, line).toHaveLength(1);
      expect(found[0]?.['f']).toBe(path);
      expect(['e', 'w', 'i']).toContain(found[0]?.['t']);
    }
  });
});

const hasVim = spawnSync('vim', ['--version']).status === 0;
const ale = ['/usr/share/vim-ale'].find((path) => existsSync(path));

describe.skipIf(!hasVim)(`Vim${hasVim ? '' : ' (skipped: there is no vim on the PATH)'}`, () => {
  const work = temporaryDirectory('vim');
  const vim = (script: string): string => {
    writeFileSync(join(work, 'run.vim'), `${script}\nqa!\n`);
    const { status, stderr } = spawnSync('vim', ['-es', '-u', 'NONE', '-S', 'run.vim'], {
      cwd: work,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${work}/bin:${process.env['PATH'] ?? ''}` },
    });
    expect(status, stderr).toBe(0);
    return readFileSync(join(work, 'found.json'), 'utf8');
  };
  beforeAll(() => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(work, path, '..'), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    mkdirSync(join(work, 'bin'));
    const dist = join(work, 'dist');
    build(`--outdir=${dist}`);
    const script = `#!/bin/sh\nexec '${process.execPath}' '${dist}/kubeplumb.js' "$@"\n`;
    writeFileSync(join(work, 'bin/kubeplumb'), script, { mode: 0o755 });
  });
  afterAll(() => rmSync(work, { recursive: true }));

  it(':make fills the quickfix list', () => {
    const found = vim(
      `set nocompatible\n${block('vim', 'makeprg')}silent make!\ncall writefile([json_encode(map(getqflist(), {_, f -> bufname(f.bufnr) . ':' . f.lnum . ':' . f.type . ':' . f.valid}))], 'found.json')`,
    );
    const lines = (JSON.parse(found) as string[]).filter((line) => line.endsWith(':1'));
    expect(lines).toContain('k8s/web.yaml:11:e:1');
    expect(lines.some((line) => line.startsWith('k8s/policy.yaml:4:'))).toBe(true);
  });

  it.skipIf(ale === undefined)(
    `ALE shows findings in a buffer that is not saved${ale === undefined ? ' (skipped: Vim has no ALE)' : ''}`,
    () => {
      writeFileSync(join(work, 'kubeplumb.vim'), block('vim', 'ale#linter#Define'));
      const found = vim(`set nocompatible
filetype plugin on
set rtp+=${ale}
let g:ale_linters = {'yaml': ['kubeplumb']}
runtime plugin/ale.vim
source kubeplumb.vim
edit k8s/web.yaml
set ft=yaml
%s/htttp/htpt/
ALELint
let tries = 0
while tries < 300 && empty(ale#engine#GetLoclist(bufnr('')))
  sleep 100m
  let tries += 1
endwhile
call writefile([json_encode(ale#engine#GetLoclist(bufnr('')))], 'found.json')`);
      const [first, ...more] = JSON.parse(found) as Record<string, unknown>[];
      expect(more).toEqual([]);
      expect(first).toMatchObject({ lnum: 11, type: 'E', code: 'target-port-name-unresolved' });
      expect(first?.['text']).toContain('targetPort "htpt" is not a port');
    },
  );
});

it('the schema that the comment names is the one that is there', () => {
  const [, path = ''] =
    /\$schema=https:\/\/raw\.githubusercontent\.com\/kubeplumb\/kubeplumb\/main\/(\S+)/.exec(
      docs,
    ) ?? [];
  expect(existsSync(join(root, path))).toBe(true);
  expect(path).toBe('schema/kubeplumb.schema.json');
});

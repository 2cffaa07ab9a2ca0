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
import { distribution } from '../support/build.ts';
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

/** Version of a program, or why its tests are skipped. */
function programOf(name: string, least = 0): { readonly isThere: boolean; readonly note: string } {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  const minor = Number(/\bv?0\.(\d+)\./.exec(stdout ?? '')?.[1] ?? Infinity);
  const isThere = status === 0 && minor >= least;
  const wanted = least === 0 ? name : `${name} 0.${least} or newer`;
  return { isThere, note: isThere ? '' : ` (skipped: there is no ${wanted} on the PATH)` };
}

const vimProgram = programOf('vim');
// vim.system came with 0.10.
const neovim = programOf('nvim', 10);
const hasEfm = spawnSync('efm-langserver', ['-v']).status === 0;
const ale = ['/usr/share/vim-ale'].find((path) => existsSync(path));
const work = temporaryDirectory('editors');

beforeAll(() => {
  if (!vimProgram.isThere && !neovim.isThere) return;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(work, path, '..'), { recursive: true });
    writeFileSync(join(work, path), text);
  }
  mkdirSync(join(work, 'bin'));
  const script = `#!/bin/sh\nexec '${process.execPath}' '${distribution()}/kubeplumb.js' "$@"\n`;
  writeFileSync(join(work, 'bin/kubeplumb'), script, { mode: 0o755 });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs an editor, which writes what it has found to `found.json`. */
function foundBy(command: string, args: readonly string[]): unknown {
  const { status, stderr } = spawnSync(command, args, {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${work}/bin:${process.env['PATH'] ?? ''}` },
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(join(work, 'found.json'), 'utf8'));
}

describe.skipIf(!vimProgram.isThere)(`Vim${vimProgram.note}`, () => {
  const vim = (script: string): unknown => {
    writeFileSync(join(work, 'run.vim'), `${script}\nqa!\n`);
    return foundBy('vim', ['-es', '-u', 'NONE', '-S', 'run.vim']);
  };

  it(':make fills the quickfix list', () => {
    const found = vim(
      `set nocompatible\n${block('vim', 'makeprg')}silent make!\ncall writefile([json_encode(map(getqflist(), {_, f -> bufname(f.bufnr) . ':' . f.lnum . ':' . f.type . ':' . f.valid}))], 'found.json')`,
    );
    const lines = (found as string[]).filter((line) => line.endsWith(':1'));
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
let g:ale_linters = {'yaml': [], 'sh': ['shell']}
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
      const [first, ...more] = found as Record<string, unknown>[];
      expect(more).toEqual([]);
      expect(first).toMatchObject({ lnum: 11, type: 'E', code: 'target-port-name-unresolved' });
      expect(first?.['text']).toContain('targetPort "htpt" is not a port');
    },
  );
});

describe.skipIf(!neovim.isThere)(`Neovim${neovim.note}`, () => {
  const nvim = (script: string): unknown => {
    writeFileSync(
      join(work, 'run.lua'),
      `vim.cmd('edit k8s/web.yaml')\nvim.bo.filetype = 'yaml'\n${script}\nvim.cmd('qa!')\n`,
    );
    return foundBy('nvim', ['--headless', '-u', 'NONE', '-l', 'run.lua']);
  };
  const save = (what: string): string =>
    `vim.fn.writefile({ vim.json.encode(${what}) }, 'found.json')\n`;

  it.skipIf(!hasEfm)(
    `efm-langserver shows findings when a file is opened, and in what is not saved${hasEfm ? '' : ' (skipped: there is no efm-langserver on the PATH)'}`,
    () => {
      writeFileSync(join(work, 'efm.yaml'), block('yaml', 'lint-command'));
      const found = nvim(`
vim.lsp.start({ name = 'efm', cmd = { 'efm-langserver', '-c', 'efm.yaml' }, root_dir = vim.fn.getcwd() })
local function findings(wanted)
  vim.wait(60000, function() return (#vim.diagnostic.get(0) > 0) == wanted end, 50)
  return vim.tbl_map(function(one) return one.lnum .. ':' .. one.severity .. ':' .. one.source .. ':' .. one.message end, vim.diagnostic.get(0))
end
local opened = findings(true)
vim.cmd('%s/htttp/http/')
local mended = findings(false)
vim.cmd('%s/: http$/: htpt/')
local again = findings(true)
${save('{ opened = opened, mended = mended, again = again }')}`) as Readonly<
        Record<string, readonly string[]>
      >;
      const finding = (port: string): unknown => [
        expect.stringMatching(
          new RegExp(
            `^10:1:kubeplumb:Service .*targetPort "${port}".*\\[target-port-name-unresolved\\]$`,
          ),
        ),
      ];
      expect(found).toEqual({ opened: finding('htttp'), mended: [], again: finding('htpt') });
    },
  );

  it('what is given to none-ls reads what is printed, and nothing stands on stderr', () => {
    // Known findings are remarked on, which none-ls would take for a failure.
    writeFileSync(
      join(work, 'kubeplumb-baseline.json'),
      '{"version":1,"findings":[{"rule":"network-policy-selects-nothing","file":"k8s/policy.yaml"}]}\n',
    );
    const [found] = nvim(`
local given
package.loaded['null-ls'] = { methods = { DIAGNOSTICS = 'd' }, register = function(source) given = source end }
package.loaded['null-ls.helpers'] = {
  make_builtin = function(source) return source end,
  generator_factory = function() end,
  diagnostics = {
    severities = { error = 1, warning = 2, information = 3, hint = 4 },
    from_pattern = function(pattern, groups, options)
      return function(line)
        local entries = {}
        for i, match in ipairs({ line:match(pattern) }) do entries[groups[i]] = match end
        entries.severity = options.severities[entries.severity]
        return entries
      end
    end,
  },
}
${block('lua', 'null_ls.register')}
local options = given.generator_opts
local argv = vim.tbl_map(function(word) return word == '$FILENAME' and vim.api.nvim_buf_get_name(0) or word end, options.args)
local ran = vim.system({ options.command, unpack(argv) }, { stdin = vim.api.nvim_buf_get_lines(0, 0, -1, true) }):wait()
local lines = vim.split(ran.stdout, '\\n', { trimempty = true })
${save(`{ { diagnostics = vim.tbl_map(options.on_output, lines), stderr = ran.stderr, ok = options.check_exit_code(ran.code) } }`)}`) as readonly unknown[];
    expect(found).toEqual({
      ok: true,
      stderr: '',
      diagnostics: [
        {
          row: '11',
          col: expect.stringMatching(/^\d+$/),
          severity: 1,
          code: 'target-port-name-unresolved',
          message: expect.stringContaining('targetPort "htttp"'),
        },
      ],
    });
  });
});

it('the schema that the comment names is the one that is there', () => {
  const [, path = ''] =
    /\$schema=https:\/\/raw\.githubusercontent\.com\/kubeplumb\/kubeplumb\/main\/(\S+)/.exec(
      docs,
    ) ?? [];
  expect(existsSync(join(root, path))).toBe(true);
  expect(path).toBe('schema/kubeplumb.schema.json');
});

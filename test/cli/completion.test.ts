/** Completion scripts, asked by the shells themselves where these are installed. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { inDirectory, run } from './run.ts';

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const shells = ['bash', 'zsh', 'fish'] as const;
const ids = rules.map(({ meta }) => meta.id);

let cwd = '';
beforeAll(async () => {
  cwd = inDirectory({ 'deploy/web.yaml': '', 'my file.yaml': '' });
  for (const shell of shells)
    writeFileSync(join(cwd, `script.${shell}`), (await run(['completion', shell])).out);
});
afterAll(() => rmSync(cwd, { recursive: true }));

function ask(shell: string, script: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(shell, ['-c', script, shell, ...args], {
    cwd,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout;
}

/** What bash would offer behind the words of a command line; the last one is completed. */
function bash(...words: string[]): string[] {
  const script =
    'compopt() { :; }; source ./script.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kubeplumb; [ ${#COMPREPLY[@]} = 0 ] || printf "%s\\n" "${COMPREPLY[@]}"';
  return ask('bash', script, 'kubeplumb', ...words)
    .split('\n')
    .filter((line) => line !== '');
}

/** Without the descriptions behind tabs. */
function fish(line: string): string[] {
  return ask('fish', 'source ./script.fish; complete -C $argv[-1]', line)
    .split('\n')
    .filter((candidate) => candidate !== '')
    .map((candidate) => candidate.split('\t')[0] ?? '');
}

const missing = (shell: string): string =>
  has(shell) ? '' : ` (skipped: there is no ${shell} on the PATH)`;

describe.skipIf(!has('bash'))(`bash${missing('bash')}`, () => {
  it.each<[title: string, words: string[], offered: string[]]>([
    ['commands, and files beside them', ['de'], ['describe', 'deploy']],
    ['files with blanks in one piece', ['get', 'endpoints', 'my'], []],
    ['resources', ['get', 'endpoint'], ['endpoints', 'endpointslices']],
    ['resources that are as they are written', ['get', 'deploym'], ['deployments']],
    ['kinds, and files beside them', ['describe', 'de'], ['deployment', 'deploy']],
    [
      'formats of the command',
      ['get', '-o', ''],
      ['wide', 'name', 'yaml', 'json', 'jsonpath=', 'jsonpath-as-json=', 'custom-columns='],
    ],
    ['formats of lint where no command is named', ['-o', 's'], ['sarif']],
    ['a value behind =, which is a word of its own', ['--output', '=', 'gitl'], ['gitlab']],
    ['nothing typed behind = yet', ['--unit', '='], ['auto', 'all', 'dir', 'file']],
    ['severities', ['lint', '--fail-on', ''], ['error', 'warning', 'info', 'never']],
    ['releases', ['--kubernetes-version', '1.36'], ['1.36']],
    ['address families', ['--ip-families', 'IPv6'], ['IPv6', 'IPv6,IPv4']],
    ['rules', ['--rule', 'service-selects-n'], ['service-selects-nothing']],
    ['rules to leave out', ['--disable', 'service-selects-n'], ['service-selects-nothing']],
    [
      'a second rule',
      ['--rule', 'target-port-undeclared,service-selects-n'],
      ['target-port-undeclared,service-selects-nothing'],
    ],
    ['presets', ['lint', '--preset', 'res'], ['resilience']],
    ['rules to explain', ['explain', 'service-selects-n'], ['service-selects-nothing']],
    ['how to fix, behind = only', ['--fix', '=', ''], ['safe', 'unsafe']],
    ['flags', ['lint', '--fai'], ['--fail-on']],
    ['flags of that command only', ['rules', '--fai'], []],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['paths are left to bash', ['--config', 'd'], []],
  ])('%s', (_, words, offered) => {
    expect(bash(...words).sort()).toEqual(offered.sort());
  });

  it('offers every rule there is', () => {
    expect(bash('explain', '').sort()).toEqual([...ids].sort());
  });
});

describe.skipIf(!has('fish'))(`fish${missing('fish')}`, () => {
  it.each<[line: string, offered: string[]]>([
    [
      'kubeplumb get -o ',
      ['custom-columns=', 'json', 'jsonpath-as-json=', 'jsonpath=', 'name', 'wide', 'yaml'],
    ],
    ['kubeplumb --output=sar', ['--output=sarif']],
    ['kubeplumb completion ', ['bash', 'fish', 'zsh']],
    ['kubeplumb lint --fail-', ['--fail-on']],
    ['kubeplumb --fix=', ['--fix=safe', '--fix=unsafe']],
    ['kubeplumb explain service-selects-n', ['service-selects-nothing']],
    ['kubeplumb --disable service-selects-n', ['service-selects-nothing']],
    [
      'kubeplumb --rule target-port-undeclared,service-selects-n',
      ['target-port-undeclared,service-selects-nothing'],
    ],
    ['kubeplumb hel', ['help']],
    ['kubeplumb help desc', ['describe']],
  ])('%s', (line, offered) => {
    expect(fish(line).sort()).toEqual(offered);
  });
});

describe.skipIf(!has('zsh'))(`zsh${missing('zsh')}`, () => {
  it('is a valid script that defines the completion of kubeplumb', () => {
    expect(
      ask(
        'zsh',
        'autoload -U compinit; compinit -D -u; source ./script.zsh; echo $_comps[kubeplumb]',
      ),
    ).toBe('_kubeplumb\n');
  });
});

describe('completion', () => {
  it.each([
    ['no shell', [], /completion takes one shell: bash, zsh, fish/],
    ['a shell that is not known', ['fsh'], /unknown shell "fsh"; did you mean "zsh"/],
  ])('%s', async (_, argv, message) => {
    const { code, err } = await run(['completion', ...argv]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('tells how to install it', async () => {
    const { out } = await run(['completion', '--help']);
    for (const shell of shells) expect(out).toContain(`kubeplumb completion ${shell}`);
  });
});

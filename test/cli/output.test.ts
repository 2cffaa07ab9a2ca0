/** `-o`: what goes where, for every format, through the whole command. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { sarifErrors } from '../support/sarif-schema.ts';
import { parseXml } from '../support/xml.ts';
import { deployment, inDirectory, type Ran, run, service } from './run.ts';

const good = { 'k8s/web.yaml': deployment('web') + service('web') };
const bad = { 'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }) };
const machine = ['json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown'] as const;
const all = ['pretty', 'oneline', ...machine, 'auto'];
const actions = { GITHUB_ACTIONS: 'true' };

/** One directory for several runs, to see what is written in it. */
let cwd = '';
beforeEach(() => {
  cwd = inDirectory(bad);
});
afterEach(() => rmSync(cwd, { recursive: true }));
const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');

async function inside(
  line: string,
  env: Record<string, string> = {},
  directory = cwd,
): Promise<Ran> {
  let [out, err] = ['', ''];
  const sink = (
    add: (text: string) => void,
  ): { write: (text: string) => void; isTTY: boolean; columns: undefined } => ({
    write: add,
    isTTY: false,
    columns: undefined,
  });
  const code = await main(line.split(' '), {
    stdin: async () => Buffer.alloc(0),
    stdout: sink((text) => (out += text)),
    stderr: sink((text) => (err += text)),
    env,
    cwd: directory,
  });
  return { code, out, err };
}

describe.each(all)('-o %s', (format) => {
  it.each<[string, number, string, Readonly<Record<string, string | Uint8Array>>]>([
    ['nothing found', 0, 'k8s', good],
    ['findings', 1, 'k8s', bad],
    ['findings that are not to fail', 0, 'k8s --fail-on never', bad],
    ['a file that does not exist', 2, 'k8s gone.yaml', bad],
    ['a document that is not a YAML', 1, 'k8s', { 'k8s/a.yaml': 'kind: Service\na: [\n' }],
  ])('%s: the exit code is that of any other format, %i', async (_, expected, line, files) => {
    for (const env of [{}, actions])
      expect((await run([...line.split(' '), '-o', format], { files, env })).code).toBe(expected);
  });

  it('writes to a file what it would print, and auto is printed beside it', async () => {
    const printed = await inside(`k8s -o ${format}`);
    const beside = await inside(`k8s -o ${format}=deep/report.txt`);
    expect(read('deep/report.txt')).toBe(printed.out);
    expect(printed.out).not.toBe('');
    expect(beside).toEqual(await inside('k8s'));
  });

  it('tells of an input that could not be read, and people see it whatever becomes of the report', async () => {
    const { out, err } = await inside(`k8s gone.yaml -o ${format}`);
    if (format !== 'pretty' && format !== 'auto') expect(out).toMatch(/gone\.yaml/);
    const inReport = ['json', 'sarif', 'github', 'markdown', 'oneline'].includes(format);
    expect(err).toBe(inReport ? '' : 'error: gone.yaml does not exist\n');
  });

  it.each([
    ['Latin-1', Buffer.from('# caf\xe9\n', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffkind: Service\n', 'utf16le')],
    ['NUL', Buffer.from('a: b\0\n')],
  ])('%s below a directory is told and makes the exit code 2', async (_, bytes) => {
    const given = {
      files: { 'k8s/all.yaml': deployment('web') + service('web'), 'k8s/odd.yaml': bytes },
    };
    for (const more of [[], ['-q'], ['--fail-on', 'never']]) {
      const { code, out, err } = await run(['k8s', '-o', format, ...more], given);
      expect(code).toBe(2);
      expect(`${out}${err}`).toContain('k8s/odd.yaml');
    }
    const less = await run(
      ['k8s', '-o', format, '--fail-on', 'never', '--allow-unreadable'],
      given,
    );
    expect(less.code).toBe(0);
  });
});

describe('several reports', () => {
  it('each whole, each in its place', async () => {
    const { out, err } = await inside(
      '-o sarif=a.sarif -o gitlab=b.json -o=junit=c.xml -ocheckstyle=d.xml -o oneline k8s',
    );
    expect(err).toBe('');
    expect(out).toMatch(/^k8s\/web\.yaml:\d+:\d+: error: [^\n]+\n$/);
    expect(sarifErrors(JSON.parse(read('a.sarif')))).toEqual([]);
    expect(JSON.parse(read('b.json'))).toHaveLength(1);
    expect(parseXml(read('c.xml')).name).toBe('testsuites');
    expect(parseXml(read('d.xml')).name).toBe('checkstyle');
  });

  it('a file may have an equals sign in its name', async () => {
    await inside('-o json=a=b.json k8s');
    expect(existsSync(join(cwd, 'a=b.json'))).toBe(true);
  });

  it('files are plain, whatever stdout is', async () => {
    await inside('-o pretty=a.txt --color always k8s');
    expect(read('a.txt')).not.toContain('\u001b');
  });

  it.each([
    [
      '-o json -o sarif',
      'only one format can go to stdout, not json and sarif; write one to a file: -o sarif=FILE',
    ],
    ['-o json -o auto', 'only one format can go to stdout, not json and pretty'],
    ['-o json=', '"-o json=" names no file: -o json=FILE'],
    ['-o json=a -o sarif=a', 'json and sarif cannot both go to a'],
    [
      '-o sarfi=a.sarif',
      'unknown format "sarfi"; did you mean "sarif"? legal values: pretty, oneline, json, sarif, github, gitlab, junit, checkstyle, markdown, auto',
    ],
    ['-o yaml', 'unknown format "yaml"; legal values: pretty, oneline'],
  ])('%s is wrong use', async (flags, message) => {
    const { code, out, err } = await inside(`${flags} k8s`);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('the same format twice is not a contradiction', async () => {
    expect((await inside('-o json -o json k8s')).code).toBe(1);
  });

  it.each([
    ['a directory', 'taken', 'it is a directory'],
    ['below a file', 'k8s/web.yaml/x.json', 'a part of the path is a file'],
  ])(
    'a file that cannot be written (%s) is told, and the rest still comes',
    async (_, path, reason) => {
      mkdirSync(join(cwd, 'taken'));
      const { code, out, err } = await inside(`-o json=${path} -o gitlab=b.json -o oneline k8s`);
      expect(code).toBe(2);
      expect(err).toBe(`error: cannot write ${path}: ${reason}\n`);
      expect(out).toContain('service-selects-nothing');
      expect(JSON.parse(read('b.json'))).toHaveLength(1);
    },
  );
});

describe('in GitHub Actions', () => {
  const summary = 'summary.md';

  it('auto is github, and the summary of the step is appended to', async () => {
    const env = { ...actions, GITHUB_STEP_SUMMARY: join(cwd, summary) };
    const { out } = await inside('k8s', env);
    expect(out).toMatch(/^::error file=k8s\/web\.yaml,line=/);
    const once = read(summary);
    expect(once).toMatch(/^## kubeplumb\n\n1 error in 1 file/);
    await inside('k8s', env);
    expect(read(summary)).toBe(once + once);
  });

  it('no other format touches the summary', async () => {
    await inside('k8s -o oneline', { ...actions, GITHUB_STEP_SUMMARY: join(cwd, summary) });
    expect(existsSync(join(cwd, summary))).toBe(false);
  });

  it('places are seen from the root of the repository and link to its commit', async () => {
    const env = {
      ...actions,
      GITHUB_WORKSPACE: cwd,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_SHA: 'abc',
    };
    const { out } = await inside(
      'web.yaml -o sarif=r.sarif -o markdown=r.md',
      env,
      join(cwd, 'k8s'),
    );
    expect(out).toMatch(/^::error file=k8s\/web\.yaml,.*::web\.yaml:/);
    expect(read('k8s/r.sarif')).toContain('"uri": "k8s/web.yaml"');
    expect(read('k8s/r.md')).toContain('](https://github.com/acme/shop/blob/abc/k8s/web.yaml#L');
  });
});

it('in GitLab places are seen from the root of the repository and link to its commit', async () => {
  const env = {
    CI_PROJECT_DIR: cwd,
    CI_PROJECT_URL: 'https://gitlab.com/acme/shop',
    CI_COMMIT_SHA: 'abc',
  };
  const { out } = await inside('web.yaml -o gitlab -o markdown=r.md', env, join(cwd, 'k8s'));
  expect(JSON.parse(out)).toMatchObject([{ location: { path: 'k8s/web.yaml' } }]);
  expect(read('k8s/r.md')).toContain('](https://gitlab.com/acme/shop/-/blob/abc/k8s/web.yaml#L');
});

it('GitLab’s fingerprints are unique, and stay when lines move', async () => {
  const text = Array.from(
    { length: 20 },
    (_, index) => deployment(`web-${index}`) + service(`web-${index}`, { target: 'htttp' }),
  ).join('');
  const prints = async (given: string): Promise<string[]> => {
    const { out } = await run(['-o', 'gitlab', 'a.yaml'], { files: { 'a.yaml': given } });
    return (JSON.parse(out) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
  };
  const before = await prints(text);
  expect(new Set(before).size).toBe(20);
  expect(await prints(`# moved\n\n${text}`)).toEqual(before);
});

describe('the problem matcher', () => {
  interface Matcher {
    owner: string;
    severity?: string;
    pattern: [
      {
        regexp: string;
        file: number;
        line: number;
        column: number;
        severity?: number;
        message: number;
        code: number;
      },
    ];
  }
  const path = join(import.meta.dirname, '../../.github/kubeplumb-matcher.json');
  const { problemMatcher } = JSON.parse(readFileSync(path, 'utf8')) as {
    problemMatcher: Matcher[];
  };
  const problems = (text: string): object[] =>
    text.split('\n').flatMap((line) =>
      problemMatcher.flatMap(({ severity, pattern: [pattern] }) => {
        const match = new RegExp(pattern.regexp).exec(line);
        if (match === null) return [];
        const severityOf = pattern.severity === undefined ? severity : match[pattern.severity];
        return [
          {
            file: match[pattern.file],
            line: match[pattern.line],
            column: match[pattern.column],
            severity: severityOf,
            message: match[pattern.message],
            code: match[pattern.code],
          },
        ];
      }),
    );

  const found = {
    file: 'k8s/web: 1.yaml',
    severity: 'error',
    code: 'service-selects-nothing',
    message: expect.stringMatching(
      /^Service default\/web selects no pod: no pod .* has app=web$/,
    ) as string,
  };

  it('understands what oneline prints, with the severities that GitHub knows', async () => {
    const files = {
      'k8s/web: 1.yaml': bad['k8s/web.yaml'],
      'k8s/jobs.yaml':
        service('jobs', { app: 'something-else', namespace: 'jobs' }) +
        deployment('other', { namespace: 'jobs' }),
    };
    const { out } = await run(['-o', 'oneline', '--unit', 'all', 'k8s'], { files });
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(problems(out)).toMatchObject([{ file: 'k8s/jobs.yaml', severity: 'warning' }, found]);
    const infos = out.replace(': warning: ', ': info: ');
    expect(problems(infos)).toMatchObject([
      { file: 'k8s/jobs.yaml', severity: 'notice', code: 'service-selects-nothing' },
      found,
    ]);
    const [, plain = ''] = out.split('\n');
    const colored = plain.replace(
      /^(.*?)(:\d+:\d+): error: (.*) (\[.*\])$/,
      '\u001b[1m$1\u001b[22m$2: \u001b[31merror\u001b[39m: $3 \u001b[2m$4\u001b[22m',
    );
    expect(colored).not.toBe(plain);
    expect(problems(colored)).toEqual(problems(plain));
  });

  it('takes nothing else for a finding', async () => {
    for (const format of ['pretty', 'json', 'markdown'])
      expect(problems((await run(['-o', format, 'k8s'], { files: bad })).out)).toEqual([]);
  });
});

describe('a path that leads nowhere', () => {
  const files = { 'k8s/web.yaml': service('web'), 'k8s/pods.yaml': deployment('web') };

  it.each(['pretty', 'github', 'oneline', 'json', 'sarif', 'junit', 'checkstyle', 'markdown'])(
    '%s says which one was probably meant',
    async (format) => {
      const { code, out, err } = await run(['lint', '-o', format, 'k8s/web.yml'], { files });
      expect(code).toBe(2);
      expect(`${out}${err}`).toMatch(
        /does not exist; did you mean \\?(?:"|&quot;)k8s\/web\.yaml\\?(?:"|&quot;)\?/,
      );
    },
  );
});

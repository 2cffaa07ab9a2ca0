/** The command as it is distributed, as a process. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { built, distribution, oneFile } from '../support/build.ts';
import { parseXml } from '../support/xml.ts';
import { deployment, inDirectory, service } from './run.ts';

const root = join(import.meta.dirname, '../..');
const dist = distribution();
const bundle = join(dist, 'kubeplumb.js');
const cwd = inDirectory({
  'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }),
  'many.yaml': Array.from(
    { length: 500 },
    (_, index) => deployment(`web-${index}`) + service(`web-${index}`, { target: 'htttp' }),
  ).join(''),
});

/** Every file of a folder with its text. */
const filesIn = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(directory, path), readFileSync(path, 'utf8')]),
  );

afterAll(() => rmSync(cwd, { recursive: true }));

const run = (
  args: readonly string[],
  input = '',
): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } =>
  spawnSync(process.execPath, [bundle, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env['PATH'] ?? '' },
  });

/** Runs a line of Bash in which `"$@"` is the command. */
const inShell = (script: string): { stdout: string; stderr: string } =>
  spawnSync('bash', ['-c', script, 'bash', process.execPath, bundle, '-o', 'oneline'], {
    cwd: join(cwd, 'k8s'),
    encoding: 'utf8',
  });

/** Resolves with all that a stream has given as soon as it holds a text so often. */
function holds(stream: NodeJS.ReadableStream, text: string, times: number): Promise<string> {
  let all = '';
  return new Promise((resolved) => {
    stream.on('data', (chunk: Buffer) => {
      all += chunk.toString();
      if (all.split(text).length > times) resolved(all);
    });
  });
}

it('--watch judges again when a file is saved', async () => {
  const here = inDirectory({ 'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }) });
  const child = spawn(
    process.execPath,
    [bundle, '--watch', '-o', 'oneline', '-o', 'json=r.json', 'k8s'],
    {
      cwd: here,
    },
  );
  try {
    const out = holds(child.stdout, 'selects no pod', 2);
    await holds(child.stderr, 'watching k8s', 1);
    const again = holds(child.stderr, 'watching k8s', 1);
    writeFileSync(join(here, 'k8s/web.yaml'), deployment('web') + service('web'));
    await again;
    writeFileSync(join(here, 'k8s/new.yaml'), service('new', { app: 'wbe' }));
    expect(await out).toMatch(/^k8s\/web\.yaml:.*\n\n\nk8s\/new\.yaml:.*\n$/);
  } finally {
    child.kill();
    rmSync(here, { recursive: true });
  }
});

describe('the bundle', () => {
  it('is the same however often it is built', () => {
    expect(filesIn(built().again)).toEqual(filesIn(dist));
  });

  it('has no code that could reach a network, and loads what starts processes (git, kustomize, helm) only when asked to', () => {
    const text = Object.values(filesIn(dist)).join('\n');
    const modules = [
      ...text.matchAll(/(?:from|require\(|import\()\s*["']((?:node:)?[a-z_/]+)["']/g),
    ].map(([, name = '']) => name.replace('node:', ''));
    expect(modules).toContain('fs');
    expect(
      modules.filter((name) =>
        /^(https?|http2|net|tls|dns|dgram|child_process|worker_threads|cluster|inspector)(\/|$)/.test(
          name,
        ),
      ),
    ).toEqual([]);
    expect(text).not.toMatch(/\bfetch\(|WebSocket|XMLHttpRequest/);
  });

  it('has the version written in', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(run(['--version']).stdout).toBe(`kubeplumb ${version}\n`);
  });

  it.each<[string, readonly string[], string, readonly string[]]>([
    ['the version', ['--version'], '', []],
    ['two objects', ['-'], deployment('web') + service('web'), ['lint']],
    ['what was found', ['-'], service('web'), ['findings', 'lint']],
    ['YAML that is not plain', ['-'], `a: &a\n  b: 1\nc: *a\n---\n${service('web')}`, ['yaml']],
    ['help of all commands', ['--help'], '', ['help', 'lint', 'get', 'completion']],
    ['another format', ['-o', 'sarif', '-'], deployment('web') + service('web'), ['reports']],
  ])('loads what is needed and no more: %s', (name, args, input, wanted) => {
    const hook = join(cwd, 'loaded.cjs');
    writeFileSync(
      hook,
      "process.on('exit', () => console.error('loaded', JSON.stringify(Object.keys(require.cache))))",
    );
    const { stderr } = spawnSync(process.execPath, ['--require', hook, bundle, ...args], {
      cwd,
      input,
      encoding: 'utf8',
      // What comes from there is in no list of Node's.
      env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    const paths = JSON.parse(/^loaded (.*)$/m.exec(stderr)?.[1] ?? '') as string[];
    const parts = paths
      .filter((path) => path.includes('parts'))
      .map((path) => basename(path, '.cjs'));
    if (['the version', 'two objects'].includes(name)) expect(parts.sort()).toEqual(wanted);
    else expect(parts).toEqual(expect.arrayContaining([...wanted]));
  });

  it('gives the same report as the command in one file', () => {
    const bad = join('fixtures', 'bad');
    // Of each rule one: what differs between the two is how its code is loaded.
    const ofEach = readdirSync(join(root, bad)).flatMap((rule) => {
      const names = readdirSync(join(root, bad, rule)).filter((name) => name.endsWith('.yaml'));
      return names.slice(0, 1).map((name) => join(bad, rule, name));
    });
    for (const args of [
      ['lint', '-o', 'json', '--allow-empty', '--unit', 'file', 'fixtures/kustomize'],
      ['lint', '-o', 'json', '--preset', 'all', '--unit', 'file', ...ofEach],
      ['rules', '-o', 'json'],
      ['get', 'endpointslices', '-A', '-R', '-o', 'json', 'fixtures/conformance'],
    ]) {
      const [parts, one] = [bundle, oneFile()].map((path) =>
        spawnSync(process.execPath, [path, ...args], { cwd: root, maxBuffer: 1 << 28 }),
      );
      expect(parts?.stdout.length).toBeGreaterThan(50_000);
      expect(parts?.stdout.equals(one?.stdout ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('finds', () => {
    const { status, stdout, stderr } = run(['k8s']);
    expect(stdout).toContain('service-selects-nothing');
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  it('traces', () => {
    const good = deployment('web') + service('web');
    expect(run(['trace', 'service/web', '-'], good)).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout, stderr } = run(['trace', 'deployment/web', 'service/web', 'k8s']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('broken at: endpoints');
    const { traces } = JSON.parse(
      run(['trace', '-o', 'json', 'service/web:81', '-'], good).stdout,
    ) as { traces: { state: string }[] };
    expect(traces.map(({ state }) => state)).toEqual(['broken']);
    expect(run(['trace', 'service/gone', '-'], good)).toMatchObject({ status: 1, stdout: '' });
  });

  it('reads a pipe', () => {
    expect(run(['-'], deployment('web') + service('web'))).toMatchObject({ status: 0, stderr: '' });
  });

  // What starts it, and what that gives it as stdin.
  it.each([
    ['GitHub Actions, pre-commit: a pipe that is closed', 'true | "$@"'],
    ['GitLab: the same', ': | eval \'"$@"\''],
    ['a container without -i, a git hook, systemd', '"$@" </dev/null'],
    ['xargs', 'echo --quiet | xargs "$@"'],
    ['a daemon that closed it', '"$@" <&-'],
    ['a program that takes its time to write nothing', 'sleep 1 | "$@"'],
    [
      'Node, which keeps a socket open',
      `node -e 'require("child_process").spawn(process.argv[1], process.argv.slice(2), { stdio: ["pipe", "inherit", "inherit"] })' "$@"`,
    ],
  ])('reads the working directory where nothing comes from %s', (_, script) => {
    const { stdout, stderr } = inShell(script);
    expect(stderr.replace(/^note: stdin is empty.*\n/, '')).toBe('');
    expect(stdout).toContain('web.yaml');
  });

  it.each([
    ['a pipe', 'cat web.yaml | "$@"'],
    ['a program that takes its time', '{ sleep 1; cat web.yaml; } | "$@"'],
    ['a file', '"$@" < web.yaml'],
    [
      'Node',
      `node -e 'require("child_process").spawnSync(process.argv[1], process.argv.slice(2), { input: "a: b", stdio: ["pipe", "inherit", "inherit"] })' "$@"`,
    ],
    [
      'a pre-push hook, which has the names of what is pushed',
      'echo refs/heads/main 1 refs/heads/main 0 | "$@"',
    ],
  ])('does not take the working directory for what comes from %s', (_, script) => {
    const { stdout, stderr } = inShell(script);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: something is piped in, and no path was named/);
  });

  it('reads patterns and prints YAML, with libraries that are loaded late', () => {
    expect(run(['lint', '-o', 'oneline', 'k8s/*.yaml']).stdout).toMatch(
      /^k8s\/web\.yaml:\d+:\d+: error: /,
    );
    expect(run(['get', 'svc', '-o', 'yaml', 'k8s']).stdout).toMatch(
      /^apiVersion: v1\nitems:\n- apiVersion: v1\n {2}kind: Service\n/,
    );
  });

  it.each<[string, (report: string) => number]>([
    ['json', (report) => (JSON.parse(report) as { diagnostics: unknown[] }).diagnostics.length],
    [
      'sarif',
      (report) => (JSON.parse(report) as { runs: [{ results: unknown[] }] }).runs[0].results.length,
    ],
    ['gitlab', (report) => (JSON.parse(report) as unknown[]).length],
    ['junit', (report) => parseXml(report).children[0]?.children.length ?? 0],
    ['oneline', (report) => report.trimEnd().split('\n').length],
  ])('writes more than a pipe holds, to the last byte: %s', async (format, findings) => {
    const out = await new Promise<string>((resolve) => {
      // A slow reader: the pipe is full long before the process has ended.
      const child = execFile(
        process.execPath,
        [bundle, '-o', format, 'many.yaml'],
        { cwd, maxBuffer: 1 << 28 },
        (_, stdout) => resolve(stdout),
      );
      child.stdout?.pause();
      setTimeout(() => child.stdout?.resume(), 200);
    });
    expect(out.length).toBeGreaterThan(66_000);
    expect(findings(out)).toBe(500);
  });

  it('is quiet when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [bundle, 'many.yaml'], { cwd });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
  });
});

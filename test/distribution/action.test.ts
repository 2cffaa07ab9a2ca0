/**
 * The GitHub Action's script, run as the runner does: inputs and files in environment variables.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployment, service } from '../cli/run.ts';
import { plantTrap } from '../support/git-trap.ts';
import { cloneInto, git, gitEnvironment, type Run, run, temporaryDirectory } from './clone.ts';

const action = temporaryDirectory('action');
const work = temporaryDirectory('action-work');
const runner = temporaryDirectory('action-runner');
const paths = {
  output: join(runner, 'output'),
  summary: join(runner, 'summary.md'),
  event: join(runner, 'event.json'),
};

interface Step extends Run {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

interface ActionFile {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}
const metadata = parse(
  readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8'),
) as ActionFile;

/**
 * The runner gives every input that action.yml knows, empty where it has neither value nor default.
 */
function step(
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Step {
  writeFileSync(paths.output, '');
  writeFileSync(paths.summary, '');
  const given = Object.entries(metadata.inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    inputs[name] ?? input.default ?? '',
  ]);
  for (const name of Object.keys(inputs)) expect(Object.keys(metadata.inputs)).toContain(name);
  const ran = run(process.execPath, [join(action, metadata.runs.main)], work, {
    ...gitEnvironment,
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_WORKSPACE: work,
    GITHUB_OUTPUT: paths.output,
    GITHUB_STEP_SUMMARY: paths.summary,
    GITHUB_EVENT_PATH: paths.event,
    RUNNER_TEMP: runner,
    ...(Object.fromEntries(given) as Record<string, string>),
    ...env,
  });
  const outputs = readFileSync(paths.output, 'utf8').matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm);
  return {
    ...ran,
    outputs: Object.fromEntries([...outputs].map(([, name, , value]) => [name, value])),
    summary: readFileSync(paths.summary, 'utf8'),
  };
}

const good = { 'k8s/deploy.yaml': deployment('web'), 'k8s/service.yaml': service('web') };
const broken = { ...good, 'k8s/service.yaml': service('web', { app: 'wbe' }) };

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(work, path, '..'), { recursive: true });
    writeFileSync(join(work, path), text);
  }
}
const commit = (files: Readonly<Record<string, string>>): string => {
  write(files);
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--allow-empty', '--message', 'change');
  return git(work, 'rev-parse', 'HEAD');
};

beforeAll(() => cloneInto(action, ['action', 'action.yml', 'package.json']));
beforeEach(() => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  rmSync(paths.event, { force: true });
});
afterAll(() => {
  for (const directory of [action, work, runner])
    rmSync(directory, { recursive: true, force: true });
});

describe('action.yml', () => {
  it('runs a file that is there, and describes every input and output', () => {
    expect(existsSync(join(action, metadata.runs.main))).toBe(true);
    const described = [...Object.values(metadata.inputs), ...Object.values(metadata.outputs)].map(
      ({ description }) => description.length > 10,
    );
    expect(described).not.toContain(false);
  });
});

describe('the action', () => {
  it('annotates, writes the summary once, counts, and fails for an error', () => {
    write(broken);
    const { code, out, err, outputs, summary } = step();
    expect(code).toBe(1);
    expect(out).toMatch(
      /^::error file=k8s\/service\.yaml,line=\d+,.*title=kubeplumb \(service-selects-nothing\)::/m,
    );
    expect(err).toBe('');
    expect(outputs).toEqual({ errors: '1', warnings: '0', infos: '0' });
    expect(summary.match(/^## kubeplumb$/gm)).toHaveLength(1);
    expect(readdirSync(runner).sort()).toEqual(['output', 'summary.md']);
  });

  it('passes what is wired well', () => {
    write(good);
    expect(step()).toMatchObject({ code: 0, outputs: { errors: '0' } });
  });

  it.each([['pretty'], ['oneline'], ['json']])(
    'writes the summary once whatever the log is: %s',
    (format) => {
      write(broken);
      const { code, out, summary } = step({ format });
      expect(code).toBe(1);
      expect(out).not.toContain('::error ');
      expect(summary.match(/^## kubeplumb$/gm)).toHaveLength(1);
    },
  );

  it('lets no text of a manifest command the runner', () => {
    write({ 'k8s/service.yaml': service('web', { app: '"##[add-mask]x"' }) + deployment('web') });
    for (const format of ['pretty', 'auto']) {
      const { out } = step({ format });
      const [, token = ''] = /^::stop-commands::(.+)$/m.exec(out) ?? [];
      const obeyed = token === '' ? out : out.slice(out.indexOf(`\n::${token}::`));
      // What is a command of the new form is not searched for the old one.
      expect(
        obeyed.split('\n').filter((line) => !line.startsWith('::') && line.includes('##[')),
      ).toEqual([]);
      expect(obeyed.match(/^::(?!(error|warning|notice) )/gm)?.length ?? 0).toBe(
        token === '' ? 0 : 1,
      );
    }
  });

  it.each<[string, Record<string, string>, number]>([
    ['several paths', { paths: 'good broken' }, 1],
    ['one a line', { paths: '\n  good\n  broken\n' }, 1],
    ['only what is named', { paths: 'good' }, 0],
    ['a quoted path with a space', { paths: `"with space"` }, 1],
    ['a path in single quotes', { paths: `'with space'` }, 1],
    ['a path that looks like a flag', { paths: '-dash' }, 1],
    ['a path that a shell would run', { paths: '$(touch${IFS}hacked);`touch${IFS}hacked`' }, 2],
    ['a pattern', { paths: 'bro*/**.yaml good/*' }, 1],
    ['a working directory', { 'working-directory': 'broken' }, 1],
    ['one that is not there', { 'working-directory': 'nowhere' }, 2],
    ['fail-on', { paths: 'broken', 'fail-on': 'never' }, 0],
    ['a wrong fail-on', { paths: 'broken', 'fail-on': 'erorr' }, 2],
    ['flags', { paths: 'broken', args: '--rule  target-port-ambiguous\n--quiet' }, 0],
    ['a configuration', { paths: 'broken', config: 'my config.yaml' }, 0],
    ['a configuration that is not there', { paths: 'broken', config: 'other.yaml' }, 2],
    ['a format nobody knows', { paths: 'broken', format: 'xml' }, 2],
  ])('takes %s', (_, inputs, code) => {
    for (const directory of ['broken', 'with space', '-dash'])
      write({ [`${directory}/all.yaml`]: deployment('web') + service('web', { app: 'wbe' }) });
    write({
      'good/all.yaml': deployment('api') + service('api'),
      'my config.yaml': 'rules:\n  service-selects-nothing: off\n',
    });
    const ran = step(inputs);
    expect(ran, ran.out + ran.err).toMatchObject({ code });
    if (code === 2) expect(ran.out).toMatch(/^::error title=kubeplumb|^::error::/m);
    expect(existsSync(join(work, 'hacked'))).toBe(false);
  });

  it.each<[Record<string, string>, string]>([
    [{ 'fail-on': 'erorr' }, 'unknown value of the input fail-on "erorr"; did you mean "error"?'],
    [{ format: 'xml' }, 'the input format: unknown format "xml"'],
    [{ config: 'other.yaml' }, 'the input config: other.yaml does not exist'],
    [
      { paths: 'k9s', format: 'pretty' },
      'the input paths: k9s does not exist; did you mean "k8s"?',
    ],
    [{ args: '--nope' }, 'the input args: unknown flag "--nope"'],
    [{ args: '--rule nope' }, 'the input args: unknown rule "nope"; kubeplumb rules lists them'],
    [{ args: '--shard=9' }, 'the input args: --shard 9 is not a part'],
    [{ args: '--selector a=b' }, 'the input args: lint has no flag --selector'],
    ...['nowhere', Object.keys(good)[0] ?? ''].map(
      (directory): [Record<string, string>, string] => [
        { 'working-directory': directory },
        `the input working-directory: ${directory} is no directory`,
      ],
    ),
  ])('speaks of inputs, not of flags: %o', (inputs, message) => {
    write(good);
    const { code, out } = step(inputs);
    expect(code).toBe(2);
    expect(out).toContain(`::error title=kubeplumb::${message}`);
    expect(out).not.toContain('--help');
  });

  it('does not take a fault for one of args that has a word in common with it', () => {
    write({ ...good, 'kubeplumb.yaml': 'rules: { nope: off }\n' });
    const { code, out } = step({ args: '--exclude yaml' });
    expect(code).toBe(2);
    expect(out).not.toContain('the input args');
  });

  it.each(['k.sarif', 'reports/k.sarif', 'with space/k%0A.sarif'])(
    'writes SARIF to %s and says where',
    (file) => {
      write(broken);
      const { outputs, out } = step({ 'sarif-file': file, 'working-directory': 'k8s' });
      expect(outputs['sarif-file']).toBe(join(work, 'k8s', file));
      expect(out).toContain('::error file=k8s/service.yaml');
      const { runs } = JSON.parse(readFileSync(join(work, 'k8s', file), 'utf8')) as {
        runs: [{ results: unknown[] }];
      };
      expect(JSON.stringify(runs[0].results)).toContain('"uri":"k8s/service.yaml"');
    },
  );

  it('says nothing of a SARIF file that was not written', () => {
    write(broken);
    writeFileSync(join(work, 'blocked'), '');
    const { code, outputs } = step({ 'sarif-file': 'blocked/k.sarif' });
    expect(code).toBe(2);
    expect(outputs).not.toHaveProperty('sarif-file');
  });
});

describe('the comment of a pull request', () => {
  const pull = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' };

  beforeEach(() => {
    git(work, 'init', '--quiet', '--initial-branch', 'main');
    commit(good);
    git(work, 'checkout', '--quiet', '-b', 'change');
    commit(broken);
    git(work, 'checkout', '--quiet', 'main');
    commit({ 'readme.txt': 'meanwhile' });
  });

  function expectLoss({ code, out, outputs }: Step): void {
    expect(code, out).toBe(1);
    const text = readFileSync(outputs['comment-file'] ?? '', 'utf8');
    expect(text).toMatch(/loses? (its|their) last endpoint/);
    expect(text).toContain('default/web');
    expect(text).toMatch(/^<!-- kubeplumb -->\n## kubeplumb: `(?:main|HEAD~1)` → /);
    expect(outputs['changed']).toBe('true');
  }

  /** What docs/ci.md has people paste, with a `gh` that keeps comments in a file. */
  function post({ outputs }: Step): { id: number; body: string }[] {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/ci.md'), 'utf8');
    const [, yaml = ''] =
      /^```yaml\n(name: kubeplumb\n(?:(?!^```)[\s\S])*?gh api[\s\S]*?)^```$/m.exec(docs) ?? [];
    const { jobs } = parse(yaml) as { jobs: { kubeplumb: { steps: { run?: string }[] } } };
    const script = jobs.kubeplumb.steps.find(({ run: text }) => text?.includes('gh api'))?.run;
    const store = join(runner, 'comments.json');
    if (!existsSync(store))
      writeFileSync(store, JSON.stringify([{ id: 1, body: 'of somebody else' }]));
    writeFileSync(join(runner, 'gh'), fakeGh(store), { mode: 0o755 });
    const { code, err } = run('bash', ['-e', '-o', 'pipefail', '-c', script ?? 'exit 9'], work, {
      PATH: `${runner}:${process.env['PATH'] ?? ''}`,
      GITHUB_REPOSITORY: 'shop/infra',
      NUMBER: '7',
      FILE: outputs['comment-file'] ?? '',
      CHANGED: outputs['changed'] ?? '',
    });
    expect(code, err).toBe(0);
    return JSON.parse(readFileSync(store, 'utf8')) as { id: number; body: string }[];
  }

  function fakeGh(store: string): string {
    return `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const comments = JSON.parse(fs.readFileSync('${store}', 'utf8'));
const of = (flag) => args[args.indexOf(flag) + 1];
const field = () => fs.readFileSync(of('--field').replace('body=@', ''), 'utf8');
const path = args.find((arg) => arg.startsWith('repos/'));
if (args.includes('PATCH')) comments.find(({ id }) => path.endsWith('/comments/' + id)).body = field();
else if (args.includes('POST')) comments.push({ id: comments.length + 1, body: field() });
else {
  const [, start] = /startswith\\("(.*?)"\\)/.exec(of('--jq'));
  for (const { id, body } of comments) if (body.startsWith(start)) console.log(id);
}
fs.writeFileSync('${store}', JSON.stringify(comments));
`;
  }

  it('is posted once, edited from then on, and not begun where nothing changes', () => {
    git(work, 'checkout', '--quiet', 'change');
    const compared = (base: string): Step => step({ 'comment-file': 'comment.md', base });
    const same = compared('HEAD');
    expect(same.outputs['changed']).toBe('false');
    expect(post(same)).toEqual([{ id: 1, body: 'of somebody else' }]);
    const changed = post(compared('HEAD~1'));
    expect(changed).toHaveLength(2);
    expect(changed[1]?.body).toContain('default/web');
    const undone = post(compared('HEAD'));
    expect(undone).toHaveLength(2);
    expect(undone[1]?.body).toContain('no change to any endpoint');
    expect(undone[0]?.body).toBe('of somebody else');
    rmSync(join(runner, 'comments.json'));
    rmSync(join(runner, 'gh'));
  });

  it('compares the merge with its first parent, in a checkout of depth 2', () => {
    git(work, 'checkout', '--quiet', '--detach');
    git(work, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
    const merge = git(work, 'rev-parse', 'HEAD');
    const origin = temporaryDirectory('action-origin');
    git(work, 'clone', '--quiet', '--bare', '.', origin);
    git(origin, 'update-ref', 'refs/pull/1/merge', merge);
    rmSync(work, { recursive: true });
    mkdirSync(work);
    git(work, 'init', '--quiet');
    git(work, 'fetch', '--quiet', '--depth', '2', `file://${origin}`, 'refs/pull/1/merge');
    git(work, 'checkout', '--quiet', '--detach', merge);
    expectLoss(step({ 'comment-file': 'comment.md' }, { ...pull, GITHUB_SHA: merge }));
    rmSync(origin, { recursive: true });
  });

  it('compares a branch with where it began', () => {
    const main = git(work, 'rev-parse', 'main');
    git(work, 'checkout', '--quiet', 'change');
    writeFileSync(paths.event, JSON.stringify({ pull_request: { base: { sha: main } } }));
    expectLoss(
      step({ 'comment-file': join(runner, 'comment.md') }, { ...pull, GITHUB_SHA: 'f'.repeat(40) }),
    );
  });

  it('compares with what is asked for', () => {
    git(work, 'checkout', '--quiet', 'change');
    expectLoss(step({ 'comment-file': 'a b/comment.md', base: 'HEAD~1' }));
  });

  it('says what to do where the base is not there', () => {
    const { code, out } = step({ 'comment-file': 'comment.md', paths: 'k8s/deploy.yaml' }, pull);
    expect(code).toBe(2);
    expect(out).toMatch(
      /^::error title=kubeplumb::the commit .* not in this clone; .*fetch-depth: 2/m,
    );
  });

  it.each(['--output=markdown=x', 'no-such-revision'])('refuses the base %s', (base) => {
    expect(step({ 'comment-file': 'comment.md', base })).toMatchObject({ code: 2 });
  });

  it('runs nothing that a directory of the pull request says, though it looks like a repository', () => {
    const trap = plantTrap(join(work, 'k8s'), join(runner, 'ran'));
    git(work, 'add', '--all');
    git(work, 'commit', '--quiet', '--message', 'trap');
    const inputs = { 'comment-file': 'comment.md', 'working-directory': 'k8s' };
    for (const base of ['', 'HEAD~1', trap.missing, `${trap.missing}^{tree}`])
      step({ ...inputs, base }, pull);
    expect(trap.hasRun()).toBe(false);
    // It is a trap: git alone walks into it.
    trap.walkInto();
    expect(trap.hasRun()).toBe(true);
    rmSync(join(runner, 'ran'));
  });

  it('is not written for a push, which is not a failure', () => {
    const { code, outputs } = step({ 'comment-file': 'comment.md' });
    expect(code).toBe(0);
    expect(outputs).not.toHaveProperty('comment-file');
  });
});

/** `diff` through the whole command: directories, and revisions of a real repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { deployment, inDirectory, type Ran, run, service } from './run.ts';

const web = deployment('web') + service('web');
const schemas = ['lint-report', 'diff'].map((name) => readSchema(name));
const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: schemas.slice(0, 1) });
const validate = ajv.compile(schemas[1] ?? {});

function readSchema(name: string): object {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, `../../schema/${name}.v1.schema.json`), 'utf8'),
  ) as object;
}

interface Parsed {
  readonly base: { readonly id?: string; readonly kind: string; readonly files: number };
  readonly head: Parsed['base'];
  readonly changes: readonly {
    readonly kind: string;
    readonly name: string;
    readonly units: readonly unknown[];
    readonly base?: { readonly file: string };
    readonly head?: { readonly file: string };
    readonly reason?: string;
    readonly findings: readonly string[];
  }[];
  readonly silenced: readonly unknown[];
  readonly findings: {
    readonly new: readonly { rule: string; file: string }[];
    readonly fixed: readonly { rule: string; file: string }[];
  };
}

function parsed({ out }: Ran): Parsed {
  const value = JSON.parse(out) as Parsed;
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return value;
}

/** What `diff old new -o json` says of two sets of files. */
async function between(
  old: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Promise<Parsed> {
  const inside = (directory: string, files: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]);
  return parsed(
    await run(['diff', 'old', 'new', '-o', 'json'], {
      files: Object.fromEntries([...inside('old', old), ...inside('new', now)]),
    }),
  );
}

const summaryOf = ({ changes }: Parsed): string[] =>
  changes.map(({ kind, name }) => `${kind} ${name}`);

describe('two directories', () => {
  it.each<[string, string, string, string[]]>([
    ['nothing but the layout', web, `# a comment\n${web}`, []],
    [
      'a selector that misses',
      web,
      deployment('web') + service('web', { app: 'wbe' }),
      ['emptied web'],
    ],
    [
      'the other way round',
      deployment('web') + service('web', { app: 'wbe' }),
      web,
      ['filled web'],
    ],
    ['fewer replicas', web, deployment('web', { replicas: 2 }) + service('web'), ['changed web']],
    ['no replicas', web, deployment('web', { replicas: 0 }) + service('web'), ['emptied web']],
    [
      'another target port',
      web,
      deployment('web') + service('web', { target: '8081' }),
      ['changed web'],
    ],
    ['a Service more', deployment('web'), web, ['created web']],
    ['a Service less', web, deployment('web'), ['deleted web']],
    [
      'a template instead of a label',
      web,
      deployment('web', { app: '"{{ .app }}"' }) + service('web'),
      ['unknown web'],
    ],
    [
      'a document that cannot be read',
      web,
      `${deployment('web')}kind: Service\n  metadata: [\n`,
      ['unknown web'],
    ],
    [
      'an ExternalName',
      web,
      `${deployment('web')}apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {type: ExternalName, externalName: web.example.com}\n`,
      ['changed web'],
    ],
  ])('%s', async (_, old, now, expected) => {
    expect(summaryOf(await between({ 'a.yaml': old }, { 'a.yaml': now }))).toEqual(expected);
  });

  it('a Service that moves to another directory with its pods is the same one', async () => {
    expect(summaryOf(await between({ 'a/web.yaml': web }, { 'b/deep/web.yaml': web }))).toEqual([]);
  });

  it('names what explains an empty Service, and a workload that is gone', async () => {
    const typo = await between(
      { 'a.yaml': web },
      { 'a.yaml': deployment('web') + service('web', { app: 'wbe' }) },
    );
    expect(typo.changes[0]?.findings).toHaveLength(1);
    expect(typo.findings.new.map(({ rule }) => rule)).toEqual(['service-selects-nothing']);
    const files = {
      'old/a.yaml': web + deployment('api'),
      'new/a.yaml': service('web') + deployment('api'),
    };
    expect((await run(['diff', 'old', 'new'], { files })).out).toContain('Deployment/web is gone');
  });

  it('a finding is the same one in a renamed file and behind an inserted port', async () => {
    const broken = deployment('web') + service('web', { target: 'htttp' });
    const inserted = broken.replace(
      '  ports:\n    - port',
      '  ports:\n    - {name: more, port: 81, targetPort: 8080}\n    - name: first\n      port',
    );
    expect(inserted).not.toBe(broken);
    const { findings } = await between({ 'a.yaml': broken }, { 'b.yaml': inserted });
    expect(findings).toEqual({ new: [], fixed: [] });
  });

  it('a finding that is waved through on one side is new on the other', async () => {
    const broken = deployment('web') + service('web', { app: 'wbe' });
    const ignored = broken.replace(
      '    app: wbe',
      '    app: wbe # kubeplumb-ignore[service-selects-nothing]: later',
    );
    const { findings } = await between({ 'a.yaml': ignored }, { 'a.yaml': broken });
    expect(findings.new.map(({ rule }) => rule)).toEqual(['service-selects-nothing']);
    expect(findings.fixed).toEqual([]);
  });

  it('overlays: what happens to a base is told once, with both units', async () => {
    const overlay = 'resources: [../../base]\n';
    const rest = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'overlays/dev/kustomization.yaml': overlay,
      'overlays/prod/kustomization.yaml': overlay,
    };
    const { changes } = await between(
      { 'base/web.yaml': web, ...rest },
      { 'base/web.yaml': deployment('web', { replicas: 1 }) + service('web'), ...rest },
    );
    expect(changes.map(({ units }) => units)).toEqual([
      [
        { base: 'new/overlays/dev', head: 'new/overlays/dev' },
        { base: 'new/overlays/prod', head: 'new/overlays/prod' },
      ],
    ]);
  });

  it('fixed findings and Services that are gone lie in the files of BASE', async () => {
    const { changes, findings } = await between(
      { 'a.yaml': deployment('web') + service('web', { app: 'wbe' }) },
      { 'a.yaml': deployment('web') },
    );
    expect(changes[0]?.base?.file).toBe('old/a.yaml');
    expect(findings.fixed[0]?.file).toBe('old/a.yaml');
  });

  it('stdin against a file', async () => {
    const ran = await run(['diff', 'old.yaml', '-', '-o', 'json'], {
      files: { 'old.yaml': web },
      stdin: deployment('web', { replicas: 1 }) + service('web'),
    });
    expect(summaryOf(parsed(ran))).toEqual(['changed web']);
  });
});

describe('the exit code', () => {
  const files = {
    'a/web.yaml': web,
    'b/web.yaml': deployment('web', { replicas: 0 }) + service('web'),
    'c/web.yaml': deployment('web', { replicas: 2 }) + service('web'),
  };
  it.each<[number, string]>([
    [0, 'diff a b'],
    [1, 'diff a b --fail-on error'],
    [0, 'diff a c --fail-on info'],
    [0, 'diff b a --fail-on info'],
    [2, 'diff a'],
    [2, 'diff'],
    [2, 'diff a b c'],
    [2, 'diff a b -- web.yaml'],
    [2, 'diff - -'],
    [2, 'diff a b -o sarif'],
    [2, 'diff a nowhere'],
    [2, 'diff empty empty'],
  ])('is %i: %s', async (code, line) => {
    expect((await run(line.split(' '), { files: { ...files, 'empty/.keep': '' } })).code).toBe(
      code,
    );
  });

  it('outside of a repository a revision is an error that says so', async () => {
    const { code, err } = await run(['diff', 'main'], { files, env: {} });
    expect(code).toBe(2);
    expect(err).toMatch(
      /"main" does not exist, and cannot be a revision: .* is in no git repository/,
    );
  });
});

describe('a git repository', () => {
  let root = '';
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com', ...args],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
      },
    ).trim();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (): string => {
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    return git('rev-parse', 'HEAD');
  };
  const kubeplumb = async (line: string, { below = '', env = {} } = {}): Promise<Ran> => {
    let [out, err] = ['', ''];
    const sink = (add: (text: string) => void) => ({
      write: add,
      isTTY: false,
      columns: undefined,
    });
    const stdin = async (): Promise<Buffer> => Buffer.alloc(0);
    const code = await main(line.split(' '), {
      stdin,
      stdout: sink((text) => (out += text)),
      stderr: sink((text) => (err += text)),
      env,
      cwd: join(root, below),
    });
    return { code, out, err };
  };
  const json = async (line: string, options = {}): Promise<Parsed> =>
    parsed(await kubeplumb(line.replace('diff', 'diff -o json'), options));

  beforeEach(() => {
    root = inDirectory({
      'k8s/web.yaml': web,
      'other/api.yaml': deployment('api') + service('api'),
    });
    git('init', '-q', '-b', 'main');
    commit();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('the working tree against a branch, untracked files included, ignored ones not', async () => {
    expect((await kubeplumb('diff main')).out).toBe(
      'No change to any endpoint (main → the working tree)\n',
    );
    write('k8s/web.yaml', deployment('web') + service('web', { app: 'wbe' }));
    write('k8s/more.yaml', deployment('more') + service('more'));
    write('k8s/scratch.yaml', deployment('scratch') + service('scratch'));
    write('.gitignore', 'scratch.yaml\n');
    expect(summaryOf(await json('diff main'))).toEqual(['emptied web', 'created more']);
  });

  it('what a sparse checkout leaves out is not gone', async () => {
    git('sparse-checkout', 'set', '--no-cone', '/k8s/');
    write('k8s/web.yaml', deployment('web', { replicas: 2 }) + service('web'));
    expect(summaryOf(await json('diff HEAD'))).toEqual(['changed web']);
    git('rm', '-q', '-f', 'k8s/web.yaml');
    expect(summaryOf(await json('diff HEAD --allow-empty'))).toEqual(['deleted web']);
    expect(summaryOf(await json('diff HEAD HEAD'))).toEqual([]);
  });

  it('two commits, one directory, from below; the commit is named', async () => {
    const first = git('rev-parse', 'HEAD');
    write('k8s/web.yaml', deployment('web', { replicas: 2 }) + service('web'));
    write('other/api.yaml', deployment('api', { replicas: 2 }) + service('api'));
    commit();
    write('k8s/web.yaml', 'not: committed\n');
    expect(summaryOf(await json('diff HEAD~1 HEAD'))).toEqual(['changed api', 'changed web']);
    expect(summaryOf(await json('diff HEAD~1 HEAD -- k8s'))).toEqual(['changed web']);
    expect(summaryOf(await json('diff HEAD~1 HEAD -f other'))).toEqual(['changed api']);
    const { changes, base } = await json('diff HEAD~1..HEAD', { below: 'other' });
    expect(changes.map(({ name, head }) => [name, head?.file])).toEqual([['api', 'api.yaml']]);
    expect(base).toMatchObject({ id: first, kind: 'revision', files: 1 });
  });

  it('a path that is on neither side is an error, whatever is allowed', async () => {
    const { code, err } = await kubeplumb('diff --allow-empty main -- k9s');
    expect([code, err]).toEqual([2, 'error: k9s does not exist; did you mean "k8s"?\n']);
  });

  it('a path in a revision against the same path now, and against another directory', async () => {
    write('k8s/web.yaml', deployment('web', { replicas: 1 }) + service('web'));
    write('other/api.yaml', '');
    expect(summaryOf(await json('diff main:k8s'))).toEqual(['changed web']);
    expect(summaryOf(await json('diff main:./k8s k8s'))).toEqual(['changed web']);
    expect(summaryOf(await json('diff main:../k8s ../k8s', { below: 'other' }))).toEqual([
      'changed web',
    ]);
    expect(summaryOf(await json('diff main k8s'))).toEqual(['changed web']);
    write('rendered/web.yaml', web);
    expect(summaryOf(await json('diff main:k8s rendered'))).toEqual([]);
  });

  it('a branch since it left main, whatever main has done since', async () => {
    git('checkout', '-q', '-b', 'feature');
    write('k8s/web.yaml', deployment('web', { replicas: 2 }) + service('web'));
    commit();
    git('checkout', '-q', 'main');
    write('other/api.yaml', deployment('api', { replicas: 9 }) + service('api'));
    commit();
    git('checkout', '-q', 'feature');
    expect(summaryOf(await json('diff main'))).toEqual(['changed api', 'changed web']);
    expect(summaryOf(await json('diff main...'))).toEqual(['changed web']);
    expect(summaryOf(await json('diff main...feature'))).toEqual(['changed web']);
  });

  it('a path wins over a branch of its name; heads/NAME is the branch', async () => {
    git('branch', 'k8s');
    write('k8s/web.yaml', deployment('web', { replicas: 2 }) + service('web'));
    expect((await kubeplumb('diff k8s')).err).toContain('kubeplumb diff HEAD -- k8s');
    expect(summaryOf(await json('diff heads/k8s'))).toEqual(['changed web']);
  });

  it('what a .gitignore, node_modules or a chart keeps from being read is not read from a commit either', async () => {
    for (const directory of ['ignored', 'node_modules/x', 'charts/web/templates'])
      write(`${directory}/api2.yaml`, deployment('api2') + service('api2'));
    write('charts/web/Chart.yaml', 'name: web\n');
    write('.gitignore', 'ignored/\n');
    git('add', '-f', 'ignored', 'node_modules');
    commit();
    rmSync(join(root, 'ignored'), { recursive: true });
    rmSync(join(root, 'node_modules'), { recursive: true });
    const { out, err } = await kubeplumb('diff main');
    expect(out).toContain('No change to any endpoint');
    expect(err).toBe(
      'note: 1 Helm chart not compared (helm template charts/web for each side does it)\n',
    );
  });

  it.runIf(process.platform !== 'win32')(
    'symbolic links, submodules, and names that need quoting',
    async () => {
      write('k8s/a "b"\n.yaml', deployment('quoted') + service('quoted'));
      symlinkSync('../other/api.yaml', join(root, 'k8s/link.yaml'));
      symlinkSync('nowhere.yaml', join(root, 'k8s/dangling.yaml'));
      const id = commit();
      git('update-index', '--add', '--cacheinfo', `160000,${id},vendor`);
      git('commit', '-q', '-m', 'submodule');
      write('vendor/.git', 'gitdir: elsewhere\n');
      write('vendor/sub.yaml', deployment('sub') + service('sub'));
      expect(summaryOf(await json('diff HEAD'))).toEqual([]);
      expect((await json('diff HEAD -- k8s')).base.files).toBe(3);
      git('rm', '-q', '-r', '-f', 'k8s', 'other');
      git('commit', '-q', '-m', 'only the submodule');
      expect((await kubeplumb('diff HEAD')).err).toMatch(
        /^error: only submodules hold manifests, of which a commit has the id only: run it in vendor\n/,
      );
    },
  );

  it("HEAD's configuration counts for both sides, wherever HEAD is", async () => {
    write('k8s/web.yaml', deployment('web') + service('web', { app: 'wbe' }));
    write('kubeplumb.yaml', 'rules:\n  service-selects-nothing: off\n');
    expect((await json('diff HEAD')).findings.new).toEqual([]);
    commit();
    rmSync(join(root, 'kubeplumb.yaml'));
    expect((await json('diff HEAD~1 HEAD')).findings.new).toEqual([]);
    expect((await json('diff HEAD~1')).findings.new).toHaveLength(1);
  });

  it('what a change silences is told', async () => {
    write('k8s/web.yaml', deployment('web') + service('web', { app: 'wbe' }));
    write('k8s/api.yaml', deployment('api') + service('api', { target: 'htpp' }));
    write(
      'kubeplumb.yaml',
      'rules: { service-selects-nothing: off }\n' +
        'overrides: [{ files: k8s/api.yaml, labels: { a: b }, rules: { target-port-undeclared: off } }, ' +
        '{ files: k8s/api.yaml, rules: { target-port-name-unresolved: off } }]\n' +
        'ignorePaths: [examples/]\n',
    );
    write(
      'k8s/db.yaml',
      deployment('db') +
        service('db', { target: 'htpp' }).replace(
          'kind: Service',
          '# kubeplumb-ignore-file[target-port-name-unresolved]: later\nkind: Service',
        ),
    );
    const silenced = [
      'kubeplumb.yaml turns off service-selects-nothing',
      'kubeplumb.yaml turns off target-port-undeclared for files k8s/api.yaml and labels a=b',
      'kubeplumb.yaml turns off target-port-name-unresolved for files k8s/api.yaml',
      'kubeplumb.yaml ignores examples/',
      expect.stringMatching(
        /^a comment or annotation silences target-port-name-unresolved in k8s\/db\.yaml:\d+$/,
      ),
    ];
    expect((await json('diff HEAD')).silenced).toEqual(silenced);
    expect((await kubeplumb('diff HEAD')).out).toContain('Silenced by this change');
    expect((await kubeplumb('diff HEAD -o markdown')).out).toMatch(
      /### Silenced by this change\n\n- kubeplumb\.yaml turns off service-selects-nothing/,
    );
    commit();
    expect((await json('diff HEAD')).silenced).toEqual([]);
  });

  it('a directory that is new is not an error', async () => {
    write('fresh/new.yaml', deployment('fresh') + service('fresh'));
    const { code, out, err } = await kubeplumb('diff main -- fresh');
    expect([code, err]).toEqual([0, 'note: in main: fresh does not exist\n']);
    expect(out).toContain('+ default/fresh is new');
    expect((await kubeplumb('diff main:fresh')).code).toBe(2);
    expect((await kubeplumb('diff main -- nowhere')).code).toBe(2);
  });

  it.each([
    [
      'diff mian',
      '"mian" is neither a path nor a revision of the git repository',
      'did you mean "main"?',
    ],
    ['diff HEAD~9', '"HEAD~9" is neither a path nor a revision', ''],
    ['diff k8', '"k8" does not exist', 'did you mean "k8s"?'],
    ['diff main:k8', 'k8 does not exist', 'did you mean "k8s"?'],
  ])('%s: %s; %s', async (line, message, hint) => {
    const { code, err, out } = await kubeplumb(line);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(hint);
    expect(out).toBe('');
  });

  it('says so where there is no git', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = join(root, 'nowhere');
    try {
      expect((await kubeplumb('diff main')).err).toContain(
        'git is not installed, or not in the PATH',
      );
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('-o FORMAT=FILE, and links to both commits in Actions', async () => {
    const before = git('rev-parse', 'HEAD');
    write('k8s/web.yaml', deployment('web') + service('web', { app: 'wbe' }));
    write('other/api.yaml', deployment('api') + service('api', { app: 'ap' }));
    commit();
    write('other/api.yaml', deployment('api') + service('api'));
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: root,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: 'f'.repeat(40),
    };
    const { out } = await kubeplumb(`diff ${before} -o markdown=out/comment.md`, { env });
    const comment = readFileSync(join(root, 'out/comment.md'), 'utf8');
    expect(out).toContain('1 Service loses its last endpoint');
    expect(comment).toContain(`(https://github.com/o/r/blob/${'f'.repeat(40)}/k8s/web.yaml#L24)`);
    const fixed = await kubeplumb('diff HEAD -o markdown', { env });
    expect(fixed.out).toContain(
      `https://github.com/o/r/blob/${git('rev-parse', 'HEAD')}/other/api.yaml#L`,
    );
    const nothing = await kubeplumb('diff HEAD HEAD -o markdown', { env });
    expect(nothing.out).toBe(
      '<!-- kubeplumb -->\nkubeplumb: no change to any endpoint (`HEAD` → `HEAD`)\n',
    );
  });

  it('--help', async () => {
    expect((await kubeplumb('diff --help')).out).toMatchSnapshot();
  });
});

describe('a side that is not there', () => {
  it.each([
    [['diff', 'HEAD:nope', 'k8s'], 'error: HEAD:nope does not exist\n'],
    [['diff', 'HEAD', 'HEAD:nope'], 'error: HEAD:nope does not exist\n'],
    [['diff', 'k8s', 'HEAD:nope'], 'error: HEAD:nope does not exist\n'],
  ])('%s is blamed, once, and nothing is compared', async (argv, message) => {
    const cwd = inDirectory({ 'k8s/web.yaml': web });
    const git = (...args: string[]): void => void execFileSync('git', args, { cwd });
    git('init', '-q');
    git('add', '-A');
    git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x');
    let [out, err] = ['', ''];
    const code = await main(argv, {
      stdin: async () => Buffer.alloc(0),
      stdout: { write: (text) => void (out += text), isTTY: false, columns: undefined },
      stderr: { write: (text) => void (err += text), isTTY: false, columns: undefined },
      env: { PATH: process.env['PATH'] },
      cwd,
    });
    rmSync(cwd, { recursive: true });
    expect(err).toBe(`${message}(kubeplumb diff --help tells more)\n`);
    expect([code, out]).toEqual([2, '']);
  });
});

it('what is not known of one Service is known of another of its name', async () => {
  const alone = { 'b/web.yaml': service('web') };
  const { changes } = await between(
    { 'a/web.yaml': web, ...alone },
    { 'a/web.yaml': deployment('web') + service('web', { app: 'wbe' }), ...alone },
  );
  expect(changes.map(({ kind, head }) => `${kind} ${head?.file ?? ''}`)).toEqual([
    'emptied new/a/web.yaml',
  ]);
});

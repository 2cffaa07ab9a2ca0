/** What docs/ci.md and README.md tell people to paste. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../src/cli/main.ts';
import { deployment, inDirectory, run, service } from '../cli/run.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

interface Hook {
  readonly id: string;
  readonly entry?: string;
}
interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Recipe {
  readonly repos?: readonly { readonly rev: string; readonly hooks: readonly Hook[] }[];
  readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  readonly units?: unknown;
  readonly overrides?: unknown;
}

const texts = [read('README.md'), read('docs/ci.md')];
const blocks = texts.flatMap((text) =>
  [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = '']) => yaml),
);
const recipes = blocks.map((yaml) => parse(yaml) as Recipe | readonly Hook[]);
const documents = recipes.filter((recipe): recipe is Recipe => !Array.isArray(recipe));
const hooks = [
  ...documents.flatMap(({ repos = [] }) => repos.flatMap((repo) => repo.hooks)),
  ...recipes.filter(Array.isArray).flat(),
] as readonly Hook[];

describe('the recipes', () => {
  it('name hooks that there are', () => {
    const ids = (parse(read('.pre-commit-hooks.yaml')) as readonly Hook[]).map(({ id }) => id);
    expect(hooks.length).toBeGreaterThan(2);
    for (const { id } of hooks) expect(ids).toContain(id);
  });

  it('name inputs and outputs of the action that there are', () => {
    const { inputs, outputs } = parse(read('action.yml')) as { inputs: object; outputs: object };
    const steps = documents.flatMap(({ jobs = {} }) =>
      Object.values(jobs).flatMap((job) => job.steps),
    );
    const used = steps.filter(({ uses }) => uses?.startsWith('kubeplumb/kubeplumb@'));
    expect(used.length).toBeGreaterThan(2);
    for (const step of used)
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    for (const [, name = ''] of blocks.join('').matchAll(/steps\.kubeplumb\.outputs\.([a-z-]+)/g))
      expect(Object.keys(outputs)).toContain(name);
  });

  it('describe every input of the action', () => {
    const { inputs } = parse(read('action.yml')) as { inputs: object };
    const table = read('docs/ci.md').matchAll(/^\| `([a-z-]+)` \|.*\|.*\|$/gm);
    const described = [...table]
      .map(([, name]) => name)
      .filter((name) => !name?.startsWith('kubeplumb'));
    expect(described).toEqual(
      Object.keys(inputs).sort((a, b) => described.indexOf(a) - described.indexOf(b)),
    );
  });

  it('name the version of today', () => {
    for (const [found] of texts
      .join('')
      .matchAll(/(?:rev: v|kubeplumb@v?|--branch v|\.git#v)\d+\.\d+\.\d+/g))
      expect(found).toMatch(new RegExp(`${version}$`));
  });

  it('give configurations that are legal', async () => {
    const configurations = blocks.filter((yaml) => yaml.startsWith('# kubeplumb.yaml'));
    expect(configurations.length).toBeGreaterThan(1);
    for (const text of configurations) {
      const files = {
        'kubeplumb.yaml': text,
        'apps/shop/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
      };
      expect(await run(['config', 'apps'], { files })).toMatchObject({ code: 0, err: '' });
    }
  });

  it('give flags that are legal', async () => {
    const lines = [
      ...hooks.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
      ...(parse(read('.pre-commit-hooks.yaml')) as readonly Required<Hook>[]).map(
        ({ entry }) => entry,
      ),
    ];
    for (const line of lines) {
      // Compares with a commit, and there is no repository here.
      const isDiff = line.startsWith('kubeplumb diff ');
      const words = [...line.split(' ').slice(1), isDiff ? '--help' : 'deploy'];
      const { code, err } = await run(words, {
        files: { 'deploy/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n' },
      });
      expect(code, `${line}\n${err}`).toBe(0);
    }
  });
});

it('what is not published yet is said to be so, and no longer than that', () => {
  const isUnreleased = /^## \S+ – unreleased$/m.test(read('CHANGELOG.md'));
  for (const text of [...texts, read('docs/library.md'), read('examples/plugin/README.md')])
    expect(text.includes(`Version ${version} is not published yet`)).toBe(isUnreleased);
});

describe('the command lines of docs/ci.md do what is said of them', () => {
  const files = {
    'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }),
    'k8s/api.yaml': deployment('api', { namespace: 'b' }) + service('api', { namespace: 'b' }),
    'teams/shop/svc.yaml': service('shop', { app: 'shp' }) + deployment('shop'),
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'overlays/prod/kustomization.yaml': 'resources: [../../k8s/api.yaml]\n',
    'old.yaml': deployment('web') + service('web'),
  };
  let cwd = '';
  beforeEach(() => {
    cwd = inDirectory(files);
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  /** Runs a line as it stands in the documentation, with what a pipe before it would give. */
  async function type(line: string, stdin = '', env: Readonly<Record<string, string>> = {}) {
    const written = { out: '', err: '' };
    const output = (name: 'out' | 'err') => ({
      write: (text: string) => void (written[name] += text),
      isTTY: false,
      columns: undefined,
    });
    const words = line
      .replace(/ +#.*$/, '')
      .replace(/\$(\w+)/g, (_, name: string) => env[name] ?? '')
      .replace(/^(?:npx --yes )?kubeplumb(?:@\S+)? /, '')
      .split(' ');
    const code = await main(words, {
      stdin: async () => Buffer.from(stdin),
      stdout: output('out'),
      stderr: output('err'),
      env: {},
      cwd,
    });
    return { code, ...written };
  }

  const all = [
    ...read('docs/ci.md').matchAll(
      /^\s*(?:- )?(?:[\w ./-]+ \| )?((?:npx --yes )?kubeplumb(?:@\S+)? .*)$/gm,
    ),
  ]
    .map(([, line = '']) => line)
    .filter((line) => !line.includes('kubeplumb/kubeplumb') && !line.startsWith('kubeplumb - <'));
  const lineWith = (text: string): string => {
    const line = all.find((one) => one.includes(text));
    expect(line, text).toBeDefined();
    return line ?? '';
  };

  it('all of them are understood', async () => {
    expect(all.length).toBeGreaterThan(10);
    for (const line of all) {
      if (/--helm|--shard|merge|\.\.\.|--build|docker/.test(line)) continue;
      const { err } = await type(line, service('web') + deployment('web'));
      expect(err, line).not.toMatch(/unknown|--help tells more|does not exist/);
    }
  });

  it('a baseline: from then on only new findings count, in hooks as well', async () => {
    expect((await type('kubeplumb k8s/')).code).toBe(1);
    expect((await type(lineWith('--update-baseline'))).code).toBe(0);
    expect(existsSync(join(cwd, 'kubeplumb-baseline.json'))).toBe(true);
    for (const line of ['kubeplumb k8s/', 'kubeplumb lint --allow-empty --within . k8s/web.yaml'])
      expect((await type(line)).code, line).toBe(0);
    writeFileSync(join(cwd, 'k8s/new.yaml'), service('new', { app: 'wbe' }));
    const { code, out } = await type('kubeplumb -o oneline k8s/');
    expect(code).toBe(1);
    expect(out).toMatch(/^k8s\/new\.yaml:.*\n$/);
    rmSync(join(cwd, 'k8s/new.yaml'));
    writeFileSync(join(cwd, 'k8s/web.yaml'), deployment('web') + service('web'));
    expect((await type('kubeplumb teams')).err).not.toContain('reported no longer');
    expect((await type('kubeplumb k8s')).err).toContain('--prune-baseline takes it out');
    await type('kubeplumb --prune-baseline k8s');
    expect(readFileSync(join(cwd, 'kubeplumb-baseline.json'), 'utf8')).not.toContain('web');
  });

  it('several machines: merged parts say what one run says', async () => {
    const line = lineWith('--shard $CI_NODE_INDEX');
    const total = '4';
    for (const part of ['1', '2', '3', '4']) {
      const { code } = await type(line, '', { CI_NODE_INDEX: part, CI_NODE_TOTAL: total });
      expect(code).toBe(0);
    }
    const parts = [1, 2, 3, 4].map((part) => `part-${part}.json`).join(' ');
    const merged = await type(lineWith('merge -o json').replace('part-*.json', parts));
    expect(merged.code).toBe(1);
    await type('kubeplumb -o json=one.json k8s/');
    const findings = (path: string): unknown =>
      (JSON.parse(readFileSync(join(cwd, path), 'utf8')) as { diagnostics: unknown }).diagnostics;
    expect(findings('kubeplumb.json')).toEqual(findings('one.json'));
  });

  it('GitLab: both reports are written, and the log is for people', async () => {
    const { code, out } = await type(lineWith('-o gitlab='));
    expect(code).toBe(1);
    expect(out).toContain('selects no pod');
    expect(readFileSync(join(cwd, 'gl-code-quality-report.json'), 'utf8')).toContain('"severity"');
    expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toContain('<testsuite ');
  });

  it('a kustomization, with no tool at hand', async () => {
    expect(await type(lineWith('-k overlays/prod'))).toMatchObject({ code: 0 });
  });

  it('a monorepo: all is read, one directory is shown', async () => {
    const line = 'kubeplumb lint --within . teams/shop';
    expect(read('docs/ci.md')).toContain(line);
    const { code, out } = await type(`${line} -o oneline`);
    expect(code).toBe(1);
    expect(out).toMatch(/^teams\/shop\/svc\.yaml:/);
    expect(out).not.toContain('k8s/web.yaml:');
  });

  it('two renderings', async () => {
    const { out } = await type(
      'kubeplumb diff old.yaml -',
      deployment('web') + service('web', { app: 'x' }),
    );
    expect(read('docs/ci.md')).toContain('kubeplumb diff old.yaml -');
    expect(out).toContain('A Service loses its last endpoint');
  });
});

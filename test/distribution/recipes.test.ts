/** What docs/ci.md and README.md tell people to paste. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../cli/run.ts';

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
      const { code, err } = await run([...line.split(' ').slice(1), 'deploy'], {
        files: { 'deploy/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n' },
      });
      expect(code, `${line}\n${err}`).toBe(0);
    }
  });
});

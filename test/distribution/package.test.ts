/** What `npm pack` makes, installed in an empty project and used there. */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { deployment, service } from '../cli/run.ts';
import { library } from '../support/build.ts';
import { cloneInto, type Run, run, temporaryDirectory, withoutTests, withTools } from './clone.ts';

const root = join(import.meta.dirname, '../..');
const clone = temporaryDirectory('pack');
const project = temporaryDirectory('project');
const installed = join(project, 'node_modules/kubeplumb');
const { version, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  scripts: Record<string, string>;
};
const tarball = join(clone, `kubeplumb-${version}.tgz`);
let packed: Run;

beforeAll(() => {
  cloneInto(clone, withoutTests);
  withTools(clone);
  // Other tests need it as well: it is built once for all of the run.
  cpSync(library(), join(clone, 'dist'), { recursive: true });
  const made = run('npm', ['run', 'library', '--', '--types'], clone);
  expect(made.code, made.err).toBe(0);
  packed = run('npm', ['pack'], clone);
  expect(packed.code, packed.err).toBe(0);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const { code, err } = run(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', tarball],
    project,
  );
  expect(code, err).toBe(0);
});
afterAll(() => {
  for (const directory of [clone, project]) rmSync(directory, { recursive: true, force: true });
});

// Wherever somebody installs from git, as pre-commit does, npm would install all tools for these.
it('asks npm to prepare nothing', () => {
  const asking = ['postinstall', 'build', 'preinstall', 'install', 'prepack', 'prepare'];
  expect(Object.keys(scripts).filter((name) => asking.includes(name))).toEqual([]);
});

describe('npm pack', () => {
  it('prints the name of the file and nothing else: pre-commit before 4.7 installs what it prints', () => {
    expect(packed.out).toBe(`kubeplumb-${version}.tgz\n`);
  });

  it('refuses to leave the library out, unless pre-commit asks', () => {
    const library = join(clone, 'dist/index.mjs');
    const aside = join(clone, 'index.mjs');
    const destination = temporaryDirectory('refused');
    const pack = (env: Readonly<Record<string, string>>): Run =>
      run('npm', ['pack', '--pack-destination', destination], clone, env);
    renameSync(library, aside);
    const { code, err } = pack({});
    expect(code).not.toBe(0);
    expect(err).toContain('npm run library first');
    expect(readdirSync(destination)).toEqual([]);
    expect(pack({ NODE_VIRTUAL_ENV: clone }).out).toBe(`kubeplumb-${version}.tgz\n`);
    renameSync(aside, library);
    rmSync(destination, { recursive: true });
  });

  it('holds what is used, and is small', () => {
    expect(statSync(tarball).size).toBeLessThan(1_650_000);
    expect(readdirSync(installed).sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'examples',
      'package.json',
      'schema',
    ]);
    expect(readdirSync(join(installed, 'dist')).sort()).toEqual([
      'index.d.mts',
      'index.mjs',
      'kubeplumb.js',
      'package.json',
      'parts',
      'shared.mjs',
      'testing.d.mts',
      'testing.mjs',
    ]);
    expect(readdirSync(join(installed, 'docs/rules'))).toEqual(
      expect.arrayContaining(rules.map(({ meta }) => `${meta.id}.md`)),
    );
  });

  it('needs nothing else', () => {
    expect(
      readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['kubeplumb']);
  });

  it('is as publint wants it', async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true });
    // The example of a plugin is a package to copy.
    expect(
      messages.filter(
        ({ args }) => !('filePath' in args && String(args.filePath).startsWith('./examples/')),
      ),
    ).toEqual([]);
  });
});

describe('the installed command', () => {
  const npx = (...args: readonly string[]): Run =>
    run('npx', ['--no-install', 'kubeplumb', ...args], project, { GITHUB_ACTIONS: '' });

  it('finds', () => {
    mkdirSync(join(project, 'k8s'), { recursive: true });
    writeFileSync(
      join(project, 'k8s/web.yaml'),
      deployment('web') + service('web', { app: 'wbe' }),
    );
    expect(npx('k8s')).toMatchObject({
      code: 1,
      out: expect.stringContaining('Service default/web selects no pod') as string,
    });
  });

  it('has its rules’ pages and its version at hand', () => {
    const kubeplumb = join(project, 'node_modules/.bin/kubeplumb');
    const ask = (...args: readonly string[]): string => run(kubeplumb, args, project).out;
    expect(ask('explain', 'service-selects-nothing')).toContain('How to fix');
    expect(ask('--version')).toBe(`kubeplumb ${version}\n`);
  });
});

describe('the installed library', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  /** No types but those of the language and of the package, of which only the latter are judged. */
  const alone = [
    ...['--noEmit', '--strict', '--target', 'es2023', '--lib', 'es2023', '--skipDefaultLibCheck'],
    ...['--typeRoots', join(project, 'none')],
  ];

  it('runs', () => {
    writeFileSync(
      join(project, 'use.mjs'),
      `import { lint, load, predict } from 'kubeplumb';
       import { readFileSync } from 'node:fs';
       const manifests = load([{ path: 'web.yaml', text: readFileSync('k8s/web.yaml', 'utf8') }]);
       console.log(JSON.stringify([predict(manifests).services.map(({ object }) => object.name), lint(manifests).diagnostics.map(({ rule }) => rule)]));`,
    );
    const { out, err } = run(process.execPath, ['use.mjs'], project);
    expect(JSON.parse(out), err).toEqual([['web'], ['service-selects-nothing']]);
  });

  it('shows a mistake without a wall of its own text', () => {
    const { err } = run(
      process.execPath,
      ['--input-type=module', '--eval', "import { load } from 'kubeplumb'; load('a: 1');"],
      project,
    );
    expect(err).toContain('TypeError: load takes a list of files');
    expect(err.length).toBeLessThan(2_000);
  });

  it('gives its schemas by name', () => {
    const resolved = `import { createRequire } from 'node:module'; console.log(createRequire(import.meta.url)('kubeplumb/schema/kubeplumb.schema.json').type)`;
    expect(
      run(process.execPath, ['--input-type=module', '--eval', resolved], project),
    ).toMatchObject({ out: 'object\n', err: '' });
  });

  it('types the template of a plugin', () => {
    const plugin = join(project, 'plugin');
    cpSync(join(installed, 'examples/plugin'), plugin, { recursive: true });
    const rule = readFileSync(join(plugin, 'rules/service-crosses-teams.js'), 'utf8');
    // A slip in a copy shows that there are types at all.
    writeFileSync(
      join(plugin, 'rules/slip.js'),
      rule.replace('object.namespace ===', 'object.nemespace ==='),
    );
    const options = [...alone, '--allowJs', '--checkJs', '--module', 'nodenext'];
    const files = ['index.js', 'rules/slip.js'];
    const { out } = run(process.execPath, [tsc, ...options, ...files], plugin);
    const errors = out.split('\n').filter((line) => /^\S/.test(line));
    expect(errors.filter((line) => !line.startsWith('rules/slip.js'))).toEqual([]);
    expect(errors[0]).toContain("Property 'nemespace' does not exist");
  });

  it.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('has types that hold by themselves: module %s, resolution %s', (module, resolution) => {
    writeFileSync(
      join(project, 'use.mts'),
      `import { type Diagnostic, lint, load, predict } from 'kubeplumb';
       const manifests = load([{ path: 'web.yaml', text: '' }]);
       export const found: readonly Diagnostic[] = lint(manifests, { ipFamilies: ['IPv6'] }).diagnostics;
       export const names: readonly string[] = predict(manifests).services.map(({ object }) => object.name);
       // @ts-expect-error: were a type missing, this would be any
       load(1);
       // @ts-expect-error: so are the types of Kubernetes
       predict(manifests).services[0]?.spec.ports.at(0).toFixed();
       export type Strict = 0 extends 1 & Diagnostic['severity'] ? never : 'known';
       export const strict: Strict = 'known';\n`,
    );
    writeFileSync(
      join(project, 'test.mts'),
      `import { type Rule, rules } from 'kubeplumb';
       import { ruleTester } from 'kubeplumb/testing';
       const own: Rule | undefined = rules[0];
       const testRule = ruleTester({ describe: (title, body) => body(), it: (title, body) => body() });
       if (own !== undefined) testRule(own, { valid: [{ name: 'a', yaml: '' }], invalid: [] });\n`,
    );
    const flags = [...alone, '--module', module, '--moduleResolution', resolution];
    expect(run(process.execPath, [tsc, ...flags, 'use.mts', 'test.mts'], project)).toMatchObject({
      code: 0,
      out: '',
    });
  });
});

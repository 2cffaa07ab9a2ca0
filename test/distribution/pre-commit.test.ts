/** The hooks, run by the real pre-commit from a clone of this repository. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployment, service } from '../cli/run.ts';
import {
  cloneInto,
  git,
  gitEnvironment,
  type Run,
  run,
  temporaryDirectory,
  withoutTests,
} from './clone.ts';

const installed = spawnSync('pre-commit', ['--version']).status === 0;

describe.skipIf(!installed)(
  `the hooks of pre-commit${installed ? '' : ' (skipped: pre-commit is not installed; pip install pre-commit)'}`,
  () => {
    const home = temporaryDirectory('pre-commit-home');
    const clone = temporaryDirectory('pre-commit-clone');
    const cwd = temporaryDirectory('pre-commit');
    const environment = {
      ...gitEnvironment,
      PRE_COMMIT_HOME: home,
      PRE_COMMIT_COLOR: 'never',
      npm_config_prefer_offline: 'true',
      GITHUB_ACTIONS: '',
    };
    afterAll(() => {
      for (const directory of [home, clone, cwd])
        rmSync(directory, { recursive: true, force: true });
    });

    const write = (files: Readonly<Record<string, string>>): void => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(cwd, dirname(path)), { recursive: true });
        writeFileSync(join(cwd, path), text);
      }
      git(cwd, 'add', '--all');
    };
    const hook = (id: string, ...args: readonly string[]): Run =>
      run('pre-commit', ['run', id, ...args], cwd, environment);
    /** How each of the hooks ends, and what all of them print. */
    const hooks = (): { kubeplumb: string; all: string; out: string } => {
      const { out } = run('pre-commit', ['run'], cwd, environment);
      const [, kubeplumb = ''] = /^kubeplumb\.+(?:\(.*\))?(\w+)$/m.exec(out) ?? [];
      const [, all = ''] = /^kubeplumb \(whole repository\)\.+(\w+)$/m.exec(out) ?? [];
      return { kubeplumb, all, out };
    };
    const commit = (): string =>
      git(cwd, 'commit', '--quiet', '--no-verify', '--message', 'change');

    beforeAll(() => {
      cloneInto(clone, [...withoutTests, ':!src', ':!rules', ':!docs']);
      git(clone, 'init', '--quiet');
      git(clone, 'add', '--all');
      git(clone, 'commit', '--quiet', '--message', 'all');
      git(cwd, 'init', '--quiet');
      write({
        '.pre-commit-config.yaml': `repos:\n  - repo: ${clone}\n    rev: ${git(clone, 'rev-parse', 'HEAD')}\n    hooks:\n      - id: kubeplumb\n      - id: kubeplumb-all\n`,
        'k8s/web.yaml': deployment('web'),
        'k8s/web-svc.yaml': service('web'),
        'other.yaml': 'a: 1\n',
      });
      // Installs the hooks as well.
      const { code, out, err } = hook('kubeplumb', '--all-files');
      expect(code, out + err).toBe(0);
      commit();
    });

    it('passes a good commit that holds one side only: units stay whole', () => {
      write({ 'k8s/web-svc.yaml': `# what web is reached by\n${service('web')}` });
      expect(hook('kubeplumb')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^kubeplumb\.+Passed$/m) as string,
      });
      commit();
    });

    it.each([
      ['the Service', { 'k8s/web-svc.yaml': service('web', { app: 'wbe' }) }],
      ['the other side of it', { 'k8s/web.yaml': deployment('wbe') }],
    ])('refuses a commit that breaks %s', (_, files) => {
      write(files);
      const { code, out } = hook('kubeplumb');
      expect(code).toBe(1);
      expect(out).toMatch(
        /^error {2}Service default\/web selects no pod .*service-selects-nothing\n {2}k8s\/web-svc\.yaml:\d+:\d+$/m,
      );
      git(cwd, 'reset', '--quiet', '--hard');
    });

    it('passes what fixes it', () => {
      write({ 'k8s/web-svc.yaml': service('web', { app: 'wbe' }) });
      commit();
      write({ 'k8s/web-svc.yaml': service('web') });
      expect(hook('kubeplumb').code).toBe(0);
      commit();
    });

    it('is silent about files outside the commit; kubeplumb-all is not', () => {
      write({ 'k8s/web-svc.yaml': service('web', { app: 'wbe' }) });
      commit();
      write({ 'other.yaml': 'a: 2\n' });
      expect(hooks()).toEqual({
        kubeplumb: 'Passed',
        all: 'Failed',
        out: expect.stringContaining('k8s/web-svc.yaml:') as string,
      });
      write({ 'k8s/web-svc.yaml': service('web') });
      commit();
    });

    it('is not run for a commit that only deletes; kubeplumb-all is', () => {
      write({ 'k8s/api.yaml': deployment('api') });
      commit();
      git(cwd, 'rm', '--quiet', 'k8s/api.yaml');
      expect(hooks()).toMatchObject({ kubeplumb: 'Skipped', all: 'Passed' });
      git(cwd, 'reset', '--quiet', '--hard');
    });

    it('passes a repository without manifests', () => {
      git(cwd, 'rm', '--quiet', '-r', 'k8s', 'other.yaml');
      write({ 'package.json': '{}\n' });
      expect(hooks()).toMatchObject({ kubeplumb: 'Passed', all: 'Passed' });
      git(cwd, 'reset', '--quiet', '--hard');
    });
  },
);

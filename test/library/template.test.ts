/**
 * examples/plugin as somebody would use it: copied, installed beside the package, run as processes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { pluginRules } from '../../src/index.ts';
import { oneFile } from '../support/build.ts';
import { projectWithLibrary, root } from './published.ts';

const project = projectWithLibrary();
const plugin = join(project, 'plugin');
const bundle = oneFile();

beforeAll(() => {
  cpSync(join(root, 'examples/plugin'), plugin, { recursive: true });
});
afterAll(() => rmSync(project, { recursive: true }));

function node(
  args: readonly string[],
  cwd = plugin,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
}

describe('the template of a plugin', () => {
  it('passes its own test', () => {
    const { status, stdout } = node(['--test']);
    expect(stdout).toMatch(/^# pass [1-9]/m);
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(status).toBe(0);
  });

  it('has a test that can fail', () => {
    const path = join(plugin, 'rules/service-crosses-teams.js');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(' || mayBeOwn.has(members.set)', ''));
    const { status, stdout } = node(['--test']);
    writeFileSync(path, text);
    expect(stdout).toContain(
      'service-crosses-teams, valid case "pods of its own team": the rule reports',
    );
    expect(status).toBe(1);
  });

  it('is well-formed', async () => {
    const { default: exported } = (await import(join(root, 'examples/plugin/index.js'))) as {
      default: unknown;
    };
    expect(pluginRules(exported, 'example', rules).map(({ meta }) => meta.id)).toEqual([
      'example/service-crosses-teams',
    ]);
  });

  it('runs in the bundle, if allowed', () => {
    expect(node([bundle, '--allow-plugins', '-o', 'oneline', 'teams.yaml'])).toEqual(
      expect.objectContaining({
        status: 1,
        stdout: expect.stringMatching(
          /^teams\.yaml:37:3: error: Service default\/cart takes pods of another team: .*\[example\/service-crosses-teams\]\n$/,
        ) as string,
        stderr: '',
      }),
    );
    expect(node([bundle, 'teams.yaml'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('--allow-plugins') as string,
    });
  });

  it('runs in the bundle by its path, and where it is installed by its name', () => {
    expect(
      node(
        [bundle, '--no-config', '--plugin', 'plugin', '-o', 'oneline', 'plugin/teams.yaml'],
        project,
      ).stdout,
    ).toContain('[example/service-crosses-teams]');
    cpSync(plugin, join(project, 'node_modules/kubeplumb-plugin-example'), { recursive: true });
    const { stdout } = node([
      bundle,
      '--no-config',
      '--plugin',
      'kubeplumb-plugin-example',
      '-o',
      'oneline',
      'teams.yaml',
    ]);
    expect(stdout).toContain('warning: Service default/cart takes pods of another team');
    expect(
      node([bundle, 'explain', '--allow-plugins', 'example/service-crosses-teams']).stdout,
    ).toContain('A Service selects pods whose team is not its own');
  });

  it('may import what kubeplumb exports', () => {
    const path = join(plugin, 'index.js');
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      `import { defineRule } from 'kubeplumb';\n${text.replace('[serviceCrossesTeams]', '[defineRule(serviceCrossesTeams)]')}`,
    );
    const { status, stderr } = node([bundle, '--allow-plugins', 'teams.yaml']);
    writeFileSync(path, text);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });
});

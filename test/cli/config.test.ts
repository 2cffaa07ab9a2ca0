/** kubeplumb.yaml at work: found, judged, and obeyed by every command. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { readConfig } from '../../src/config/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { oneFile } from '../support/build.ts';
import { deployment, inDirectory, run, service } from './run.ts';

const bad = { 'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }) };
const off = 'rules: {service-selects-nothing: off}\n';
const words = (line: string): string[] => line.split(' ').filter(Boolean);

describe('a configuration', () => {
  it.each<[string, number, string, Record<string, string>]>([
    ['beside the input', 0, 'k8s', { 'k8s/kubeplumb.yaml': off }],
    ['above the input', 0, 'k8s', { 'kubeplumb.yaml': off }],
    ['above a file', 0, 'k8s/web.yaml', { 'k8s/kubeplumb.yaml': off }],
    ['above a pattern', 0, 'k8s/*.yaml', { 'k8s/kubeplumb.yaml': off }],
    [
      'above both inputs',
      0,
      'k8s other',
      { 'kubeplumb.yaml': off, 'other/web.yaml': deployment('web') },
    ],
    [
      'above one input only',
      1,
      'k8s other',
      { 'k8s/kubeplumb.yaml': off, 'other/web.yaml': deployment('web') },
    ],
    ['below the input', 1, '.', { 'k8s/kubeplumb.yaml': off }],
    [
      'the nearest one counts',
      1,
      'k8s',
      { 'kubeplumb.yaml': off, 'k8s/kubeplumb.yaml': 'namespace: a\n' },
    ],
    ['outside of the repository', 1, 'k8s', { 'kubeplumb.yaml': off, 'k8s/.git/HEAD': '' }],
    ['of the working directory, for what comes through a pipe', 0, '-', { 'kubeplumb.yaml': off }],
    ['by its other names', 0, 'k8s', { '.kubeplumb.yml': off }],
    ['that is named', 0, 'k8s -c ci/lint.yaml', { 'ci/lint.yaml': off }],
    [
      'that is named, instead of the nearest',
      1,
      'k8s --config ci/lint.yaml',
      { 'ci/lint.yaml': '', 'kubeplumb.yaml': off },
    ],
    ['that is not wanted', 1, 'k8s --no-config', { 'kubeplumb.yaml': off }],
  ])('%s: %i', async (_, expected, line, files) => {
    const { code, err } = await run(words(line), {
      files: { ...bad, ...files },
      stdin: bad['k8s/web.yaml'],
    });
    expect(code, err).toBe(expected);
  });

  it.each([
    [
      'k8s -c kubeplum.yaml',
      'configuration kubeplum.yaml does not exist; did you mean "kubeplumb.yaml"?',
    ],
    ['k8s -c k8s', 'configuration k8s is not a file'],
    ['k8s -c kubeplumb.yaml --no-config', '--config and --no-config exclude each other'],
  ])('%s', async (line, expected) => {
    const { code, out, err } = await run(words(line), { files: { ...bad, 'kubeplumb.yaml': off } });
    expect(err).toContain(expected);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('takes no part in what is judged', async () => {
    const { out } = await run(['.', '-o', 'json'], {
      files: { ...bad, 'kubeplumb.yaml': 'namespace: a\n' },
    });
    expect((JSON.parse(out) as { summary: { files: number } }).summary.files).toBe(1);
  });
});

describe('mistakes in it', () => {
  const files = {
    ...bad,
    'kubeplumb.yaml': 'namspace: a\nfailOn: eror\nassume: [{file: dmp.yaml}]\n',
    'dump.yaml': '',
  };

  it.each(['lint k8s', 'get ep k8s', 'describe svc k8s', 'config k8s', 'config --units k8s'])(
    '%s: exit code 2',
    async (line) => {
      const { code, out } = await run(words(line), { files });
      expect({ code, out }).toEqual({ code: 2, out: '' });
    },
  );

  it('are shown with their places', async () => {
    const { err } = await run(['k8s'], { files });
    expect(err).toBe(`error  kubeplumb.yaml has 2 mistakes
  kubeplumb.yaml:1:1
    1 | namspace: a
      | ^^^^^^^^ unknown key "namspace"; did you mean "namespace"?
  kubeplumb.yaml:2:9
    2 | failOn: eror
      |         ^^^^ unknown severity "eror"; did you mean "error"?
`);
  });

  it('are one a line where the output is for a program', async () => {
    const { err } = await run(['k8s', '-o', 'json'], { files });
    expect(err).toBe(
      'kubeplumb.yaml:1:1: error: unknown key "namspace"; did you mean "namespace"?\nkubeplumb.yaml:2:9: error: unknown severity "eror"; did you mean "error"?\n',
    );
  });

  it('are also files that are not there', async () => {
    const { code, err } = await run(['k8s', '-o', 'oneline'], {
      files: { ...files, 'kubeplumb.yaml': 'assume:\n  - file: dmp.yaml\n' },
    });
    expect(err).toBe(
      'kubeplumb.yaml:2:11: error: "dmp.yaml" does not exist; did you mean "dump.yaml"?\n',
    );
    expect(code).toBe(2);
  });
});

describe('what it says', () => {
  const dual = {
    'k8s/web.yaml':
      deployment('web') +
      service('web').replace('spec:', 'spec:\n  ipFamilyPolicy: RequireDualStack'),
  };
  const unplaced = {
    'k8s/web.yaml': (deployment('web') + service('web')).replaceAll('  namespace: default\n', ''),
  };

  it.each<[string, string, Record<string, string>, string, string]>([
    ['namespace', 'get ep k8s -o name -n shop', unplaced, 'namespace: shop', 'endpoints/web\n'],
    [
      'namespace, but the flag is stronger',
      'get ep k8s -o name -n other',
      unplaced,
      'namespace: shop',
      'endpoints/web\n',
    ],
    ['families', 'get eps k8s -o name', dual, 'clusterFamilies: [IPv4, IPv6]', 'web-predicted'],
    [
      'families for IPv6 alone',
      'get eps k8s',
      { 'k8s/web.yaml': deployment('web') + service('web') },
      'clusterFamilies: IPv6',
      'IPv6',
    ],
    [
      'families, but the flag is stronger',
      'get eps k8s --ip-families IPv4',
      { 'k8s/web.yaml': deployment('web') + service('web') },
      'clusterFamilies: IPv6',
      'IPv4',
    ],
    [
      'describe: families',
      'describe svc web k8s',
      { 'k8s/web.yaml': deployment('web') + service('web') },
      'clusterFamilies: IPv6',
      'IPv6',
    ],
  ])('%s', async (_, line, files, config, expected) => {
    const { out, err } = await run(words(line), {
      files: { ...files, 'kubeplumb.yaml': `${config}\n` },
    });
    expect(out, err).toContain(expected);
  });

  it('kubernetesVersion: a release, and the flag is stronger', async () => {
    const files = {
      'k8s/web.yaml': `apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a, namespace: b}\nspec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}\n`,
    };
    const rule = async (config: string, flags: string[] = []): Promise<number> =>
      (
        await run(['k8s', '--rule', 'removed-api', ...flags], {
          files: { ...files, 'kubeplumb.yaml': config },
        })
      ).code;
    expect(await rule('kubernetesVersion: 1.36\n')).toBe(1);
    expect(await rule('kubernetesVersion: 1.36\n', ['--fail-on', 'never'])).toBe(0);
    expect(await rule('kubernetesVersion: 1.36\nfailOn: never\n')).toBe(0);
    expect(await rule('kubernetesVersion: 1.36\nfailOn: never\n', ['--fail-on', 'error'])).toBe(1);
  });

  it('ignorePaths: directories are passed over, a file that is named is read', async () => {
    const files = {
      ...bad,
      'kubeplumb.yaml': 'ignorePaths: [k8s/web.yaml, gen/]\n',
      'k8s/ok.yaml': deployment('ok'),
      'k8s/gen/x.yaml': 'a: [\n',
    };
    expect(await run(['k8s'], { files })).toMatchObject({ code: 0 });
    expect(await run(['k8s/*.yaml'], { files })).toMatchObject({ code: 0 });
    expect(await run(['k8s/web.yaml'], { files })).toMatchObject({ code: 1 });
    expect((await run(['get', 'svc', 'k8s', '-R'], { files })).out).toBe('');
  });

  it('units: paths start at the configuration’s directory', async () => {
    const files = {
      'k8s/a/svc.yaml': service('web', { app: 'wbe' }),
      'k8s/b/app.yaml': deployment('web'),
      'ci/kubeplumb.yaml': '',
    };
    const units = 'units: [{name: shop, paths: [../k8s/a/, "../k8s/b/*.yaml"]}]\n';
    expect((await run(['k8s', '-c', 'ci/kubeplumb.yaml'], { files })).code).toBe(0);
    expect(
      (
        await run(['k8s', '-c', 'ci/kubeplumb.yaml'], {
          files: { ...files, 'ci/kubeplumb.yaml': units },
        })
      ).code,
    ).toBe(1);
    const { out } = await run(['config', '--units', 'k8s', '-c', 'ci/kubeplumb.yaml'], {
      files: { ...files, 'ci/kubeplumb.yaml': units },
    });
    expect(out).toMatch(/^shop\n {2}why: .*\n {2}namespaces: default\n {2}2 objects in 2 files\n/);
  });

  it('a rule that is off runs if the command line names it', async () => {
    const files = { ...bad, 'kubeplumb.yaml': off };
    expect((await run(['k8s', '--rule', 'service-selects-nothing'], { files })).code).toBe(1);
  });

  it('workloads', async () => {
    const app = deployment('web')
      .replace('apps/v1', 'example.com/v1')
      .replace('kind: Deployment', 'kind: App')
      .replace('template:', 'pod:');
    const files = { 'k8s/web.yaml': app + service('web') };
    const taught = 'workloads: [{apiVersion: example.com/v1, kind: App, template: spec.pod}]\n';
    expect(
      (await run(['get', 'ep', 'k8s'], { files: { ...files, 'kubeplumb.yaml': taught } })).out,
    ).toContain('web×3:8080');
    expect((await run(['get', 'ep', 'k8s'], { files })).out).not.toContain('web×3');
  });
});

describe('assume: files', () => {
  const dump = `apiVersion: v1
kind: List
items:
- ${object(deployment('other', { app: 'wbe' }))}
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata: {name: other-1, namespace: default, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: other, uid: a, controller: true}]}
  spec: {replicas: 3, selector: {matchLabels: {app: wbe}}, template: {metadata: {labels: {app: wbe}}, spec: {containers: [{name: a, image: a, ports: [{name: http, containerPort: 8080}]}]}}}
- ${object(service('broken', { app: 'nobody' }))}
- ${object(service('web', { app: 'overridden' }))}
`;
  const files = { ...bad, 'dump.yaml': dump, 'kubeplumb.yaml': 'assume: [{file: dump.yaml}]\n' };

  function object(yaml: string): string {
    return yaml.replace('---\n', '').trimEnd().split('\n').join('\n  ');
  }

  it('their objects take part, and nothing is reported on them', async () => {
    const { code, out } = await run(['.', '-o', 'json'], { files });
    expect(code, out).toBe(0);
    expect((JSON.parse(out) as { summary: object }).summary).toMatchObject({
      files: 1,
      services: 1,
      endpoints: { reached: 1, none: 0 },
    });
    expect((await run(['.', '--no-config'], { files })).out).toContain('Service default/broken');
  });

  it('get shows them behind Services, but not by themselves', async () => {
    expect((await run(['get', 'ep', '-f', 'k8s'], { files })).out).toBe(
      'NAME   ENDPOINTS\nweb    other×3:8080\n',
    );
    expect((await run(['get', 'pods', '-f', 'k8s'], { files })).out).not.toContain('other');
    expect((await run(['get', 'svc', '-f', 'k8s', '-o', 'name'], { files })).out).toBe(
      'service/web\n',
    );
  });

  it('may be a directory', async () => {
    const tree = {
      ...bad,
      'cluster/a/dump.yaml': dump,
      'kubeplumb.yaml': 'assume: [{file: cluster}]\n',
    };
    expect((await run(['.'], { files: tree })).code).toBe(0);
  });
});

describe('kubeplumb config', () => {
  const yaml =
    'namespace: shop\nextends: [recommended]\nrules:\n  removed-api: off\n  service-selects-nothing:\n    runtimeLabels: [a.io/b]\nassume: [Service/a/b, {file: x.yaml}]\n';
  const files = { ...bad, 'kubeplumb.yaml': yaml, 'x.yaml': deployment('x') };
  const lineOf = (out: string, start: string): string =>
    out.split('\n').find((line) => line.trimStart().startsWith(start)) ?? '';

  it('says where each value comes from', async () => {
    const { code, out } = await run(
      [
        'config',
        'k8s',
        '--kubernetes-version',
        '1.30',
        '--fail-on',
        'warning',
        '--pod-ip-families',
        'IPv4',
      ],
      { files },
    );
    expect(code).toBe(0);
    expect(lineOf(out, 'namespace:')).toMatch(/^namespace: shop +# kubeplumb.yaml:1$/);
    expect(lineOf(out, 'extends:')).toMatch(/^extends: \[recommended\] +# kubeplumb.yaml:2$/);
    expect(lineOf(out, 'kubernetesVersion:')).toMatch(
      /^kubernetesVersion: "1.30" +# --kubernetes-version$/,
    );
    expect(lineOf(out, 'failOn:')).toMatch(/^failOn: warning +# --fail-on$/);
    expect(lineOf(out, 'clusterFamilies:')).toMatch(/# --pod-ip-families$/);
    expect(lineOf(out, 'requireReason:')).toMatch(/^requireReason: false +# default$/);
    expect(lineOf(out, 'removed-api:')).toMatch(/^ {2}removed-api: off +# kubeplumb.yaml:4$/);
    expect(lineOf(out, 'severity:')).toMatch(/^ {4}severity: on +# recommended: error$/);
    expect(lineOf(out, 'runtimeLabels:')).toMatch(
      /^ {4}runtimeLabels: \[a.io\/b\] +# kubeplumb.yaml:6$/,
    );
    expect(lineOf(out, 'assume:')).toMatch(/^assume: +# kubeplumb.yaml:7$/);
  });

  it('prints a configuration that says the same', async () => {
    const { out } = await run(['config', 'k8s'], { files });
    expect(readConfig(new SourceFile('kubeplumb.yaml', out), rules)).not.toHaveProperty('problems');
    const again = (
      await run(['config', 'k8s', '-c', 'again.yaml'], { files: { ...files, 'again.yaml': out } })
    ).out;
    expect(parse(again)).toEqual(parse(out));
    expect(parse(out)).toMatchObject({
      namespace: 'shop',
      rules: { 'removed-api': 'off', 'duplicate-key': 'on' },
    });
  });

  it('without a file has the defaults', async () => {
    const { out } = await run(['config', 'k8s'], { files: bad });
    expect(out).toMatch(/^# .*no kubeplumb\.yaml was found/);
    expect(lineOf(out, 'namespace:')).toMatch(/^namespace: default +# default$/);
    expect(lineOf(out, 'assume')).toBe('');
  });

  it.each(['config -f k8s', 'config -k k8s', 'config --helm k8s'])(
    '%s: is the one of that directory',
    async (line) => {
      const { out } = await run(words(line), { files: { ...files, 'k8s/kubeplumb.yaml': off } });
      expect(out).toContain('from k8s/kubeplumb.yaml.');
    },
  );

  it('with --rule has that rule alone', async () => {
    const { out } = await run(['config', 'k8s', '--rule', 'removed-api'], { files });
    expect(lineOf(out, 'removed-api:')).toMatch(/removed-api: on +# --rule: error$/);
    expect(lineOf(out, 'duplicate-key:')).toMatch(/duplicate-key: off +# --rule$/);
    const two = await run(['config', 'k8s', '--rule', 'removed-api,external-ips'], { files });
    expect(lineOf(two.out, 'external-ips:')).toMatch(/external-ips: on +# --rule: warning$/);
    expect(await run(['config', 'k8s', '--rule', 'nope'], { files })).toMatchObject({ code: 2 });
  });

  it('with --preset has the rules of that one', async () => {
    const { out } = await run(['config', 'k8s', '--preset', 'security'], {
      files: { ...files, 'kubeplumb.yaml': 'extends: all\n' },
    });
    expect(out).toMatch(/^extends: \[ ?security ?\] +# --preset$/m);
    expect(lineOf(out, 'external-ips:')).toMatch(/external-ips: on +# security: warning$/);
    expect(lineOf(out, 'duplicate-key:')).toMatch(/duplicate-key: off +# not in security$/);
  });

  it('--units explains what belongs together', async () => {
    const tree = {
      ...bad,
      'other/a.yaml': deployment('a').replace('  namespace: default\n', ''),
      'other/ci.yaml': 'on: push\n',
      'ci/x.yaml': 'on: push\n',
      'kubeplumb.yaml': 'namespace: shop\n',
    };
    const { code, out, err } = await run(['config', '--units'], { files: tree });
    expect(code).toBe(0);
    expect(out).toBe(`k8s
  why: directory
  namespaces: default
  2 objects in 1 file
    k8s/web.yaml (2)

other
  why: directory
  namespaces: shop (assumed)
  1 object in 1 file, 1 file without any
    other/a.yaml
`);
    expect(err).toBe('2 units in 4 files\n');
  });

  it('--units tells variants of one directory apart', async () => {
    const files = {
      'k8s/dev.yaml': deployment('web'),
      'k8s/prod.yaml': deployment('web'),
      'k8s/svc.yaml': service('web'),
    };
    const { out } = await run(['config', '--units'], { files });
    expect(
      out
        .split('\n')
        .filter((text) => /^\S/.test(text))
        .sort(),
    ).toEqual(['k8s, variant with dev.yaml', 'k8s, variant with prod.yaml']);
  });

  it('--units names what a collection has besides its variants, which is no variant', async () => {
    const numbers = Array.from({ length: 9 }, (_, index) => index);
    const files = {
      ...Object.fromEntries(numbers.map((n) => [`k8s/${n}.yaml`, deployment('web')])),
      'k8s/svc.yaml': service('api'),
    };
    const names = (out: string): string[] => out.split('\n').filter((text) => /^\S/.test(text));
    const { out } = await run(['config', '--units'], { files });
    expect(names(out).sort()).toEqual(
      [
        ...numbers.map((n) => `k8s, variant with ${n}.yaml`),
        'k8s, the rest of the collection',
      ].sort(),
    );
    const { out: json } = await run(['config', '--units', '-o', 'json'], { files });
    const { units } = JSON.parse(json) as { units: { variant?: string; files: string[] }[] };
    expect(units.filter(({ variant }) => variant === undefined)).toMatchObject([
      { files: ['k8s/svc.yaml'] },
    ]);
  });

  it('--units tells no namespace of what is in none', async () => {
    const files = {
      'k8s/shop.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\n' +
        service('web', { namespace: 'shop' }),
    };
    const { out } = await run(['config', '--units'], { files });
    expect(out).toContain('  namespaces: shop\n');
  });

  it('--units tells of one that no file is in', async () => {
    const { out, err } = await run(['config', '--units'], {
      files: {
        'kubeplumb.yaml': 'units: [{ name: shop, paths: [k9s] }]\n',
        'k8s/web.yaml': deployment('web'),
      },
    });
    expect(out).toMatch(/^k8s\n/);
    expect(err).toContain(
      'note: the unit shop of the configuration is empty: no file that was read is in k9s\n',
    );
  });

  it('--units -o wide names every file', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`k8s/${index}.yaml`, deployment(`web-${index}`)]),
    );
    const { out } = await run(['config', '--units'], { files });
    expect(out).toContain('    and 5 more (-o wide lists them)\n');
    const wide = await run(['config', '--units', '-o', 'wide'], { files });
    expect(wide.out.match(/k8s\/\d+\.yaml/g)).toHaveLength(25);
    expect(wide.out).not.toContain('more');
  });
});

describe('kubeplumb init', () => {
  const custom = `apiVersion: example.com/v1
kind: App
metadata: {name: web}
spec:
  pools:
  - pod:
      metadata: {labels: {app: web}}
      spec: {containers: [{name: a, image: a}]}
  backup:
    spec: {containers: [{name: a, image: a}]}
---
apiVersion: example.com/v1
kind: Dashboard
metadata: {name: web}
---
`;
  const dual = service('web').replace('spec:', 'spec:\n  ipFamilies: [IPv6, IPv4]');
  const tree = {
    'k8s/web.yaml': custom + dual,
    'pkg/testdata/x.yaml': custom.replaceAll('example.com', 'test.org'),
  };

  it('fits what is there', async () => {
    const { code, out } = await run(['init', '--stdout'], { files: tree });
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=https://raw.githubusercontent.com/kubeplumb/kubeplumb/main/schema/kubeplumb.schema.json',
    );
    expect(parse(out)).toEqual({
      clusterFamilies: ['IPv6', 'IPv4'],
      ignorePaths: ['pkg/testdata/'],
      workloads: [
        {
          apiVersion: 'example.com/v1',
          kind: 'App',
          template: ['spec.backup', 'spec.pools[*].pod'],
        },
      ],
    });
    expect(out).toContain('#   - { apiVersion: example.com/v1, kind: Dashboard, template: none }');
    expect(out).not.toContain('test.org');
  });

  it('says nothing where there is nothing to say', async () => {
    const { out } = await run(['init', '-'], { files: bad });
    expect(parse(out)).toBeNull();
    const uncommented = out.replace(/^# (?=[a-z][A-Za-z]*:| )/gm, '');
    expect(Object.keys((parse(uncommented) as object | null) ?? {})).toContain('kubernetesVersion');
    expect(readConfig(new SourceFile('kubeplumb.yaml', uncommented), rules)).not.toHaveProperty(
      'problems',
    );
  });

  it('leaves test data alone where there is nothing else', async () => {
    expect(
      parse((await run(['init', '-'], { files: { 'testdata/a.yaml': custom } })).out),
    ).toHaveProperty('workloads');
  });

  it('overwrites nothing unasked', async () => {
    const { code, out, err } = await run(['init'], { files: { ...bad, '.kubeplumb.yaml': off } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(
      '.kubeplumb.yaml exists already; --force overwrites it, --stdout only prints',
    );
  });
});

describe('as a process', () => {
  const cwd = inDirectory({ ...bad, 'k8s/sub/ok.yaml': deployment('ok') });
  const kubeplumb = (
    ...args: string[]
  ): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [oneFile(), ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '' },
    });

  afterAll(() => rmSync(cwd, { recursive: true }));

  it('init, config and lint work together', () => {
    expect(kubeplumb('k8s')).toMatchObject({ status: 1 });
    expect(kubeplumb('init')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('wrote kubeplumb.yaml\n') as string,
      stderr: '',
    });
    expect(kubeplumb('init')).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(join(cwd, 'kubeplumb.yaml'))).toBe(true);
    expect(kubeplumb('k8s')).toMatchObject({ status: 1 });
    expect(kubeplumb('init', 'k8s')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('wrote k8s/kubeplumb.yaml\n') as string,
    });
    expect(readFileSync(join(cwd, 'k8s/kubeplumb.yaml'), 'utf8')).toBe(
      readFileSync(join(cwd, 'kubeplumb.yaml'), 'utf8'),
    );
    expect(kubeplumb('config', 'k8s/sub').stdout).toContain('from k8s/kubeplumb.yaml.');
    expect(kubeplumb('init', '--force')).toMatchObject({ status: 0 });
  });
});

it('config of a path that is not there is refused', async () => {
  const { code, err } = await run(['config', 'k8'], { files: { 'k8s/web.yaml': 'a: 1\n' } });
  expect([code, err]).toEqual([2, expect.stringContaining('k8 does not exist')]);
});

describe('an entry that fits no file', () => {
  const settings =
    'overrides:\n' +
    '  - { files: [k9s/, old/**], rules: { service-selects-nothing: off } }\n' +
    '  - { files: k8s/, rules: { service-selects-nothing: info } }\n' +
    'units:\n  - { name: a, paths: [deploy] }\n  - { name: b, paths: [k8s] }\n';
  const files = { ...bad, 'kubeplumb.yaml': settings, 'other/web.yaml': deployment('web') };
  const told = async (line: string, more: Record<string, string> = {}): Promise<string[]> => {
    const { out } = await run(words(line), { files: { ...files, ...more } });
    return out.split('\n').filter((text) => text.startsWith('hint: '));
  };

  it('is told where all is read', async () => {
    expect(await told('.')).toEqual([
      'hint: overrides[0].files in kubeplumb.yaml fits no file: k9s/, old/**',
      'hint: units[0].paths in kubeplumb.yaml fits no file: deploy',
    ]);
  });

  it.each(['k8s', 'k8s/web.yaml other', '. --exclude old', '. --quiet'])(
    'is not told where something is left out: %s',
    async (line) => {
      expect(await told(line)).toEqual([]);
    },
  );

  it('is not told of what may be for a chart', async () => {
    const chart = { 'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
    expect(await told('.', { ...chart, 'web/templates/a.yaml': 'a: {{ b }}\n' })).toEqual([]);
  });
});

describe('an entry that fits no object, or leaves out nothing', () => {
  const told = async (
    settings: string,
    more: Record<string, string> = {},
    line = '.',
  ): Promise<string[]> => {
    const files = { ...bad, 'other/web.yaml': deployment('web'), 'kubeplumb.yaml': settings };
    const { out } = await run(words(line), { files: { ...files, ...more } });
    return out.split('\n').filter((text) => text.startsWith('hint: '));
  };
  const override = (selector: string): string =>
    `overrides: [{ ${selector}, rules: { '*': info } }]\n`;

  it.each([
    ['kinds: [Servise, Ingres]', '.kinds', 'Servise, Ingres'],
    ['kinds: Servise', '.kinds', 'Servise; did you mean "Service"?'],
    ['namespaces: legacy-*', '.namespaces', 'legacy-*'],
    ['names: weeb, kinds: Service', '.names', 'weeb; did you mean "web"?'],
    ['labels: { tier: batch }', '.labels', 'tier=batch'],
    ['kinds: Service, files: other', '', 'kinds Service and files other'],
  ])('is told: %s', async (selector, key, what) => {
    expect(await told(override(selector))).toEqual([
      `hint: overrides[0]${key} in kubeplumb.yaml fits no object: ${what}`,
    ]);
  });

  it.each(['k8s', '--within . k8s/web.yaml', '. --shard 1/2'])(
    'is not told of a part: %s',
    async (line) => {
      expect(await told(override('kinds: Ingress'), {}, line)).toEqual([]);
    },
  );

  it.each(['kinds: Serv*', 'namespaces: default', 'names: web', 'kinds: Service, files: k8s'])(
    'is not told where something fits: %s',
    async (selector) => {
      expect(await told(override(selector))).toEqual([]);
    },
  );

  it('knows what a kustomization makes of it', async () => {
    const built = {
      'kustomization.yaml': 'namespace: shop\nnamePrefix: a-\nresources: [k8s/web.yaml]\n',
    };
    expect(await told(override('namespaces: shop, names: a-web'), built)).toEqual([]);
  });

  it.each([
    ['a placeholder', { 'k8s/b.yaml': deployment('${NAME}') }],
    ['a template', { 'k8s/b.yaml': 'kind: {{ .Kind }}\n' }],
    [
      'a document that was not parsed',
      {
        'k8s/b.yaml':
          'apiVersion: storage.k8s.io/v1\nkind: CSIStorageCapacity\nmetadata: { name: high }\n',
      },
    ],
  ])('is not told beside %s, which may be it', async (_, more) => {
    expect(await told(override('names: api'), more)).toEqual([]);
  });

  it('is told twenty times at most', async () => {
    const names = Array.from({ length: 21 }, (_, n) => `{ names: api-${n}, rules: {} }`);
    const hints = await told(`overrides: [${names.join(', ')}]\n`);
    expect(hints.slice(19)).toEqual([
      'hint: overrides[19].names in kubeplumb.yaml fits no object: api-19',
      'hint: kubeplumb.yaml has more entries of this kind',
    ]);
    expect(await told(`overrides: [${names.slice(1).join(', ')}]\n`)).toHaveLength(20);
  });

  it('is told of ignorePaths', async () => {
    expect(await told("ignorePaths: [other/, k9s/, '!k8s/', '*.tpl']\n")).toEqual([
      'hint: ignorePaths[1] in kubeplumb.yaml leaves out nothing: k9s/',
      'hint: ignorePaths[3] in kubeplumb.yaml leaves out nothing: *.tpl',
    ]);
  });

  it('is not told of what is never read', async () => {
    const ignored = { '.gitignore': 'dist/\n', '.git/HEAD': '' };
    expect(await told('ignorePaths: [node_modules/, dist/, dist/a]\n', ignored)).toEqual([]);
  });
});

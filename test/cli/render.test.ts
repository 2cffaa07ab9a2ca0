/** -k and --helm: a tool renders, findings are shown where things were written. The tools are scripts that print what they are told to. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployment, run, service } from './run.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kubeplumb-tools-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A PATH on which there are only these tools; each gets its arguments and prints to stdout what its script says. */
function tools(scripts: Readonly<Record<string, string>>): Record<string, string> {
  const bin = mkdtempSync(join(directory, 'bin-'));
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: bin };
}

const prints = (text: string): string => `/bin/cat <<'END'\n${text}\nEND`;

const kustomization = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `${service('web', { app: 'wbe' })}${deployment('web')}`,
  'overlay/kustomization.yaml': 'namePrefix: dev-\nresources: [../base]\n',
};
const rendered = `${service('dev-web', { app: 'wbe' })}${deployment('dev-web', { app: 'web' })}`;

describe('-k', () => {
  it('shows findings where the base has what they are about', async () => {
    const { code, out } = await run(['-k', 'overlay', '-o', 'oneline'], {
      files: kustomization,
      env: tools({ kustomize: prints(rendered) }),
    });
    const line =
      kustomization['base/web.yaml'].split('\n').findIndex((text) => text.includes('wbe')) + 1;
    expect(out).toMatch(
      new RegExp(`^base/web\\.yaml:${line}:\\d+: error: Service default/dev-web selects no pod`),
    );
    expect(code).toBe(1);
  });

  it('takes kubectl where there is no kustomize', async () => {
    const script = `test "$1 $2" = "kustomize overlay" || exit 3\n${prints(rendered)}`;
    const { out } = await run(['-k', 'overlay', '-o', 'oneline'], {
      files: kustomization,
      env: tools({ kubectl: script }),
    });
    expect(out).toContain('dev-web selects no pod');
  });

  it('shows what only the tool knows in the rendered text', async () => {
    const made = service('made', { app: 'nobody' }) + deployment('made', { app: 'nobdy' });
    const { out } = await run(['-k', 'overlay'], {
      files: kustomization,
      env: tools({ kustomize: prints(made) }),
    });
    expect(out).toMatch(/<kustomize build overlay>:\d+:\d+\n/);
    expect(out).toContain('app: nobody');
  });

  it('offers no fix: nobody knows what comes of it before it is rendered again', async () => {
    const { out } = await run(['-k', 'overlay', '-o', 'json'], {
      files: kustomization,
      env: tools({ kustomize: prints(rendered) }),
    });
    const { diagnostics } = JSON.parse(out) as { diagnostics: { fixes?: readonly unknown[] }[] };
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.fixes ?? []).toEqual([]);
  });

  it('is for get, too', async () => {
    const { out } = await run(['get', 'endpoints', '-k', 'overlay'], {
      files: kustomization,
      env: tools({ kustomize: prints(rendered) }),
    });
    expect(out).toContain('dev-web');
  });
});

describe('--helm', () => {
  const chart = {
    'chart/Chart.yaml': 'name: web\n',
    'chart/templates/web.yaml': [
      '{{- if .Values.enabled }}',
      'apiVersion: v1',
      'kind: Service',
      'metadata:',
      '  name: {{ .Release.Name }}',
      'spec:',
      '  selector:',
      '    app: wbe',
      '  ports:',
      '    - port: {{ .Values.port }}',
      '{{- end }}',
      '---',
      'kind: Deployment',
      '',
    ].join('\n'),
  };
  const output = `---\n# Source: web/templates/web.yaml\n${service('web', { app: 'wbe' })}---\n# Source: web/templates/web.yaml\n${deployment('web')}`;

  it('shows findings at the line of the template', async () => {
    const { code, out } = await run(['--helm', 'chart', '-o', 'oneline'], {
      files: chart,
      env: tools({ helm: prints(output) }),
    });
    expect(out).toMatch(
      /^chart\/templates\/web\.yaml:8:10: error: Service default\/web selects no pod/,
    );
    expect(code).toBe(1);
  });

  it('hands on values, namespace and release', async () => {
    const script = `/bin/echo "$@" >&2\nexit 1`;
    const argv = [
      '--helm',
      'chart',
      '--values',
      'prod.yaml',
      '--set',
      'a=b',
      '-n',
      'shop',
      '--kubernetes-version',
      '1.33',
    ];
    const { err } = await run(argv, { files: chart, env: tools({ helm: script }) });
    const args = 'template chart --values prod.yaml --set a=b --namespace shop --kube-version 1.33';
    expect(err).toContain(`error: helm ${args} failed`);
    expect(err).toContain(`:\n${args} --api-versions admissionregistration.k8s.io/v1/`);
    expect(err).toContain(',policy/v1/PodDisruptionBudget,');
  });

  it('shows the rendered text where Helm does not say which template it is', async () => {
    const { out } = await run(['--helm', 'chart'], {
      files: chart,
      env: tools({ helm: prints(output.replaceAll('# Source', '# From')) }),
    });
    expect(out).toMatch(/<helm template chart>:\d+:\d+\n/);
  });
});

describe('nothing to judge', () => {
  const cases: [title: string, argv: string[], scripts: Record<string, string>, message: string][] =
    [
      ['of a directory that is not there', ['-k', 'overlays'], {}, 'did you mean "overlay"?'],
      [
        'of one that is no kustomization',
        ['-k', 'base/..'],
        {},
        'base/.. is no kustomization: it holds no kustomization.yaml',
      ],
      ['without helm', ['--helm', 'chart'], {}, 'helm is not on the PATH: install it ('],
      ['without helm, misspelt', ['--helm', 'char'], {}, '; char does not exist'],
      [
        'of a part of a chart',
        ['--helm', 'packed/templates'],
        { helm: '/bin/echo "Chart.yaml file is missing" >&2; exit 1' },
        'Chart.yaml file is missing\nThe chart is the directory above it: --helm packed\n',
      ],
      ['values without a chart', ['--values', 'x.yaml'], {}, '--values is for charts: --helm DIR'],
      [
        'when the tool fails: what it says',
        ['-k', 'overlay'],
        { kustomize: '/bin/echo "no matches for Id" >&2; exit 1' },
        'error: kustomize build overlay failed with exit code 1:\nno matches for Id\n' +
          'Without -k kubeplumb builds it by itself, and shows where each mistake is: ' +
          'kubeplumb lint overlay\n',
      ],
      [
        'of one with charts',
        ['-k', 'overlay'],
        { kustomize: '/bin/echo "must specify --enable-helm" >&2; exit 1' },
        'must specify --enable-helm\n' +
          'Charts are rendered so: kustomize build --enable-helm overlay | kubeplumb -\n' +
          'All else can be judged without them: kubeplumb lint overlay\n',
      ],
      [
        'of one with charts, by kubectl',
        ['-k', 'overlay'],
        { kubectl: '/bin/echo "must specify --enable-helm" >&2; exit 1' },
        'Charts are rendered so: kubectl kustomize --enable-helm overlay | kubeplumb -\n',
      ],
      [
        'of a directory that is not there, with a tool',
        ['-k', 'overlays'],
        { kustomize: 'exit 1' },
        'error: overlays does not exist; did you mean "overlay"?\n',
      ],
      [
        'of one that holds kustomizations',
        ['-k', '.'],
        { kustomize: 'exit 1' },
        'error: . is no kustomization: it holds no kustomization.yaml; ' +
          'there is one in base and overlay\n',
      ],
      [
        'of a file of a kustomization',
        ['-k', 'base/kustomization.yaml'],
        { kustomize: 'exit 1' },
        'error: -k takes a directory, and base/kustomization.yaml is a file: -k base\n',
      ],
      [
        'of any other file',
        ['-k', 'base/web.yaml'],
        { kustomize: 'exit 1' },
        'error: -k takes a directory, and base/web.yaml is a file: name it without -k\n',
      ],
      [
        'beside other input',
        ['-k', 'overlay', 'base'],
        {},
        '-k renders overlay, which is all the input then; leave out base',
      ],
      [
        'beside other input to -f',
        ['--helm', 'chart', '-f', 'base'],
        {},
        '--helm renders chart, which is all the input then; leave out base',
      ],
      [
        'with both',
        ['-k', 'overlay', '--helm', 'chart'],
        {},
        '-k and --helm cannot be given together',
      ],
    ];
  it.each(cases)('%s', async (_, argv, scripts, message) => {
    const files = { ...kustomization, 'packed/Chart.yaml': '', 'packed/templates/a.yaml': '' };
    const { code, out, err } = await run(argv, { files, env: tools(scripts) });
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

const hasTool = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args).status === 0;

describe('the real tools', () => {
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir() };

  const hasKustomize = hasTool('kustomize', 'version') || hasTool('kubectl', 'version', '--client');
  const hasHelm = hasTool('helm', 'version');

  it.skipIf(!hasKustomize)(
    `kustomize${hasKustomize ? '' : ' (skipped: neither kustomize nor kubectl is on the PATH)'}`,
    async () => {
      const { out } = await run(['-k', 'overlay', '-o', 'oneline'], { files: kustomization, env });
      expect(out).toMatch(
        /^base\/web\.yaml:\d+:\d+: error: Service default\/dev-web selects no pod/,
      );
    },
  );

  it.skipIf(!hasHelm)(`helm${hasHelm ? '' : ' (skipped: helm is not on the PATH)'}`, async () => {
    const files = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'chart/values.yaml': 'app: wbe\n',
      'chart/templates/all.yaml': `${service('web', { app: '{{ .Values.app }}' })}${deployment('web')}`,
    };
    const { out } = await run(['--helm', 'chart', '-o', 'oneline'], { files, env });
    expect(out).toMatch(
      /^chart\/templates\/all\.yaml:\d+:\d+: error: Service default\/web selects no pod/,
    );
    const { code } = await run(['--helm', 'chart', '--set', 'app=web'], { files, env });
    expect(code).toBe(0);
  });
});

describe('a kustomization whose base lies elsewhere', () => {
  it('is linted with it', async () => {
    const { out } = await run(['overlay', '-o', 'oneline'], { files: kustomization });
    expect(out).toMatch(/^base\/web\.yaml:\d+:\d+: error: Service default\/dev-web selects no pod/);
  });

  it('is found under the name without an ending', async () => {
    const files = {
      'app/Kustomization': 'namePrefix: x-\nresources: [../base/web.yaml]\n',
      'base/web.yaml': kustomization['base/web.yaml'],
    };
    const { out } = await run(['app', '-o', 'oneline'], { files });
    expect(out).toMatch(/^base\/web\.yaml:\d+:\d+: error: Service default\/x-web selects no pod/);
  });

  it.each([
    ['get', 'services', 'overlay'],
    ['get', 'services', '-k', 'overlay'],
    ['-k', 'overlay'],
  ])('is built without a tool: %s %s %s', async (...argv) => {
    const { out } = await run(argv.filter(Boolean), { files: kustomization });
    expect(out).toContain('dev-web');
  });

  it('-k says who built it', async () => {
    const { err } = await run(['-k', 'overlay'], { files: kustomization });
    expect(err).toContain(
      'note: neither kustomize nor kubectl is on the PATH, so kubeplumb builds',
    );
  });
});

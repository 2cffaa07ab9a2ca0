import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { deployment, inDirectory, run, type RunOptions, service } from './run.ts';

const good = { 'k8s/web.yaml': deployment('web') + service('web') };
const bad = { 'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }) };
const broken = {
  'k8s/web.yaml': 'kind: Service\na: [\n',
  'k8s/ok.yaml': deployment('web') + service('web'),
};
const binary = { 'k8s/x.yaml': Buffer.from([0, 1, 2]), ...good };

describe('exit codes', () => {
  it.each<[string, number, string, RunOptions?]>([
    ['nothing found', 0, 'k8s', { files: good }],
    ['nothing found, the command written out', 0, 'lint k8s', { files: good }],
    ['findings', 1, 'k8s', { files: bad }],
    ['findings in JSON', 1, 'k8s -o json', { files: bad }],
    ['findings in oneline', 1, 'k8s -o oneline', { files: bad }],
    ['findings that are not to fail', 0, 'k8s --fail-on never', { files: bad }],
    ['other rules only', 0, 'k8s --rule target-port-name-unresolved', { files: bad }],
    ['a document that is not a YAML', 1, 'k8s', { files: broken }],
    [
      'a document that is not a YAML and nothing of Kubernetes',
      0,
      'k8s',
      { files: { ...good, 'k8s/ci.yaml': 'a: [\n' } },
    ],
    ['the same, named', 1, 'k8s/ci.yaml', { files: { 'k8s/ci.yaml': 'a: [\n' } }],
    ['a binary file among others', 2, 'k8s', { files: binary }],
    ['the same, where that is allowed', 0, 'k8s --allow-unreadable', { files: binary }],
    ['a binary file that was named', 2, 'k8s/x.yaml', { files: binary }],
    ['a file that does not exist', 2, 'k8s/no.yaml', { files: good }],
    ['findings and a file that does not exist', 2, 'k8s no.yaml', { files: bad }],
    ['a directory without manifests', 2, '.', { files: { 'a.txt': '' } }],
    ['a directory without manifests, expected', 0, '. --allow-empty', { files: { 'a.txt': '' } }],
    ['a pattern without match', 2, 'k8s/*.json', { files: good }],
    ['a pattern without match, expected', 0, 'k8s/*.json --allow-empty', { files: good }],
    ['stdin', 1, '-', { stdin: deployment('web') + service('web', { app: 'wbe' }) }],
    ['empty stdin', 2, '-', { stdin: '' }],
    ['a chart alone', 2, 'web', { files: { 'web/Chart.yaml': '' } }],
    ['no arguments', 2, ''],
    ['flags only', 1, '-q', { files: bad }],
    ['flags only, nothing found', 0, '--show-unknown', { files: good }],
    [
      'a file without any object',
      2,
      'package.json',
      { files: { 'package.json': '{"name": "x"}' } },
    ],
    ['a directory without any object', 2, '.', { files: { 'package.json': '{"name": "x"}' } }],
    [
      'a file without any object, expected',
      0,
      'package.json --allow-empty',
      { files: { 'package.json': '{"name": "x"}' } },
    ],
    ['a text', 2, 'README.md', { files: { 'README.md': '# Title\n\nText.\n' } }],
    [
      'a template alone',
      2,
      't.yaml',
      { files: { 't.yaml': '{{ if .Values.x }}\nkind: Service\n{{ end }}\n' } },
    ],
    [
      'an object of a kind that takes no part',
      0,
      'k8s',
      { files: { 'k8s/x.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n' } },
    ],
    ['an unknown flag', 2, 'k8s --nope', { files: good }],
    ['an unknown format', 2, 'k8s -o xml', { files: good }],
    ['kustomize, which is not installed', 2, '-k k8s', { files: good, env: { PATH: '/nowhere' } }],
    ['get', 0, 'get endpoints k8s', { files: bad }],
    ['get of something that is not there', 1, 'get endpoints api k8s', { files: bad }],
    ['get without a kind', 2, 'get'],
    ['describe', 0, 'describe service web k8s', { files: bad }],
    ['describe of something that is not there', 1, 'describe service api k8s', { files: bad }],
    ['rules', 0, 'rules'],
    ['explain', 0, 'explain service-selects-nothing'],
    ['help', 0, '--help'],
    ['help of a command', 0, 'get --help'],
    ['help asked as a command', 0, 'help lint'],
    ['version', 0, '--version'],
    ['version asked as a command', 0, 'version'],
    ['TYPE/NAME', 0, 'get svc/web -f k8s', { files: bad }],
    ['TYPE/NAME of describe', 0, 'describe svc/web k8s', { files: bad }],
  ])('%s: %i', async (_, expected, line, options) => {
    const { code, err } = await run(line.split(' ').filter(Boolean), options);
    expect(code, err).toBe(expected);
  });
});

describe('did you mean', () => {
  it('a path with a space, which no quotes hold together', async () => {
    const { code, err } = await run(['my', 'k8s/web'], { files: { 'my k8s/web/a.yaml': '' } });
    expect(code).toBe(2);
    expect(err).toContain('"my k8s/web" is one path: a shell wants quotes around it');
    const named = await run(['lint', 'my', 'k8s'], { files: { 'my k8s/web/a.yaml': '' } });
    expect(named.err).toContain('error: my does not exist; quote "my k8s", which does\n');
  });

  it.each([
    ['logs web', '"logs" is neither a command nor a file; kubeplumb talks to no cluster'],
    ['-o sarif:x.sarif k8s', '"-o sarif:x.sarif": a file is written -o sarif=x.sarif'],
    ['lnt k8s', '"lnt" is neither a command nor a file; did you mean "lint"?'],
    ['k8s lint', '"lint" is a command, and comes first: kubeplumb lint PATH…'],
    ['k8', '"k8" does not exist; did you mean "k8s"?'],
    ['k8s/wbe.yaml', '"k8s/wbe.yaml" does not exist; did you mean "k8s/web.yaml"?'],
    ['lint k8s/wbe.yaml', 'k8s/wbe.yaml does not exist; did you mean "k8s/web.yaml"?'],
    ['lint --fail-om error', 'unknown flag "--fail-om"; did you mean "--fail-on"?'],
    [
      'lint --fail-on eror k8s',
      'unknown value of --fail-on "eror"; did you mean "error"? legal values: error, warning, info, never',
    ],
    [
      'k8s -o jsn',
      'unknown format "jsn"; did you mean "json"? legal values: pretty, oneline, json, sarif, github',
    ],
    [
      'k8s --rule service-select-nothing',
      'unknown rule "service-select-nothing"; did you mean "service-selects-nothing"?',
    ],
    ['explain target-port-name-unresolve', 'did you mean "target-port-name-unresolved"?'],
    [
      'get endpoint-slices',
      'unknown kind "endpoint-slices"; did you mean "endpointslices"? there are endpoints, endpointslices, services, pods',
    ],
    ['get deploymnts', 'unknown kind "deploymnts"; did you mean "deployments"?'],
    ['get ep wbe k8s', 'endpoints "wbe" not found in the 1 file read; did you mean "web"?'],
    ['describe svc wbe k8s', 'service "wbe" not found in the 1 file read; did you mean "web"?'],
    [
      'describe frob web k8s',
      'unknown kind "frob"; legal values: service, endpoints, ingress, pod',
    ],
    [
      'k8s --unit directory',
      'unknown value of --unit "directory"; legal values: auto, all, dir, file',
    ],
    ['k8s --ip-families ipv4,ipv5', 'unknown value of --ip-families "ipv4,ipv5"'],
    ['describe netpol k8s', 'no networkpolicies found\n'],
    [
      'describe svc web k8s -n x',
      'service "web" not found in namespace x in the 1 file read; it is',
    ],
    ['describe svc k8s -n x', 'no services found in namespace x; there are some in namespace'],
    ['get ep k8s -n x', 'no endpoints found in namespace x; there are some in namespace'],
    ['get -R -f k8s', 'get what? Name a kind first: kubeplumb get endpoints -R -f k8s\n'],
    ['get ep k8s --nope', '"--nope"\n(kubeplumb get --help tells more)\n'],
    [
      'get ep -f k8s,k8s/web.yaml',
      'k8s,k8s/web.yaml does not exist; several are written with blanks between: k8s k8s/web.yaml',
    ],
    [
      'https://example.com/k8s.yaml',
      'does not exist; kubeplumb has no network: curl -sL https://example.com/k8s.yaml | kubeplumb -',
    ],
    ['get ep -f http://a.io/k.yaml', 'no network: curl -sL http://a.io/k.yaml | kubeplumb -'],
    ['get ep -L app', 'unknown flag "-L"; here it is -o custom-columns='],
    ['k8s --nope', '"--nope"\n(kubeplumb --help tells more)\n'],
    ['get ep k8s --context x', '"--context"; here it is not needed: kubeplumb talks to no cluster'],
    ['describe k8s', 'describe what? Name a kind first: kubeplumb describe service NAME k8s'],
    ['k8s --no-color', 'unknown flag "--no-color"; here it is --color never'],
    ['k8s -o', 'flag "-o" needs a value'],
    ['k8s --skip x', 'unknown flag "--skip"; here it is --disable ID'],
    ['get ep --skip x', '"--skip"; here it is --disable ID, which belongs to lint\n'],
    ['get ep --fixx', '"--fixx"; did you mean "--fix", which belongs to lint?\n'],
    [
      'rules --fail-om x',
      'did you mean "--fail-on", which belongs to lint, diff, config, merge?\n',
    ],
    ['rules --prese x', 'did you mean "--preset"?\n'],
    ['explain x --no-color', 'here it is --color never\n'],
    ['trace a b --watch', 'trace has no flag --watch (-w); it belongs to lint, get, describe\n'],
    ['k8s -c k8s/x.yaml', 'configuration k8s/x.yaml does not exist\n'],
    ['k8s -c k8s/WEB.YML', 'k8s/WEB.YML does not exist; did you mean "k8s/web.yaml"?\n'],
    ['k8s -c k8s/wbe.yaml', 'k8s/wbe.yaml does not exist; did you mean "k8s/web.yaml"?\n'],
    ['-n . k8s', '"-n .": no namespace can be called that'],
    ['k8s -o json,sarif', ': -o json=FILE -o sarif\n'],
    ['k8s -o compact', 'unknown format "compact"; here it is oneline\n'],
    ['k8s -o rdjson', 'unknown format "rdjson"; here it is checkstyle, with reviewdog '],
    ['k8s\\web.yaml', '"k8s\\web.yaml" does not exist; did you mean "k8s/web.yaml"?'],
    ['.\\k8s', '".\\k8s" does not exist; did you mean "./k8s"?'],
    ['k8s -o json,srif', 'unknown format "json,srif"; legal values: '],
    ['get svc k8s --export', '; here it is not needed: kubeplumb talks to no cluster'],
    ['k8s --recursive=yes', 'flag "--recursive" takes no value'],
    ['get ep k8s --fail-on error', 'get has no flag --fail-on; it belongs to lint'],
    ['help lnt', 'unknown command "lnt"; did you mean "lint"?'],
    ['-k k8', 'k8 does not exist; did you mean "k8s"?'],
    ['explain', 'explain takes one rule; kubeplumb rules lists them\n'],
    ['explain nonsense', 'unknown rule "nonsense"; kubeplumb rules lists them\n'],
    ['k8s --rule service-select-nothing', '; did you mean "service-selects-nothing"?\n'],
    ['describe api k8s', '; for the Service of that name: kubeplumb describe service api k8s'],
    [
      'k8s -o json=../../nowhere/at/all.json -q',
      'error: cannot write ../../nowhere/at/all.json: there is no directory ',
    ],
    ['config -o wide', '-o wide is for --units'],
  ])('%s', async (line, expected) => {
    const { out, err } = await run(line.split(' '), { files: good, env: { PATH: '/nowhere' } });
    expect(err).toContain(expected);
    expect(out).toBe('');
  });
});

describe('the command line', () => {
  it.each([
    '-o json k8s',
    'k8s -o json',
    'lint k8s --output json',
    '--format=json lint -f k8s',
    '-ojson -f k8s',
    '-o=json k8s',
  ])('%s', async (line) => {
    const { out, err } = await run(line.split(' '), { files: bad });
    expect(err).toBe('');
    expect((JSON.parse(out) as { version: number }).version).toBe(1);
  });

  it('each command’s help names its flags and has examples', async () => {
    for (const command of ['lint', 'get', 'describe', 'rules', 'explain']) {
      const { out } = await run([command, '--help']);
      expect(out).toContain(`kubeplumb ${command}`);
      expect(out).toContain('Examples:');
      expect(Math.max(...out.split('\n').map((text) => text.length))).toBeLessThanOrEqual(120);
    }
  });
});

it.each([60, 80, 120])(
  'help fits into a terminal of %i columns, but for commands to copy',
  async (columns) => {
    for (const words of [[], ...commandNames.map((name) => [name])]) {
      const { out } = await run([...words, '--help'], { terminal: columns });
      const tooWide = out
        .split('\n')
        .filter(
          (line) => line.length > columns && !/^ {2}\S* ?(?:kubeplumb|kubectl|source) /.test(line),
        );
      expect(tooWide).toEqual([]);
    }
  },
);

describe('what kubectl users type', () => {
  const files = {
    'k8s/all.yaml':
      deployment('web') + service('web') + service('api', { app: 'web', namespace: 'x' }),
  };
  it.each([
    ['get svc/web k8s', 'get services web k8s'],
    ['get ep/web endpoints/api k8s', 'get endpoints web api k8s'],
    ['get endpoints/web -o name k8s', 'get endpoints web -o name k8s'],
    ['describe svc/api k8s', 'describe service api k8s'],
    ['describe svc api -n x k8s', 'describe service api -n x k8s'],
    ['describe service/web svc/api k8s', 'describe service web api k8s'],
    ['version', '--version'],
  ])('%s is %s', async (typed, plain) => {
    const [one, other] = [
      await run(typed.split(' '), { files }),
      await run(plain.split(' '), { files }),
    ];
    expect(one).toEqual(other);
    expect(one.code).toBe(0);
    expect(one.out).not.toBe('');
  });

  it('an argument behind the kind that exists is input', async () => {
    const { code, out } = await run(['get', 'svc', 'svc/web'], {
      files: { 'svc/web': service('shop') },
    });
    expect(out).toContain('shop');
    expect(code).toBe(0);
  });
});

describe('mostly examples', () => {
  const files = {
    'k8s/web.yaml': deployment('web') + service('web'),
    ...Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `x/examples/${index}/a.yaml`,
        service(`s${index}`) + service(`s${index}`),
      ]),
    ),
  };
  it.each([
    ['.', /\nhint: all 20 findings lie below x\/examples\/: ignorePaths in /],
    ['x/examples', /^(?![^]*hint:)/],
  ])('%s', async (input, expected) => {
    const { out } = await run([input, '--color=never', '--rule', 'duplicate-object'], {
      files,
      terminal: 200,
    });
    expect(out).toMatch(expected);
    expect(out).toContain('20 infos in ');
  });
});

describe('own files', () => {
  it.each(['.', '*/*'])('%s: configuration and baseline are not manifests', async (input) => {
    const { out } = await run([input], {
      files: {
        ...good,
        'k8s/kubeplumb-baseline.json': '{"version":1,"findings":[]}',
        'k8s/.kubeplumb.yml': 'rules: {}',
      },
    });
    const [judged] = out.split('\n');
    expect(judged).toBe(
      'No problem found in 1 file (2 objects, 1 Service): the Service has endpoints',
    );
  });

  it('are read when they are named', async () => {
    const { out } = await run(['k8s/kubeplumb.json', 'k8s/kubeplumb-baseline.json'], {
      files: {
        'k8s/kubeplumb.json': '{}',
        'k8s/kubeplumb-baseline.json': '{"version":1,"findings":[]}',
      },
    });
    expect(out).toContain('no Kubernetes object in 2 files');
  });
});

describe('without arguments', () => {
  it('the working directory is read, as lint says', async () => {
    const files = { 'a.yaml': deployment('web') + service('web', { app: 'wbe' }) };
    expect(await run([], { files })).toEqual(await run(['lint', '.'], { files }));
  });

  it.each([
    [[]],
    [['lint']],
    [['-q']],
    [['get', 'ep']],
    [['describe', 'svc', 'web']],
    [['trace', 'service/web']],
  ])('a pipe that nobody named is refused: %j', async (argv) => {
    const { code, err } = await run(argv, { files: { 'a.yaml': '' }, arrival: 'something' });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: something is piped in, and no path was named: - reads the/);
  });

  it('so is one that stays open, though nothing comes', async () => {
    const { code, err } = await run([], { files: { 'a.yaml': '' }, arrival: 'not yet' });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: stdin is a pipe that stays open, and no path was named: - reads/);
  });

  it('an empty one is a terminal’s equal, and is told of', async () => {
    const files = { 'a.yaml': deployment('web') + service('web', { app: 'wbe' }) };
    const { err, ...told } = await run([], { files, arrival: 'nothing' });
    expect(await run([], { files })).toMatchObject(told);
    expect(err).toBe('note: stdin is empty, so the working directory is read\n');
    expect((await run(['-q'], { files, arrival: 'nothing' })).err).toBe('');
  });

  it('a pipe does not matter where something is named', async () => {
    const files = { 'a.yaml': deployment('web') + service('web') };
    for (const argv of [['.'], ['-f', 'a.yaml'], ['--within', '.', 'a.yaml'], ['get', 'ep', '.']])
      expect(await run(argv, { files, arrival: 'something' })).toMatchObject({ code: 0 });
  });
});

describe('--within', () => {
  const files = {
    'k8s/a.yaml': deployment('web') + service('web'),
    'other/a.yaml': service('api'),
  };
  it.each([
    [
      ['lint', '--within', 'k8s', 'k8s/A.yaml'],
      'k8s/A.yaml does not exist; did you mean "k8s/a.yaml"?',
    ],
    [['--within', 'k8s', 'other/a.yaml'], 'other/a.yaml lies outside of --within k8s'],
    [['--within', 'k9s', 'k8s/a.yaml'], 'k9s does not exist; did you mean "k8s"?'],
  ])('%j is an error', async (argv, message) => {
    const { code, err } = await run(argv, { files });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('lets hooks name files outside', async () => {
    expect(
      await run(['--allow-empty', '--within', 'k8s', 'other/a.yaml'], { files }),
    ).toMatchObject({ code: 0 });
  });
});

describe('rules by name', () => {
  const files = { 'a.yaml': deployment('web') + service('web', { app: 'wbe', target: 'htttp' }) };
  it.each([
    [['--disable', 'service-selects-nothing'], 0],
    [['--ignore', 'service-selects-nothing,target-port-name-unresolved'], 0],
    [['--rule', 'service-selects-nothing,target-port-ambiguous'], 1],
    [['--select', 'service-selects-nothing', '--ignore', 'service-selects-nothing'], 0],
    [['--disable', 'service-selects-nthing'], 2],
  ])('%j', async (argv, code) => {
    expect((await run([...argv, 'a.yaml'], { files })).code).toBe(code);
  });

  it('several that no preset has', async () => {
    const more = 'spec:\n  externalIPs: [192.0.2.80]';
    const text = service('web').replace('spec:', more);
    const argv = ['--rule', 'external-ips,broad-binding', '--fail-on', 'warning', 'a.yaml'];
    expect((await run(argv, { files: { 'a.yaml': text } })).code).toBe(1);
  });
});

describe('--preset', () => {
  const files = {
    'a.yaml': deployment('web') + service('web', { app: 'wbe' }),
    'kubeplumb.yaml': 'extends: none\n',
  };
  it.each([
    [[], 0],
    [['--preset', 'recommended'], 1],
    [['--preset', 'resilience,recommended'], 1],
    [['--preset', 'resilience', '--preset', 'security'], 0],
    [['--preset', 'none', '--no-config'], 0],
  ])('%j', async (argv, code) => {
    expect((await run([...argv, 'a.yaml'], { files })).code).toBe(code);
  });

  it.each([
    ['securty', 'unknown preset "securty"; did you mean "security"?'],
    ['recommended,', 'unknown preset ""; legal values: recommended, resilience'],
    ['', 'flag "--preset" needs a value: --preset NAME'],
  ])('"%s" is refused', async (preset, message) => {
    const { code, err } = await run(['--preset', preset, 'a.yaml'], { files });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('stands in the list of rules', async () => {
    const { out } = await run(['rules']);
    expect(out).toMatch(/^RULE +CATEGORY +PRESET /);
    expect(out).toMatch(/^single-endpoint +resilience +resilience +info/m);
    const listed = JSON.parse((await run(['rules', '-o', 'json'])).out) as object[];
    expect(listed).toContainEqual(
      expect.objectContaining({ id: 'external-ips', preset: 'security' }),
    );
    const ofOne = (await run(['rules', '--preset', 'security', '-o', 'name'])).out;
    expect(ofOne).toContain('external-ips\n');
    expect(ofOne).not.toContain('service-selects-nothing');
  });
});

describe('--exclude', () => {
  const files = {
    'a.yaml': deployment('web') + service('web', { app: 'wbe' }),
    'k8s/b.yaml': deployment('web') + service('web', { app: 'wbe' }),
    'k8s/c.yaml': deployment('api') + service('api'),
  };
  it.each([
    [['k8s/b.yaml'], 1],
    [['a.yaml', 'b.yaml'], 0],
    [['/a.yaml', 'k8s/b*'], 0],
    [['k8s/'], 1],
    [['a.yaml,./k8s/b.yaml'], 0],
    [['{a,b}.yaml'], 0],
  ])('%j', async (patterns, code) => {
    const flags = patterns.flatMap((pattern) => ['--exclude', pattern]);
    expect((await run([...flags, '.'], { files })).code).toBe(code);
  });
});

it('a kustomization that is named by its file is built', async () => {
  const files = {
    'base/kustomization.yaml': 'resources: [all.yaml]\n',
    'base/all.yaml': deployment('web') + service('web', { app: 'wbe' }),
    'prod/kustomization.yaml': 'namespace: shop\nresources: [../base]\n',
  };
  const { out } = await run(['prod/kustomization.yaml'], { files });
  expect(out).toContain('Service shop/web selects no pod');
});

it('--exclude is told where it leaves out everything', async () => {
  const { err, code } = await run(['--exclude', 'k8s', '.'], { files: good });
  expect([code, err]).toEqual([
    2,
    'error: . holds no .yaml, .yml or .json file that ignorePaths or --exclude leaves in\n',
  ]);
});

it('--exclude says what it does not leave out', async () => {
  const files = {
    'kustomization.yaml': 'resources: [k8s/a.yaml]\n',
    'k8s/a.yaml': service('web'),
    'k8s/b.yaml': service('web'),
  };
  const { err } = await run(['--exclude', 'k8s', '.'], { files });
  expect(err).toBe(
    'note: --exclude does not leave out k8s/a.yaml: a kustomization names what it needs\n',
  );
});

it('--exclude takes absolute paths', async () => {
  const files = { 'vendor/a.yaml': deployment('web') + service('web', { app: 'wbe' }) };
  const cwd = inDirectory({ ...files, 'k8s/c.yaml': deployment('api') + service('api') });
  const output = { write: () => undefined, isTTY: false, columns: undefined };
  const code = await main(['--exclude', join(cwd, 'vendor'), '.'], {
    stdin: async () => Buffer.alloc(0),
    stdout: output,
    stderr: output,
    env: {},
    cwd,
  });
  rmSync(cwd, { recursive: true });
  expect(code).toBe(0);
});

describe('nothing to judge', () => {
  const files = {
    'x.json': '{}',
    'k8s/kubeplumb-baseline.json': '{"version":1,"findings":[]}',
    'k8s/kubeplumb.yaml': '{}',
  };
  it.each([
    [
      'x.json',
      'Nothing to judge: no Kubernetes object in 1 file; 1 document that is not a Kubernetes object\n',
      '',
    ],
    [
      'x.json -q',
      '',
      'error: nothing to judge: no Kubernetes object in 1 file (--allow-empty lets that pass)\n',
    ],
    [
      'x.json -o oneline',
      '',
      'error: nothing to judge: no Kubernetes object in 1 file (--allow-empty lets that pass)\n',
    ],
    ['k8s', '', 'error: k8s holds no .yaml, .yml or .json file\n'],
  ])('%s', async (line, expectedOut, expectedErr) => {
    const { code, out, err } = await run(line.split(' '), { files });
    expect({ code, out, err }).toEqual({ code: 2, out: expectedOut, err: expectedErr });
  });
});

describe('at 80 columns', () => {
  it.each(['rules', 'get ep k8s', 'describe svc k8s', 'k8s'])(
    '%s breaks no line in mid-word',
    async (line) => {
      const files = {
        'k8s/web.yaml':
          deployment('web', { namespace: 'a-namespace-with-a-long-name' }) +
          service('web', { app: 'wbe', namespace: 'a-namespace-with-a-long-name' }),
        'k8s/x.yaml': service('outside', {
          more: '  type: ExternalName\n  externalName: db.example.com\n',
        }),
        'k8s/kustomization.yaml': 'resources: [web.yaml]\n',
      };
      const { out, err } = await run([...line.split(' '), '--color=never'], {
        files,
        terminal: 80,
      });
      const tooLong = `${out}${err}`.split('\n').filter((text) => text.length > 80);
      expect(tooLong).toEqual([]);
    },
  );
});

describe('machine formats', () => {
  it('have nothing but the report on stdout, and nothing on stderr', async () => {
    const { code, out, err } = await run(['-o', 'json', 'k8s', 'gone.yaml'], {
      files: { ...bad, ...broken, ...binary },
    });
    expect(code).toBe(2);
    expect(err).toBe('');
    const { problems } = JSON.parse(out) as { problems: { code: string; path: string }[] };
    expect(problems).toMatchObject([
      { code: 'binary', path: 'k8s/x.yaml', explicit: false },
      { code: 'missing', path: 'gone.yaml', explicit: true },
    ]);
  });

  it('are valid when there was nothing to read', async () => {
    const { out } = await run(['-o', 'json', '-'], { stdin: '' });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      diagnostics: [],
      problems: [{ code: 'empty', path: '<stdin>' }],
    });
  });
});

describe('colour', () => {
  const escape = '\u001b[';
  it.each<[string, boolean, RunOptions, string[]]>([
    ['no terminal', false, {}, []],
    ['a terminal', true, { terminal: 80 }, []],
    ['a dumb terminal', false, { terminal: 80, env: { TERM: 'dumb' } }, []],
    ['NO_COLOR', false, { terminal: 80, env: { NO_COLOR: '1' } }, []],
    ['empty NO_COLOR', true, { terminal: 80, env: { NO_COLOR: '' } }, []],
    ['FORCE_COLOR', true, { env: { FORCE_COLOR: '1' } }, []],
    ['FORCE_COLOR=0', false, { terminal: 80, env: { FORCE_COLOR: '0' } }, []],
    ['NO_COLOR beats FORCE_COLOR', false, { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, []],
    ['--color always', true, { env: { NO_COLOR: '1' } }, ['--color', 'always']],
    ['--color never', false, { terminal: 80 }, ['--color=never']],
  ])('%s: %s', async (_, expected, options, flags) => {
    const { out } = await run(['k8s', ...flags], { files: bad, ...options });
    expect(out.includes(escape)).toBe(expected);
  });
});

it('a link that leads back to itself is told, and no fault of ours', async () => {
  const cwd = inDirectory({});
  symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
  let err = '';
  const silent = { write: () => undefined, isTTY: false, columns: undefined };
  const code = await main(['loop.yaml'], {
    stdin: async () => Buffer.alloc(0),
    stdout: silent,
    stderr: { ...silent, write: (text: string) => void (err += text) },
    env: {},
    cwd,
  });
  rmSync(cwd, { recursive: true });
  expect(err).toMatch(/^error: loop\.yaml /);
  expect(err).not.toContain('fault');
  expect(code).toBe(2);
});

it('a part of a rule’s name is enough to be told its whole', async () => {
  expect((await run(['explain', 'service-selects'])).err).toContain(
    'unknown rule "service-selects"; there are service-selects-nothing, ',
  );
  expect((await run(['explain', 'llow'])).err).toContain('; kubeplumb rules lists them');
  expect((await run(['--rule', 'all'])).err).toContain(
    '; it is a preset: --preset all, or extends',
  );
  expect((await run(['explain', 'zzz'])).err).toContain('; kubeplumb rules lists them');
});

describe('a Service whose error nobody is told', () => {
  const files = {
    'k8s/web.yaml': deployment('web') + service('web', { app: 'wbe' }),
    'off.yaml': 'rules: {service-selects-nothing: off}\n',
    'known.json':
      '{"version":1,"findings":[{"rule":"service-selects-nothing","file":"k8s/web.yaml","object":"Service default/web","path":"spec.selector.app"}]}\n',
    'ignored.yaml': `# kubeplumb-ignore-file[service-selects-nothing]: elsewhere\n${deployment('web')}${service('web', { app: 'wbe' })}`,
  };

  it.each([
    ['switched off', '--disable service-selects-nothing k8s'],
    ['not asked for', '--rule node-port-conflict k8s'],
    ['off in the configuration', '-c off.yaml k8s'],
    ['known', '--baseline known.json k8s'],
    ['ignored', 'ignored.yaml'],
  ])('is known to have no endpoints: %s', async (_, argv) => {
    const { code, out } = await run(argv.split(' '), { files });
    expect(code).toBe(0);
    expect(out).toMatch(/^No finding in 1 file .*: the Service gets no endpoints\s+from here/);
  });
});

/**
 * What editors and people at a terminal need: unsaved buffers, --watch, --verbose, narrow windows.
 */
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { deployment, run, service } from './run.ts';

const files = {
  'k8s/web.yaml': service('web'),
  'k8s/pods.yaml': deployment('web'),
  'test/data.yaml': service('alone'),
};

describe('--stdin-filename', () => {
  const flags = ['-o', 'oneline', '--stdin-filename'];

  it('judges what is not saved with what belongs together with it', async () => {
    const { code, out } = await run([...flags, 'k8s/web.yaml'], {
      files,
      stdin: service('web', { app: 'wbe' }),
    });
    expect(out).toMatch(/^k8s\/web\.yaml:\d+:\d+: error: Service default\/web selects no pod/);
    expect(out).toContain('Deployment default/web has app=web');
    expect(code).toBe(1);
  });

  it('takes the saved file no longer into account, whatever way it is named', async () => {
    const broken = { ...files, 'k8s/web.yaml': service('web', { app: 'wbe' }) };
    for (const argv of [
      ['k8s/web.yaml'],
      ['k8s/web.yaml', '-'],
      ['./k8s/../k8s/web.yaml', 'k8s'],
    ]) {
      const { code, out } = await run([...flags, ...argv], {
        files: broken,
        stdin: service('web'),
      });
      expect([code, out]).toEqual([0, '']);
    }
  });

  it('tells of that file only', async () => {
    const stdin = deployment('other');
    const { out } = await run([...flags, 'k8s/pods.yaml'], { files, stdin });
    expect(out).toBe('');
  });

  it('takes a file that is not there yet', async () => {
    const stdin = service('new', { app: 'web', target: 'htttp' });
    const { out } = await run([...flags, 'k8s/new.yaml'], { files, stdin });
    expect(out).toMatch(/^k8s\/new\.yaml:\d+:\d+: error: Service default\/new targets a port name/);
  });

  it('shows test data, which somebody has opened', async () => {
    const stdin = service('alone') + deployment('alone', { app: 'allone' });
    const { out } = await run([...flags, 'test/data.yaml'], { files, stdin });
    expect(out).toContain('test/data.yaml:');
  });

  it.each([
    ['is ignored', { ...files, 'kubeplumb.yaml': 'ignorePaths: [k8s/]\n' }, 'k8s/web.yaml'],
    ['is no manifest', files, 'k8s/notes.txt'],
    ['is empty', files, 'k8s/web.yaml'],
  ])('says nothing of what %s', async (_, present, path) => {
    const stdin = path.endsWith('.txt') ? 'any text' : '';
    const { code, out, err } = await run([...flags, path], { files: present, stdin });
    expect([code, out, err]).toEqual([0, '', '']);
  });

  it('--fix and --diff print', async () => {
    const stdin = service('web', { target: 'htttp' });
    const fixed = await run(['--fix', '--stdin-filename', 'k8s/web.yaml'], { files, stdin });
    expect(fixed.out).toBe(service('web'));
    const untouched = await run(['--fix', '--stdin-filename', 'k8s/web.yaml'], {
      files,
      stdin: service('web'),
    });
    expect(untouched.out).toBe(service('web'));
    const diff = await run(['--diff', '--stdin-filename', 'k8s/web.yaml'], { files, stdin });
    expect(diff.out).toContain('+++ b/k8s/web.yaml\n');
    expect(diff.out).toContain('+      targetPort: http\n');
  });

  it.each([
    ['k8s', 'is a directory'],
    ['nowhere/web.yaml', 'its directory does not exist'],
  ])('refuses %s', async (path, message) => {
    const { code, err } = await run(['--stdin-filename', path], { files });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

it('--verbose tells what was read and what belongs together', async () => {
  const { err } = await run(['--verbose', '-q', 'k8s'], {
    files: { ...files, 'k8s/values.yaml': 'replicas: 3\n', 'kubeplumb.yaml': 'ignorePaths: [x]\n' },
  });
  expect(err).toMatch(/^configuration: kubeplumb\.yaml\nrules: \d+ of \d+\n3 files read:\n/);
  expect(err).toContain('  k8s/pods.yaml: 1 object\n');
  expect(err).toContain('  k8s/values.yaml: 1 document that is no Kubernetes object\n');
  expect(err).toContain('1 unit judged:\n  k8s: 2 objects (directory)\n');
});

it('--watch runs again at each change, and after mistakes on the command line of the configuration', async () => {
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    write: (text: string) => void (written[name] += text),
    isTTY: false,
    columns: undefined,
  });
  let asked: readonly string[] = [];
  let isOwn = (_: string): boolean => false;
  let rounds = 3;
  const code = await main(['lint', '-w', '-o', 'json=out.json', 'nowhere'], {
    stdin: async () => Buffer.alloc(0),
    stdout: output('out'),
    stderr: output('err'),
    env: {},
    cwd: '/nonexistent',
    changes: (paths, own) => {
      [asked, isOwn] = [paths, own];
      const next = async (): Promise<boolean> => (rounds -= 1) > 0;
      return { looksAt: () => undefined, next, close: () => undefined };
    },
  });
  expect(asked).toEqual(['/nonexistent']);
  expect(isOwn('/nonexistent/out.json')).toBe(true);
  expect(written.err.match(/watching/g)).toHaveLength(3);
  expect(written.err.match(/nowhere does not exist/g)).toHaveLength(3);
  expect(code).toBe(2);
});

describe('narrow terminals', () => {
  const web = { 'web.yaml': service('web', { target: 'htttp' }) + deployment('web') };

  it.each([40, 50, 61])('nothing is wider than %i columns', async (terminal) => {
    const { out } = await run(['--color', 'never', 'web.yaml'], { files: web, terminal });
    const wide = out.split('\n').filter((line) => line.length > terminal);
    expect(wide).toEqual([]);
    expect(out).toContain('[target-port-name-unresolved]');
  });

  it.each([['--help'], ['lint --help'], ['help get']])('%s wraps', async (argv) => {
    const { out } = await run(argv.split(' '), { terminal: 60 });
    const usage = /^ {2}kubeplumb|^kubeplumb|^Manifests/;
    const wide = out.split('\n').filter((line) => line.length > 60 && !usage.test(line));
    expect(wide.filter((line) => line.startsWith('        '))).toEqual([]);
  });
});

describe('flags of other linters', () => {
  it.each([
    ['--output-format', '--output FORMAT'],
    ['--dry-run', '--diff'],
    ['--stdin-filepath', '--stdin-filename PATH'],
    ['--max-warnings', '--fail-on warning'],
    ['-v', '--verbose; the version is --version (-V)'],
    ['--client', 'not needed: kubeplumb talks to no cluster'],
    ['--field-selector', 'a NAME behind the kind'],
    ['--show-kind', 'not needed: several kinds'],
    ['--watch-only', '--watch'],
    ['--kubeconfig', 'not needed: kubeplumb talks to no cluster'],
  ])('%s', async (flag, hint) => {
    expect((await run([flag, '.'])).err).toContain(`unknown flag "${flag}"; here it is ${hint}`);
  });
});

it.each([
  ['--ouput', '; did you mean "--output"?'],
  ['--ext1', ''],
  ['--jsn', '; here it is --output json'],
])('an unknown flag %s', async (flag, hint) => {
  expect((await run([flag, '.'])).err).toContain(`unknown flag "${flag}"${hint}\n`);
});

it.each([
  ['check', 'kubeplumb lint'],
  ['watch', 'kubeplumb lint --watch'],
  ['svc', 'kubeplumb get svc'],
])('a command of other linters: %s', async (command, hint) => {
  expect((await run([command])).err).toContain(
    `"${command}" is neither a command nor a file; here it is ${hint}\n`,
  );
});

it('--statistics counts, and is for people', async () => {
  const files = { 'web.yaml': service('web', { target: 'htttp' }) + deployment('web') };
  const { code, out } = await run(['--statistics', '.'], { files });
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(
      /^1 {2}error {4}target-port-name-unresolved {2}1 fixable\n\n1 error in 1 file/,
    ),
  ]);
  const other = await run(['--statistics', '-o', 'json', '.'], { files });
  expect([other.code, other.err]).toEqual([
    2,
    expect.stringContaining('--statistics is for people; json lists every finding'),
  ]);
});

describe('what Helm has rendered', () => {
  const stdin = `---\n# Source: shop/templates/web.yaml\n${service('web', { app: 'wbe' })}# Source: shop/charts/x/templates/pods.yaml\n${deployment('web')}`;

  it.each([
    ['pretty', '  <stdin>:10:10 (shop/templates/web.yaml)\n'],
    ['oneline', ' (from shop/templates/web.yaml) [service-selects-nothing]\n'],
    ['json', '"template": "shop/templates/web.yaml"'],
    ['sarif', ' (from shop/templates/web.yaml)\\nsee'],
    ['github', ' (from shop/templates/web.yaml)'],
    ['gitlab', ' (from shop/templates/web.yaml)'],
    ['junit', ' (from shop/templates/web.yaml)'],
    ['checkstyle', ' (from shop/templates/web.yaml)'],
    ['markdown', ' (from `shop/templates/web.yaml`)'],
  ])('%s names the template', async (format, text) => {
    expect((await run(['-', '-o', format], { stdin })).out).toContain(text);
  });

  it('trace and describe name it as well', async () => {
    const traced = await run(['trace', 'service/web', '-'], { stdin });
    expect(traced.out).toContain('<stdin>:6:9 (shop/templates/web.yaml)\n');
    const described = await run(['describe', 'service', 'web', '-'], { stdin });
    expect(described.out).toMatch(/^Manifest: +<stdin>:3 \(shop\/templates\/web\.yaml\)$/m);
  });

  it('the other side has its own', async () => {
    const { out } = await run(['-'], { stdin });
    expect(out).toMatch(/see <stdin>:\d+:\d+ \(shop\/charts\/x\/templates\/pods\.yaml\)\n/);
  });
});

/**
 * Whole runs on inputs that nobody has thought of: the project's own fixtures, cut, mixed and
 * spoilt, through every command and format. What must hold of each: it ends with 0, 1 or 2 and
 * without a fault of its own; a report is what its format says; and nothing in it steers a terminal
 * or a CI system.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { main } from '../../src/cli/main.ts';
import { parseXml } from '../support/xml.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** Texts to begin with. */
function seeds(): string[] {
  return readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(bad|ok|kustomize|projects)\b.*\.ya?ml$/.test(path))
    .sort()
    .map((path) => readFileSync(join(fixtures, path), 'utf8'))
    .filter((text) => text.length < 4000);
}

const awkward = [
  '::error::x',
  '##[debug]x',
  '\u001b[31m',
  '\u202e',
  '\u2028',
  '\0',
  '\ud800',
  '\ufeff',
  '\t',
  '\r\n',
  '---\n',
  '- ',
  '? ',
  ': ',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary x',
  '{{ x }}',
  '${X}',
  '|\n  ',
  '[[[[[[',
  '{{{{',
  '}',
  '"',
  "'",
  'null',
  '~',
  'true',
  '-1',
  '1e400',
  '0x7fffffffffffffff',
  '99999999999',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'a'.repeat(300),
  '日本',
  '../../../etc/passwd',
  'http://a.b:80/',
  'a.b.svc.cluster.local:99999',
  'kind: List\nitems:\n',
  'apiVersion: constructor\n',
  'kind: __proto__\n',
];

/** Somebody's mistake, or worse: a step that makes one text of another. */
type Step = (text: string) => string;

const at = (text: string, share: number): number => Math.floor(share * (text.length + 1));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary', maxLength: 4 }));

function step(texts: readonly string[]): fc.Arbitrary<Step> {
  const lines = (change: (all: string[], index: number) => string[]): fc.Arbitrary<Step> =>
    share.map((where) => (text) => {
      const all = text.split('\n');
      return change(all, Math.min(all.length - 1, Math.floor(where * all.length))).join('\n');
    });
  return fc.oneof(
    fc.tuple(share, piece).map(([where, put]): Step => (text) => {
      const index = at(text, where);
      return text.slice(0, index) + put + text.slice(index);
    }),
    fc.tuple(share, fc.nat(20)).map(([where, length]): Step => (text) => {
      const index = at(text, where);
      return text.slice(0, index) + text.slice(index + length);
    }),
    // The value of a line is another one.
    fc.tuple(share, piece).map(([where, put]): Step => (text) => {
      const all = text.split('\n');
      const index = Math.min(all.length - 1, Math.floor(where * all.length));
      all[index] = (all[index] ?? '').replace(/(: |- )\S.*$/, (_, before: string) => before + put);
      return all.join('\n');
    }),
    lines((all, index) => all.toSpliced(index, 1)),
    lines((all, index) => all.toSpliced(index, 0, all[index] ?? '')),
    lines((all, index) => all.with(index, `  ${all[index] ?? ''}`)),
    lines((all, index) => all.with(index, (all[index] ?? '').replace(/^ {2}/, ''))),
    fc.constantFrom(...texts).map(
      (other): Step =>
        (text) =>
          `${text}\n---\n${other}`,
    ),
    fc.tuple(share, share, fc.constantFrom(...texts)).map(
      ([where, from, other]): Step =>
        (text) =>
          text.slice(0, at(text, where)) + other.slice(at(other, from)),
    ),
  );
}

const fileName = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a.yaml', 'b.yaml', 'k8s/c.yaml', 'k8s/d.yml', 'e/f.json'),
  },
  { weight: 2, arbitrary: fc.constantFrom('kustomization.yaml', 'k8s/kustomization.yaml') },
  { weight: 1, arbitrary: fc.constantFrom('kubeplumb.yaml', '.gitignore', 'Chart.yaml') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '::error::x/g.yaml',
      '##[debug]/h.yaml',
      'i\u202e.yaml',
      'j\n::error::.yaml',
      '-o.yaml',
    ),
  },
);

const commands: readonly (readonly string[])[] = [
  ...[
    'pretty',
    'oneline',
    'json',
    'sarif',
    'github',
    'gitlab',
    'junit',
    'checkstyle',
    'markdown',
  ].map((format) => ['lint', '-o', format, '.']),
  ['lint', '--fix=unsafe', '-o', 'oneline', '.'],
  ['lint', '--fix', '--diff', '.'],
  ['lint', '--unit', 'all', '--show-unknown', '.'],
  ['lint', '--preset', 'resilience', '--preset', 'security', '.'],
  ['lint', '--unit', 'file', '-q', '.'],
  ['lint', '--update-baseline', '-o', 'json', '.'],
  ['lint', '--kubernetes-version', '1.25', '--ip-families', 'IPv6,IPv4', '.'],
  ['get', 'endpoints', '-R', '.'],
  ['get', 'endpointslices', '-R', '.', '-o', 'yaml'],
  ['get', 'pods', '-R', '.', '-o', 'json'],
  ['get', 'services', '-R', '.', '-o', 'wide'],
  ['describe', 'service', '-R', '.'],
  ['config', '--units', '.'],
  ['config', '.'],
  ['diff', 'k8s', '.'],
  ['trace', 'deployment/web', 'service/web', '.'],
  ['trace', 'https://shop.example.com/', '.'],
  ['verify', 'k8s', 'a.yaml'],
  ['describe', 'deployment', '-R', '.'],
  ['describe', 'ingress', '-R', '.'],
  ['get', 'all', '-R', '.', '-o', 'jsonpath={.items[*].metadata.name}'],
  ['get', 'endpoints', '-R', '.', '--during', 'rollout'],
  ['lint', '--shard', '1/2', '-o', 'json', '.'],
  ['init', '--stdout', '.'],
];

export interface FuzzCase {
  readonly files: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  /** The files are named one by one, beginning with the n-th, in place of their directory. */
  readonly from?: number | undefined;
}

export function fuzzCases(): fc.Arbitrary<FuzzCase> {
  const texts = seeds();
  const text = fc
    .tuple(fc.constantFrom(...texts), fc.array(step(texts), { maxLength: 6 }))
    .map(([first, steps]) => steps.reduce((done, next) => next(done), first));
  return fc.record({
    files: fc.dictionary(fileName, text, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    argv: fc.constantFrom(...commands),
    from: fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
  });
}

/** @throws Error for a case of which something does not hold */
export async function holds({ files, argv: written, from }: FuzzCase): Promise<void> {
  const paths = Object.keys(files).map((path) => `./${path}`);
  const argv =
    from === undefined || paths.some((path) => path.includes('\n')) || written.includes('diff')
      ? written
      : written.flatMap((argument) =>
          argument === '.' ? [...paths.slice(from), ...paths.slice(0, from)] : [argument],
        );
  const { code, out, err } = await inDirectory(files, argv);
  if (![0, 1, 2].includes(code)) throw new Error(`exit code ${code}`);
  if (/fault of its own|Maximum call stack|could not be judged/i.test(out + err))
    throw new Error(`a fault: ${out}${err}`);
  const format = argv[argv.indexOf('-o') + 1];
  if (out !== '' && ['json', 'sarif', 'gitlab'].includes(format ?? '')) JSON.parse(out);
  if (out !== '' && ['junit', 'checkstyle'].includes(format ?? '')) parseXml(out);
  const isPatch = argv.includes('--diff') || argv.includes('--stdout');
  const printed = isPatch ? err : out + err;
  if (format !== 'github' && /^\s*::|##\w*\[/m.test(printed))
    throw new Error(`a command to a CI system: ${printed}`);
  if (/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u.test(printed))
    throw new Error(`what cannot be printed: ${JSON.stringify(printed)}`);
}

async function inDirectory(
  files: FuzzCase['files'],
  argv: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'kubeplumb-fuzz-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    const written = { out: '', err: '' };
    const output = (name: 'out' | 'err') => ({
      write: (text: string): void => void (written[name] += text),
      isTTY: false,
      columns: undefined,
    });
    const code = await main(argv, {
      stdin: () => Promise.resolve(Buffer.alloc(0)),
      stdout: output('out'),
      stderr: output('err'),
      env: {},
      cwd,
    });
    return { code, ...written };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

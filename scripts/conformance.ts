/**
 * Asks the real control plane of a Kubernetes release what it makes of every scenario of
 * fixtures/conformance, and verifies or rewrites the goldens. conformance/README.md has the method.
 * Needs Go, and on the first run of a release about five minutes; not part of `npm test`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Binaries, build, defaultCache } from '../conformance/build.ts';
import { startControlPlane } from '../conformance/control-plane.ts';
import { Goldens } from '../conformance/goldens.ts';
import { mutants } from '../conformance/mutants.ts';
import { ApiServer, type Verdict } from '../conformance/refusals.ts';
import { minorOf, newestBuildable } from '../conformance/release.ts';

const usage = `usage: npm run conformance -- [FLAGS] [SCENARIO...]

  --kubernetes 1.N[.P]  the release to ask; the default is the one that golden.json is of. Without
                        P: the patch version that was replayed last, or, to --write every scenario,
                        the newest that the Go module proxy has
  --check               say where an answer differs from its golden (the default); exit status 1 if
                        one does
  --write               rewrite the goldens that differ
  --dumps DIR           also write what the cluster of each scenario holds, as kubectl get -A -o
                        json lists it
  --mutants N           ask about N objects of the scenarios with a field or two changed, whether
                        they are taken and in which words they are refused
  --seed N              other ones
  --build               only build
  --cache DIR           where builds are kept (default: $KUBEPLUMB_CONFORMANCE_CACHE, or
                        ${defaultCache()})
  --port N              first of the four loopback ports that are used (default: 16443)
`;

const root = fileURLToPath(new URL('../fixtures/conformance', import.meta.url));
const goldens = new Goldens(root);

interface Options {
  readonly kubernetes: string;
  readonly write: boolean;
  readonly build: boolean;
  readonly mutants: number;
  readonly seed: number;
  readonly dumps?: string;
  readonly cache: string;
  readonly port: number;
  readonly help: boolean;
  readonly scenarios: readonly string[];
  /** Whether they are all there are. */
  readonly complete: boolean;
}

/** Throws where they are wrong. */
function readArguments(argv: string[]): Options {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      kubernetes: { type: 'string', default: goldens.standard },
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      build: { type: 'boolean', default: false },
      mutants: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      dumps: { type: 'string' },
      cache: {
        type: 'string',
        default: process.env['KUBEPLUMB_CONFORMANCE_CACHE'] ?? defaultCache(),
      },
      port: { type: 'string', default: '16443' },
      help: { type: 'boolean', default: false },
    },
  });
  const all = goldens.scenarios();
  const unknown = positionals.filter((name) => !all.includes(name));
  if (!/^1\.\d+(\.\d+)?$/.test(values.kubernetes))
    throw new Error(`--kubernetes ${values.kubernetes}: not a release such as 1.36 or 1.36.3`);
  if (!/^\d{4,5}$/.test(values.port)) throw new Error(`--port ${values.port}: not a port`);
  for (const name of ['mutants', 'seed'] as const)
    if (!/^\d{1,6}$/.test(values[name])) throw new Error(`--${name} ${values[name]}: not a number`);
  if (values.check && values.write) throw new Error('--check and --write exclude each other');
  if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}`);
  return {
    ...values,
    port: Number(values.port),
    mutants: Number(values.mutants),
    seed: Number(values.seed),
    scenarios: positionals.length > 0 ? positionals : all,
    complete: positionals.length === 0,
  };
}

/** The patch version to ask: a partial rewrite must stay with the one that answered the rest. */
async function chooseVersion(options: Options): Promise<string> {
  const { kubernetes, write, complete, cache } = options;
  const release = `1.${minorOf(kubernetes)}`;
  const last = goldens.versionOf(release);
  if (write && !complete && (last === undefined || ![release, last].includes(kubernetes)))
    throw new Error(
      `the goldens of ${release} are of ${last ?? 'no version yet'}: to go to ` +
        `${kubernetes}, rewrite all scenarios`,
    );
  if (kubernetes !== release) return kubernetes;
  return last !== undefined && !(write && complete)
    ? last
    : newestBuildable(minorOf(kubernetes), cache);
}

/**
 * Runs the driver over scenarios of one set of cluster families; their answers land in
 * `answers`/SCENARIO.json.
 */
function drive(
  { driver }: Binaries,
  kubeconfig: string,
  answers: string,
  { families, names }: Group,
  dumps: string | undefined,
): Promise<void> {
  const folders = names.map((name) => join(root, name));
  const child = spawn(
    driver,
    [
      ...['-kubeconfig', kubeconfig, '-families', families.join(','), '-out', answers],
      ...(dumps === undefined ? [] : ['-dumps', resolve(dumps)]),
      ...folders,
    ],
    { stdio: 'inherit' },
  );
  const abandon = (): boolean => child.kill();
  process.once('exit', abandon);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('exit', abandon);
      if (code === 0) resolve();
      else reject(new Error(`the driver ended with status ${code}`));
    });
  });
}

/** Scenarios that ask for a cluster of the same families. */
interface Group {
  readonly families: ReturnType<Goldens['familiesOf']>;
  readonly names: readonly string[];
}

function groupsOf(scenarios: readonly string[]): Group[] {
  const groups = new Map<string, { families: Group['families']; names: string[] }>();
  for (const name of scenarios) {
    const families = goldens.familiesOf(name);
    const group = groups.get(families.join(',')) ?? { families, names: [] };
    groups.set(families.join(','), group);
    group.names.push(name);
  }
  return [...groups.values()];
}

/** The folder of the answers. */
async function ask(binaries: Binaries, version: string, options: Options): Promise<string> {
  const folder = join(options.cache, version);
  const answers = join(folder, 'answers');
  rmSync(answers, { recursive: true, force: true });
  mkdirSync(answers);
  for (const group of groupsOf(options.scenarios)) {
    const { kubeconfig, stop } = await startControlPlane({
      binaries,
      state: join(folder, 'state'),
      port: options.port,
      families: group.families,
      minor: minorOf(version),
    });
    try {
      await drive(binaries, kubeconfig, answers, group, options.dumps);
    } finally {
      await stop();
    }
  }
  return answers;
}

/** Says what differs; the number of scenarios of which something does, or that are new. */
function tellDifferences(
  texts: readonly (readonly [scenario: string, answer: string])[],
  version: string,
  write: boolean,
): number {
  let changed = 0;
  for (const [scenario, answer] of texts) {
    const differences = goldens.differences(scenario, version, answer);
    const asked = goldens.wasAsked(scenario, version);
    if (asked && differences.length === 0) continue;
    changed += 1;
    if (!asked && !write) console.log(`${scenario}: this release was never asked`);
    if (differences.length === 0) continue;
    console.log(`${scenario}: ${differences.length} differences`);
    for (const difference of differences.slice(0, 8)) console.log(`  ${difference}`);
  }
  return changed;
}

/** Objects of all scenarios, each told where it is not answered as predicted. */
async function tellRefusals(binaries: Binaries, version: string, options: Options): Promise<void> {
  const { port, mutants: count, seed } = options;
  const minor = minorOf(version);
  const { stop } = await startControlPlane({
    binaries,
    state: join(options.cache, version, 'state'),
    port,
    families: ['IPv4'],
    minor,
  });
  const told: Partial<Record<Verdict, number>> = {};
  try {
    const server = new ApiServer(port, minor);
    for (const mutant of mutants(goldens.objects(), count, seed)) {
      const { verdict, answer, predicted } = await server.compare(mutant);
      told[verdict] = (told[verdict] ?? 0) + 1;
      if (verdict === 'same' || verdict === 'not comparable') continue;
      console.log(`${verdict}: ${String(mutant.object['kind'])}, ${mutant.changes.join('; ')}`);
      console.log(
        `  Kubernetes: ${answer || 'takes it'}\n  predicted:  ${predicted || 'takes it'}`,
      );
    }
  } finally {
    await stop();
  }
  console.log(told);
}

async function replay(options: Options): Promise<void> {
  const { scenarios, write } = options;
  const version = await chooseVersion(options);
  console.log(`Kubernetes ${version}, ${scenarios.length} scenarios`);
  const binaries = await build(version, options.cache, console.log);
  if (options.build) return;
  if (options.mutants > 0) return tellRefusals(binaries, version, options);
  const answers = await ask(binaries, version, options);
  const texts = scenarios.map(
    (name) => [name, readFileSync(join(answers, `${name}.json`), 'utf8')] as const,
  );
  const changed = tellDifferences(texts, version, write);
  if (write) {
    console.log(`${goldens.write(version, texts)} golden files changed`);
    return;
  }
  const same = scenarios.length - changed;
  console.log(`${same} of ${scenarios.length} scenarios as before; the answers are in ${answers}`);
  if (changed > 0) process.exitCode = 1;
}

/** What was thrown, in words. */
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readArgumentsOrSay(): Options | undefined {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${said(error)}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const options = readArgumentsOrSay();
if (options?.help === true) console.log(usage);
else if (options !== undefined) {
  try {
    await replay(options);
  } catch (error) {
    console.error(said(error));
    process.exitCode = 1;
  }
}

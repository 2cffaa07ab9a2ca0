#!/usr/bin/env node
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
import { build, defaultCache } from '../conformance/build.mjs';
import { startControlPlane } from '../conformance/control-plane.mjs';
import { Goldens } from '../conformance/goldens.mjs';
import { minorOf, newestBuildable } from '../conformance/release.mjs';

const usage = `usage: npm run conformance -- [--kubernetes 1.N[.P]] [--check | --write] [SCENARIO...]

  --kubernetes 1.N[.P]  the release to ask; the default is the one that golden.json is of. Without P: the patch version that was replayed
                        last, or, to --write every scenario, the newest that the Go module proxy has
  --check               say where an answer differs from its golden (the default); exit status 1 if one does
  --write               rewrite the goldens that differ
  --dumps DIR           also write what the cluster of each scenario holds, as kubectl get -A -o json lists it
  --build               only build
  --cache DIR           where builds are kept (default: $KUBEPLUMB_CONFORMANCE_CACHE, or ${defaultCache()})
  --port N              first of the four loopback ports that are used (default: 16443)
`;

const root = fileURLToPath(new URL('../fixtures/conformance', import.meta.url));
const goldens = new Goldens(root);

function readArguments(argv) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        kubernetes: { type: 'string', default: goldens.standard },
        check: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        build: { type: 'boolean', default: false },
        dumps: { type: 'string' },
        cache: {
          type: 'string',
          default: process.env.KUBEPLUMB_CONFORMANCE_CACHE ?? defaultCache(),
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
    if (values.check && values.write) throw new Error('--check and --write exclude each other');
    if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}`);
    return {
      ...values,
      port: Number(values.port),
      scenarios: positionals.length > 0 ? positionals : all,
      complete: positionals.length === 0,
    };
  } catch (error) {
    return { wrong: error.message };
  }
}

/** The patch version to ask: a partial rewrite must stay with the one that answered the rest. */
async function chooseVersion({ kubernetes, write, complete }, cache) {
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
function drive(driver, kubeconfig, families, answers, scenarios, dumps) {
  const folders = scenarios.map((name) => join(root, name));
  const child = spawn(
    driver,
    [
      ...['-kubeconfig', kubeconfig, '-families', families, '-out', answers],
      ...(dumps === undefined ? [] : ['-dumps', resolve(dumps)]),
      ...folders,
    ],
    { stdio: 'inherit' },
  );
  const abandon = () => child.kill();
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

async function main() {
  const options = readArguments(process.argv.slice(2));
  if (options.help) return console.log(usage);
  if (options.wrong !== undefined) {
    console.error(`${options.wrong}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const { cache, port, scenarios, write } = options;
  const version = await chooseVersion(options, cache);
  console.log(`Kubernetes ${version}, ${scenarios.length} scenarios`);
  const binaries = await build(version, cache, console.log);
  if (options.build) return;

  const folder = join(cache, version);
  const answers = join(folder, 'answers');
  rmSync(answers, { recursive: true, force: true });
  mkdirSync(answers);
  const familiesAsked = new Set(scenarios.map((name) => goldens.familiesOf(name).join(',')));
  for (const families of familiesAsked) {
    const names = scenarios.filter((name) => goldens.familiesOf(name).join(',') === families);
    const state = join(folder, 'state');
    const settings = {
      binaries,
      state,
      port,
      families: families.split(','),
      minor: minorOf(version),
    };
    const { kubeconfig, stop } = await startControlPlane(settings);
    try {
      await drive(binaries.driver, kubeconfig, families, answers, names, options.dumps);
    } finally {
      await stop();
    }
  }

  const texts = scenarios.map((name) => [
    name,
    readFileSync(join(answers, `${name}.json`), 'utf8'),
  ]);
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
  if (write) console.log(`${goldens.write(version, texts)} golden files changed`);
  else
    console.log(
      `${scenarios.length - changed} of ${scenarios.length} scenarios as before; the ` +
        `answers are in ${answers}`,
    );
  if (!write && changed > 0) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * A random part of the packages in test/triage/packages.json, which the rules were not tuned on:
 * fetched by the registries' own clients, unpacked, and their charts rendered.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';

export interface Package {
  /** `go`: a module that the module cache of the machine has; none is fetched. */
  readonly registry: 'npm' | 'pypi' | 'go';
  readonly name: string;
  readonly version: string;
}

/** @throws an error that says which entry is none */
export function parsePackages(text: string): Package[] {
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new Error('the list of packages is no list');
  return entries.map((entry: Json): Package => {
    const [registry, name, version] = ['registry', 'name', 'version'].map((key) =>
      asText(fieldAt(entry, key)),
    );
    const isKnown = registry === 'npm' || registry === 'pypi' || registry === 'go';
    if (!isKnown || name === undefined || version === undefined)
      throw new Error(`${JSON.stringify(entry)} is no package`);
    return { registry, name, version };
  });
}

/** `count` of them, the same for a seed: those whose name and seed have the least hash. */
export function sampled(packages: readonly Package[], count: number, seed: string): Package[] {
  const rank = (one: Package): string =>
    createHash('sha256')
      .update(`${seed} ${directoryName(one)}`)
      .digest('hex');
  return packages
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ one }) => one);
}

/** `pypi-kr8s@0.20.15`: also the name of its record. */
export function directoryName({ registry, name, version }: Package): string {
  return `${registry}-${name.replaceAll('/', '-')}@${version}`;
}

/**
 * Puts a package into a directory of its own below `folder`, if it is not there yet.
 *
 * @returns a line for each chart that was not rendered
 */
export function fetchPackage(one: Package, folder: string): string[] {
  const directory = join(folder, directoryName(one));
  if (existsSync(directory)) return [];
  const unfinished = `${directory}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  if (one.registry === 'go') {
    const missing = copyModule(one, unfinished);
    if (missing !== undefined) return [missing];
    const notes = renderCharts(unfinished);
    renameSync(unfinished, directory);
    return notes;
  }
  const wanted = `${one.name}${one.registry === 'npm' ? '@' : '=='}${one.version}`;
  if (one.registry === 'npm') run('npm', ['pack', '--silent', wanted], unfinished);
  else run('pip', ['download', '-q', '--no-deps', '--no-binary', ':all:', wanted], unfinished);
  for (const archive of readdirSync(unfinished)) {
    run('tar', ['xf', archive], unfinished);
    rmSync(join(unfinished, archive));
  }
  const notes = renderCharts(unfinished);
  renameSync(unfinished, directory);
  return notes;
}

/** Manifests, charts, and the files of which these make ConfigMaps. */
const isRead =
  /\.(?:ya?ml|json|tpl|txt|ini|conf|cfg|toml|properties|sh)$|(?:^|\/)(?:Kustomization|\.helmignore)$/;

/**
 * What a linter reads of a module that is on disk, and what its charts are made of; a line where it
 * is not.
 */
function copyModule({ name, version }: Package, directory: string): string | undefined {
  const cache = run('go', ['env', 'GOMODCACHE']).trim();
  // Upper-case letters are escaped in the names of directories.
  const escaped = name.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  const source = join(cache, `${escaped}@${version}`);
  if (!existsSync(source)) {
    rmSync(directory, { recursive: true });
    return `not on disk: ${name}@${version}`;
  }
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!isRead.test(path)) continue;
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(join(source, path)));
  }
  return undefined;
}

/** Each chart with its defaults, and with each file of values that it is tested with. */
function renderCharts(directory: string): string[] {
  return filesBelow(directory, 'Chart.yaml').flatMap((file) => {
    const chart = dirname(file);
    if (/^type:\s*library/m.test(readFileSync(file, 'utf8'))) return [];
    const values = existsSync(join(chart, 'ci'))
      ? readdirSync(join(chart, 'ci')).filter((name) => /\.ya?ml$/.test(name))
      : [];
    return [undefined, ...values].flatMap((value) => {
      const flags = value === undefined ? [] : ['-f', join(chart, 'ci', value)];
      try {
        const text = run('helm', ['template', 'release', chart, '--namespace', 'demo', ...flags]);
        const name = [basename(chart), ...(value === undefined ? [] : [value])].join('-');
        const target = join(directory, 'rendered', name.replace(/\.ya?ml$/, ''));
        mkdirSync(target, { recursive: true });
        writeFileSync(join(target, 'manifest.yaml'), text);
        return [];
      } catch (error) {
        return [`not rendered: ${chart}: ${error instanceof Error ? error.message : ''}`];
      }
    });
  });
}

function filesBelow(directory: string, name: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === name)
    .map((path) => join(directory, path));
}

function run(command: string, args: readonly string[], cwd = '.'): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
  });
}

/** Looks citations up in Go modules on disk: whether the file is there, and the name in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { globbySync } from 'globby';
import { addTo } from '../src/multimap.ts';

/**
 * Written as a tag, continued on lines that are indented further:
 *
 *     @source OWNER/REPOSITORY PATH `name`, `name` @COMMIT (releases)
 *
 * or in running text, `pkg/controller/util.go` followed by names in backticks. The repository is
 * then the one before the path, else the one that the folder is about.
 */
export interface Citation {
  readonly repository: string;
  readonly path: string;
  /** Of a function, type or constant; empty where the whole file is meant. */
  readonly name: string;
  /** In words: "since 1.28"; empty where nothing is said. */
  readonly releases: string;
  /**
   * The beginning of the commit's hash at which the file was read, or the tag of a release; empty
   * where that was not noted.
   */
  readonly commit: string;
  /** Of this repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

interface Module {
  readonly version: string;
  readonly folder: string;
}

/**
 * Modules whose path is not that of their repository; a capital letter is `!` and a small one on
 * disk.
 */
const elsewhere: readonly (readonly [repository: string, module: string])[] = [
  ['kubernetes/kubernetes/staging/src/', ''],
  ['kubernetes/kubernetes/', 'k8s.io/kubernetes/'],
  ['kubernetes-sigs/', 'sigs.k8s.io/'],
  ['helm/helm/', 'helm.sh/helm/'],
  ['istio/istio/', 'istio.io/istio/'],
  ['knative/serving/', 'knative.dev/serving/'],
];

/**
 * One line for each citation that does not hold in the release it was read at; where none was
 * noted, in the newest on disk. How many others there are, of which no such module is there, is
 * said on standard error.
 */
export function checkCitations(citations: readonly Citation[], cache: string): string[] {
  const modules = modulesIn(cache);
  const missing: string[] = [];
  let found = 0;
  for (const citation of citations) {
    const place = placeOf(citation, modules);
    if (place === undefined) continue;
    found++;
    const problem = problemOf(citation, place);
    if (problem !== undefined) missing.push(`${citation.file}:${citation.line}: ${problem}`);
  }
  console.error(`${found} of ${citations.length} citations are of modules on disk`);
  return missing;
}

/** Every module below the directory by its path, without the version; the oldest first. */
function modulesIn(cache: string): ReadonlyMap<string, readonly Module[]> {
  const modules = new Map<string, Module[]>();
  const folders = globbySync('**/*@*', {
    cwd: cache,
    onlyDirectories: true,
    deep: 5,
    ignore: ['cache/**', '**/*@*/*'],
  });
  for (const path of folders) {
    const [name = '', version = ''] = path.split('@');
    addTo(modules, name, { version, folder: join(cache, path) });
  }
  const byRelease = new Intl.Collator('en', { numeric: true }).compare;
  for (const found of modules.values()) found.sort((a, b) => byRelease(a.version, b.version));
  return modules;
}

/** The module that the file is of, and its path there. */
function placeOf(
  { repository, path, commit }: Citation,
  modules: ReadonlyMap<string, readonly Module[]>,
): { readonly module: Module; readonly path: string } | undefined {
  const full = `${repository}/${path}`;
  const [from = '', to = ''] = elsewhere.find(([prefix]) => full.startsWith(prefix)) ?? [];
  const steps = `${from === '' ? 'github.com/' : to}${full.slice(from.length)}`
    .replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
    .split('/');
  const rest = full.split('/');
  for (let length = steps.length - 1; length > 1; length--) {
    const name = steps.slice(0, length).join('/');
    const versions = [...modules]
      .filter(([module]) => module === name || module.replace(/\/v\d+$/, '') === name)
      .flatMap(([, found]) => found);
    const module =
      commit === ''
        ? versions.at(-1)
        : versions.find(({ version }) => releaseOf(name, version).includes(commit));
    if (module !== undefined)
      return { module, path: rest.slice(rest.length - (steps.length - length)).join('/') };
  }
  return undefined;
}

/** Kubernetes' modules are v0.36.3 where it is v1.36.3 itself. */
function releaseOf(module: string, version: string): string {
  return module.startsWith('k8s.io/') ? version.replace(/^v0\./, 'v1.') : version;
}

function problemOf(
  { path: cited, name }: Citation,
  { module, path }: { readonly module: Module; readonly path: string },
): string | undefined {
  const files = filesAt(join(module.folder, path));
  if (files.length === 0) return `no ${cited} in ${module.version}`;
  const last = name.split('.').at(-1) ?? '';
  const pattern = new RegExp(`\\b${last.replace(/\W/g, '\\$&')}\\b`);
  return last === '' || files.some((file) => pattern.test(readFileSync(file, 'utf8')))
    ? undefined
    : `no ${name} in ${cited} of ${module.version}`;
}

/** The file of the path, or those of its folder if the last step has an asterisk. */
function filesAt(path: string): string[] {
  const folder = dirname(path);
  const [start = '', end] = basename(path).split('*');
  if (!existsSync(folder)) return [];
  if (end === undefined) return existsSync(path) ? [path] : [];
  return readdirSync(folder)
    .filter((file) => file.startsWith(start) && file.endsWith(end))
    .map((file) => join(folder, file));
}

/**
 * npm run citations [-- --json | --unread | --check "$(go env GOMODCACHE)"]
 *
 * Lists what the code of src/ cites from other repositories: repository, path, name, releases, and
 * the commit at which it was read. See `Citation` for the two forms. `--check` looks each up in the
 * Go modules that lie in a directory, and says which file or name is not there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argumentsOf } from './arguments.ts';
import { checkCitations, type Citation } from './cited-modules.ts';
import { root } from './generated-file.ts';

const tag =
  /^@source ([\w.-]+\/[\w.-]+) (\S+)((?:,? `[^`]+`)*)(?: @([0-9a-f]{8,40}|v\d[\w.+-]*))?(?: \(([^()]+)\))?$/;
const inText =
  /(?:([\w./-]+):? )?\b((?:[\w.-]+\/)+[\w.{},*-]+\.(?:go|java|md|py|tpl|yaml))((?:[ ,(]{1,3}`[\w.]+`)*)/g;
/** Modules of Kubernetes that running text calls by their own names; they lie in its repository. */
const staging = new Set([
  'apiextensions-apiserver',
  'apimachinery',
  'apiserver',
  'cli-runtime',
  'endpointslice',
  'kubectl',
  'pod-security-admission',
]);

interface Subject {
  readonly repository: string;
  /** Where its paths begin; empty where that is the repository's root. */
  readonly folder?: string;
  /** At which all of it was read: with `--check` anyone can do so again. */
  readonly commit: string;
}

/** The reference release is that of docs/conformance.md. */
const kubernetes: Subject = { repository: 'kubernetes/kubernetes', commit: 'v1.36.3' };
const kustomize: Subject = { repository: 'kubernetes-sigs/kustomize', commit: 'v0.21.3' };

/** What a folder is about where nothing is said. */
function subjectOf(file: string): Subject {
  return file.startsWith('src/units/') ? kustomize : kubernetes;
}

/** Every citation of one file, and the tags that cannot be read. */
export function citationsIn(
  file: string,
  text: string,
): { readonly citations: Citation[]; readonly malformed: string[] } {
  const citations: Citation[] = [];
  const malformed: string[] = [];
  const own = subjectOf(file);
  for (const { line, content } of commentLines(text)) {
    if (content.startsWith('@source')) {
      const [, repository = '', path = '', names = '', commit = '', releases = ''] =
        tag.exec(content) ?? [];
      if (repository === '') malformed.push(`${file}:${line}: ${content}`);
      else
        for (const name of namesIn(names))
          citations.push({ repository, path, name, releases, commit, file, line });
      continue;
    }
    for (const [, before = '', path = '', names = ''] of content.matchAll(inText)) {
      const named = namedBefore(before);
      // Manifests and pages without a repository are this one's own, or made up.
      if (named === undefined && /\.(?:md|yaml)$/.test(path)) continue;
      const { repository, commit, folder = '' } = named ?? own;
      for (const name of namesIn(names))
        citations.push({ repository, path: folder + path, name, releases: '', commit, file, line });
    }
  }
  return { citations, malformed };
}

/** What the word before a path says of where it lies; undefined where it says nothing. */
function namedBefore(word: string): Subject | undefined {
  const [, module = ''] = /^(?:k8s\.io\/)?([\w-]+)$/.exec(word) ?? [];
  if (staging.has(module)) return { ...kubernetes, folder: `staging/src/k8s.io/${module}/` };
  if (/^[\w-]+\/[\w.-]+$/.test(word)) return { repository: word, commit: '' };
  return word.toLowerCase() === 'kustomize' ? kustomize : undefined;
}

function namesIn(text: string): string[] {
  const names = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return names.length === 0 ? [''] : names;
}

/**
 * What comments say, line by line; a line that continues a tag, or a sentence, is part of the one
 * before.
 */
function commentLines(text: string): { line: number; content: string }[] {
  const found: { line: number; content: string }[] = [];
  let open: { line: number; content: string } | undefined;
  for (const [index, source] of text.split('\n').entries()) {
    const [, indent = '', content = ''] =
      /^\s*(?:\/\*\*|\*(?!\/)|\/\/)(\s*)(.*?)\s*(?:\*\/)?$/.exec(source) ?? [];
    if (content === '') {
      open = undefined;
      continue;
    }
    const continues = open?.content.startsWith('@source')
      ? indent.length > 1
      : !content.startsWith('@');
    if (open !== undefined && continues) open.content += ` ${content}`;
    else {
      open = { line: index + 1, content };
      found.push(open);
    }
  }
  return found;
}

/** Paths of all TypeScript files below a folder, sorted, without generated ones. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
    .map((path) => join(folder, path))
    .sort();
}

const usage = 'usage: npm run citations [-- --json | --unread | --check FOLDER]';

if (process.argv[1] === import.meta.filename) {
  const { values } = argumentsOf(usage, {
    options: {
      json: { type: 'boolean' },
      unread: { type: 'boolean' },
      check: { type: 'string' },
    },
  });
  const results = sourceFiles(join(root, 'src')).map((path) =>
    citationsIn(relative(root, path), readFileSync(path, 'utf8')),
  );
  const all = results.flatMap(({ citations }) => citations);
  const shown = values.unread === true ? all.filter(({ commit }) => commit === '') : all;
  const malformed = results.flatMap((result) => result.malformed);
  if (values.json === true) console.log(JSON.stringify(shown, null, 2));
  else if (values.check === undefined)
    for (const { repository, path, name, releases, commit, file, line } of shown)
      console.log([repository, path, name, releases, commit, `${file}:${line}`].join('\t'));
  const missing = values.check === undefined ? [] : checkCitations(shown, values.check);
  for (const line of missing) console.log(line);
  for (const problem of malformed) console.error(problem);
  const read = all.filter(({ commit }) => commit !== '').length;
  console.error(`${all.length} citations, ${read} with the commit at which they were read`);
  process.exitCode = malformed.length + missing.length > 0 ? 1 : 0;
}

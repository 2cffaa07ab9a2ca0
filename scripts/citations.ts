/**
 * npm run citations [-- --json | --unread]
 *
 * Lists what the code of src/ cites from other repositories: repository, path, name, releases, and the
 * commit at which it was read. See `Citation` for the two forms.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './generated-file.ts';

/**
 * Written as a tag, continued on lines that are indented further:
 *
 *     @source OWNER/REPOSITORY PATH `name`, `name` @COMMIT (releases)
 *
 * or in running text, `pkg/controller/util.go` followed by names in backticks. The repository is then
 * the one before the path, else the one that the folder is about.
 */
export interface Citation {
  readonly repository: string;
  readonly path: string;
  /** Of a function, type or constant; empty where the whole file is meant. */
  readonly name: string;
  /** In words: "since 1.28"; empty where nothing is said. */
  readonly releases: string;
  /** The beginning of the commit's hash at which the file was read; empty where that was not noted. */
  readonly commit: string;
  /** Of this repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

const tag =
  /^@source ([\w.-]+\/[\w.-]+) (\S+)((?:,? `[^`]+`)*)(?: @([0-9a-f]{8,40}))?(?: \(([^()]+)\))?$/;
const inText =
  /(?:([\w./-]+):? )?\b((?:[\w.-]+\/)+[\w.{},*-]+\.(?:go|java|md|py|tpl|yaml))((?:[ ,(]{1,3}`[\w.]+`)*)/g;
/** Repositories that running text calls by their own names alone. */
const called: ReadonlyMap<string, string> = new Map([
  ['argo-rollouts', 'argoproj/argo-rollouts'],
  ['aws-load-balancer-controller', 'kubernetes-sigs/aws-load-balancer-controller'],
  ['helm', 'helm/helm'],
  ['istio', 'istio/istio'],
  ['kustomize', 'kubernetes-sigs/kustomize'],
  ['prometheus-operator', 'prometheus-operator/prometheus-operator'],
]);
/** What a folder is about where nothing is said: the reference release is that of docs/conformance.md. */
const about: readonly (readonly [folder: string, repository: string, releases: string])[] = [
  ['src/units/kustomize/', 'kubernetes-sigs/kustomize', ''],
  ['src/', 'kubernetes/kubernetes', 'v1.36'],
];

/** Every citation of one file, and the tags that cannot be read. */
export function citationsIn(
  file: string,
  text: string,
): { readonly citations: Citation[]; readonly malformed: string[] } {
  const citations: Citation[] = [];
  const malformed: string[] = [];
  const [, own = '', release = ''] = about.find(([folder]) => file.startsWith(folder)) ?? [];
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
      const named = /^[\w-]+\/[\w.-]+$/.test(before) ? before : called.get(before.toLowerCase());
      // Manifests and pages without a repository are this one's own, or made up.
      if (named === undefined && /\.(?:md|yaml)$/.test(path)) continue;
      const repository = named ?? own;
      const releases = repository === own ? release : '';
      for (const name of namesIn(names))
        citations.push({ repository, path, name, releases, commit: '', file, line });
    }
  }
  return { citations, malformed };
}

function namesIn(text: string): string[] {
  const names = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return names.length === 0 ? [''] : names;
}

/** What comments say, line by line; a line that continues a tag, or a sentence, is part of the one before. */
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

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, unread: { type: 'boolean' } },
  });
  const results = sourceFiles(join(root, 'src')).map((path) =>
    citationsIn(relative(root, path), readFileSync(path, 'utf8')),
  );
  const all = results.flatMap(({ citations }) => citations);
  const shown = values.unread === true ? all.filter(({ commit }) => commit === '') : all;
  const malformed = results.flatMap((result) => result.malformed);
  if (values.json === true) console.log(JSON.stringify(shown, null, 2));
  else
    for (const { repository, path, name, releases, commit, file, line } of shown)
      console.log([repository, path, name, releases, commit, `${file}:${line}`].join('\t'));
  for (const problem of malformed) console.error(problem);
  const read = all.filter(({ commit }) => commit !== '').length;
  console.error(`${all.length} citations, ${read} with the commit at which they were read`);
  process.exitCode = malformed.length > 0 ? 1 : 0;
}

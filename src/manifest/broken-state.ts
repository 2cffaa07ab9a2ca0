/** What a document is that cannot be decoded. */
import { isKustomizationFile } from './kustomization-file.ts';
import type { ManifestDocument, Problem } from './manifest.ts';
import { type TypeMeta } from './skip.ts';
import type { Range, SourceFile } from './source.ts';
import { endOfLine } from './split.ts';

/**
 * `clusterIP: {PREFIX}.16`, `image: {user}/app`, `name: @@NAME@@`, `{ app: ${APP} }`: what readers
 * and scripts fill in with `format`, `sed` and `envsubst`, and YAML takes for a mapping or for
 * nothing at all.
 */
const filledIn =
  /:[ \t]+\{[A-Za-z][\w-]*\}[^\s,}]|@[A-Za-z][\w.-]*@|%[A-Za-z_][\w.-]*%|%%|%\([\w.-]+\)|[:-][ \t]+%[a-z](?=\s|$)|\[(?:[A-Z][A-Z0-9 _-]*|(?:your|my|the|insert|enter|replace)[ _-][\w .-]*)\](?=[^\s,:\]])|<%|\{%|(?:[{[,]|[{,][^:{}[\],]{1,80}:)[ \t]*\$\{[A-Za-z_]/;

/** A line that is nothing but a mark, in place of any number of lines. */
const filledInLine =
  /^[ \t]*(?:__[A-Za-z]\w*__|@@?[A-Za-z]\w*@@?|%%?[A-Z_]+%%?|<[A-Z][A-Z0-9_ -]*>)[ \t]*\r?$/m;
const variableLine = /^[ \t]*\$(?:\{[A-Za-z_][\w.-]*\}|[A-Z_][A-Z0-9_]*)[ \t]*\r?$/m;
const statementLine = /^[ \t]*(?:<%|\{%)/m;

/**
 * Of a document that is not a YAML: a template, a Kubernetes object or a kustomization in need of
 * repair, or a file that has nothing to do with Kubernetes (`tsconfig.json`).
 */
export function brokenState(
  { text, path }: SourceFile,
  range: Range,
  { code, range: [at] }: Problem,
  type: Partial<TypeMeta>,
): ManifestDocument['state'] {
  const chunk = text.slice(...range);
  // `--- !ruby/object:Release`: other programs put tags and directives there.
  if (code === 'separator' && !/\bapiVersion\b/.test(chunk)) return 'foreign';
  if (code !== 'syntax' && code !== 'limit') return 'broken';
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, endOfLine(text, at));
  if (chunk.includes('{{')) return 'template';
  const isKubernetes =
    isKustomizationFile(path) ||
    type.apiVersion !== undefined ||
    type.kind !== undefined ||
    /"(?:apiVersion|kind)"[ \t]*:/.test(chunk);
  if (!isKubernetes) return 'foreign';
  const isFilledIn =
    filledIn.test(line) ||
    [filledInLine, variableLine, statementLine].some((mark) => mark.test(chunk));
  return isFilledIn ? 'template' : 'broken';
}

/** kubectl may well read on behind a limit or a failure of ours. */
export function isOurs({ code }: Problem): boolean {
  return code === 'limit' || code === 'fault';
}

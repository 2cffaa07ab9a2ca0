/**
 * Places in the terms of other programs: lines and columns, and paths from the root of a
 * repository.
 */
import { templateAt } from '../manifest/helm-source.ts';
import type { Range, SourceFile } from '../manifest/source.ts';
import { withoutTrailing } from '../text/trim.ts';

/** All numbers count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function region(file: SourceFile, [start, end]: Range): Region {
  const from = file.position(start);
  const to = file.position(end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/**
 * The region to show of a finding: what ends with a line break ends on that line, not in front of
 * the next.
 */
export function shownRegion(file: SourceFile, [start, end]: Range): Region {
  return region(file, [start, start + withoutTrailing(file.text.slice(start, end), '\r\n').length]);
}

/** ` (shop/templates/web.yaml)` behind a place of what Helm has rendered, or nothing. */
export function fromTemplate(file: SourceFile, offset: number): string {
  const template = templateAt(file, offset);
  return template === undefined ? '' : ` (${template})`;
}

/** Where the manifest of an object is: the file, the line, the template. */
export function manifestPlace(file: SourceFile, offset: number): string {
  return `${file.path}:${file.position(offset).line}${fromTemplate(file, offset)}`;
}

export const isPipe = (path: string): boolean => path === '<stdin>';

/**
 * A path that is relative to the working directory, seen from the root of the repository; absolute
 * ones stay as they are.
 * `directory` is the working directory below that root, with forward slashes; empty where they are
 * the same, or nobody knows.
 */
export function fromRoot(path: string, directory: string): string {
  if (directory === '' || isPipe(path) || isAbsolute(path)) return path;
  const parts: string[] = [];
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

export function isAbsolute(path: string): boolean {
  return /^(\/|[A-Za-z]:[/\\])/.test(path);
}

/** Percent-encoded, so that any path is a legal reference. */
export function uriOf(path: string): string {
  const encoded = path
    .split(/([\u{dc80}-\u{dcff}])/u)
    .map((part, index) =>
      // A byte that is not a UTF-8 is one in a URI as well.
      index % 2 === 1
        ? `%${(part.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}`
        : part
            .replace(/\p{Surrogate}/gu, '\ufffd')
            .split('/')
            .map((name) => encodeURIComponent(name))
            .join('/'),
    )
    .join('')
    .split('/')
    .join('/');
  if (path.startsWith('/')) return `file://${encoded}`;
  return isAbsolute(path) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}

/** The path that was probably meant where there is none such. */
import { existsSync, readdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { nearestName } from '../text/nearest-name.ts';

/**
 * Walks down what exists and looks for the nearest name in the first directory that lacks the next
 * part.
 */
export function nearbyPath(path: string, cwd: string): string | undefined {
  const parts = path.split(/[/\\]/);
  let found = path.startsWith('/') ? '/' : '';
  for (const [depth, part] of parts.entries()) {
    const next = join(found, part);
    if (part === '' || existsSync(resolve(cwd, next))) {
      found = next;
      continue;
    }
    const nearest = nearestFile(part, namesIn(resolve(cwd, found)));
    if (nearest === undefined) return undefined;
    const whole = [found === '' ? nearest : join(found, nearest), ...parts.slice(depth + 1)].join(
      '/',
    );
    return existsSync(resolve(cwd, whole)) ? whole : undefined;
  }
  // All steps are there, but for what Windows writes between them.
  return path.includes('\\') ? parts.join('/') : undefined;
}

/** Endings, which are alike in most names, do not make two of them near. */
function nearestFile(written: string, names: readonly string[]): string | undefined {
  const ending = extname(written);
  if (ending === '') return nearestName(written, names);
  const stem = stemOf(written);
  const near = nearestName(stem, names.map(stemOf));
  if (near === undefined || (stem.length < 2 && near.toLowerCase() !== stem.toLowerCase()))
    return undefined;
  return names.includes(near + ending)
    ? near + ending
    : names.find((name) => stemOf(name) === near);
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}

/** `; did you mean "k8s/web.yaml"?`, what else is to be written, or nothing. */
export function didYouMeanPath(path: string, cwd: string): string {
  // Slashes may have been folded, as in any path.
  const [, scheme, rest] = /^(https?):\/+(.*)$/s.exec(path) ?? [];
  if (scheme !== undefined)
    return `; kubeplumb has no network: curl -sL ${scheme}://${rest ?? ''} | kubeplumb -`;
  const parts = path.split(',');
  if (parts.length > 1 && parts.every((part) => existsSync(resolve(cwd, part))))
    return `; several are written with blanks between: ${parts.join(' ')}`;
  const near = nearbyPath(path, cwd);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** The path that the first words are without their spaces, which a shell took for their ends. */
export function withSpaces(words: readonly string[], cwd: string): string | undefined {
  const lengths = words.map((_, index) => index + 1).slice(1);
  return lengths
    .map((length) => words.slice(0, length).join(' '))
    .find((path) => existsSync(resolve(cwd, path)));
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

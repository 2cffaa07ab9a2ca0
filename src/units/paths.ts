/**
 * Paths as reports show them: forward slashes, relative or absolute. No file system behind them.
 */
import { globMatcher } from '../text/glob.ts';
import { withoutTrailing } from '../text/trim.ts';

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : slash === 0 ? '/' : path.slice(0, slash);
}

/** A directory and the next ones above it. */
export function withParents(directory: string, levels: number): string[] {
  const found = [directory];
  for (let at = directory; found.length <= levels && at !== '.' && at !== '/';) {
    at = directoryOf(at);
    found.push(at);
  }
  return found;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `joinPath('overlays/dev', '../../base')` is `base`. */
export function joinPath(directory: string, relative: string): string {
  const absolute =
    relative.startsWith('/') || (directory.startsWith('/') && !relative.startsWith('/'));
  const steps: string[] = [];
  for (const step of `${relative.startsWith('/') ? '' : directory}/${relative}`.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '..' || !absolute) steps.push(step);
  }
  const joined = steps.join('/');
  return absolute ? `/${joined}` : joined === '' ? '.' : joined;
}

/** The deepest directory that holds all of the paths. */
export function commonDirectory(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let common = directoryOf(first).split('/');
  for (const path of others) {
    const steps = directoryOf(path).split('/');
    const differs = common.findIndex((step, index) => step !== steps[index]);
    if (differs !== -1) common = common.slice(0, differs);
  }
  return common.join('/');
}

/** `k8s` of `k8s/*\/web.yaml`: what stands before the first step that is a pattern. */
export function fixedPart(pattern: string): string {
  const wild = pattern.search(/[*?[{]/);
  if (wild === -1) return pattern;
  const slash = pattern.lastIndexOf('/', wild);
  return slash === 0 ? '/' : pattern.slice(0, Math.max(0, slash));
}

/** Whether a path is one of a file, lies below one of a directory, or fits a pattern. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const cleaned = withoutTrailing(pattern.replace(/^(?:\.\/)+/, ''), '/') || '.';
  if (cleaned === '.') return (path) => !/^(?:\.\.)?\//.test(path);
  const [isOne, isBelow] = [globMatcher(cleaned), globMatcher(`${cleaned}/**`)];
  return (path) => isOne(path) || isBelow(path);
}

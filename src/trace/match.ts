/** Which rule takes a request: the best one by host first and then by path. */
import { withoutTrailing } from '../text/trim.ts';
import type { Address } from './ends.ts';

/** How well a rule fits: greater is better, part by part. */
export type Fit = readonly number[];

export function isBetter(a: Fit, b: Fit): boolean {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}

/**
 * An exact host before a wildcard, a wildcard before none; undefined where it does not fit.
 * @param deep whether a wildcard stands for more than one label (Gateway API), or for one
 *   (networking/v1 `IngressRule`)
 */
export function hostFit(pattern: string | undefined, host: string, deep: boolean): Fit | undefined {
  if (pattern === undefined || pattern === '' || pattern === '*') return [0, 0];
  const lower = pattern.toLowerCase();
  if (lower === host) return [2, host.length];
  if (!lower.startsWith('*.') || !host.endsWith(lower.slice(1))) return undefined;
  const labels = host.slice(0, host.length - lower.length + 1);
  return labels === '' || (!deep && labels.includes('.')) ? undefined : [1, lower.length];
}

/**
 * What people write behind a path where the controller reads it as a pattern (`/api(/|$)(.*)`,
 * `/static/*`), and mean all that is below it.
 */
const everythingBelow = ['(/|$)(.*)', '(/.*)?', '/?(.*)', '/(.*)', '(.*)', '/.*', '.*', '/*'];

/**
 * Whether a path is a pattern that means more than all that is below it: what it matches is for the
 * controller to say.
 */
export function isPattern(type: string, path: string): boolean {
  return type !== 'Exact' && /[()[\]{}*+?^$|\\]/.test(prefixOf(path));
}

function prefixOf(path: string): string {
  const suffix = everythingBelow.find((one) => path.endsWith(one));
  return suffix === undefined ? path : path.slice(0, -suffix.length);
}

/**
 * An exact path before a prefix, a longer one before a shorter; prefixes are compared by whole
 * elements.
 */
export function pathFit(
  type: string,
  wanted: string,
  { path }: Pick<Address, 'path'>,
): Fit | undefined {
  if (type === 'Exact') return wanted === path ? [1, wanted.length] : undefined;
  const prefix = withoutTrailing(prefixOf(wanted), '/');
  return path === prefix || path.startsWith(`${prefix}/`) ? [0, prefix.length] : undefined;
}

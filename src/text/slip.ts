/** Whether two words are meant to be the same one. */
import { nearestName } from './nearest-name.ts';

/** One or two letters off, another case, or the same words joined otherwise. */
export function isSlip(wanted: string, actual: string): boolean {
  const words = (text: string): string => text.toLowerCase().replace(/[-_.]/g, '');
  return (
    words(wanted) === words(actual) ||
    (Math.min(wanted.length, actual.length) > 2 &&
      nearestName(wanted, [actual]) !== undefined &&
      !differInNumber(wanted, actual))
  );
}

/** `web-1` and `web-2`, `v1` and `v2` are two things, not one misspelt. */
function differInNumber(a: string, b: string): boolean {
  return a.replace(/\d+/g, '#') === b.replace(/\d+/g, '#');
}

/** Whether two words are meant to be the same one. */
import { nearestName } from './nearest-name.ts';

/** One or two letters off, another case, or the same words joined otherwise. */
export function isSlip(wanted: string, actual: string): boolean {
  return (
    wordsOf(wanted) === wordsOf(actual) ||
    (longEnough(wanted, actual) &&
      nearestName(wanted, [actual]) !== undefined &&
      !differInNumber(wanted, actual))
  );
}

/** `web-api`, `web_api` and `webApi` are the same words. */
export function wordsOf(text: string): string {
  return text.toLowerCase().replace(/[-_.]/g, '');
}

/** Words of one or two letters are near to everything. */
export function longEnough(wanted: string, actual: string): boolean {
  return Math.min(wanted.length, actual.length) > 2;
}

/** `api` and `app` may be two words; `wbe` and `webb` are no other ones than `web`. */
export function isShortSlip(wanted: string, actual: string): boolean {
  const letters = (text: string): string =>
    [...text.toLowerCase()]
      .filter((letter, index, all) => letter !== all[index - 1])
      .sort()
      .join('');
  return Math.min(wanted.length, actual.length) < 4 && letters(wanted) !== letters(actual);
}

/** `web-1` and `web-2`, `v1` and `v2` are two things, not one misspelt. */
export function differInNumber(a: string, b: string): boolean {
  return a.replace(/\d+/g, '#') === b.replace(/\d+/g, '#');
}

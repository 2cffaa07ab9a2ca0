/** The words and the fix for a value in whose place another one was meant. */
import type { ProposedFix } from '../rule.ts';

type Safety = ProposedFix['safety'];

/** `change it to web`, as help and as a fix. */
export function changeTo(
  meant: string | number,
  safety: Safety = 'safe',
): { readonly help: string; readonly fixes: readonly ProposedFix[] } {
  return { help: `change it to ${meant}`, fixes: fixTo(meant, safety) };
}

/** The fix alone, where the help says more; none where nothing is known that was meant. */
export function fixTo(
  meant: string | number | undefined,
  safety: Safety = 'safe',
): readonly ProposedFix[] {
  return meant === undefined ? [] : [{ title: `change it to ${meant}`, safety, replace: meant }];
}

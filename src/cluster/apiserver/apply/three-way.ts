/**
 * `kubectl apply` of an object that is there already (kubectl pkg/cmd/apply/patcher.go): what was
 * applied before and is no longer written goes, what is written comes, and what only the server has
 * stays.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { diff } from './diff.ts';
import { merge } from './merge.ts';
import type { PatchType } from './merge-keys.ts';

/** Throws a `PatchProblem` where kubectl or the API server could make no patch of it. */
export function applyThreeWay(
  {
    original,
    modified,
    current,
  }: {
    /** As it was applied before. */
    readonly original: JsonObject;
    /** As it is applied now. */
    readonly modified: JsonObject;
    /** As it is stored. */
    readonly current: JsonObject;
  },
  type: PatchType,
): JsonObject {
  const writes = diff(current, modified, type, 'writes');
  const deletions = diff(original, modified, type, 'deletions');
  return merge(current, merge(deletions, writes, type, 'patch'), type, 'object');
}

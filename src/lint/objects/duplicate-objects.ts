/** Objects that stand twice in what one kubectl or kustomize reads. */
import { hookOf } from '../../cluster/hooks.ts';
import { type ClusterObject, identityOf } from '../../cluster/objects.ts';
import { isJsonObject, type Json } from '../../kubernetes/json.ts';
import { isWorkloadKind } from '../../kubernetes/kinds.ts';
import { pushAll } from '../../lists.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { groupBy } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { isBeside } from '../references/nearest-object.ts';
import type { RuleContext } from '../rule.ts';

export interface DuplicateObject {
  readonly object: ClusterObject;
  /** The one that stands before it. */
  readonly before: ClusterObject;
  /**
   * What becomes of the two: kustomize refuses to build, kubectl lets the later one replace it, in
   * one file or in that order of files.
   */
  readonly fate: 'refused' | 'replaces' | 'copied';
}

export function* duplicateObjects({
  cluster,
  unit,
}: Pick<RuleContext<never>, 'cluster' | 'unit'>): Iterable<DuplicateObject> {
  if (cluster.objects.areDistinct) return;
  const named = cluster.objects.all.filter(
    ({ name, namespace, source }) =>
      name !== '' &&
      !isPlaceholder(name) &&
      !isPlaceholder(namespace) &&
      !unit.fragments.has(source.document.file),
  );
  const kustomized = unit.origin === 'kustomization';
  for (const alike of groupBy(named, identityOf).values()) {
    if (alike.length === 1) continue;
    // Hooks are applied at another time than the rest, and deleted in between.
    const applied = alike.filter(({ source }) => hookOf(source) === undefined);
    for (const [index, object] of applied.entries()) {
      const before = applied[index - 1];
      if (before === undefined) continue;
      if (kustomized && object.apiVersion === before.apiVersion)
        yield { object, before, fate: 'refused' };
      else if (object.source.document.file === before.source.document.file)
        yield { object, before, fate: 'replaces' };
      // Of files of a directory that have a workload in common only copies are judged together.
      else if (
        unit.origin === 'directory' &&
        isWorkloadKind(object.kind) &&
        isBeside(object, before)
      )
        yield { object, before, fate: 'copied' };
    }
  }
}

/**
 * The fields that differ between the two; at most three. A namespace that only one of them writes
 * is none.
 */
export function differences(
  first: Json | undefined,
  second: Json | undefined,
  path = '',
): string[] {
  if (isJsonObject(first) && isJsonObject(second)) {
    const found: string[] = [];
    for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
      pushAll(
        found,
        differences(getOwn(first, key), getOwn(second, key), path === '' ? key : `${path}.${key}`),
      );
      if (found.length >= 3) break;
    }
    return found.slice(0, 3);
  }
  return JSON.stringify(first) === JSON.stringify(second) || path === 'metadata.namespace'
    ? []
    : [path];
}

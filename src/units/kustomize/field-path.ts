/** Paths to fields as `replacements` write them (kustomize kyaml/utils/pathsplitter.go). */
import { textOf } from '../../manifest/edit.ts';
import { childOf, type Node } from '../../manifest/node.ts';

/**
 * Stands where a value from another object will be; like `$(X)` of the older `vars` it is a
 * placeholder to all rules.
 */
export const replaced = '$(replacement)';

/**
 * `spec.containers.[name=web].env.0.value`: dots inside of brackets separate nothing, and a dot of
 * a name is written `\.`.
 */
export function splitFieldPath(path: string): string[] {
  const steps = [...path.matchAll(/\[[^[\]]*\]|(?:\\.|[^.[\]\\])+/g)].map(([step]) =>
    step.replaceAll('\\.', '.'),
  );
  // Brackets without a condition only hold a name together.
  return steps.map((step) => (/^\[[^=]*\]$/.test(step) ? step.slice(1, -1) : step));
}

/** Whether a step from a list leads to its item at a place. */
export function leadsToItem(step: string, item: Node, index: number): boolean {
  const [, key, wanted] = /^\[([^=]*)=(.*)\]$/.exec(step) ?? [];
  if (wanted === undefined) return step === '*' || step === String(index);
  return textOf(key === '' ? item : childOf(item, key ?? '')) === wanted;
}

/**
 * Where a path leaves the tree.
 *
 * @returns how many of its steps are there, along the way that goes furthest: all of them where it
 *   leads to a field, or to something that another replacement fills in
 */
export function stepsFound(node: Node, path: readonly string[], from = 0): number {
  const step = path[from];
  if (step === undefined) return from;
  if (node.type === 'scalar') return node.value === replaced ? path.length : from;
  const next =
    node.type === 'seq'
      ? node.items.filter((item, index) => leadsToItem(step, item, index))
      : node.entries.filter(({ key }) => key === step || step === '*').map(({ value }) => value);
  return next.reduce((most, child) => Math.max(most, stepsFound(child, path, from + 1)), from);
}

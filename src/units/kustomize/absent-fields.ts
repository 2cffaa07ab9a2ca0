/**
 * Fields that `replacements` copy from or to and that the objects do not have: `kustomize build`
 * stops there.
 *
 * @source kubernetes-sigs/kustomize api/filters/replacement/replacement.go `getReplacement`,
 *   `copyValueToTarget` @v0.21.3
 */
import { itemsOf, textOf } from '../../manifest/edit.ts';
import type { ManifestDocument } from '../../manifest/manifest.ts';
import { childOf, type Node } from '../../manifest/node.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { type Kustomization, rootOf } from '../kustomization.ts';
import { type BrokenEntry, documentAt } from './broken.ts';
import { splitFieldPath, stepsFound } from './field-path.ts';
import { allIds, type Resource } from './resource.ts';
import { isSelected } from './select.ts';

/** @param resources as they are when replacements run, which is last of all */
export function* absentFields(
  { manifest, replacements }: Kustomization,
  resources: readonly Resource[],
): Iterable<BrokenEntry> {
  const root = rootOf(manifest);
  const items = itemsOf(childOf(root, 'replacements'));
  const document = documentAt(manifest, root?.range);
  if (document === undefined || items.length === 0) return;
  // What one makes another may fill.
  const isMaking = items.some((item) => itemsOf(childOf(item, 'targets')).some(makesFields));
  for (const [index, item] of items.entries()) {
    const source = childOf(item, 'source');
    const from = resources.filter((resource) => isSource(resource, source));
    yield* absentIn(childOf(source, 'fieldPath'), from, document, missingSource);
    if (isMaking) continue;
    const targets = replacements[index]?.targets ?? [];
    for (const [number, target] of itemsOf(childOf(item, 'targets')).entries()) {
      const { select, reject } = targets[number] ?? { select: {}, reject: [] };
      const to = resources.filter(
        (resource) =>
          isSelected(resource, select) && !reject.some((one) => isSelected(resource, one)),
      );
      for (const path of itemsOf(childOf(target, 'fieldPaths')))
        yield* absentIn(path, to, document, missingTarget);
    }
  }
}

function makesFields(target: Node): boolean {
  return textOf(childOf(childOf(target, 'options'), 'create')) === 'true';
}

/** By kind and name, and whatever else is written. */
function isSource(resource: Resource, source: Node | undefined): boolean {
  const [kind, name] = ['kind', 'name'].map((field) => textOf(childOf(source, field)));
  const namespace = textOf(childOf(source, 'namespace'));
  return (
    kind !== undefined &&
    name !== undefined &&
    allIds(resource).some(
      (id) =>
        id.kind === kind &&
        id.name === name &&
        (namespace === undefined || id.namespace === namespace),
    )
  );
}

const missingSource = (path: string, name: string): string =>
  `fieldPath ${path} is missing for the source ${name} of a replacement`;
const missingTarget = (path: string, name: string): string =>
  `unable to find field ${path} in the target ${name} of a replacement`;

/** What is wrong with a path for the first of the objects that lacks it. */
function* absentIn(
  written: Node | undefined,
  resources: readonly Resource[],
  document: ManifestDocument,
  say: (path: string, name: string) => string,
): Iterable<BrokenEntry> {
  const text = textOf(written);
  if (written === undefined || text === undefined) return;
  const path = splitFieldPath(text);
  for (const { kind, name, node, unsettled } of resources) {
    const found = stepsFound(node, path);
    if (found === path.length || unsettled !== undefined) continue;
    const near = nearestName(path[found] ?? '', keysAt(node, path.slice(0, found)));
    const help = near === undefined ? 'correct the path, or add the field' : `write ${near} in it`;
    yield { document, range: written.range, message: say(text, `${kind} ${name}`), help };
    return;
  }
}

/** What may stand in the next place of a path that leads to a mapping or to items of a list. */
function keysAt(node: Node, path: readonly string[]): string[] {
  const [step, ...rest] = path;
  if (node.type === 'scalar') return [];
  if (node.type === 'map') {
    if (step === undefined) return node.entries.map(({ key }) => key);
    const next = childOf(node, step);
    return next === undefined ? [] : keysAt(next, rest);
  }
  if (step !== undefined) return node.items.flatMap((item) => keysAt(item, rest));
  const names = node.items.flatMap((item) => textOf(childOf(item, 'name')) ?? []);
  return names.map((name) => `[name=${name}]`);
}

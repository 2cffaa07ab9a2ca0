/**
 * Patches of a kustomization, applied to what it has gathered (kustomize PatchTransformer.go,
 * PatchStrategicMergeTransformer.go, PatchJson6902Transformer.go).
 */
import { textOf, withEntry } from '../../manifest/edit.ts';
import { childOf, type MapNode, type Node, type SeqNode } from '../../manifest/node.ts';
import type { SourceFile } from '../../manifest/source.ts';
import type { Kustomization, PatchEntry } from '../kustomization.ts';
import { Inapplicable } from './inapplicable.ts';
import { jsonPatch } from './json-patch.ts';
import { shapeOf } from './merge-keys.ts';
import { readInlineTrees, readTrees } from './patch-text.ts';
import {
  allIds,
  isSameId,
  remembered,
  type Resource,
  type ResourceId,
  withNode,
} from './resource.ts';
import { isSelected } from './select.ts';
import { strategicMerge } from './strategic-merge.ts';

/** Gives the file at a path, if it was read. */
export type FindFile = (path: string) => SourceFile | undefined;

/** Told of a patch without a target that is for none of the resources: kustomize fails there. */
export type Unmatched = (id: ResourceId, tree: MapNode, resources: readonly Resource[]) => void;

export interface PatchContext {
  readonly find: FindFile;
  readonly unmatched: Unmatched;
  /** Called before a patch is compared with so many resources. */
  readonly spend: (resources: number) => void;
}

/**
 * The resources after all patches of a field; what a patch deletes is gone, what it should change
 * and cannot be told is unsettled.
 */
export function applyPatches(
  resources: readonly Resource[],
  kustomization: Kustomization,
  field: PatchEntry['field'],
  { find, unmatched, spend }: PatchContext,
): Resource[] {
  let patched = [...resources];
  for (const patch of kustomization.patches)
    if (patch.field === field)
      patched = applyPatch(patched, patch, kustomization, { find, unmatched, spend });
  return patched;
}

function applyPatch(
  resources: Resource[],
  entry: PatchEntry,
  { manifest, ownSchema }: Kustomization,
  { find, unmatched, spend }: PatchContext,
): Resource[] {
  const { from, target } = entry;
  const file = typeof from === 'string' ? find(from) : manifest.file;
  const path = typeof from === 'string' ? from : manifest.file.path;
  const trees =
    file === undefined
      ? undefined
      : typeof from === 'string'
        ? readTrees(file)
        : readInlineTrees(from, file);
  if (trees === undefined) {
    const why = file === undefined ? 'was not read' : 'could not be read';
    const reason = `${path} patches it, and ${why}`;
    return resources.map((resource) =>
      target === undefined || isSelected(resource, target) ? unsettled(resource, reason) : resource,
    );
  }
  spend(resources.length * trees.length);
  return trees.reduce(
    (patched, tree) => applyTree(patched, tree, { ...entry, ownSchema }, path, unmatched),
    resources,
  );
}

type Patch = PatchEntry & Pick<Kustomization, 'ownSchema'>;

function applyTree(
  resources: Resource[],
  tree: Node,
  entry: Patch,
  path: string,
  unmatched: Unmatched,
): Resource[] {
  const { target } = entry;
  if (tree.type === 'seq' && entry.field !== 'strategic') {
    if (target === undefined) return resources;
    return resources.map((resource) =>
      isSelected(resource, target)
        ? (attempted(resource, path, () => applyJson(resource, tree, entry)) ?? resource)
        : resource,
    );
  }
  if (tree.type !== 'map') return resources;
  const id = patchId(tree);
  if (
    target === undefined &&
    !resources.some((resource) => allIds(resource).some((known) => isSameId(known, id)))
  )
    unmatched(id, tree, resources);
  return resources.flatMap((resource) => {
    const isMeant =
      target === undefined
        ? allIds(resource).some((known) => isSameId(known, id))
        : isSelected(resource, target);
    if (!isMeant) return [resource];
    return attempted(resource, path, () => applyStrategic(resource, tree, entry)) ?? [];
  });
}

/** Undefined where the patch deletes the resource. */
function attempted(
  resource: Resource,
  path: string,
  apply: () => Resource | undefined,
): Resource | undefined {
  try {
    const patched = apply();
    if (patched === undefined) return undefined;
    return { ...patched, patchedBy: [...new Set([...resource.patchedBy, path])] };
  } catch (error) {
    if (!(error instanceof Inapplicable)) throw error;
    return unsettled(resource, `${path} patches it, and cannot be applied: ${error.message}`);
  }
}

function unsettled(resource: Resource, reason: string): Resource {
  return { ...resource, unsettled: resource.unsettled ?? reason };
}

function patchId(tree: MapNode): ResourceId {
  const metadata = childOf(tree, 'metadata');
  return {
    apiVersion: textOf(childOf(tree, 'apiVersion')) ?? '',
    kind: textOf(childOf(tree, 'kind')) ?? '',
    name: textOf(childOf(metadata, 'name')) ?? '',
    namespace: textOf(childOf(metadata, 'namespace')),
  };
}

/** A JSON patch may rename an object; the new field remembers the old name. */
function applyJson(resource: Resource, patch: SeqNode, { field }: PatchEntry): Resource {
  const node = jsonPatch(resource.node, patch, resource.source.document.file);
  return withNode(field === 'either' ? remembered(resource) : resource, node);
}

/** `Resource.ApplySmPatch`: unless it is allowed explicitly a patch renames nothing. */
function applyStrategic(
  resource: Resource,
  patch: MapNode,
  { allowNameChange, allowKindChange, ownSchema }: Patch,
): Resource | undefined {
  const shape = shapeOf(resource.apiVersion, resource.kind);
  if (ownSchema && shape === undefined)
    throw new Inapplicable('the kustomization has an OpenAPI document of its own');
  const merged = strategicMerge(resource.node, patch, shape);
  if (merged === undefined || merged.entries.length === 0) return undefined;
  let node = merged;
  const { node: before } = resource;
  for (const field of ['apiVersion', ...(allowKindChange ? [] : ['kind'])])
    node = restored(node, before, field);
  const metadata = childOf(node, 'metadata');
  const metadataBefore = childOf(before, 'metadata');
  if (metadata?.type === 'map' && metadataBefore?.type === 'map') {
    let kept = metadata;
    for (const field of ['namespace', ...(allowNameChange ? [] : ['name'])])
      kept = restored(kept, metadataBefore, field);
    node = {
      ...node,
      entries: node.entries.map((entry) =>
        entry.key === 'metadata' ? { ...entry, value: kept } : entry,
      ),
    };
  }
  return withNode(allowNameChange || allowKindChange ? remembered(resource) : resource, node);
}

function restored(map: MapNode, before: MapNode, key: string): MapNode {
  const entry = before.entries.find((known) => known.key === key);
  if (entry === undefined)
    return { ...map, entries: map.entries.filter((known) => known.key !== key) };
  return childOf(map, key) === entry.value ? map : withEntry(map, key, entry.keyRange, entry.value);
}

/** What a tool has rendered, with every value as near as possible to where it was written. */
import { withTree } from '../manifest/content.ts';
import { textOf } from '../manifest/edit.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import {
  childOf,
  type Entry,
  entryOf,
  type Located,
  type MapNode,
  type Node,
  type SeqNode,
} from '../manifest/node.ts';
import { manifestObject } from '../manifest/object.ts';

/**
 * The rendered objects with the places that `known` has for them: the same objects as far as they
 * could be worked out without the tool. A value that is not known there lies at the nearest field
 * around it that is; an object of which nothing is known stays where it is in the rendered text.
 */
export function placeRendered(rendered: Manifest, known: readonly ManifestObject[]): Manifest {
  const byIdentity = new Map(known.map((object) => [identity(object), object]));
  const objects = rendered.objects.map((object): ManifestObject => {
    const source = byIdentity.get(identity(object));
    if (source === undefined) return relocated(object, object.node);
    const at = { file: source.node.file ?? source.document.file, range: source.range };
    return relocated(object, placed(object.node, source.node, at) as MapNode);
  });
  return { ...rendered, objects };
}

/** The rendered object with another tree of the same content. */
export function relocated(object: ManifestObject, node: MapNode): ManifestObject {
  const { document, apiVersion, kind, name, namespace, afterBroken } = object;
  return manifestObject(withTree(object.content, node), {
    document,
    apiVersion,
    kind,
    name,
    namespace,
    afterBroken,
    rendered: true,
  });
}

function identity({ apiVersion, kind, namespace, name }: ManifestObject): string {
  return `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
}

/** `at` is where the known node, or the field that holds it, lies. */
function placed(node: Node, known: Node | undefined, at: Located): Node {
  if (known === undefined || known.type !== node.type) return collapsed(node, at);
  const file = known.file ?? at.file;
  const here = { file, range: known.range };
  if (node.type === 'scalar') return { ...node, ...here };
  if (node.type === 'map') {
    const entries = node.entries.map((entry): Entry => {
      const source = entryOf(known, entry.key);
      if (source === undefined)
        return { ...entry, keyRange: at.range, value: collapsed(entry.value, at) };
      const key = { file: source.value.file ?? file, range: source.keyRange };
      return { ...entry, keyRange: key.range, value: placed(entry.value, source.value, key) };
    });
    return { ...node, ...here, entries };
  }
  const items = node.items.map((item, index) =>
    placed(item, counterpart(item, index, node, known as SeqNode), { file, range: at.range }),
  );
  return { ...node, ...here, items };
}

/** All of it lies at one place. */
function collapsed(node: Node, at: Located): Node {
  if (node.type === 'scalar') return { ...node, ...at };
  if (node.type === 'seq')
    return { ...node, ...at, items: node.items.map((item) => collapsed(item, at)) };
  return {
    ...node,
    ...at,
    entries: node.entries.map((entry) => ({
      ...entry,
      keyRange: at.range,
      value: collapsed(entry.value, at),
    })),
  };
}

/** Fields that tell the items of a list apart. */
const keys = ['name', 'containerPort', 'port', 'mountPath', 'key'];

function counterpart(item: Node, index: number, list: SeqNode, known: SeqNode): Node | undefined {
  const key = keys.find((name) => textOf(childOf(item, name)) !== undefined);
  if (key === undefined)
    return list.items.length === known.items.length ? known.items[index] : undefined;
  const same = known.items.filter(
    (other) => textOf(childOf(other, key)) === textOf(childOf(item, key)),
  );
  return same.length === 1
    ? same[0]
    : list.items.length === known.items.length
      ? known.items[index]
      : undefined;
}

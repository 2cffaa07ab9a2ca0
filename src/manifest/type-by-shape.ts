/** What a document without apiVersion or kind is meant to be, where its fields leave no doubt. */
import { usualApiVersion } from '../kubernetes/kinds.ts';
import { childOf, type MapNode, type Node } from './node.ts';
import type { TypeMeta } from './skip.ts';

/**
 * A Service or a workload with a name. Undefined for anything else: pods without a kind are what
 * other programs make pods of, and other fields are those of other files.
 */
export function typeByShape(root: MapNode): TypeMeta | undefined {
  const spec = childOf(root, 'spec');
  const isObject = root.entries.every(({ key }) => objectKeys.has(key)) && isNamed(root);
  const kind = isObject && spec !== undefined ? kindByShape(spec) : undefined;
  const apiVersion = kind === undefined ? undefined : usualApiVersion(kind);
  return kind === undefined || apiVersion === undefined ? undefined : { apiVersion, kind };
}

const objectKeys: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'status',
]);

function isNamed(root: MapNode): boolean {
  const name = childOf(childOf(root, 'metadata'), 'name');
  return name?.type === 'scalar' && typeof name.value === 'string' && name.value !== '';
}

function kindByShape(spec: Node): 'Service' | 'StatefulSet' | 'Deployment' | undefined {
  const containers = childOf(childOf(childOf(spec, 'template'), 'spec'), 'containers');
  if (areItems(containers, ['name', 'image']))
    return childOf(spec, 'serviceName') === undefined ? 'Deployment' : 'StatefulSet';
  const isSelecting = childOf(spec, 'selector')?.type === 'map';
  return isSelecting && areItems(childOf(spec, 'ports'), ['port']) ? 'Service' : undefined;
}

/** A list of mappings that all have these keys. */
function areItems(node: Node | undefined, keys: readonly string[]): boolean {
  return (
    node?.type === 'seq' &&
    node.items.length > 0 &&
    node.items.every((item) => keys.every((key) => childOf(item, key)?.type === 'scalar'))
  );
}

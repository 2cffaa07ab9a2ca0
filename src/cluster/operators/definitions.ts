/**
 * CustomResourceDefinitions, as far as it matters for doubt: which kind, and whether it has a
 * namespace.
 */
import { asJsonObject, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import type { Definition } from '../../manifest/definition.ts';
import type { ObjectIndex } from '../objects.ts';

/**
 * By `group/kind`: those that were parsed, and those that were not but told apart by their text.
 */
export function definitionsIn(
  objects: ObjectIndex,
  skipped: readonly Definition[],
): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  const add = (definition: Definition): void => {
    found.set(`${definition.group}/${definition.kind}`, definition);
  };
  skipped.forEach(add);
  for (const { value } of objects.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const definition = definitionOf(asJsonObject(value)?.['spec']);
    if (definition !== undefined) add(definition);
  }
  return found;
}

function definitionOf(spec: Json | undefined): Definition | undefined {
  const group = asText(fieldAt(spec, 'group'));
  const kind = asText(fieldAt(spec, 'names', 'kind'));
  return group === undefined || kind === undefined
    ? undefined
    : { group, kind, namespaced: fieldAt(spec, 'scope') !== 'Cluster' };
}

/**
 * Objects that a program reads, fills in and writes out again: `containers: []` of a
 * `DEPLOYMENT_NAME`. What they lack is what the program is for.
 */
import { fieldAt, isJsonObject, type Json } from '../kubernetes/json.ts';
import type { Draft } from './draft.ts';
import { type MapNode, toJson } from './node.ts';
import { isPlaceholder } from './placeholder.ts';

/** What no object that is finished leaves empty. */
const holes = [
  ['spec', 'ports'],
  ['spec', 'selector'],
  ['spec', 'selector', 'matchLabels'],
  ['spec', 'rules'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'containers'],
] as const;

/** A whole name in capitals: what is filled into a text (`${NAME}`) leaves everything else. */
const inCapitals = /^[A-Z][A-Z0-9_-]+$/;

function isStencilName(name: unknown): boolean {
  return typeof name === 'string' && inCapitals.test(name) && isPlaceholder(name);
}

function isStencil(value: Json): boolean {
  return (
    isStencilName(fieldAt(value, 'metadata', 'name')) &&
    holes.some((path) => isEmpty(fieldAt(value, ...path)))
  );
}

function isEmpty(value: Json | undefined): boolean {
  return Array.isArray(value)
    ? value.length === 0
    : isJsonObject(value) && Object.keys(value).length === 0;
}

/** Of a document that is not even read as an object. */
export function isStencilNode(root: MapNode): boolean {
  return isStencil(toJson(root));
}

/** They are templates: nobody knows yet what will be there. */
export function settleStencils(drafts: readonly Draft[]): void {
  for (const { document, objects } of drafts) {
    const [only, ...others] = objects;
    if (only === undefined || others.length > 0 || document.state !== 'objects') continue;
    if (!isStencilName(only.name) || !isStencil(only.value)) continue;
    document.state = 'template';
    objects.length = 0;
  }
}

/**
 * What of `metadata` kubectl itself must be able to decode (cli-runtime
 * pkg/resource/metadata_decoder.go): a number for a name, a label or an annotation loses it the
 * object before any server sees it. Null is fine everywhere.
 */
import { isJsonObject, type Json, type JsonObject } from '../kubernetes/json.ts';
import { getOwn } from '../own.ts';
import { isNull, withValue } from './edit.ts';
import type { Problem } from './manifest.ts';
import { childOf, type Entry, entryOf, type MapNode, type Node } from './node.ts';
import { isBracketedPlaceholder, isPlaceholder } from './placeholder.ts';

type Shape = 'string' | 'integer' | 'time' | 'strings' | 'string map' | 'boolean' | 'objects';

/** apimachinery pkg/apis/meta/v1/types.go: `ObjectMeta`. */
const objectMeta: Readonly<Record<string, Shape>> = {
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  selfLink: 'string',
  uid: 'string',
  resourceVersion: 'string',
  generation: 'integer',
  creationTimestamp: 'time',
  deletionTimestamp: 'time',
  deletionGracePeriodSeconds: 'integer',
  labels: 'string map',
  annotations: 'string map',
  ownerReferences: 'objects',
  finalizers: 'strings',
  managedFields: 'objects',
};

/** An owner reference; entries of managedFields have none of these fields but apiVersion. */
const nestedFields: Readonly<Record<string, Shape>> = {
  apiVersion: 'string',
  kind: 'string',
  name: 'string',
  uid: 'string',
  controller: 'boolean',
  blockOwnerDeletion: 'boolean',
};

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})$/;

/** The first thing in an object's metadata that kubectl cannot decode. */
export function metadataProblem(object: MapNode): Problem | undefined {
  const metadata = entryOf(object, 'metadata');
  if (metadata === undefined || isNull(metadata.value)) return undefined;
  if (metadata.value.type !== 'map')
    return problem('metadata', metadata.value, 'a mapping', metadata.keyRange);
  for (const { key, keyRange, value } of metadata.value.entries) {
    const shape = getOwn(objectMeta, key);
    const found =
      shape === undefined ? undefined : mismatch(`metadata.${key}`, value, shape, keyRange);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether kubectl can certainly decode the metadata; what is rare is for the tree to tell. */
export function hasSoundMetadata({ metadata }: JsonObject): boolean {
  if (!isJsonObject(metadata)) return false;
  for (const key in metadata) {
    const shape = getOwn(objectMeta, key);
    if (shape !== undefined && !isSound(getOwn(metadata, key) ?? null, shape)) return false;
  }
  return true;
}

function isSound(value: Json, shape: Shape): boolean {
  if (value === null) return true;
  switch (shape) {
    case 'string':
      return typeof value === 'string';
    case 'time':
      return typeof value === 'string' && time.test(value);
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'strings':
      return Array.isArray(value) && value.every((item) => isSound(item, 'string'));
    case 'string map':
      return isJsonObject(value) && Object.values(value).every((item) => isSound(item, 'string'));
    case 'objects':
      return Array.isArray(value) && value.every(isSoundNested);
  }
}

function isSoundNested(value: Json): boolean {
  if (value === null) return true;
  if (!isJsonObject(value)) return false;
  return Object.entries(nestedFields).every(([name, shape]) =>
    isSound(getOwn(value, name) ?? null, shape),
  );
}

/**
 * The object with metadata that can be decoded: what stands where a text belongs is the text
 * itself, as if it were in quotes, and what cannot be repaired is left out. Undefined where there
 * is no metadata to repair. `text` is that of the file.
 */
export function meantMetadata(object: MapNode, text: string): MapNode | undefined {
  const metadata = entryOf(object, 'metadata')?.value;
  if (metadata?.type !== 'map') return undefined;
  const meant: MapNode = {
    ...metadata,
    entries: metadata.entries.flatMap((entry) => meantEntry(entry, text)),
  };
  return withValue(object, 'metadata', meant);
}

function meantEntry(entry: Entry, text: string): Entry[] {
  const { key, keyRange, value } = entry;
  const shape = getOwn(objectMeta, key);
  if (shape === undefined || mismatch(key, value, shape, keyRange) === undefined) return [entry];
  if (shape === 'string' && value.type === 'scalar')
    return [{ ...entry, value: { ...value, value: text.slice(...value.range) } }];
  if (shape !== 'string map' || value.type !== 'map') return [];
  const entries = value.entries.flatMap((pair): Entry[] => {
    if (mismatch(key, pair.value, 'string', pair.keyRange) === undefined) return [pair];
    return pair.value.type === 'scalar'
      ? [{ ...pair, value: { ...pair.value, value: text.slice(...pair.value.range) } }]
      : [];
  });
  return [{ ...entry, value: { ...value, entries } }];
}

function mismatch(
  field: string,
  node: Node,
  shape: Shape,
  keyRange: Problem['range'],
): Problem | undefined {
  if (isNull(node) || isFilledIn(node)) return undefined;
  if (shape === 'string map') {
    if (node.type !== 'map') return problem(field, node, 'a mapping', keyRange);
    return firstOf(node.entries, (entry) =>
      mismatch(`${field}.${entry.key}`, entry.value, 'string', entry.keyRange),
    );
  }
  if (shape === 'strings' || shape === 'objects') {
    if (node.type !== 'seq') return problem(field, node, 'a list', keyRange);
    return firstOf(node.items, (item) =>
      shape === 'strings'
        ? mismatch(field, item, 'string', keyRange)
        : nested(field, item, keyRange),
    );
  }
  const value = node.type === 'scalar' ? node.value : undefined;
  if (shape === 'integer')
    return Number.isInteger(value) ? undefined : problem(field, node, 'an integer', keyRange);
  if (shape === 'boolean')
    return typeof value === 'boolean' ? undefined : problem(field, node, 'a boolean', keyRange);
  if (typeof value !== 'string') return problem(field, node, 'a string', keyRange);
  return shape === 'string' || time.test(value)
    ? undefined
    : problem(field, node, 'a time like 2006-01-02T15:04:05Z', keyRange);
}

function nested(field: string, node: Node, keyRange: Problem['range']): Problem | undefined {
  if (isNull(node)) return undefined;
  if (node.type !== 'map') return problem(field, node, 'an object', keyRange);
  return firstOf(Object.entries(nestedFields), ([name, shape]) => {
    const child = childOf(node, name);
    return child === undefined ? undefined : mismatch(`${field}.${name}`, child, shape, keyRange);
  });
}

function firstOf<T>(
  candidates: readonly T[],
  find: (candidate: T) => Problem | undefined,
): Problem | undefined {
  for (const candidate of candidates) {
    const found = find(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

function problem(field: string, node: Node, wanted: string, keyRange: Problem['range']): Problem {
  const isScalar = node.type === 'scalar';
  const quotable = isScalar && wanted === 'a string';
  return {
    code: 'metadata',
    message: `"${field}" must be ${wanted}, not ${describe(node)}`,
    range: isScalar && node.range[0] < node.range[1] ? node.range : keyRange,
    ...(quotable ? { help: `put it in quotes` } : {}),
  };
}

function describe(node: Node): string {
  if (node.type === 'map') return 'a mapping';
  if (node.type === 'seq') return 'a list';
  return `the ${typeof node.value} ${String(node.value)}`;
}

/** The whole value is to be filled in later. */
function isFilledIn(node: Node): boolean {
  if (node.type === 'map') return node.entries.length === 1 && isPlaceholder(node.entries[0]?.key);
  return node.type === 'scalar'
    ? isPlaceholder(node.value)
    : isBracketedPlaceholder(
        node.items.map((item) => (item.type === 'scalar' ? item.value : null)),
      );
}

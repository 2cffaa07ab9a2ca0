/** apiVersion and kind: kubectl pkg/validation/validation.go `getObjectKind`. */
import type { JsonObject } from '../kubernetes/json.ts';
import { usualApiVersion } from '../kubernetes/kinds.ts';
import { isSlip } from '../text/slip.ts';
import type { Problem } from './manifest.ts';
import { childOf, type Entry, entryOf, type MapNode } from './node.ts';
import { isPlaceholder } from './placeholder.ts';
import type { TypeMeta } from './skip.ts';
import type { Range } from './source.ts';
import { typeByShape } from './type-by-shape.ts';

/** The string at a field, or undefined where there is none or something else. */
export function stringAt(node: MapNode, field: string): string | undefined {
  const value = childOf(node, field);
  return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** The type of an object that says it in order. */
export function plainTypeOf({ apiVersion, kind }: JsonObject): TypeMeta | undefined {
  const isType = typeof apiVersion === 'string' && typeof kind === 'string';
  if (!isType || apiVersion === '' || kind === '') return undefined;
  return apiVersion.indexOf('/') === apiVersion.lastIndexOf('/') ? { apiVersion, kind } : undefined;
}

/** The object's type, or what is wrong with it. */
export function typeMetaOf(root: MapNode): TypeMeta | { readonly problem: Problem } {
  const apiVersion = stringAt(root, 'apiVersion') ?? '';
  const kind = stringAt(root, 'kind') ?? '';
  if (apiVersion !== '' && kind !== '')
    return groupVersionProblem(root, apiVersion) ?? { apiVersion, kind };
  const field = apiVersion === '' ? 'apiVersion' : 'kind';
  const entry = entryOf(root, field);
  const isMissing =
    entry === undefined ||
    (entry.value.type === 'scalar' && (entry.value.value === null || entry.value.value === ''));
  const other = entryOf(root, field === 'kind' ? 'apiVersion' : 'kind');
  const misspelt = entry === undefined ? misspeltKey(root, field) : undefined;
  if (misspelt !== undefined)
    return {
      problem: {
        code: 'type-meta',
        message: `${field} is not set`,
        range: misspelt.keyRange,
        help: `did you mean ${field}?`,
        meantKey: field,
      },
    };
  if (isMissing) {
    const both = apiVersion === '' && kind === '' ? 'apiVersion and kind are' : `${field} is`;
    const meant = kind === '' ? typeByShape(root) : undefined;
    return {
      problem: {
        code: 'type-meta',
        message: `${both} not set`,
        range: entry?.keyRange ?? other?.keyRange ?? root.entries[0]?.keyRange ?? root.range,
        ...(meant !== undefined && {
          help:
            `a ${meant.kind} begins with apiVersion: ${meant.apiVersion} ` +
            `and kind: ${meant.kind}`,
        }),
      },
    };
  }
  return {
    problem: {
      code: 'type-meta',
      message: `${field} is not a string`,
      range: entry.value.range,
      help: 'put it in quotes',
    },
  };
}

/**
 * `apiKind: Service`, `Kind: Service`, `apiversion: v1`: a key that is like the missing one, with a
 * value that only that one has.
 */
function misspeltKey(root: MapNode, field: 'apiVersion' | 'kind'): Entry | undefined {
  const isLike = field === 'kind' ? /kind|^type$/i : /version|^api$/i;
  const isValue =
    field === 'kind' ? /^[A-Z][A-Za-z]+$/ : /^(?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?$/;
  return root.entries.find(
    ({ key, value, merged }) =>
      merged !== true &&
      key !== 'apiVersion' &&
      key !== 'kind' &&
      (isLike.test(key) || isSlip(key, field)) &&
      value.type === 'scalar' &&
      typeof value.value === 'string' &&
      isValue.test(value.value),
  );
}

/** apimachinery pkg/runtime/schema/group_version.go `ParseGroupVersion`. */
function groupVersionProblem(
  root: MapNode,
  apiVersion: string,
): { readonly problem: Problem } | undefined {
  if (apiVersion.split('/').length <= 2 || isPlaceholder(apiVersion)) return undefined;
  const range = entryOf(root, 'apiVersion')?.value.range ?? root.range;
  return {
    problem: {
      code: 'type-meta',
      message: `"${apiVersion}" is not an apiVersion`,
      range,
      help: 'write group/version, or v1 for the core group',
    },
  };
}

/**
 * Whether a document that lacks apiVersion or kind is a Kubernetes object all the same.
 * Plenty of other files have a field of one of these names: Chart.yaml an apiVersion, pipelines a
 * kind, answers of web services a kind and items.
 */
export function looksLikeObject(root: MapNode): boolean {
  const kind = stringAt(root, 'kind') ?? '';
  const apiVersion = stringAt(root, 'apiVersion') ?? '';
  if (kind === '' && apiVersion === '') return typeByShape(root) !== undefined;
  if (apiVersion === '' && !isKind(kind)) return false;
  if (objectFields.some((field) => childOf(childOf(root, 'metadata'), field) !== undefined))
    return true;
  const items = childOf(root, 'items');
  if (items?.type === 'seq' && apiVersion === '')
    return items.items.some(
      (item) => item.type === 'map' && (stringAt(item, 'apiVersion') ?? '') !== '',
    );
  // Other programs have a kind and a spec in their settings: kube-state-metrics, ytt.
  const isOurs = usualApiVersion(kind) !== undefined || isPlaceholder(kind);
  if (apiVersion === '' && !isOurs && childOf(root, 'metadata') === undefined) return false;
  // Answers of other interfaces have a kind and metadata as well, and neither name nor spec.
  const fields = apiVersion === '' ? ['spec', 'items'] : ['metadata', 'spec', 'items'];
  return fields.some((field) => {
    const value = childOf(root, field);
    return value !== undefined && value.type !== 'scalar';
  });
}

/** What the metadata of any object has some of. */
const objectFields = ['name', 'generateName', 'namespace', 'labels'];

/**
 * Kinds are written as `NetworkPolicy`; one that was begun with a small letter by mistake is a word
 * all the same.
 */
function isKind(kind: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(kind) || isPlaceholder(kind);
}

const topLevel = /^(apiVersion|kind):[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#'"{[&*!|>][^\s#]*))/gm;

/**
 * What the lines that are not indented tell of a document that cannot be parsed; no kind where they
 * name several, for then it holds more than one object.
 */
export function sniffTypeMeta(text: string, range: Range): Partial<TypeMeta> {
  const kinds = new Set<string>();
  let apiVersion: string | undefined;
  for (const [, field, double, single, plain] of text.slice(...range).matchAll(topLevel)) {
    const value = double ?? single ?? plain ?? '';
    if (value === '' || value.includes('{{')) continue;
    if (field === 'kind') kinds.add(value);
    else apiVersion ??= value;
  }
  const [kind] = kinds;
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && kinds.size === 1 && { kind }),
  };
}

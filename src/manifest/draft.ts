/** What is known of a document and its objects before the whole file has been seen. */
import { asJsonObject, asText } from '../kubernetes/json.ts';
import { type Content, contentOf } from './content.ts';
import type { ManifestDocument, ManifestObject, Problem } from './manifest.ts';
import { childOf, type MapNode } from './node.ts';
import { manifestObject } from './object.ts';
import type { TypeMeta } from './skip.ts';
import { stringAt } from './type-meta.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether something before it stops kubectl is known when the whole file has been read. */
export type DraftObject = Mutable<ManifestObject>;

/** `inherited`: apiVersion and kind are those of its list. */
export function objectOf(
  document: ManifestDocument,
  node: MapNode,
  { apiVersion, kind }: TypeMeta,
  inherited: boolean,
): DraftObject {
  const metadata = childOf(node, 'metadata');
  const text = (field: string): string | undefined =>
    (metadata?.type === 'map' && stringAt(metadata, field)) || undefined;
  return manifestObject(contentOf(node, inherited ? { apiVersion, kind } : {}), {
    document,
    apiVersion,
    kind,
    name: text('name') ?? '',
    namespace: text('namespace'),
    afterBroken: false,
  });
}

/** Of values whose metadata is sound. */
export function plainObjectOf(
  document: ManifestDocument,
  content: Content,
  { apiVersion, kind }: TypeMeta,
): DraftObject {
  const metadata = asJsonObject(content.value['metadata']);
  return manifestObject(content, {
    document,
    apiVersion,
    kind,
    name: asText(metadata?.['name']) ?? '',
    namespace: asText(metadata?.['namespace']),
    afterBroken: false,
  });
}
export function pick<K extends string>(
  key: K,
  value: string | undefined,
): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>);
}

/** What is known of a document before the whole file has been seen. */
export interface Draft {
  readonly document: Mutable<ManifestDocument>;
  readonly objects: DraftObject[];
  /** kubectl reads no further than this. */
  stops: boolean;
}

export function isStop({ document, stops }: Draft): boolean {
  return stops && document.state === 'broken';
}

export function fail(
  document: Mutable<ManifestDocument>,
  problem: Problem,
  objectsLeft: number,
): void {
  document.problem = problem;
  if (objectsLeft === 0) document.state = 'broken';
}

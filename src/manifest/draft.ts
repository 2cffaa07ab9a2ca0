/** What is known of a document and its objects before the whole file has been seen. */
import type { ManifestDocument, ManifestObject, Problem } from './manifest.ts';
import { childOf, type JsonObject, type MapNode, toJson } from './node.ts';
import { type TypeMeta } from './skip.ts';
import { stringAt } from './type-meta.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether something before it stops kubectl is known when the whole file has been read. */
export type DraftObject = Mutable<ManifestObject>;

export function objectOf(
  document: ManifestDocument,
  node: MapNode,
  { apiVersion, kind }: TypeMeta,
  inherited: boolean,
): DraftObject {
  const metadata = childOf(node, 'metadata');
  const namespace = metadata?.type === 'map' ? stringAt(metadata, 'namespace') : undefined;
  let value: JsonObject | undefined;
  return {
    document,
    node,
    // Most objects of a repository are of kinds whose content nobody asks for.
    get value() {
      value ??= { ...(toJson(node) as JsonObject), ...(inherited && { apiVersion, kind }) };
      return value;
    },
    apiVersion,
    kind,
    name: (metadata?.type === 'map' ? stringAt(metadata, 'name') : undefined) ?? '',
    afterBroken: false,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
  };
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

/** Objects of manifests. Tens of thousands are made, so they are of a class: all of one shape. */
import type { JsonObject } from '../kubernetes/json.ts';
import type { Content } from './content.ts';
import type { ManifestDocument, ManifestObject } from './manifest.ts';
import type { MapNode } from './node.ts';
import type { Range } from './source.ts';

type Fields = Omit<ManifestObject, 'content' | 'node' | 'value' | 'range'>;
type ObjectFields = { readonly [K in keyof Fields]: Fields[K] | undefined } & {
  readonly [K in RequiredFields]: Fields[K];
};
type RequiredFields = 'document' | 'apiVersion' | 'kind' | 'name' | 'afterBroken';

export function manifestObject(content: Content, fields: ObjectFields): ManifestObject {
  return new ObjectOfManifest(content, fields);
}

class ObjectOfManifest implements ManifestObject {
  readonly content: Content;
  readonly document: ManifestDocument;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly afterBroken: boolean;
  readonly original?: ManifestObject;
  readonly rendered?: true;
  readonly patchedBy?: readonly string[];

  constructor(content: Content, fields: ObjectFields) {
    const { namespace, original, rendered, patchedBy } = fields;
    this.content = content;
    this.document = fields.document;
    this.apiVersion = fields.apiVersion;
    this.kind = fields.kind;
    this.name = fields.name;
    if (namespace !== undefined) this.namespace = namespace;
    this.afterBroken = fields.afterBroken;
    if (original !== undefined) this.original = original;
    if (rendered !== undefined) this.rendered = rendered;
    if (patchedBy !== undefined) this.patchedBy = patchedBy;
  }

  get value(): JsonObject {
    return this.content.value;
  }

  get node(): MapNode {
    return this.content.node;
  }

  get range(): Range {
    return this.content.range;
  }
}

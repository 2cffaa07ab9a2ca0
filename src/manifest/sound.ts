/** Documents of which everything can be told from their values: nearly all of them. */
import { asJsonObject } from '../kubernetes/json.ts';
import { type Content, plainContent } from './content.ts';
import { hasSoundMetadata } from './metadata.ts';
import type { PlainValue } from './plain.ts';
import type { TypeMeta } from './skip.ts';
import type { Range, SourceFile } from './source.ts';
import { plainTypeOf } from './type-meta.ts';

/** The one object that kubectl decodes the document to; undefined where there is any doubt. */
export function soundObject(
  file: SourceFile,
  range: Range,
  { root, start, end }: PlainValue,
): { readonly content: Content; readonly type: TypeMeta } | undefined {
  const value = asJsonObject(root);
  const type = value && plainTypeOf(value);
  if (value === undefined || type === undefined || value['items'] !== undefined) return undefined;
  if (isFunctionInput(type) || !hasSoundMetadata(value)) return undefined;
  return { type, content: plainContent(file, range, value, start, end) };
}

/**
 * What kpt and kustomize hand to their functions, and nobody to a cluster (kyaml fn/framework
 * `ResourceList`).
 */
export function isFunctionInput({ apiVersion, kind }: TypeMeta): boolean {
  return kind === 'ResourceList' && apiVersion.startsWith('config.kubernetes.io/');
}

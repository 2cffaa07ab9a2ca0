/** What documents are that are no Kubernetes objects, once the whole file was read. */
import { asJsonObject, asText } from '../kubernetes/json.ts';
import { treeOf } from './content.ts';
import type { Draft } from './draft.ts';
import type { ManifestDocument } from './manifest.ts';
import { type DuplicateKey, type MapNode } from './node.ts';
import type { PlainValue } from './plain.ts';
import type { Range, SourceFile } from './source.ts';
import { endOfLine } from './split.ts';

/**
 * A plain document with nothing of an object, neither apiVersion nor kind nor metadata, that is
 * alone in its file, as values of charts and settings of tools are; undefined for all others.
 */
export function foreignDocument(
  file: SourceFile,
  range: Range,
  { root }: PlainValue,
): ManifestDocument | undefined {
  const value = asJsonObject(root);
  const isForeign =
    value !== undefined &&
    asText(value['apiVersion']) === undefined &&
    asText(value['kind']) === undefined &&
    value['metadata'] === undefined;
  return isForeign ? new ForeignDocument(file, range) : undefined;
}

class ForeignDocument implements ManifestDocument {
  readonly index = 0;
  readonly state = 'foreign';
  readonly duplicateKeys: readonly DuplicateKey[] = [];
  readonly file: SourceFile;
  readonly range: Range;
  #node: MapNode | undefined;

  constructor(file: SourceFile, range: Range) {
    this.file = file;
    this.range = range;
  }

  /** Only kustomizations ask for it. */
  get node(): MapNode {
    this.#node ??= treeOf(this.file, this.range);
    return this.#node;
  }
}

/**
 * Between Kubernetes objects a foreign document is an error; what it holds may also still have to
 * be rendered.
 */
export function settleForeign(drafts: readonly Draft[], text: string): void {
  const hasObjects = drafts.some(
    ({ document: { state } }) => state === 'objects' || state === 'skipped',
  );
  for (const draft of drafts) {
    const { document } = draft;
    if (document.state !== 'foreign') continue;
    if (hasObjects && statement.test(text.slice(...document.range))) document.state = 'template';
    else if (hasObjects) {
      document.state = 'broken';
      document.problem ??= {
        code: 'type-meta',
        message: 'this document is not an object: kubectl stops here',
        range: firstLine(text, document.range),
      };
      draft.stops = true;
    }
    // What is not a YAML at all may still have to be: a kustomization may list it.
    const isBadYaml = document.state === 'foreign' && document.problem?.code === 'syntax';
    if (document.state !== 'broken' && !isBadYaml) delete document.problem;
  }
}

/** What templates have that are rendered to YAML. */
const statement = /\{\{|\{%/;

/** The first line that is not blank, or the start of a document of blanks. */
function firstLine(text: string, [start, end]: Range): Range {
  const at = start + text.slice(start, end).search(/\S|$/);
  return [at, at + text.slice(at, Math.min(end, endOfLine(text, at))).trimEnd().length];
}

/** Where manifests say what must not be reported. */
import { asJsonObject, type JsonObject, type Path } from '../../kubernetes/json.ts';
import { commentsOf } from '../../manifest/comments.ts';
import type { Manifest, ManifestDocument, ManifestObject } from '../../manifest/manifest.ts';
import { locateAcross } from '../../manifest/node.ts';
import type { Range, SourceFile } from '../../manifest/source.ts';
import { entryOf } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import type { Unit } from '../../units/unit.ts';
import {
  type Directive,
  type Ignore,
  mayHoldComment,
  type ObjectPart,
  parseAnnotation,
  parseComment,
} from './ignore.ts';

const ignoreAnnotation = 'kubeplumb/ignore';
/** With a domain, as annotations of others have one, or another word for it. */
const mayBeKey = /kubeplumb[\w.-]{0,63}\/(?:ignore|disable|skip)/;

/**
 * Every ignore of some manifests and of what kustomize makes of them. Files that do not name us are
 * not looked at twice.
 */
export function findIgnores(
  manifests: readonly Manifest[],
  units: readonly Pick<Unit, 'objects'>[],
): Ignore[] {
  const naming = manifests.filter(({ file }) => file.text.includes('kubeplumb'));
  return [
    ...naming
      .filter(({ file }) => mayHoldComment(file.text))
      .flatMap(({ documents }) => documents.flatMap(commentIgnores)),
    ...annotationIgnores(naming, units),
  ];
}

function commentIgnores(document: ManifestDocument): Ignore[] {
  const { file } = document;
  return commentsOf(document).flatMap(({ text, range }): Ignore[] => {
    const directive = parseComment(text);
    if (directive === undefined) return [];
    const { wholeFile, ...rest } = directive;
    const scope = wholeFile
      ? ({ type: 'file' } as const)
      : ({
          type: 'line',
          line: coveredLine(file.text, range, file.position(range[0]).line),
        } as const);
    return [{ kind: 'comment', document, range, scope, ...rest }];
  });
}

/**
 * A comment behind something is about its own line, one that stands alone about the next line that
 * holds something.
 */
function coveredLine(text: string, [start, end]: Range, own: number): number {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (before.trim() !== '') return own;
  let line = own;
  for (const following of text.slice(end).split('\n').slice(1)) {
    line += 1;
    const content = following.trim();
    if (content !== '' && !content.startsWith('#') && !content.startsWith('---')) return line;
  }
  return own;
}

/** An annotation of ours where it is written, and the objects that have it from there. */
interface Written {
  readonly document: ManifestDocument;
  readonly range: Range;
  readonly key: string;
  readonly text: string;
  readonly parts: ObjectPart[];
}

/**
 * On the object itself it holds for all of it, on its pod template for that part. A patch, or the
 * kustomization, gives it to each object that it changes.
 */
function annotationIgnores(
  manifests: readonly Manifest[],
  units: readonly Pick<Unit, 'objects'>[],
): Ignore[] {
  const naming = manifests.filter(({ file }) => mayBeKey.test(file.text));
  if (naming.length === 0) return [];
  const byFile = new Map(naming.map((manifest) => [manifest.file, manifest]));
  const byPlace = new Map<string, Written>();
  const objects = new Set(naming.flatMap((manifest) => manifest.objects));
  for (const unit of units)
    for (const object of unit.objects) if (object.original !== undefined) objects.add(object);
  for (const object of objects)
    for (const { under, key, text } of annotated(object)) {
      const at = [...under, 'metadata', 'annotations', key];
      const part = key === ignoreAnnotation ? 'value' : 'key';
      const { file, range } = locateAcross(object.document.file, object.node, at, part);
      const document = file === object.document.file ? object.document : documentAt(file, range);
      if (document === undefined) continue;
      const { parts } = entryOf(byPlace, `${file.path} ${range[0]}`, () => ({
        document,
        range,
        key,
        text,
        parts: [],
      }));
      parts.push({ content: object.content, under });
    }
  return [...byPlace.values()].flatMap(ignoresOf);

  function documentAt(file: SourceFile, [start]: Range): ManifestDocument | undefined {
    const documents = byFile.get(file)?.documents;
    return documents?.find(({ range: [, end] }) => start < end) ?? documents?.[0];
  }
}

function ignoresOf({ document, range, key, text, parts }: Written): Ignore[] {
  const directives: readonly Omit<Directive, 'wholeFile'>[] =
    key === ignoreAnnotation ? parseAnnotation(text) : [{ rules: [], problem: notTheKey }];
  return directives.map(({ rules, reason, problem }) => ({
    kind: 'annotation',
    rules,
    document,
    range,
    scope: { type: 'object', parts },
    ...(reason !== undefined && { reason }),
    ...(problem !== undefined && { problem }),
  }));
}

const notTheKey = `this silences nothing; the annotation is called ${ignoreAnnotation}`;

const templates: readonly Path[] = [
  [],
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

function annotated({ value }: ManifestObject): { under: Path; key: string; text: string }[] {
  return templates.flatMap((under) => {
    const part = under.reduce<JsonObject | undefined>(
      (parent, step) => asJsonObject(getOwn(parent, step)),
      value,
    );
    const annotations = asJsonObject(asJsonObject(part?.['metadata'])?.['annotations']) ?? {};
    return Object.entries(annotations).flatMap(([key, text]) =>
      typeof text === 'string' && mayBeKey.test(key) ? [{ under, key, text }] : [],
    );
  });
}

/** Where manifests say what must not be reported. */
import { commentsOf } from '../../manifest/comments.ts';
import type { Manifest, ManifestDocument, ManifestObject } from '../../manifest/manifest.ts';
import { asJsonObject, type JsonObject, locate, type Path } from '../../manifest/node.ts';
import type { Range } from '../../manifest/source.ts';
import { getOwn } from '../../own.ts';
import {
  type Directive,
  type Ignore,
  mayHoldComment,
  parseAnnotation,
  parseComment,
} from './ignore.ts';

const ignoreAnnotation = 'kubeplumb/ignore';
/** With a domain, as annotations of others have one, or another word for it. */
const mayBeKey = /kubeplumb[\w.-]{0,63}\/(?:ignore|disable|skip)/;

/**
 * Every ignore of some manifests, in the order of the text. Files that do not name us are not
 * looked at twice.
 */
export function findIgnores(manifests: readonly Manifest[]): Ignore[] {
  return manifests.flatMap((manifest) => {
    const { text } = manifest.file;
    if (!text.includes('kubeplumb')) return [];
    return [
      ...(mayHoldComment(text) ? manifest.documents.flatMap(commentIgnores) : []),
      ...(mayBeKey.test(text) ? manifest.objects.flatMap(annotationIgnores) : []),
    ];
  });
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

/** On the object itself it holds for all of it, on its pod template for that part. */
function annotationIgnores(object: ManifestObject): Ignore[] {
  return annotated(object).flatMap(({ under, key, text }) => {
    const at = [...under, 'metadata', 'annotations', key];
    const directives: readonly Omit<Directive, 'wholeFile'>[] =
      key === ignoreAnnotation ? parseAnnotation(text) : [{ rules: [], problem: notTheKey }];
    return directives.map(({ rules, reason, problem }) => ({
      kind: 'annotation',
      rules,
      document: object.document,
      range: locate(object.node, at, problem === notTheKey ? 'key' : 'value'),
      scope: { type: 'object', content: object.content, under },
      ...(reason !== undefined && { reason }),
      ...(problem !== undefined && { problem }),
    }));
  });
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

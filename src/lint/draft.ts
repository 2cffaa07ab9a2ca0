/** From what a rule says symbolically to a diagnostic with its ranges. */
import type { ClusterObject } from '../cluster/objects.ts';
import type { Path } from '../kubernetes/json.ts';
import type { Content } from '../manifest/content.ts';
import type { ManifestDocument, ManifestObject } from '../manifest/manifest.ts';
import { locateAcross, type Node, nodeAt } from '../manifest/node.ts';
import { describeObject, type ObjectReference } from '../manifest/object-reference.ts';
import { getOwn } from '../own.ts';
import { brief, briefValue } from '../text/brief.ts';
import { mostRelated, mostValueLength } from '../text/limits.ts';
import type { Diagnostic, TextEdit } from './diagnostic.ts';
import { addField } from './fixes/added-field.ts';
import { scalarText } from './fixes/scalar-text.ts';
import {
  type DocumentFinding,
  type Finding,
  type Messages,
  type Place,
  type ProposedFix,
  type Rule,
  rulePage,
} from './rule.ts';

/** A diagnostic that does not know yet whether others like it stand at the same place. */
export type Draft = Omit<Diagnostic, 'fingerprint'> & {
  /**
   * The object's own content, or the document: what the finding is about, whichever unit it is
   * found in.
   */
  readonly subject: Content | ManifestDocument;
  /** What the object holds in each of the units in which this was found; none of a document. */
  readonly contents: readonly Content[];
  /** It stands in another file than its object: kustomize brought in what it is about. */
  readonly byPatch?: boolean;
};

/** What stays the same of an object whatever becomes of it in a unit. */
export function subjectOf({ original, content }: ManifestObject): Content {
  return original?.content ?? content;
}

export function objectDraft<M extends Messages>(
  { meta, messages }: Rule<M>,
  finding: Finding<M, keyof M>,
): Draft {
  const place = locateIn(finding);
  const object = referenceTo(finding.object);
  const help = inSuccessor(finding.object, finding.help);
  const url = rulePage(meta);
  const places = [finding, ...(finding.related ?? [])].slice(0, mostRelated);
  const shown = (text: string): string => brief(text, () => new Set(places.flatMap(longValues)));
  const { source } = finding.object.repaired?.from ?? finding.object;
  return {
    subject: subjectOf(source),
    contents: [source.content],
    rule: meta.id,
    messageId: String(finding.id),
    category: meta.category,
    severity: finding.severity ?? meta.severity,
    title: shown(`${describeObject(object)} ${finding.title ?? meta.title}`),
    message: shown(getOwn(messages, String(finding.id))!(finding.data)),
    why: shown(finding.why ?? meta.why),
    ...(help !== undefined && { help: shown(help) }),
    ...(url !== undefined && { url }),
    ...place,
    ...(place.file !== finding.object.source.document.file && { byPatch: true }),
    path: writtenPath(finding),
    object,
    related: (finding.related ?? []).slice(0, mostRelated).map((related) => ({
      ...locateIn(related),
      message: shown(related.message),
    })),
    fixes: (isVerbatim(finding, place) ? (finding.fixes ?? []) : []).flatMap((fix) => {
      const edit = editOf(fix, finding, place);
      return edit === undefined
        ? []
        : [{ title: shown(fix.title), safety: fix.safety, edits: [edit] }];
    }),
  };
}

/**
 * What is written at a place and beside it, and what names its object, where that is more than a
 * message shows.
 */
function longValues({ object, at }: Place): string[] {
  const { node } = object.source;
  const written = [at, at.slice(0, -1)].flatMap((path) => {
    const place = nodeAt(node, path);
    return place?.type === 'map' ? place.entries.map(({ value }) => value) : [place];
  });
  return [
    object.name,
    object.namespace,
    object.kind,
    object.apiVersion,
    ...written.map((value) => (value?.type === 'scalar' ? value.value : undefined)),
  ]
    .filter((value) => typeof value === 'string')
    .filter(({ length }) => length > mostValueLength);
}

/** The path in the object as it is given, where a repaired one has what is found somewhere else. */
function writtenPath({ object, at }: Place): Path {
  const { from } = object.repaired ?? {};
  if (from === undefined || from.source.node === object.source.node) return at;
  let depth = at.length;
  for (; depth > 0; depth -= 1) {
    const node = nodeAt(object.source.node, at.slice(0, depth));
    const path = node && pathTo(from.source.node, node);
    if (path !== undefined) return [...path, ...at.slice(depth)];
  }
  return at;
}

/** Where a tree has a node, or one at the same place of the text. */
function pathTo(root: Node, wanted: Node): Path | undefined {
  if (root === wanted) return [];
  const [start, end] = wanted.range;
  if (root.range[0] > start || root.range[1] < end) return undefined;
  if (root.type === wanted.type && root.range[0] === start && root.range[1] === end) return [];
  const children: readonly (readonly [step: string | number, node: Node])[] =
    root.type === 'map'
      ? root.entries.map(({ key, value }) => [key, value])
      : root.type === 'seq'
        ? root.items.map((item, index) => [index, item])
        : [];
  for (const [step, node] of children) {
    const path = pathTo(node, wanted);
    if (path !== undefined) return [step, ...path];
  }
  return undefined;
}

/** Help is in the words of the successor, which the text is not written in yet. */
function inSuccessor(
  { apiVersion, repaired }: ClusterObject,
  help: string | undefined,
): string | undefined {
  return help === undefined || repaired === undefined || repaired.from.apiVersion === apiVersion
    ? help
    : `once the apiVersion is ${apiVersion}, ${help}`;
}

function editOf(
  fix: ProposedFix,
  { object, at }: Place,
  { file, range }: Pick<Draft, 'file' | 'range'>,
): TextEdit | undefined {
  // A field of the successor has no place in the text yet.
  if ('add' in fix && object.repaired !== undefined) return undefined;
  if ('add' in fix) return addField(object.source.node, fix.add, file);
  const replaced = file.text.slice(...range);
  // A number that is written as text where nothing but text is taken stays one.
  const value = /^["']/.test(replaced) && takesText(at) ? String(fix.replace) : fix.replace;
  return { range, text: scalarText(value, replaced) };
}

/** Of a variable, an annotation, a label, data or an argument. */
function takesText(at: Path): boolean {
  return (
    (at.at(-1) === 'value' && at.at(-3) === 'env') ||
    /^(?:annotations|labels|data|stringData|args|command)$/.test(String(at.at(-2)))
  );
}

/**
 * Whether the text at a place is the value that the finding is about: kustomize may have put a
 * prefix before a name, which no edit could take into account.
 */
function isVerbatim(
  { object: { source }, at, part, within }: Place,
  { file, range }: Pick<Draft, 'file' | 'range'>,
): boolean {
  if (source.rendered === true) return false;
  if (source.original === undefined || part === 'key') return true;
  const node = nodeAt(source.node, at);
  const value = within?.text ?? (node?.type === 'scalar' ? String(node.value) : undefined);
  return file.text.slice(...range).replace(/^["']|["']$/g, '') === value;
}

export function documentDraft<M extends Messages>(
  { meta, messages }: Rule<M>,
  finding: DocumentFinding<M, keyof M>,
): Draft {
  const { document, range, help } = finding;
  const kind = document.kind ?? finding.kind;
  const url = rulePage(meta);
  return {
    subject: document,
    contents: [],
    rule: meta.id,
    messageId: String(finding.id),
    category: meta.category,
    severity: meta.severity,
    title: brief(
      `document ${document.index + 1}` +
        (kind === undefined ? '' : ` (${briefValue(kind)})`) +
        ` ${meta.title}`,
    ),
    message: brief(getOwn(messages, String(finding.id))!(finding.data)),
    why: brief(finding.why ?? meta.why),
    ...(help !== undefined && { help: brief(help) }),
    ...(url !== undefined && { url }),
    file: document.file,
    range,
    path: [],
    related: (finding.related ?? []).slice(0, mostRelated).map(({ range: other, message }) => ({
      file: document.file,
      range: other,
      message: brief(message),
    })),
    fixes: finding.fixes ?? [],
  };
}

/** A place as far as its manifest knows it. */
export interface PlaceInSource {
  readonly object: Pick<ClusterObject, 'source'>;
  readonly at: Path;
  readonly part?: Place['part'] | undefined;
  readonly within?: Place['within'] | undefined;
}

export function locateIn({
  object,
  at,
  part,
  within,
}: PlaceInSource): Pick<Draft, 'file' | 'range'> {
  const place = locateAcross(object.source.document.file, object.source.node, at, part);
  return within === undefined ? place : { ...place, range: narrowed(place, within) };
}

/** The whole value where the part is written otherwise: escaped, or folded over two lines. */
function narrowed(
  { file, range }: Pick<Draft, 'file' | 'range'>,
  { text, occurrence }: NonNullable<Place['within']>,
): Draft['range'] {
  let at = range[0] - 1;
  for (let count = 0; count <= occurrence; count += 1) {
    at = file.text.indexOf(text, at + 1);
    if (at === -1 || at + text.length > range[1]) return range;
  }
  return [at, at + text.length];
}

/** As it is given, whatever it stands for. */
export function referenceTo({
  apiVersion,
  kind,
  namespace,
  name,
  repaired,
}: ClusterObject): ObjectReference {
  return {
    apiVersion: repaired?.from.apiVersion ?? apiVersion,
    kind: repaired?.from.kind ?? kind,
    ...(namespace !== undefined && { namespace }),
    name,
  };
}

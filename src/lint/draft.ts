/** From what a rule says symbolically to a diagnostic with its ranges. */
import type { ClusterObject } from '../cluster/objects.ts';
import { locate } from '../manifest/node.ts';
import { type Diagnostic } from './diagnostic.ts';
import { describeObject, type ObjectReference } from '../manifest/object-reference.ts';
import { type DocumentFinding, type Finding, type Messages, type Place, type Rule, rulePage } from './rule.ts';
import { scalarText } from './scalar-text.ts';

/** A diagnostic that does not know yet whether others like it stand at the same place. */
export type Draft = Omit<Diagnostic, 'fingerprint'> & {
  /** The object's own tree, or the document: what the finding is about, whichever unit it is found in. */
  readonly subject: object;
};

export function objectDraft<M extends Messages>({ meta, messages }: Rule<M>, finding: Finding<M, keyof M>): Draft {
  const place = locateIn(finding);
  const object = referenceTo(finding.object);
  const help = finding.help;
  return {
    subject: finding.object.source.node,
    rule: meta.id,
    messageId: String(finding.id),
    category: meta.category,
    severity: finding.severity ?? meta.severity,
    title: `${describeObject(object)} ${finding.title ?? meta.title}`,
    message: messages[finding.id]!(finding.data as never),
    why: finding.why ?? meta.why,
    ...(help !== undefined && { help }),
    url: rulePage(meta.id),
    ...place,
    path: finding.at,
    object,
    related: (finding.related ?? []).map((related) => ({ ...locateIn(related), message: related.message })),
    fixes: (finding.fixes ?? []).map(({ title, safety, replace }) => ({
      title,
      safety,
      edits: [{ range: place.range, text: scalarText(replace, place.file.text.slice(...place.range)) }],
    })),
  };
}

export function documentDraft<M extends Messages>({ meta, messages }: Rule<M>, finding: DocumentFinding<M, keyof M>): Draft {
  const { document, range, help } = finding;
  return {
    subject: document,
    rule: meta.id,
    messageId: String(finding.id),
    category: meta.category,
    severity: meta.severity,
    title: `document ${document.index + 1}${document.kind === undefined ? '' : ` (${document.kind})`} ${meta.title}`,
    message: messages[finding.id]!(finding.data as never),
    why: finding.why ?? meta.why,
    ...(help !== undefined && { help }),
    url: rulePage(meta.id),
    file: document.file,
    range,
    path: [],
    related: (finding.related ?? []).map((related) => ({ file: document.file, ...related })),
    fixes: finding.fixes ?? [],
  };
}

export function locateIn({ object, at, part }: Place): Pick<Draft, 'file' | 'range'> {
  return { file: object.source.document.file, range: locate(object.source.node, at, part) };
}

export function referenceTo({ apiVersion, kind, namespace, name }: ClusterObject): ObjectReference {
  return { apiVersion, kind, ...(namespace !== undefined && { namespace }), name };
}

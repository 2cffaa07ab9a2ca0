/**
 * What makes the API server refuse an object without changing how it is wired: a second fault,
 * behind which the first must not hide.
 */
import { type Diagnostic, type TextEdit } from '../../src/lint/diagnostic.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import { entryOf } from '../../src/manifest/node.ts';
import { getOwn } from '../../src/own.ts';
import { insertAfter, removeEntry, replaceScalar } from './edits.ts';
import { fieldOf, holdingMap, plainScalar } from './field.ts';

/** The last apiVersion that is gone and has the same fields. */
const gone: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1beta2',
  ReplicaSet: 'apps/v1beta2',
  DaemonSet: 'apps/v1beta2',
  StatefulSet: 'apps/v1beta2',
  CronJob: 'batch/v1beta1',
  NetworkPolicy: 'extensions/v1beta1',
  Ingress: 'networking.k8s.io/v1beta1',
  PodDisruptionBudget: 'policy/v1beta1',
};

const decoded = new Set([...Object.keys(gone), 'Service', 'Pod', 'Job', 'ReplicationController']);

export const refusalForms = [
  'removed apiVersion',
  'unknown field',
  'wrong type',
  'no selector',
  'number as annotation',
  'bad host',
  'missing separator',
] as const;
export type RefusalForm = (typeof refusalForms)[number];

/**
 * Which form it is depends on the seed alone; undefined where an object cannot be refused by one
 * edit to the file.
 */
export function refusalOf(
  object: ManifestObject,
  seed: number,
): { readonly form: RefusalForm; readonly edit: TextEdit } | undefined {
  if (!decoded.has(object.kind)) return undefined;
  const forms = refusalForms.map((_, index) => refusalForms[(seed + index) % refusalForms.length]);
  for (const form of forms) {
    const edit = form === undefined ? undefined : editFor(form, object);
    if (form !== undefined && edit !== undefined) return { form, edit };
  }
  return undefined;
}

/** Workloads that have no selector unless somebody writes it. */
const selecting: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
]);

function editFor(form: RefusalForm, object: ManifestObject): TextEdit | undefined {
  if (form === 'no selector') return withoutSelector(object);
  if (form === 'bad host') return withBadHost(object);
  if (form === 'missing separator') return withoutSeparator(object);
  if (form === 'removed apiVersion') {
    const field = fieldOf(object, ['apiVersion']);
    const scalar = plainScalar(field);
    const old = getOwn(gone, object.kind);
    return scalar === undefined || old === undefined || field.file !== object.document.file
      ? undefined
      : replaceScalar(field.file.text, scalar, old);
  }
  const field = fieldOf(object, ['metadata', 'name']);
  const metadata = holdingMap(field);
  const name = metadata && entryOf(metadata, 'name');
  if (metadata === undefined || name === undefined || field.file !== object.document.file)
    return undefined;
  const [key, value] = added[form];
  return entryOf(metadata, key) === undefined
    ? insertAfter(field.file.text, metadata, name, key, value)
    : undefined;
}

/** What is put behind the name of an object, where it is not there already. */
const added = {
  'unknown field': ['owner', 'shop'],
  'wrong type': ['generation', 'first'],
  'number as annotation': ['annotations', '{ build: 7 }'],
} as const;

function withoutSelector(object: ManifestObject): TextEdit | undefined {
  if (!selecting.has(object.kind)) return undefined;
  const field = fieldOf(object, ['spec', 'selector']);
  const spec = holdingMap(field);
  return spec === undefined || field.file !== object.document.file
    ? undefined
    : removeEntry(field.file.text, spec, 'selector');
}

/** A label of DNS has no underscore. */
function withBadHost(object: ManifestObject): TextEdit | undefined {
  if (object.kind !== 'Ingress') return undefined;
  const field = fieldOf(object, ['spec', 'rules', 0, 'host']);
  const host = plainScalar(field);
  return host === undefined || field.file !== object.document.file
    ? undefined
    : replaceScalar(field.file.text, host, `my_${String(host.value)}`);
}

/** One document with the object above it, as people lose the line that parts them. */
function withoutSeparator({ document: { file, range } }: ManifestObject): TextEdit | undefined {
  const { text } = file;
  const at = text.lastIndexOf('\n---\n', range[0]);
  if (at < 0 || !/^\s*\w/.test(text)) return undefined;
  const between = text.slice(at + 4, range[0]);
  return /[^\s#]/.test(between.replace(/#.*$/gm, ''))
    ? undefined
    : { range: [at + 1, at + 5], text: '' };
}

/** What tells findings apart whose offsets differ. */
export function said({ rule, message }: Diagnostic): string {
  return `${rule} ${message}`;
}

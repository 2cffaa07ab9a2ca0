/**
 * What makes the API server refuse an object without changing how it is wired: a second fault,
 * behind which the first must not hide.
 */
import { type Diagnostic, type TextEdit } from '../../src/lint/diagnostic.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import { entryOf } from '../../src/manifest/node.ts';
import { getOwn } from '../../src/own.ts';
import { insertAfter, replaceScalar } from './edits.ts';
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

export const refusalForms = ['removed apiVersion', 'unknown field', 'wrong type'] as const;
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

function editFor(form: RefusalForm, object: ManifestObject): TextEdit | undefined {
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
  const [key, value] = form === 'unknown field' ? ['owner', 'shop'] : ['generation', 'first'];
  return entryOf(metadata, key) === undefined
    ? insertAfter(field.file.text, metadata, name, key, value)
    : undefined;
}

/** What tells findings apart whose offsets differ. */
export function said({ rule, message }: Diagnostic): string {
  return `${rule} ${message}`;
}

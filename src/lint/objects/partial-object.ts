/**
 * What looks like a patch: refused for nothing but what is missing in it, and another object would
 * bring that.
 */
import type { Refusal } from '../../cluster/apiserver/refusal.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asJsonObject, fieldAt, isWritten, type Json } from '../../kubernetes/json.ts';
import { labelSelectorKinds } from '../../kubernetes/kinds.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';
import type { Unit } from '../../units/unit.ts';

/**
 * Whether an object is laid over another one rather than applied; `refusals` are all that is known
 * of it.
 */
export function looksLikePatch(
  object: ClusterObject,
  refusals: readonly Refusal[],
  { fragments, deployed, objects }: Pick<Unit, 'fragments' | 'deployed' | 'objects'>,
): boolean {
  const partial =
    fragments.has(object.source.document.file) ||
    isAppliedBesideOthers(object) ||
    (!deployed && lacksItsBody(object) && !endpointsOf(objects).has(nameOf(object.source)));
  return partial && refusals.every((refusal) => isOmission(refusal, object.source.value));
}

/** Whose annotations ask Argo CD or Flux to leave fields of others as they are. */
function isAppliedBesideOthers({ source: { value } }: ClusterObject): boolean {
  const annotations = asJsonObject(fieldAt(value, 'metadata', 'annotations')) ?? {};
  const options = getOwn(annotations, 'argocd.argoproj.io/sync-options');
  return (
    (typeof options === 'string' && options.includes('ServerSideApply=true')) ||
    getOwn(annotations, 'kustomize.toolkit.fluxcd.io/ssa') === 'Merge'
  );
}

/** The Services that somebody wrote endpoints for, which are no patches. */
const endpointsOf = remembered(
  (objects: Unit['objects']): ReadonlySet<string> =>
    new Set(objects.filter(({ kind }) => kind === 'Endpoints').map(nameOf)),
);

function nameOf({ namespace = '', name }: Pick<ManifestObject, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Of kinds that are nothing without it. */
const bodyFields: Readonly<Record<string, string>> = {
  RoleBinding: 'roleRef',
  ClusterRoleBinding: 'roleRef',
  StorageClass: 'provisioner',
};

/** What says which object it is, and nothing of what it consists of. */
const outerFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/**
 * Nobody forgets what an object consists of. What has nothing but metadata, a Service with neither
 * ports nor selector, a binding without a role, a workload without containers, or with labels
 * neither in its selector nor in its template: all of that is meant for `kubectl patch`, for
 * server-side apply beside another manager, or for a test.
 */
function lacksItsBody({ kind, refusals, source: { value } }: ClusterObject): boolean {
  if (Object.keys(value).every((field) => outerFields.has(field)))
    return refusals.some(({ path: [field] }) => field !== 'metadata');
  const body = getOwn(bodyFields, kind);
  if (body !== undefined) return !isWritten(value, [body]);
  if (kind === 'Service')
    return !['ports', 'selector', 'type'].some((field) => isWritten(value, ['spec', field]));
  if (!templated.has(kind)) return false;
  return (
    !isWritten(value, ['spec', 'template', 'spec', 'containers']) ||
    !(
      isWritten(value, ['spec', 'selector']) ||
      isWritten(value, ['spec', 'template', 'metadata', 'labels'])
    )
  );
}

const templated: ReadonlySet<string> = new Set(labelSelectorKinds);

/** Something is not there that another part of the object stands for. */
function isOmission({ type, code, path }: Refusal, written: Json): boolean {
  return (
    type === 'Required value' ||
    type === 'Not found' ||
    code === 'selector-mismatch' ||
    code === 'absent-word' ||
    !isWritten(written, path)
  );
}

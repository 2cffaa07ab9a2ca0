/**
 * What looks like a patch: refused for nothing but what is missing in it, and another object would
 * bring that.
 */
import type { Refusal } from '../cluster/apiserver/refusal.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { labelSelectorKinds } from '../kubernetes/kinds.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import type { Path } from '../manifest/node.ts';
import { remembered } from '../multimap.ts';
import { getOwn } from '../own.ts';
import type { Unit } from '../units/unit.ts';

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
    (!deployed && lacksItsBody(object) && !endpointsOf(objects).has(nameOf(object.source)));
  return partial && refusals.every(isOmission);
}

/** The Services that somebody wrote endpoints for, which are no patches. */
const endpointsOf = remembered(
  (objects: Unit['objects']): ReadonlySet<string> =>
    new Set(objects.filter(({ kind }) => kind === 'Endpoints').map(nameOf)),
);

function nameOf({ namespace = '', name }: Pick<ManifestObject, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Of kinds that are nothing without any of these. */
const bodyFields: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PersistentVolume: ['spec'],
  PersistentVolumeClaim: ['spec'],
  APIService: ['spec'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
};

/**
 * Nobody forgets what an object consists of: a workload without a template, or whose template has
 * no labels and which has no selector either, a Service with neither ports nor selector, a Pod
 * without spec, a binding without a role are meant for `kubectl patch`, for server-side apply
 * beside another manager, or for a test.
 */
function lacksItsBody({ kind, source: { value } }: ClusterObject): boolean {
  const bodies = getOwn(bodyFields, kind);
  if (bodies !== undefined) return !bodies.some((field) => isWritten(value, [field]));
  if (kind === 'Service')
    return !['ports', 'selector', 'type'].some((field) => isWritten(value, ['spec', field]));
  if (!templated.has(kind)) return false;
  return (
    !isWritten(value, ['spec', 'template']) ||
    !(
      isWritten(value, ['spec', 'selector']) ||
      isWritten(value, ['spec', 'template', 'metadata', 'labels'])
    )
  );
}

const templated: ReadonlySet<string> = new Set(labelSelectorKinds);

/** Something is not there that another part of the object stands for. */
function isOmission({ type, code, message }: Refusal): boolean {
  const isAbsent = type === 'Unsupported value' && message.includes('value: "":');
  return (
    isAbsent || type === 'Required value' || code === 'selector-mismatch' || type === 'Not found'
  );
}

/** Whether something stands at a path of an object as it is written. */
export function isWritten(value: unknown, path: Path): boolean {
  return (
    path.reduce<unknown>(
      (parent, step) => getOwn(parent as Record<string | number, unknown> | null | undefined, step),
      value,
    ) !== undefined
  );
}

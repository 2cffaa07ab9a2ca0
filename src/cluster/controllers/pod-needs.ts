/**
 * What pods need and do not have: objects whose names are a typo away from the ones that are there,
 * objects that the API server refuses, and keys that a ConfigMap or Secret lacks. What is merely
 * not among the manifests may be made by hand, and counts as there.
 */
import { fieldAt, isJsonObject, type Path } from '../../kubernetes/json.ts';
import { type Reference, referencesOf } from '../../kubernetes/references.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { nearestIn } from '../../text/name-index.ts';
import { dataKeys, isDataKey } from '../data-keys.ts';
import { isGivenToPods } from '../given.ts';
import { makerOf } from '../made-objects.ts';
import { namesOfKind } from '../names-of-kind.ts';
import type { ClusterObject, ObjectIndex } from '../objects.ts';
import { inPodSpec, type PodSet } from '../pods.ts';

/** Without these the API server refuses the pods. */
const refusing = new Set(['ServiceAccount', 'PriorityClass', 'RuntimeClass']);
/** Without these they wait. */
const waiting = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim']);
const kinds = new Set([...refusing, ...waiting]);

/**
 * Whether somebody said that an object exists elsewhere; `namespace` is undefined for kinds that
 * have none.
 */
export type Assumed = (kind: string, namespace: string | undefined, name: string) => boolean;

export class PodNeeds {
  readonly #objects: ObjectIndex;
  readonly #isAssumed: Assumed;

  constructor(objects: ObjectIndex, isAssumed: Assumed = () => false) {
    this.#objects = objects;
    this.#isAssumed = isAssumed;
  }

  /** The set as it is without what it needs: no pods, or pods that never start. */
  served(set: PodSet): PodSet {
    if (set.count === 0 || set.assumed || set.sketched === true) return set;
    const base = inPodSpec(set);
    for (const reference of referencesOf(set.workload, kinds)) {
      if (!base.every((step, depth) => reference.path[depth] === step)) continue;
      const problem = this.#problem(reference, set);
      if (problem === undefined) continue;
      const { message, path } = problem;
      if (refusing.has(reference.kind))
        return {
          ...set,
          count: 0,
          countKnown: true,
          countReason: `its pods cannot be created: ${message}`,
          countCause: { code: 'dependency', path },
        };
      const reason = { code: 'dependency' as const, path: path.slice(base.length), message };
      return { ...set, notReady: [...set.notReady, reason] };
    }
    return set;
  }

  #problem(
    reference: Reference,
    { namespace: ownNamespace, workload }: PodSet,
  ): { readonly message: string; readonly path: Path } | undefined {
    const { group, kind, name, optional, path } = reference;
    if (optional || path.includes('imagePullSecrets') || isPlaceholder(name)) return undefined;
    const namespace = kind.endsWith('Class') ? undefined : (reference.namespace ?? ownNamespace);
    const found = this.#objects.findOfKind(group, kind, namespace, name);
    if (found !== undefined) return missingKey(found, reference);
    if (isGivenToPods(kind, name) || this.#isAssumed(kind, namespace, name)) return undefined;
    if (makerOf(this.#objects, kind, namespace, name) !== undefined) return undefined;
    const refused = this.#objects.refusedNamed(kind, name);
    if (refused.some((object) => object.namespace === namespace))
      return { message: `the API server refuses ${kind} "${name}"`, path };
    const missing = `there is no ${kind} "${name}"`;
    const near = namesOfKind(this.#objects, group, kind, namespace).slip(name, workload);
    if (near !== undefined) return { message: `${missing}; there is "${near.name}"`, path };
    const [elsewhere] = this.#objects.named(group, kind, name);
    return namespace === undefined || elsewhere === undefined || mayBeHere(elsewhere, workload)
      ? undefined
      : {
          message: `${missing} in namespace ${namespace}; it is in ${elsewhere.namespace ?? ''}`,
          path,
        };
  }
}

/** A key that is a slip away from one that is there; of an empty object others fill in the keys. */
function missingKey(
  found: ClusterObject,
  { kind, name, key }: Reference,
): { readonly message: string; readonly path: Path } | undefined {
  if (key === undefined || !isDataKey(key.value)) return undefined;
  const keys = dataKeys(found);
  if (keys.open || keys.has(key.value)) return undefined;
  const near = nearestIn(key.value, keys.names);
  return near === undefined
    ? undefined
    : {
        message:
          `${kind} "${name}" has no key "${key.value}"; it has "${near}" ` +
          '(CreateContainerConfigError)',
        path: key.path,
      };
}

/** Programs that copy objects into other namespaces are told so by annotations. */
const copies = /reflector|replicator|kubed|replicate|sync/;

/** Whether an object of another namespace may turn up beside a workload all the same. */
function mayBeHere(object: ClusterObject, workload: ClusterObject): boolean {
  if (object.namespaceAssumed || workload.namespaceAssumed) return true;
  const annotations = fieldAt(object.source.value, 'metadata', 'annotations');
  return isJsonObject(annotations) && Object.keys(annotations).some((key) => copies.test(key));
}

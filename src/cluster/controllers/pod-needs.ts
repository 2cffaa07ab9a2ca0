/**
 * What pods need and do not have: objects whose names are a typo away from the ones that are
 * there, and keys that a ConfigMap or Secret lacks. What is merely not among the manifests may be made
 * by hand, and counts as there.
 */
import { asJsonObject, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { madeBy } from '../../kubernetes/makers.ts';
import { type Reference, referencesOf } from '../../kubernetes/references.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily } from '../../multimap.ts';
import { NameIndex, nearestIn } from '../../text/name-index.ts';
import { isSlip } from '../../text/slip.ts';
import { isGivenToPods } from '../given.ts';
import { type ClusterObject, type ObjectIndex } from '../objects.ts';
import type { PodSet } from '../pods.ts';

/** Without these the API server refuses the pods. */
const refusing = new Set(['ServiceAccount', 'PriorityClass', 'RuntimeClass']);
/** Without these they wait. */
const waiting = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim']);
const kinds = new Set([...refusing, ...waiting]);

/** Whether somebody said that an object exists elsewhere; `namespace` is undefined for kinds that have none. */
export type Assumed = (kind: string, namespace: string | undefined, name: string) => boolean;

export class PodNeeds {
  readonly #objects: ObjectIndex;
  readonly #isAssumed: Assumed;
  readonly #names = new Map<
    string,
    { readonly list: readonly ClusterObject[]; readonly index: NameIndex }
  >();
  readonly #made = lazily(
    () =>
      new Set(
        this.#objects.all.flatMap((object) =>
          madeBy(object).map(
            ({ kind, name, everywhere }) =>
              `${kind}/${everywhere ? '*' : (object.namespace ?? '')}/${name}`,
          ),
        ),
      ),
  );

  constructor(objects: ObjectIndex, isAssumed: Assumed = () => false) {
    this.#objects = objects;
    this.#isAssumed = isAssumed;
  }

  /** The set as it is without what it needs: no pods, or pods that never start. */
  served(set: PodSet): PodSet {
    if (set.count === 0 || set.assumed || set.sketched === true) return set;
    const base = [...set.templatePath, 'spec'];
    for (const reference of referencesOf(set.workload, kinds)) {
      const problem = this.#problem(reference, set.namespace);
      const isOfPods = base.every((step, depth) => reference.path[depth] === step);
      if (problem === undefined || !isOfPods) continue;
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
    ownNamespace: string,
  ): { readonly message: string; readonly path: Path } | undefined {
    const { group, kind, name, optional, path } = reference;
    if (optional || path.includes('imagePullSecrets') || isPlaceholder(name)) return undefined;
    const namespace = kind.endsWith('Class') ? undefined : (reference.namespace ?? ownNamespace);
    const found = this.#objects.findOfKind(group, kind, namespace, name);
    if (found !== undefined) return missingKey(found, reference);
    if (isGivenToPods(kind, name) || this.#isAssumed(kind, namespace, name)) return undefined;
    const made = this.#made();
    if (made.has(`${kind}/${namespace ?? ''}/${name}`) || made.has(`${kind}/*/${name}`))
      return undefined;
    const near = this.#near(group, kind, namespace, name);
    return near === undefined
      ? undefined
      : { message: `there is no ${kind} "${name}"; there is "${near.name}"`, path };
  }

  #near(
    group: string,
    kind: string,
    namespace: string | undefined,
    name: string,
  ): ClusterObject | undefined {
    const key = `${group}/${kind}/${namespace ?? ''}`;
    let names = this.#names.get(key);
    if (names === undefined) {
      const list = this.#objects.inNamespace(group, kind, namespace);
      names = { list, index: new NameIndex(list.map((object) => object.name)) };
      this.#names.set(key, names);
    }
    const place = names.index.nearest(name) ?? names.index.slip(name);
    const found = place === undefined ? undefined : names.list[place];
    return found !== undefined && isSlip(name, found.name) ? found : undefined;
  }
}

/** Keys in capitals are no placeholders, as names in capitals are (apimachinery `IsConfigMapKey`). */
export function isKey(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}

/** A key that is a slip away from one that is there; of an empty object others fill in the keys. */
function missingKey(
  found: ClusterObject,
  { kind, name, key }: Reference,
): { readonly message: string; readonly path: Path } | undefined {
  if (key === undefined || !isKey(key.value)) return undefined;
  const keys = keysOf(found);
  if (keys.list.length === 0 || keys.set.has(key.value) || keys.open) return undefined;
  const near = nearestIn(key.value, keys.list);
  return near === undefined
    ? undefined
    : {
        message: `${kind} "${name}" has no key "${key.value}"; it has "${near}" (CreateContainerConfigError)`,
        path: key.path,
      };
}

interface Keys {
  readonly list: readonly string[];
  readonly set: ReadonlySet<string>;
  /** Something in them is yet to be filled in. */
  readonly open: boolean;
}

const knownKeys = new WeakMap<ClusterObject, Keys>();

function keysOf(object: ClusterObject): Keys {
  let keys = knownKeys.get(object);
  if (keys === undefined) {
    const list = ['data', 'stringData', 'binaryData'].flatMap((field) =>
      Object.keys(asJsonObject(fieldAt(object.value as Json, field)) ?? {}),
    );
    keys = { list, set: new Set(list), open: !list.every(isKey) };
    knownKeys.set(object, keys);
  }
  return keys;
}

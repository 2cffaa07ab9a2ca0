/**
 * What may come of a custom resource of a kind that is not in the table. Doubt goes as far as the
 * evidence does:
 *
 * - Operators name what they make after the resource, its kind or themselves, and label it
 *   likewise. So only such names and selectors are in doubt, if something is known of the kind's
 *   neighbourhood (others of its group are in the table, its definition is in the unit) or if it is
 *   called as settings are and holds nothing that runs. Else it may be anything.
 * - A resource makes things in its own namespace; one that has none makes them anywhere.
 */
import { groupOf } from '../../kubernetes/group-version.ts';
import { asJsonObject, type Json } from '../../kubernetes/json.ts';
import { workloadLabels } from '../../kubernetes/labels.ts';
import type { Definition } from '../../manifest/definition.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import { type ClusterObject } from '../objects.ts';
import { domainOf } from './operator.ts';
import { labelsWithin } from './read.ts';

export interface Doubt {
  readonly object: ClusterObject;
  /** Undefined where it may make things in any. */
  readonly namespace: string | undefined;
  /** Whether pods of it may have all of these pairs. */
  mayBeSelected(selector: readonly (readonly [key: string, label: string])[]): boolean;
  mayMake(name: string): boolean;
}

/** @param listed whether the table has other kinds of its group */
export function doubtOf(
  object: ClusterObject,
  namespace: string,
  definition: Definition | undefined,
  listed: boolean,
  kinds: KindsInDoubt,
): Doubt {
  const value = (object.value ?? null) as Json;
  const { name } = object;
  const isOfKind = kinds.of(object);
  // A name that is filled in later, or generated, may be in any other.
  const isUnknown = name === '' || isPlaceholder(name);
  const isOwn = (text: string): boolean =>
    isUnknown || isOfKind(text) || text.includes(name) || (text.length > 3 && name.includes(text));
  const open = !listed && definition === undefined && !isSetting(object.kind, value);
  const given = labelsWithin(value);
  const isEvidence = (key: string, label: string): boolean => {
    if (isOwn(label) || isOwn(key)) return true;
    const written = getOwn(given, key);
    return written === null || written === label;
  };
  return {
    object,
    namespace: isAnywhere(object, definition, listed) ? undefined : namespace,
    mayBeSelected: (selector) => {
      let some = open;
      for (const [key, label] of selector) {
        if (open || isEvidence(key, label)) some = true;
        else if (!neutral.has(key)) return false;
      }
      return some;
    },
    mayMake: (name) => open || isOwn(name),
  };
}

/** Labels that operators set beside those that say which resource a pod is of. */
const neutral: ReadonlySet<string> = new Set([
  ...workloadLabels,
  'app.kubernetes.io/component',
  'app.kubernetes.io/created-by',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
  'component',
  'role',
  'type',
]);

/** Whether it has no namespace, or whether that cannot be told. */
function isAnywhere(
  { kind, namespaceAssumed, namespace }: ClusterObject,
  definition: Definition | undefined,
  listed: boolean,
): boolean {
  if (definition !== undefined) return !definition.namespaced;
  const written = namespace !== undefined && !namespaceAssumed;
  return !written && (!listed || /^Cluster./.test(kind));
}

/** Words that say nothing: parts of domains, and of the names of kinds. */
const common = new Set(['apps', 'cluster', 'config', 'data', 'example', 'operator', 'service']);

/**
 * Whether a name or a label could come of a resource of the kind: it holds a word of the kind or of
 * its group.
 */
type OfKind = (text: string) => boolean;

/** What resources of a kind have in common is worked out once, and once for each text. */
export class KindsInDoubt {
  readonly #byKind = new Map<string, OfKind>();

  of({ apiVersion, kind }: Pick<ClusterObject, 'apiVersion' | 'kind'>): OfKind {
    const group = groupOf(apiVersion);
    const key = `${group}/${kind}`;
    const found = this.#byKind.get(key) ?? ofKind(group, kind);
    this.#byKind.set(key, found);
    return found;
  }
}

function ofKind(group: string, kind: string): OfKind {
  const words = [
    kind.toLowerCase(),
    ...kind.split(/(?=[A-Z][a-z])/),
    ...group.split('.').slice(0, -1),
  ]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 3 && !common.has(word));
  const domain = group.split('.').slice(-2).join('.');
  const whole = kind.toLowerCase();
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const lower = text.toLowerCase();
    const own = domainOf(lower);
    const result =
      isPlaceholder(text) ||
      own === domain ||
      own.endsWith(`.${domain}`) ||
      words.some((word) => lower.includes(word)) ||
      // A short name of a kind says something where it stands alone: `awx-web`.
      lower.split(/[^a-z0-9]+/).includes(whole);
    known.set(text, result);
    return result;
  };
}

/** What kinds are called of which settings, rights and records are made. */
const settings =
  /(?:Account|Backup|Binding|Certificate|Class|Config|Configuration|Credentials?|Dashboard|Grant|Issuer|Key|Monitor|Permission|Policy|Probe|Profile|Provider|Quota|Restore|Role|Route|Rules?|Schedule|Secret|Settings|Snapshot|Template|Token|User)$/;

function isSetting(kind: string, value: Json): boolean {
  return settings.test(kind) && !looksLikeWorkload(value, 0);
}

/** Fields that only a resource has of which something runs. */
const ofWorkloads =
  /^(?:containers?|image|images|imageName|instances|nodeSelector|pod|podTemplate|replicas|resources|size|storage|storageSize|template|tolerations|version)$/;

/** Deeper than this a specification holds settings, not what runs. */
const deepest = 6;

function looksLikeWorkload(value: Json, depth: number): boolean {
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.some((item) => looksLikeWorkload(item, depth + 1));
  const fields = asJsonObject(value);
  return (
    fields !== undefined &&
    Object.entries(fields).some(
      ([field, child]) =>
        (depth > 0 && ofWorkloads.test(field)) ||
        (field !== 'metadata' && looksLikeWorkload(child, depth + 1)),
    )
  );
}

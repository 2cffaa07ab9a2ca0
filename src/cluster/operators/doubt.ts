/**
 * What may come of a custom resource of a kind that is not in the table. Doubt goes as far as the
 * evidence does:
 *
 * - Operators name what they make after the resource, its kind or themselves, and label it likewise.
 *   So only such names and selectors are in doubt, if something is known of the kind's neighbourhood
 *   (others of its group are in the table, its definition is in the unit) or if it is called as
 *   settings are and holds nothing that runs. Else it may be anything.
 * - A resource makes things in its own namespace; one that has none makes them anywhere.
 */
import { workloadLabels } from '../../kubernetes/labels.ts';
import type { Definition } from '../../manifest/definition.ts';
import { asJsonObject, type Json } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import { type ClusterObject, groupOf } from '../objects.ts';
import { domainOf } from './made.ts';
import { labelsWithin } from './read.ts';

export interface Doubt {
  readonly object: ClusterObject;
  /** Undefined where it may make things in any. */
  readonly namespace: string | undefined;
  mayBeSelected(selector: Readonly<Record<string, string>>): boolean;
  mayMake(name: string): boolean;
}

/** @param listed whether the table has other kinds of its group */
export function doubtOf(
  object: ClusterObject,
  namespace: string,
  definition: Definition | undefined,
  listed: boolean,
): Doubt {
  const value = (object.value ?? null) as Json;
  const isOwn = ownOf(object);
  const open = !listed && definition === undefined && !isSetting(object.kind, value);
  const given = labelsWithin(value);
  const isEvidence = ([key, label]: readonly [string, string]): boolean => {
    const written = getOwn(given, key);
    return isOwn(label) || isOwn(key) || written === null || written === label;
  };
  return {
    object,
    namespace: isAnywhere(object, definition, listed) ? undefined : namespace,
    mayBeSelected: (selector) => {
      const pairs = Object.entries(selector);
      return (
        open ||
        (pairs.some(isEvidence) && pairs.every((pair) => isEvidence(pair) || neutral.has(pair[0])))
      );
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

/** Whether a name or a label could come of the resource: it holds its name, or a word of its kind or group. */
function ownOf({ name, kind, apiVersion }: ClusterObject): (text: string) => boolean {
  const group = groupOf(apiVersion);
  const words = [
    kind.toLowerCase(),
    ...kind.split(/(?=[A-Z][a-z])/),
    ...group.split('.').slice(0, -1),
  ]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 3 && !common.has(word));
  const domain = group.split('.').slice(-2).join('.');
  const isUnknown: boolean = name === '' || isPlaceholder(name);
  return (text: string) => {
    const isFilledIn: boolean = isPlaceholder(text);
    if (isUnknown || isFilledIn) return true;
    const lower = text.toLowerCase();
    const own = domainOf(lower);
    return (
      text.includes(name) ||
      (text.length > 3 && name.includes(text)) ||
      own === domain ||
      own.endsWith(`.${domain}`) ||
      words.some((word) => lower.includes(word))
    );
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

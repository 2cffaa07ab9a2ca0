/** Keys and files that are taken from a ConfigMap or a Secret that does not have them. */
import { type DataKeys, dataKeys, isDataKey } from '../../cluster/data-keys.ts';
import { makerOf } from '../../cluster/made-objects.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { keysMadeBy } from '../../kubernetes/makers.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { AnyFinding, RuleContext } from '../rule.ts';
import { keysRead, keysTaken } from './keys-read.ts';
import { type Naming, wantedBy } from './namings.ts';
import { openedFiles } from './opened-files.ts';

/** Spread them into the messages of a rule that reports `missingKeys`. */
export const keyMessages = {
  key: ({ object, key, known }: Record<'object' | 'key' | 'known', string>) =>
    `${object} has no key "${key}"; it has ${known}`,
};

type KeyFinding = AnyFinding<typeof keyMessages>;

/**
 * The keys that a variable, the items of a volume, or a mount of a single file takes, and the files
 * below a mount that a container is told of.
 */
export function missingKeys(
  found: ClusterObject,
  naming: Naming,
  { unseen }: Pick<RuleContext<typeof keyMessages>, 'unseen'>,
): KeyFinding[] {
  if (naming.reference.optional) return [];
  const keys = dataKeys(found);
  if (keysTaken(naming).length + openedFiles(naming).length === 0) return [];
  // A generator may add some.
  const isMade = unseen.makerOf(found.kind, found.namespace, found.name) !== undefined;
  if (keys.open || isMade) return [];
  return findingsOf({ ...keys, words: describeObject(found), object: found }, naming);
}

/**
 * The same for a Secret or ConfigMap that is only made of another object, or generated, as far as
 * its keys are known.
 */
export function keysNotMade(
  naming: Naming,
  { cluster, unit }: Pick<RuleContext<typeof keyMessages>, 'cluster' | 'unit'>,
): KeyFinding[] {
  const { kind, namespace, name } = wantedBy(naming, cluster);
  const maker = makerOf(cluster.objects, kind, namespace, name);
  const generated = unit.generated?.get(`${kind}/${name}`);
  const names = maker === undefined ? generated?.keys : keysMadeBy(maker);
  if (names === undefined || names.length === 0 || naming.reference.optional) return [];
  if (!names.every(isDataKey)) return [];
  const keys = { names, has: (key: string) => names.includes(key) };
  const words =
    maker === undefined
      ? `the ${kind} that the kustomization generates`
      : `the ${kind} that ${describeObject(maker)} makes`;
  return findingsOf({ ...keys, words, object: maker }, naming);
}

/** What should have the keys: in words, and the object that says which it has. */
interface Holder extends Pick<DataKeys, 'names' | 'has'> {
  readonly words: string;
  readonly object: ClusterObject | undefined;
}

function findingsOf({ names, has, words, object }: Holder, naming: Naming): KeyFinding[] {
  return takenBy(naming).flatMap(({ path, value, why, ...place }): KeyFinding[] => {
    if (!isDataKey(value) || has(value)) return [];
    const near = nearestIn(value, names);
    const known = names.slice(0, 5).map((name) => `"${name}"`);
    return [
      {
        object: naming.object,
        at: path,
        ...place,
        id: 'key',
        data: { object: words, key: value, known: known.join(', ') },
        severity: near === undefined ? 'warning' : 'error',
        why,
        help:
          near === undefined
            ? `add the key to ${words}, or take one that it has`
            : `change it to ${near}`,
        related:
          object === undefined
            ? []
            : [{ object, at: ['metadata', 'name'], message: 'its keys are other ones' }],
        ...(near !== undefined && {
          fixes: [{ title: `change it to ${near}`, safety: 'unsafe', replace: near }],
        }),
      },
    ];
  });
}

/** What of an object is taken by its key or as a file, with what becomes of a pod without it. */
function takenBy(naming: Naming) {
  const areRead = keysRead(naming) !== undefined;
  const why = areRead
    ? 'a container does not start while a key is not there that a variable or a volume of ' +
      'it takes'
    : 'where a volume has no such file the kubelet mounts an empty directory in its place';
  const whyNoFile = 'a volume has a file for each key and no other: the program finds none here';
  return [
    ...keysTaken(naming).map((key) => ({ ...key, why })),
    ...(areRead ? [] : openedFiles(naming)).map((file) => ({ ...file, why: whyNoFile })),
  ];
}

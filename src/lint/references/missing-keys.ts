/** Keys that are taken from a ConfigMap or a Secret that does not have them. */
import { dataKeys, isKey } from '../../cluster/data-keys.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { RuleContext } from '../rule.ts';
import { keysMounted, keysRead } from './keys-read.ts';
import type { Naming } from './named-objects.ts';

/** Spread them into the messages of a rule that calls `reportMissingKeys`. */
export const keyMessages = {
  key: ({ object, key, known }: Record<'object' | 'key' | 'known', string>) =>
    `${object} has no key "${key}"; it has ${known}`,
};

/** The keys that a variable, the items of a volume, or a mount of a single file takes. */
export function reportMissingKeys(
  found: ClusterObject,
  naming: Naming,
  { unseen, report }: Pick<RuleContext<typeof keyMessages>, 'unseen' | 'report'>,
): void {
  const keys = dataKeys(found);
  // A generator may add some.
  const isMade = unseen.makerOf(found.kind, found.namespace, found.name) !== undefined;
  if (naming.reference.optional || keys.open || isMade) return;
  const read = keysRead(naming);
  const why =
    read === undefined
      ? 'where a volume has no such file the kubelet mounts an empty directory in its place'
      : 'a container does not start while a key is not there that a variable or a volume of ' +
        'it takes';
  for (const { path, value } of read ?? keysMounted(naming)) {
    if (!isKey(value) || keys.has(value)) continue;
    const near = nearestIn(value, keys.names);
    const known = keys.names.slice(0, 5).map((name) => `"${name}"`);
    report({
      object: naming.object,
      at: path,
      id: 'key',
      data: { object: describeObject(found), key: value, known: known.join(', ') },
      severity: near === undefined ? 'warning' : 'error',
      why,
      help:
        near === undefined
          ? `add the key to ${describeObject(found)}, or take one that it has`
          : `change it to ${near}`,
      related: [{ object: found, at: ['metadata', 'name'], message: 'its keys are other ones' }],
      ...(near !== undefined && {
        fixes: [{ title: `change it to ${near}`, safety: 'unsafe', replace: near }],
      }),
    });
  }
}

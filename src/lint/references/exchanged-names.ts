/**
 * A name and a key that stand in the place of each other, and a Secret in that of a ConfigMap.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { dataKeys } from '../../cluster/data-keys.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import type { AnyFinding } from '../rule.ts';
import { keysRead } from './keys-read.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import type { Wanted } from './nearest-object.ts';
import { isNowhere, lookUp, type LookupContext } from './reference.ts';

/** Spread them into the messages of a rule that reports an `exchangedName`. */
export const exchangedMessages = {
  exchanged: ({ kind, name, key }: Record<'kind' | 'name' | 'key', string>) =>
    `there is no ${kind} "${name}", but ${kind} "${key}" has the key "${name}": the two are ` +
    'exchanged',
  kind: ({ kind, name, other }: Record<'kind' | 'name' | 'other', string>) =>
    `there is no ${kind} "${name}"; there is ${other} "${name}"`,
};

/** What names a Secret in the place of what names a ConfigMap. */
const fields = new Map([
  ['configMapKeyRef', 'secretKeyRef'],
  ['configMap', 'secret'],
]);
const otherFields = new Map([...fields].map(([one, other]) => [other, one]));

/** `name: password, key: db` of the Secret `db` with the key `password`. */
export function exchangedName(
  naming: Naming,
  cluster: Cluster,
  why: string,
): AnyFinding<typeof exchangedMessages> | undefined {
  const { object, reference } = naming;
  const { kind, namespace, name } = wantedBy(naming, cluster);
  const [key, ...others] = keysRead(naming) ?? [];
  if (key === undefined || others.length > 0) return undefined;
  if (cluster.objects.findOfKind('', kind, namespace, name) !== undefined) return undefined;
  const meant = cluster.objects.findOfKind('', kind, namespace, key.value);
  if (meant === undefined || !dataKeys(meant).has(name)) return undefined;
  return {
    object,
    at: reference.path,
    id: 'exchanged',
    data: { kind, name, key: key.value },
    why,
    help: `write name: ${key.value} and key: ${name}`,
    related: [{ object: meant, at: ['metadata', 'name'], message: `this ${kind}` }],
  };
}

/** `configMapKeyRef` of what is a Secret, which has all keys that anybody takes of it. */
export function exchangedKind(
  naming: Naming,
  context: LookupContext,
  why: string,
): AnyFinding<typeof exchangedMessages> | undefined {
  const { object, reference } = naming;
  const wanted = wantedBy(naming, context.cluster);
  const { kind, namespace, name } = wanted;
  const other = kind === 'Secret' ? 'ConfigMap' : 'Secret';
  const field = String(reference.path.at(-2));
  const instead = (kind === 'Secret' ? otherFields : fields).get(field);
  if (instead === undefined || reference.optional) return undefined;
  const meant = context.cluster.objects.findOfKind('', other, namespace, name);
  if (meant === undefined || !isNowhere(lookUp(context, object, wanted))) return undefined;
  // What anybody takes of it whole, or by another key, may well be made by hand.
  const keys = keysWanted(context.cluster).get(keyOf(wanted));
  const has = dataKeys(meant);
  if (keys === undefined || ![...keys].every((key) => has.has(key))) return undefined;
  return {
    object,
    at: reference.path,
    id: 'kind',
    data: { kind, name, other },
    why,
    help: `write ${instead} instead of ${field}`,
    related: [{ object: meant, at: ['metadata', 'name'], message: `this ${other}` }],
  };
}

/** The keys that all who name a Secret or ConfigMap take of it; none of what is taken whole. */
const keysWanted = remembered((cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const naming of ['Secret', 'ConfigMap'].flatMap((kind) => namingsOf(cluster, '', kind))) {
    const key = keyOf(wantedBy(naming, cluster));
    const keys = keysRead(naming);
    if (keys === undefined) whole.add(key);
    for (const { value } of keys ?? []) entryOf(found, key, () => new Set()).add(value);
  }
  for (const key of whole) found.delete(key);
  return found;
});

function keyOf({ kind, namespace = '', name }: Wanted): string {
  return `${kind}/${namespace}/${name}`;
}

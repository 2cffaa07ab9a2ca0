/** A name and a key that stand in the place of each other. */
import type { Cluster } from '../../cluster/cluster.ts';
import { dataKeys } from '../../cluster/data-keys.ts';
import type { AnyFinding } from '../rule.ts';
import { keysRead } from './keys-read.ts';
import { type Naming, wantedBy } from './namings.ts';

/** Spread them into the messages of a rule that reports an `exchangedName`. */
export const exchangedMessages = {
  exchanged: ({ kind, name, key }: Record<'kind' | 'name' | 'key', string>) =>
    `there is no ${kind} "${name}", but ${kind} "${key}" has the key "${name}": the two are ` +
    'exchanged',
};

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

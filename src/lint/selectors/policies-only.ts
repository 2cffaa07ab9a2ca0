/**
 * Namespaces of whose pods neither a policy, a budget nor a Service takes any: the application that
 * they are for is elsewhere.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { formatPairs } from '../../cluster/labels.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { namespaceOf } from '../references/reference.ts';
import { pluginPolicies } from './plugin-policies.ts';

/** As many different selectors as no slip explains. */
const several = 3;

interface Asked {
  readonly selectors: Set<string>;
  taken: boolean;
}

const asked = remembered((cluster: Cluster): ReadonlyMap<string, Asked> => {
  const found = new Map<string, Asked>();
  const of = (namespace: string): Asked =>
    entryOf(found, namespace, () => ({ selectors: new Set(), taken: false }));
  const ask = (namespace: string, pairs: Readonly<Record<string, string>> | undefined): void => {
    if (pairs === undefined || Object.keys(pairs).length === 0) return;
    const one = of(namespace);
    one.selectors.add(formatPairs(pairs));
    one.taken ||= cluster.pods.select(pairs, namespace).length > 0;
  };
  const { objects } = cluster;
  for (const policy of objects.of('NetworkPolicy'))
    ask(namespaceOf(policy, cluster), policy.value.spec?.podSelector?.matchLabels);
  for (const budget of objects.of('PodDisruptionBudget'))
    ask(namespaceOf(budget, cluster), budget.value.spec?.selector?.matchLabels);
  for (const { subject } of pluginPolicies(cluster))
    if (subject !== undefined) ask(subject.namespace, subject.pairs);
  for (const { object, backends } of cluster.services)
    if (backends.length > 0) of(namespaceOf(object, cluster)).taken = true;
  return found;
});

export function holdsPoliciesOnly(namespace: string, cluster: Cluster): boolean {
  const one = asked(cluster).get(namespace);
  return one !== undefined && !one.taken && one.selectors.size >= several;
}

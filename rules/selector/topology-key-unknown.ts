import type { PodSpec } from 'kubernetes-types/core/v1';
import { fieldsAt, patternOf } from '../../src/kubernetes/fields.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

/** Labels of nodes that every cluster has. */
const known = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
];
/** Their names before 1.17, which clouds still give to nodes, and others do not. */
const old: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['failure-domain.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['beta.kubernetes.io/hostname', 'kubernetes.io/hostname'],
]);

const term = 'requiredDuringSchedulingIgnoredDuringExecution[].topologyKey';
const weighted = 'preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.topologyKey';
const places = [
  'topologySpreadConstraints[].topologyKey',
  ...['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
    `affinity.${kind}.${term}`,
    `affinity.${kind}.${weighted}`,
  ]),
].map(patternOf);

export const topologyKeyUnknown = defineRule({
  meta: {
    id: 'topology-key-unknown',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'is spread over what nodes do not have',
    summary: 'A topologyKey is a typo away from a label of nodes, or one that they no longer have',
    why:
      'the scheduler groups nodes by their label of this key: without the label a node is in no ' +
      'group, so that pods are spread over nothing, or stay Pending where they must be',
    fixable: true,
  },
  messages: {
    slip: ({ key, meant }: Record<'key' | 'meant', string>) =>
      `nodes have no label "${key}"; did you mean "${meant}"?`,
    old: ({ key, meant }: Record<'key' | 'meant', string>) =>
      `"${key}" is its name from before Kubernetes 1.17; now it is "${meant}"`,
  },
  check({ cluster, report }) {
    for (const { workload, spec, templatePath } of cluster.pods.all)
      for (const { at, key } of keysOf(spec)) {
        if (known.includes(key) || isPlaceholder(key)) continue;
        const before = old.get(key);
        const meant = before ?? nearestName(key, known);
        if (meant === undefined) continue;
        const title = `change it to ${meant}`;
        report({
          object: workload,
          at: [...templatePath, 'spec', ...at],
          id: before === undefined ? 'slip' : 'old',
          data: { key, meant },
          ...(before !== undefined && { severity: 'info' as const }),
          help: title,
          fixes: [{ title, safety: 'unsafe', replace: meant }],
        });
      }
  },
});

function keysOf(spec: PodSpec): { at: Path; key: string }[] {
  return places.flatMap((pattern) =>
    fieldsAt(spec, pattern).flatMap(({ path, value }) =>
      typeof value === 'string' ? [{ at: path, key: value }] : [],
    ),
  );
}

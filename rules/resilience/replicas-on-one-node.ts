import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1';
import type { PodSet } from '../../src/cluster/pods.ts';
import { selects } from '../../src/cluster/policy-selectors.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { hostnameLabel } from '../../src/kubernetes/labels.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { pinOf, zoneLabels } from '../../src/lint/selectors/placement.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';

export const replicasOnOneNode = defineRule({
  meta: {
    id: 'replicas-on-one-node',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'has all its replicas in one place',
    summary: 'All replicas behind a Service are put on one node, or into one zone',
    why:
      'several pods are there so that one may go, and so that load is spread: on one node ' +
      'they share its processors and its network, and when it is drained or lost the Service ' +
      'has no endpoint left',
    fixable: false,
  },
  messages: {
    pinned: ({ count, field, node }: { count: number; field: string; node: string }) =>
      `${field} puts all ${count} pods on node ${node}`,
    zone: ({ count, field, node }: { count: number; field: string; node: string }) =>
      `${field} puts all ${count} pods into zone ${node}`,
    affinity: ({ count, place, strict }: { count: number; place: string; strict: boolean }) =>
      'the pod affinity selects its own pods, so ' +
      `${strict ? 'all' : 'as many as fit of the'} ${count} pods go to one ${place}`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      if (!set.countKnown || set.count < 2 || set.assumed) continue;
      const [service] = servicesOf(cluster, set);
      if (service === undefined) continue;
      const { workload: object, templatePath, count } = set;
      const at = (path: Path): Path => [...templatePath, 'spec', ...path];
      const related = [standsOn(service)];
      const pin = pinOf(set.spec);
      if (pin !== undefined)
        report({
          object,
          at: at(pin.at),
          id: pin.key === hostnameLabel ? 'pinned' : 'zone',
          data: { count, field: pin.field, node: pin.node },
          // A volume may be in that zone only.
          severity: pin.key === hostnameLabel ? 'warning' : 'info',
          help: 'take it out, or select nodes by what they have in common',
          related,
        });
      for (const { term, path, strict } of affinities(set.spec)) {
        const place =
          term.topologyKey === hostnameLabel
            ? 'node'
            : zoneLabels.includes(term.topologyKey)
              ? 'zone'
              : '';
        if (place === '' || !takesItself(term, set)) continue;
        report({
          object,
          at: at(path),
          part: 'key',
          id: 'affinity',
          data: { count, place, strict },
          // Near each other is what some ask for, to have fast connections between them.
          severity: place === 'node' ? 'warning' : 'info',
          help: 'write podAntiAffinity, or a topologySpreadConstraint, where they are to be spread',
          related,
        });
      }
    }
  },
});

function standsOn({ object }: ServicePicture) {
  const message = 'the Service that stands on them';
  return { object, at: ['spec', 'selector'], part: 'key' as const, message };
}

function affinities({
  affinity,
}: PodSpec): { readonly term: PodAffinityTerm; readonly path: Path; readonly strict: boolean }[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required = [],
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
  } = affinity?.podAffinity ?? {};
  const path = ['affinity', 'podAffinity'];
  return [
    ...required.map((term) => ({ term, path, strict: true })),
    ...preferred.map(({ podAffinityTerm: term }) => ({ term, path, strict: false })),
  ];
}

function takesItself({ labelSelector, namespaces = [] }: PodAffinityTerm, set: PodSet): boolean {
  return (
    labelSelector !== undefined &&
    (namespaces.length === 0 || namespaces.includes(set.namespace)) &&
    selects(labelSelector, set) === 'yes'
  );
}

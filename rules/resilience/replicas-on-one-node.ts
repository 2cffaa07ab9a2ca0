import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1';
import type { PodSet } from '../../src/cluster/pods.ts';
import { selects } from '../../src/cluster/policy-selectors.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { getOwn } from '../../src/own.ts';

const hostname = 'kubernetes.io/hostname';
const zones = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

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
          id: 'pinned',
          data: { count, field: pin.field, node: pin.node },
          help: 'take it out, or select nodes by what they have in common',
          related,
        });
      for (const { term, path, strict } of affinities(set.spec)) {
        const place =
          term.topologyKey === hostname ? 'node' : zones.includes(term.topologyKey) ? 'zone' : '';
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

interface Pin {
  readonly at: Path;
  readonly field: string;
  readonly node: string;
}

function pinOf({ nodeName, nodeSelector, affinity }: PodSpec): Pin | undefined {
  if (nodeName !== undefined && !isPlaceholder(nodeName))
    return { at: ['nodeName'], field: 'nodeName', node: nodeName };
  const selected = getOwn(nodeSelector, hostname);
  if (selected !== undefined && !isPlaceholder(selected))
    return { at: ['nodeSelector', hostname], field: 'nodeSelector', node: selected };
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const names = terms.map(({ matchExpressions = [] }) =>
    matchExpressions.flatMap(({ key, operator, values = [] }) =>
      key === hostname && operator === 'In' ? values : [],
    ),
  );
  const [node, ...others] = new Set(names.flat());
  return node !== undefined &&
    others.length === 0 &&
    names.every((one) => one.length > 0) &&
    !isPlaceholder(node)
    ? { at: ['affinity', 'nodeAffinity'], field: 'nodeAffinity', node }
    : undefined;
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

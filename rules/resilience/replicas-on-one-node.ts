import type { Cluster } from '../../src/cluster/cluster.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { hostnameLabel } from '../../src/kubernetes/labels.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import {
  affinityTerms,
  heldClaims,
  pinOf,
  takesItself,
  wideSkews,
  zoneLabels,
} from '../../src/lint/selectors/placement.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';

const messages = {
  pinned: ({ count, field, node }: { count: number; field: string; node: string }) =>
    `${field} puts all ${count} pods on node ${node}`,
  zone: ({ count, field, node }: { count: number; field: string; node: string }) =>
    `${field} puts all ${count} pods into zone ${node}`,
  skew: ({ count, skew, key }: { count: number; skew: number; key: string }) =>
    `maxSkew ${skew} lets all ${count} pods share one ${key}`,
  claim: ({ count, claim }: { count: number; claim: string }) =>
    `claim "${claim}" can be used on one node at a time (ReadWriteOnce), and so all ${count} ` +
    'pods have to be there',
  onePod: ({ count, claim }: { count: number; claim: string }) =>
    `claim "${claim}" is for one pod at a time (ReadWriteOncePod), and there are ${count}`,
  affinity: ({ count, place, strict }: { count: number; place: string; strict: boolean }) =>
    'the pod affinity selects its own pods, so ' +
    `${strict ? 'all' : 'as many as fit of the'} ${count} pods go to one ${place}`,
};

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
  messages,
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      if (!set.countKnown || set.count < 2 || set.assumed) continue;
      const [service] = servicesOf(cluster, set);
      if (service === undefined) continue;
      const { workload: object, templatePath } = set;
      const all = [...pins(set), ...skews(set), ...claims(set, cluster), ...affinities(set)];
      for (const { path, ...words } of all)
        report({
          object,
          at: [...templatePath, 'spec', ...path],
          ...words,
          related: [standsOn(service)],
        });
    }
  },
});

type Found = Words<typeof messages> & { readonly path: Path; readonly part?: 'key' };

function pins({ spec, count }: PodSet): Found[] {
  const pin = pinOf(spec);
  if (pin === undefined) return [];
  const isNode = pin.key === hostnameLabel;
  return [
    {
      path: pin.at,
      id: isNode ? 'pinned' : 'zone',
      data: { count, field: pin.field, node: pin.node },
      // A volume may be in that zone only.
      severity: isNode ? 'warning' : 'info',
      help: 'take it out, or select nodes by what they have in common',
    },
  ];
}

function skews(set: PodSet): Found[] {
  return wideSkews(set).map(({ at, skew, key }) => ({
    path: at,
    id: 'skew',
    data: { count: set.count, skew, key },
    help: 'write maxSkew: 1',
  }));
}

function claims(set: PodSet, cluster: Cluster): Found[] {
  return heldClaims(set, cluster).map(({ at, claim, mode }) => ({
    path: at,
    id: mode === 'ReadWriteOnce' ? 'claim' : 'onePod',
    data: { count: set.count, claim },
    // On a cluster of one node, and where the driver is not strict, the first works.
    severity: mode === 'ReadWriteOnce' ? 'info' : 'warning',
    help: 'use a StatefulSet with volumeClaimTemplates, or a volume with ReadWriteMany',
  }));
}

function affinities(set: PodSet): Found[] {
  return affinityTerms(set.spec).flatMap(({ term, path, strict }): Found[] => {
    const isNode = term.topologyKey === hostnameLabel;
    if (!isNode && !zoneLabels.includes(term.topologyKey)) return [];
    if (!takesItself(term, set)) return [];
    return [
      {
        path,
        part: 'key',
        id: 'affinity',
        data: { count: set.count, place: isNode ? 'node' : 'zone', strict },
        // Near each other is what some ask for, to have fast connections between them.
        severity: isNode ? 'warning' : 'info',
        help: 'write podAntiAffinity, or a topologySpreadConstraint, where they are to be spread',
      },
    ];
  });
}

function standsOn({ object }: ServicePicture) {
  const message = 'the Service that stands on them';
  return { object, at: ['spec', 'selector'], part: 'key' as const, message };
}

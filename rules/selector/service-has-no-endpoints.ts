import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { withoutEndpoints } from '../../src/lint/endpoints/no-endpoints.ts';
import type { Cause, NoEndpoints } from '../../src/lint/endpoints/written-endpoints.ts';
import { referrersOf } from '../../src/lint/references/referenced.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { addTo } from '../../src/multimap.ts';

const severities = {
  suspended: 'info',
  paused: 'warning',
  gated: 'warning',
  unscheduled: 'warning',
  waiting: 'info',
  'not-ready': 'error',
  'not-mirrored': 'error',
  'no-address': 'info',
  'no-port': 'error',
  family: 'error',
} as const satisfies Record<Cause, string>;

const helps: Record<Cause, string> = {
  suspended: 'let it run, or delete the Service along with what leads to it',
  paused: 'take the pause out of the manifest: a Deployment that is created paused makes no pods',
  gated: 'nothing schedules them before the gate is removed, one pod at a time',
  unscheduled: 'ask of nodes what the Nodes that were read have, or tolerate their taints',
  waiting: 'see to it that something in the cluster sets the condition',
  'not-ready': 'list what can be reached as ready: nothing in the cluster will change this',
  'not-mirrored': 'take the label out, or write EndpointSlices yourself',
  'no-address': 'write an address, or see to it that something in the cluster does',
  'no-port': 'list the ports of the Service beside the addresses, with their names',
  family: 'choose an address family that pods of the cluster have',
};

export const serviceHasNoEndpoints = defineRule({
  meta: {
    id: 'service-has-no-endpoints',
    category: 'selector',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service', 'Endpoints', 'EndpointSlice', ...workloadKinds],
    title: 'leaves a Service without endpoints',
    summary: 'A Service has no endpoint, though its selector and ports are right',
    why:
      'proxies forward connections to ready endpoints only; a Service without any refuses ' +
      'them all',
    fixable: false,
  },
  messages: {
    none: ({ service, others, reason }: Record<'service' | 'others' | 'reason', string>) =>
      `${service}${others} no endpoints: ${reason}`,
  },
  check({ cluster, report }) {
    const found = byPlace(withoutEndpoints(cluster));
    for (const entries of found) {
      const [first] = entries;
      if (first === undefined) continue;
      const { service, cause, reason, services: _all, ...place } = first;
      const services = servicesIn(entries);
      const isNamed = referrersOf(cluster, service.object).length > 0;
      report({
        ...place,
        id: 'none',
        data: {
          service: describeObject(service.object),
          others: andOthers(services.length - 1),
          reason,
        },
        severity: cause === 'suspended' && isNamed ? 'warning' : severities[cause],
        help: helps[cause],
        related: relatedServices(services, place.object),
      });
    }
  },
});

function andOthers(count: number): string {
  if (count === 0) return ' has';
  return count === 1 ? ' and another Service have' : ` and ${count} other Services have`;
}

/** A workload may be behind several Services: they are told together. */
function byPlace(found: readonly NoEndpoints[]): NoEndpoints[][] {
  const places = new Map<NoEndpoints['object'], Map<string, NoEndpoints[]>>();
  for (const one of found) {
    const paths = places.get(one.object) ?? new Map<string, NoEndpoints[]>();
    places.set(one.object, paths);
    addTo(paths, JSON.stringify(one.at), one);
  }
  return [...places.values()].flatMap((paths) => [...paths.values()]);
}

/** Each once; those of one entry are a list already. */
function servicesIn(entries: readonly NoEndpoints[]): readonly ServicePicture[] {
  const lists = entries.map(({ service, services }) => services ?? [service]);
  const [only, ...others] = lists;
  return only !== undefined && others.length === 0 ? only : [...new Set(lists.flat())];
}

/** At most three. */
function relatedServices(services: readonly ServicePicture[], place: NoEndpoints['object']) {
  return services
    .slice(0, 4)
    .map(({ object }) => object)
    .filter((service) => service !== place)
    .slice(0, 3)
    .map((service) => ({
      object: service,
      at: ['metadata', 'name'],
      message: 'this Service has no endpoints',
    }));
}

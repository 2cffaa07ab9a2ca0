/** Callers that are kept out by what another finding tells of the same policy or Service. */
import type { Cluster } from '../../cluster/cluster.ts';
import { groupBy } from '../../multimap.ts';
import type { BlockedCallers } from './caller-verdict.ts';
import { closedServicePorts } from './closed-ports.ts';
import { servicePortSlips } from './policy-ports.ts';

/**
 * Whether a rule would let them through if it did not name the port of the Service, or the policies
 * open other ports only, for whomever.
 */
export function closureTold(cluster: Cluster): (blocked: BlockedCallers) => boolean {
  const { policies, options, work } = cluster;
  const slips = groupBy(servicePortSlips(cluster), ({ policy }) => policy);
  const closed = new Set(
    [...closedServicePorts(cluster)].flatMap(({ service, index, opening, someOpen }) =>
      opening.length > 0 && !someOpen ? (service.ports[index] ?? []) : [],
    ),
  );
  return ({ callers: [{ from, service, port }], verdict: { direction, policies: own, set } }) => {
    if (direction === 'Ingress' && closed.has(port)) return true;
    const peer = direction === 'Ingress' ? from : set;
    return own.some((policy) => {
      const here = slips.get(policy) ?? [];
      work.spend(here.reduce((sum, { meant }) => sum + meant.length, 0));
      return here.some(
        ({ rule, meant, ...slip }) =>
          slip.direction === direction &&
          policies.allowsPeer(rule, policy.namespace ?? options.namespace, peer) === 'yes' &&
          meant.some(
            ({ group, index }) =>
              group.backends === service.backends && service.ports[index] === port,
          ),
      );
    });
  };
}

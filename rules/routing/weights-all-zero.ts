import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldsAt, type Pattern, patternOf } from '../../src/kubernetes/fields.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { gatewayGroup } from '../../src/kubernetes/groups.ts';
import { fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Lists of backends, by group and kind, with what becomes of a request that none of them takes. */
const lists: readonly {
  readonly of: readonly string[];
  readonly at: readonly string[];
  readonly weight: Path;
  readonly consequence: string;
  /** How many backends there must be for the weights to be looked at: 1 unless said. */
  readonly least?: number;
}[] = [
  {
    // @source kubernetes-sigs/gateway-api apis/v1/object_reference_types.go `BackendRef` @v1.4.0
    of: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
      (kind) => `${gatewayGroup}/${kind}`,
    ),
    at: ['spec.rules[].backendRefs'],
    weight: ['weight'],
    consequence: 'requests are answered with status 500, connections are refused',
  },
  {
    // @source istio/istio pkg/config/validation/validation.go
    //   `validateHTTPRouteDestinations` @1.20.0
    of: ['networking.istio.io/VirtualService'],
    at: ['spec.http[].route', 'spec.tls[].route', 'spec.tcp[].route'],
    weight: ['weight'],
    // To a single one everything goes, whatever its weight.
    least: 2,
    consequence: "istiod's webhook refuses it: the total of the weights must not be 0",
  },
  {
    of: ['traefik.io/TraefikService', 'traefik.containo.us/TraefikService'],
    at: ['spec.weighted.services'],
    weight: ['weight'],
    consequence: 'Traefik has no server to choose, and answers with status 503',
  },
];

export const weightsAllZero = defineRule({
  meta: {
    id: 'weights-all-zero',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [
      ...new Set(lists.flatMap(({ of }) => of.map((one) => one.slice(one.indexOf('/') + 1)))),
    ],
    title: 'leads nowhere',
    summary: 'All backends of a rule of a route have weight 0',
    why:
      'a backend gets the share of the requests that its weight has in the sum of all; where ' +
      'that is 0 nobody gets any',
    fixable: false,
  },
  messages: {
    none: ({ number }: { number: number }) =>
      number === 1
        ? 'its only backend has weight 0'
        : `${number === 2 ? 'both' : `all ${number}`} backends have weight 0`,
  },
  check({ cluster, report }) {
    for (const { of, at, weight, consequence, least = 1 } of lists)
      for (const one of of) {
        const kind = one.slice(one.indexOf('/') + 1);
        for (const object of cluster.objects.ofKind(groupOf(one), kind))
          for (const { path, number } of unweighted(object, at.map(patternOf), weight))
            if (number >= least)
              report({
                object,
                at: [...path, 0, ...weight],
                id: 'none',
                data: { number },
                why: consequence,
                help: 'give the backend that is to answer a weight, or leave the weights out',
              });
      }
  },
});

/** Lists in which there is a backend, and none with a weight: 1 where none is written. */
function* unweighted(
  { value }: ClusterObject,
  patterns: readonly Pattern[],
  weight: Path,
): Iterable<{ readonly path: Path; readonly number: number }> {
  for (const { path, value: list } of patterns.flatMap((one) => fieldsAt(value, one)))
    if (Array.isArray(list) && list.length > 0)
      if (list.every((backend) => fieldAt(backend, ...weight) === 0))
        yield { path, number: list.length };
}

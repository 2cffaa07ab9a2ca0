/**
 * Where the routes of Gateway API send requests (gateway-api apis/v1 `BackendObjectReference`,
 * `HTTPRequestMirrorFilter`).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import {
  type AnyJson,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { findWorkload } from '../../kubernetes/kinds.ts';
import { isSlip } from '../../text/slip.ts';
import { namespaceOf } from '../references/reference.ts';

/** Route kind → the protocol of the Service ports that it can use. */
const routeProtocols = {
  HTTPRoute: 'TCP',
  GRPCRoute: 'TCP',
  TCPRoute: 'TCP',
  TLSRoute: 'TCP',
  UDPRoute: 'UDP',
} as const;
export const routeKinds = Object.keys(routeProtocols) as (keyof typeof routeProtocols)[];

/** One `backendRef` to a Service. */
export interface RouteBackend {
  readonly route: ClusterObject;
  /** From the route to the reference. */
  readonly path: Path;
  readonly name: string;
  /** The namespace of the Service: the route's own where none is written. */
  readonly namespace: string;
  readonly namespaceWritten: boolean;
  /** As written, of whatever type. */
  readonly port: Json | undefined;
  readonly protocol: 'TCP' | 'UDP';
}

/**
 * Every reference to a Service. Group and kind default to core and Service; ServiceImports,
 * InferencePools and custom kinds are not ours to judge.
 */
export function routeBackends(cluster: Cluster): RouteBackend[] {
  return routeKinds.flatMap((kind) =>
    cluster.objects.ofKind(gatewayGroup, kind).flatMap((route) =>
      backendRefs(route).flatMap(({ path, value }): RouteBackend[] => {
        const name = asText(fieldAt(value, 'name'));
        const isService =
          (fieldAt(value, 'group') ?? '') === '' &&
          (asText(fieldAt(value, 'kind')) ?? 'Service') === 'Service';
        if (name === undefined || !isService) return [];
        const namespace = asText(fieldAt(value, 'namespace'));
        return [
          {
            route,
            path,
            name,
            namespace: namespace ?? namespaceOf(route, cluster),
            namespaceWritten: namespace !== undefined,
            port: fieldAt(value, 'port'),
            protocol: routeProtocols[kind],
          },
        ];
      }),
    ),
  );
}

/**
 * References to a kind of the core group that is not there, and was meant for Service: `kind:
 * service`. Controllers answer with the reason InvalidKind.
 */
export function misspeltBackends(
  cluster: Cluster,
): { readonly route: ClusterObject; readonly path: Path; readonly kind: string }[] {
  return routeKinds.flatMap((routeKind) =>
    cluster.objects.ofKind(gatewayGroup, routeKind).flatMap((route) =>
      backendRefs(route).flatMap(({ path, value }) => {
        const kind = asText(fieldAt(value, 'kind'));
        const isMisspelt =
          (fieldAt(value, 'group') ?? '') === '' &&
          kind !== undefined &&
          kind !== 'Service' &&
          (isSlip(kind, 'Service') || findWorkload(kind) !== undefined);
        return isMisspelt ? [{ route, path, kind }] : [];
      }),
    ),
  );
}

/** The references of rules, of mirror filters, and of mirror filters that a single backend has. */
function backendRefs({ value }: ClusterObject): { path: Path; value: Json }[] {
  const rules: Path = ['spec', 'rules'];
  return itemsAt(value, rules).flatMap((rule) => {
    const backends = itemsAt(value, [...rule.path, 'backendRefs']);
    return [
      ...backends,
      ...[rule, ...backends].flatMap(({ path }) =>
        itemsAt(value, [...path, 'filters']).flatMap((filter) => {
          const mirrored = fieldAt(filter.value, 'requestMirror', 'backendRef');
          return mirrored === undefined
            ? []
            : [{ path: [...filter.path, 'requestMirror', 'backendRef'], value: mirrored }];
        }),
      ),
    ];
  });
}

/** The items of a list with their paths. */
export function itemsAt(root: AnyJson | undefined, path: Path): { path: Path; value: Json }[] {
  return asList(fieldAt(root, ...path)).map((value, index) => ({ path: [...path, index], value }));
}

import type { Endpoints, ObjectReference } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';

/** One address that somebody wrote for a Service. */
export interface WrittenAddress {
  readonly object: ClusterObject;
  readonly service: ServicePicture;
  readonly address: string;
  readonly at: Path;
  /** Of a slice with addressType FQDN: a host name. */
  readonly fqdn: boolean;
  /** Of the second address of an endpoint: the first one. */
  readonly first?: string;
  /** The pod that `targetRef` says it is of. */
  readonly pod?: string;
}

/**
 * Of Endpoints that are mirrored and of slices; what a controller overwrites, or no Service uses,
 * is the business of other rules.
 */
export function writtenAddresses({ services }: Cluster): WrittenAddress[] {
  return services.flatMap((service) => {
    const { automatic, manualEndpoints, manualSlices } = service;
    const legacy =
      automatic || manualEndpoints === undefined ? [] : inSubsets(service, manualEndpoints);
    const slices = manualSlices.flatMap((object) =>
      (object.value.endpoints ?? []).flatMap(({ addresses, targetRef }, index) =>
        addresses.map((address, number): WrittenAddress => {
          const at = ['endpoints', index, 'addresses', number];
          const [first = ''] = addresses;
          return {
            object,
            service,
            address,
            at,
            fqdn: object.value.addressType === 'FQDN',
            ...(number === 1 && { first }),
            ...podOf(targetRef),
          };
        }),
      ),
    );
    return [...legacy, ...slices];
  });
}

function inSubsets(service: ServicePicture, object: ClusterObject<Endpoints>): WrittenAddress[] {
  return (object.value.subsets ?? []).flatMap((subset, index) =>
    (['addresses', 'notReadyAddresses'] as const).flatMap((list) =>
      (subset[list] ?? []).map(({ ip, targetRef }, number) => ({
        object,
        service,
        address: ip,
        at: ['subsets', index, list, number, 'ip'],
        fqdn: false,
        ...podOf(targetRef),
      })),
    ),
  );
}

function podOf(reference: ObjectReference | undefined): Pick<WrittenAddress, 'pod'> {
  const { kind, name } = reference ?? {};
  return kind === 'Pod' && name !== undefined ? { pod: name } : {};
}

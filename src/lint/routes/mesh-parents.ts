/**
 * Services as the parents of routes: a mesh then routes the requests that are sent to them
 * (gateway-api `ParentReference`, the mesh profile).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { itemsAt, routeKinds } from './route-backends.ts';

export interface MeshParent {
  readonly object: ClusterObject;
  /** From the route to the reference. */
  readonly path: Path;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly port: number | undefined;
  /** The core group is written (`core` by some): without it a kind is one of Gateway API. */
  readonly isCore: boolean;
}

export function meshParents({ objects }: Cluster): MeshParent[] {
  return routeKinds.flatMap((kind) =>
    objects.ofKind(gatewayGroup, kind).flatMap((object) =>
      itemsAt(object.value, ['spec', 'parentRefs']).flatMap(({ path }): MeshParent[] => {
        const ref = fieldAt(object.value, ...path);
        const [kindOf, name, namespace] = ['kind', 'name', 'namespace'].map((field) =>
          asText(fieldAt(ref, field)),
        );
        if (kindOf !== 'Service' || name === undefined || isPlaceholder(name)) return [];
        const [group, port] = [fieldAt(ref, 'group'), fieldAt(ref, 'port')];
        return [
          {
            object,
            path,
            name,
            namespace,
            port: typeof port === 'number' ? port : undefined,
            isCore: group !== undefined && group !== gatewayGroup,
          },
        ];
      }),
    ),
  );
}

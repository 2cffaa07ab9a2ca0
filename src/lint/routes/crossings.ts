/** References of Gateway API into other namespaces, which ReferenceGrants there must allow. */
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import type { Path } from '../../kubernetes/json.ts';
import { namingsOf, wantedBy } from '../references/namings.ts';
import { reachService } from '../references/reached-service.ts';
import { lookUp, namespaceOf } from '../references/reference.ts';
import type { RuleContext } from '../rule.ts';
import type { Crossing as Sides } from './reference-grants.ts';
import { routeBackends } from './route-backends.ts';

export interface Crossing extends Sides {
  readonly object: ClusterObject;
  /** Where the namespace is written. */
  readonly at: Path;
  /** What the object is, in a word. */
  readonly what: 'route' | 'Gateway';
  /** What it refers to was read, or is made by something that was. */
  readonly isRead: boolean;
}

type Context = Pick<
  RuleContext<Record<never, never>>,
  'cluster' | 'unseen' | 'unit' | 'report' | 'unknown'
>;

/** Services behind routes, and Secrets of listeners. */
export function* crossings(context: Context): Generator<Crossing> {
  const { cluster } = context;
  for (const { route, path, name, namespace, namespaceWritten } of routeBackends(cluster)) {
    const own = namespaceOf(route, cluster);
    if (!namespaceWritten || namespace === own) continue;
    yield {
      object: route,
      at: [...path, 'namespace'],
      what: 'route',
      from: { group: gatewayGroup, kind: route.kind, namespace: own },
      to: { group: '', kind: 'Service', namespace, name },
      isRead: reachService(context, route, { name, namespace })?.object !== undefined,
    };
  }
  for (const naming of namingsOf(cluster, '', 'Secret')) {
    const { object, reference } = naming;
    const own = namespaceOf(object, cluster);
    const { namespace, name } = wantedBy(naming, cluster);
    if (object.kind !== 'Gateway' || reference.namespacePath === undefined) continue;
    if (namespace === undefined || namespace === own) continue;
    const { state } = lookUp(context, object, { group: '', kind: 'Secret', namespace, name });
    yield {
      object,
      at: reference.namespacePath,
      what: 'Gateway',
      from: { group: gatewayGroup, kind: 'Gateway', namespace: own },
      to: { group: '', kind: 'Secret', namespace, name },
      isRead: state === 'found' || state === 'made',
    };
  }
}

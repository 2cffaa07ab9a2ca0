import {
  describeNearGrant,
  GrantIndex,
  type NearGrant,
} from '../../src/lint/references/reference-grants.ts';
import {
  gatewayGroup,
  type RouteBackend,
  routeBackends,
  routeKinds,
} from '../../src/lint/references/route-backends.ts';
import { reachService } from '../../src/lint/references/service-port.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

export const referenceGrantMissing = defineRule({
  meta: {
    id: 'reference-grant-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: routeKinds,
    title: 'may not use a Service of another namespace',
    summary:
      'A Gateway API route refers to a Service of another namespace that no ReferenceGrant lets it use',
    why: 'a reference into another namespace counts only if a ReferenceGrant there allows it; without one the gateway sets the condition ResolvedRefs to false with reason RefNotPermitted and answers requests with status 500',
    fixable: false,
  },
  messages: {
    near: ({ wanted, nearest }: { wanted: string; nearest: string }) =>
      `no ReferenceGrant ${wanted}; ${nearest}`,
    none: ({ wanted, objects }: { wanted: string; objects: number }) =>
      `no ReferenceGrant ${wanted} in the ${objects} objects read`,
  },
  check(context) {
    const { cluster, unseen, report, unknown } = context;
    const grants = new GrantIndex(cluster);
    for (const backend of routeBackends(cluster)) {
      const { route, path, name, namespace, namespaceWritten } = backend;
      const own = route.namespace ?? cluster.options.namespace;
      if (!namespaceWritten || namespace === own) continue;
      const from = { group: gatewayGroup, kind: route.kind, namespace: own };
      const verdict = grants.find({
        from,
        to: { group: '', kind: 'Service', namespace, name },
      });
      if (verdict.state === 'granted') continue;
      const { nearest } = verdict;
      const place = { object: route, at: [...path, 'namespace'] };
      const open =
        unseen.whyDocumentUnseen('ReferenceGrant') ??
        (nearest === undefined ? undefined : maybeFits(nearest, backend));
      const read = reachService(context, route, { name, namespace })?.object !== undefined;
      const reason =
        open ??
        (nearest === undefined && !read
          ? `no Service of namespace ${namespace} was read together with it`
          : undefined);
      if (reason !== undefined) {
        unknown({
          ...place,
          reason: `no ReferenceGrant was found in namespace ${namespace}, but ${reason}`,
        });
        continue;
      }
      const wanted = `in namespace ${namespace} lets ${route.kind}s of namespace ${own} refer to Service "${name}"`;
      if (nearest === undefined) {
        report({
          ...place,
          id: 'none',
          data: { wanted, objects: cluster.objects.all.length },
          help: `add a ReferenceGrant to namespace ${namespace}: from ${route.kind} in ${own}, to Service ${name}`,
          ...(route.namespaceAssumed && { severity: 'warning' }),
        });
      } else {
        report({
          ...place,
          id: 'near',
          data: { wanted, nearest: describeNearGrant(nearest) },
          help: helpFor(nearest, backend, own),
          related: [
            { object: nearest.grant, at: nearest.at, message: 'what this ReferenceGrant says' },
          ],
        });
      }
    }
  },
});

/** What nobody has written yet may turn out as the grant has it. */
function maybeFits({ open, side, at }: NearGrant, { route }: RouteBackend): string | undefined {
  if (open) return 'one has values that are filled in later';
  return side === 'from' && at.at(-1) === 'namespace' && route.namespaceAssumed
    ? 'the namespace of the route is not written, and one is for another namespace'
    : undefined;
}

function helpFor(
  { side, at, grant }: NearGrant,
  { route, namespace, name }: RouteBackend,
  own: string,
): string {
  if (side === 'namespace')
    return `move ${grant.name} to namespace ${namespace}: a grant counts where the Service is`;
  const field = String(at.at(-1));
  const values: Record<string, string> =
    side === 'from'
      ? { namespace: own, kind: route.kind, group: gatewayGroup }
      : { kind: 'Service', group: '""', name };
  return `write ${field}: ${getOwn(values, field) ?? ''} in its spec.${side}, or add another item there`;
}

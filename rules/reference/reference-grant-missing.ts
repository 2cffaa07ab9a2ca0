import { type Crossing, crossings } from '../../src/lint/references/crossings.ts';
import {
  describeNearGrant,
  GrantIndex,
  type NearGrant,
} from '../../src/lint/references/reference-grants.ts';
import { gatewayGroup, routeKinds } from '../../src/lint/references/route-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

export const referenceGrantMissing = defineRule({
  meta: {
    id: 'reference-grant-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...routeKinds, 'Gateway'],
    title: 'may not use what is in another namespace',
    summary:
      'A Gateway or route refers to a Service or Secret of another namespace without a ' +
      'ReferenceGrant',
    why:
      'a reference into another namespace counts only if a ReferenceGrant there allows it; ' +
      'without one the gateway sets the condition ResolvedRefs to false with reason ' +
      'RefNotPermitted and answers requests with status 500, or has no certificate',
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
    for (const crossing of crossings(context)) {
      const { object, at, from, to, isRead } = crossing;
      const verdict = grants.find({ from, to });
      if (verdict.state === 'granted') continue;
      const { nearest } = verdict;
      const place = { object, at };
      const open =
        unseen.whyDocumentUnseen('ReferenceGrant') ??
        (nearest === undefined ? undefined : maybeFits(nearest, crossing));
      const reason =
        open ??
        (nearest === undefined && !isRead
          ? `no ${to.kind} of namespace ${to.namespace} was read together with it`
          : undefined);
      if (reason !== undefined) {
        unknown({
          ...place,
          reason: `no ReferenceGrant was found in namespace ${to.namespace}, but ${reason}`,
        });
        continue;
      }
      const wanted =
        `in namespace ${to.namespace} lets ${from.kind}s of namespace ${from.namespace} ` +
        `refer to ${to.kind} "${to.name}"`;
      if (nearest === undefined) {
        report({
          ...place,
          id: 'none',
          data: { wanted, objects: cluster.objects.all.length },
          help:
            `add a ReferenceGrant to namespace ${to.namespace}: from ${from.kind} in ` +
            `${from.namespace}, to ${to.kind} ${to.name}`,
          ...(object.namespaceAssumed && { severity: 'warning' }),
        });
      } else {
        report({
          ...place,
          id: 'near',
          data: { wanted, nearest: describeNearGrant(nearest) },
          help: helpFor(nearest, crossing),
          related: [
            { object: nearest.grant, at: nearest.at, message: 'what this ReferenceGrant says' },
          ],
        });
      }
    }
  },
});

/** What nobody has written yet may turn out as the grant has it. */
function maybeFits({ open, side, at }: NearGrant, { object, what }: Crossing): string | undefined {
  if (open) return 'one has values that are filled in later';
  return side === 'from' && at.at(-1) === 'namespace' && object.namespaceAssumed
    ? `the namespace of the ${what} is not written, and one is for another namespace`
    : undefined;
}

function helpFor({ side, at, grant }: NearGrant, { from, to }: Crossing): string {
  if (side === 'namespace')
    return (
      `move ${grant.name} to namespace ${to.namespace}: a grant counts where the ${to.kind} ` + 'is'
    );
  const field = String(at.at(-1));
  const values: Record<string, string> =
    side === 'from'
      ? { namespace: from.namespace, kind: from.kind, group: gatewayGroup }
      : { kind: to.kind, group: '""', name: to.name };
  return (
    `write ${field}: ${getOwn(values, field) ?? ''} in its spec.${side}, or add another item ` +
    'there'
  );
}

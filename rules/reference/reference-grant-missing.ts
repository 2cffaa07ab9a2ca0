import type { Cluster } from '../../src/cluster/cluster.ts';
import { gatewayGroup } from '../../src/kubernetes/groups.ts';
import { type Crossing, crossings } from '../../src/lint/routes/crossings.ts';
import {
  describeNearGrant,
  GrantIndex,
  type NearGrant,
} from '../../src/lint/routes/reference-grants.ts';
import { routeKinds } from '../../src/lint/routes/route-backends.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

const messages = {
  near: ({ wanted, nearest }: { wanted: string; nearest: string }) =>
    `no ReferenceGrant ${wanted}; ${nearest}`,
  none: ({ wanted, objects }: { wanted: string; objects: number }) =>
    `no ReferenceGrant ${wanted} in the ${objects} objects read`,
};

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
  messages,
  check(context) {
    const { cluster, report, unknown } = context;
    const grants = new GrantIndex(cluster);
    for (const crossing of crossings(context)) {
      const verdict = grants.find(crossing);
      if (verdict.state === 'granted') continue;
      const { nearest } = verdict;
      const { object, at, to } = crossing;
      const reason = whyUnknown(nearest, crossing, context);
      if (reason !== undefined)
        unknown({
          object,
          at,
          reason: `no ReferenceGrant was found in namespace ${to.namespace}, but ${reason}`,
        });
      else report({ object, at, ...wordsFor(nearest, crossing, cluster) });
    }
  },
});

/** Why there may be one all the same. */
function whyUnknown(
  nearest: NearGrant | undefined,
  crossing: Crossing,
  { unseen }: Pick<RuleContext<typeof messages>, 'unseen'>,
): string | undefined {
  const { to, isRead } = crossing;
  const whyUnseen = unseen.whyDocumentUnseen('ReferenceGrant');
  if (whyUnseen !== undefined) return whyUnseen;
  if (nearest !== undefined) return maybeFits(nearest, crossing);
  return isRead
    ? undefined
    : `no ${to.kind} of namespace ${to.namespace} was read together with it`;
}

function wordsFor(
  nearest: NearGrant | undefined,
  crossing: Crossing,
  { objects }: Cluster,
): Words<typeof messages> {
  const { object, from, to } = crossing;
  const wanted =
    `in namespace ${to.namespace} lets ${from.kind}s of namespace ${from.namespace} refer to ` +
    `${to.kind} "${to.name}"`;
  if (nearest === undefined)
    return {
      id: 'none',
      data: { wanted, objects: objects.all.length },
      help:
        `add a ReferenceGrant to namespace ${to.namespace}: from ${from.kind} in ` +
        `${from.namespace}, to ${to.kind} ${to.name}`,
      ...(object.namespaceAssumed && { severity: 'warning' }),
    };
  const { grant, at } = nearest;
  return {
    id: 'near',
    data: { wanted, nearest: describeNearGrant(nearest) },
    help: helpFor(nearest, crossing),
    related: [{ object: grant, at, message: 'what this ReferenceGrant says' }],
  };
}

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

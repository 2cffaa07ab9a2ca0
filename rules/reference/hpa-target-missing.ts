import { type ClusterObject, groupOf } from '../../src/cluster/objects.ts';
import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { findWorkload } from '../../src/kubernetes/kinds.ts';
import {
  describeWanted,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
  type Wanted,
  wantedObject,
} from '../../src/lint/references/reference.ts';
import {
  formerGroups,
  otherKind,
  type Scaler,
  scalers,
} from '../../src/lint/references/scalers.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import type { Json } from '../../src/manifest/node.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  ...missingMessages,
  otherKind: ({ what, nearest }: { what: string; nearest: string }) =>
    `there is no ${what}; there is ${nearest}`,
  otherVersion: ({ kind, written, served }: { kind: string; written: string; served: string }) =>
    `there is no kind ${kind} in "${written}"; it is in "${served}"`,
  noVersion: ({ kind, served }: { kind: string; served: string }) =>
    `without an apiVersion ${kind} is looked for in the core group; it is in "${served}"`,
  notScalable: ({ kind }: { kind: string }) =>
    `a ${kind} cannot be scaled: it has no scale subresource`,
};

export const hpaTargetMissing = defineRule({
  meta: {
    id: 'hpa-target-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['HorizontalPodAutoscaler', 'ScaledObject', 'VerticalPodAutoscaler'],
    title: 'scales a workload that does not exist',
    summary: 'An autoscaler scales a workload that does not exist',
    why:
      'an autoscaler finds its target by API group, kind and name in its own namespace; ' +
      'without one it does nothing',
    fixable: true,
  },
  messages,
  check(context) {
    for (const scaler of scalers)
      for (const object of context.cluster.objects.ofKind(scaler.group, scaler.kind))
        checkTarget(scaler, object, context);
  },
});

function checkTarget(
  scaler: Scaler,
  object: ClusterObject,
  context: RuleContext<typeof messages>,
): void {
  const { at, defaults, scales, why } = scaler;
  const reference = fieldAt(object.value as Json, ...at);
  const name = asText(fieldAt(reference, 'name'));
  const kind = asText(fieldAt(reference, 'kind')) ?? defaults?.kind;
  const apiVersion = asText(fieldAt(reference, 'apiVersion')) ?? defaults?.apiVersion ?? '';
  if (name === undefined || kind === undefined) return;
  const place = { object, at: [...at, 'name'] };
  if (isPlaceholder(kind) || isPlaceholder(apiVersion))
    return context.unknown({ ...place, reason: 'what it scales is filled in later' });

  const workload = findWorkload(kind);
  const home = workload?.group;
  const group = groupOf(apiVersion);
  const isLost = workload !== undefined && home !== group && formerGroups.has(group);
  const wanted = {
    ...wantedObject(apiVersion, kind, namespaceOf(object, context.cluster), name),
    ...(isLost && { group: workload.group }),
  };
  // The vertical autoscaler goes by the kind alone.
  if (isLost && scales)
    return reportVersion(
      scaler,
      object,
      { kind, apiVersion, served: workload.apiVersion },
      context,
    );
  if (scales && workload !== undefined && home === group && workload.scalable !== true) {
    return context.report({
      object,
      at: [...at, 'kind'],
      id: 'notScalable',
      data: { kind },
      title: 'scales what cannot be scaled',
      why,
      help: 'scale a Deployment or a StatefulSet, or take the autoscaler out',
    });
  }
  const lookup = lookUp(context, object, wanted);
  if (lookup.state !== 'unknown' && lookup.state !== 'missing') return;
  const other =
    lookup.state === 'missing' || lookup.open === true
      ? otherKind(wanted, scaler, context.cluster)
      : undefined;
  if (other !== undefined) return reportKind(scaler, wanted, object, other, context);
  if (lookup.state === 'unknown')
    return context.unknown({
      ...place,
      reason: `${describeWanted(wanted)} was not found, but ${lookup.reason}`,
    });
  // Of a custom resource nobody knows who makes it.
  if (home === undefined && lookup.nearest?.certain !== true)
    return context.unknown({
      ...place,
      reason: `${describeWanted(wanted)} was not found, but what makes a ${kind} is not known`,
    });
  reportMissing(context, place, wanted, lookup.nearest, { why });
}

function reportVersion(
  { at, why }: Scaler,
  object: ClusterObject,
  {
    kind,
    apiVersion,
    served,
  }: { readonly kind: string; readonly apiVersion: string; readonly served: string },
  { report }: RuleContext<typeof messages>,
): void {
  const common = { object, at: [...at, 'apiVersion'], why };
  if (apiVersion === '')
    return report({
      ...common,
      id: 'noVersion',
      data: { kind, served },
      help: `add apiVersion: ${served}`,
    });
  report({
    ...common,
    id: 'otherVersion',
    data: { kind, written: apiVersion, served },
    help: `write apiVersion: ${served}`,
    fixes: [{ title: `change it to ${served}`, safety: 'safe', replace: served }],
  });
}

function reportKind(
  { at, why }: Scaler,
  wanted: Wanted,
  object: ClusterObject,
  other: ClusterObject,
  { report }: RuleContext<typeof messages>,
): void {
  const sameGroup = groupOf(other.apiVersion) === wanted.group;
  report({
    object,
    at: [...at, 'kind'],
    id: 'otherKind',
    data: { what: describeWanted(wanted), nearest: describeObject(other) },
    why,
    help: sameGroup
      ? `write kind: ${other.kind}`
      : `write kind: ${other.kind} and apiVersion: ${other.apiVersion}`,
    related: [{ object: other, at: ['metadata', 'name'], message: 'this one has the name' }],
    ...(sameGroup && {
      fixes: [{ title: `change it to ${other.kind}`, safety: 'safe', replace: other.kind }],
    }),
  });
}

import { groupOf } from '../../src/kubernetes/group-version.ts';
import { fixTo } from '../../src/lint/fixes/change-to.ts';
import {
  describeWanted,
  missingMessages,
  reportMissing,
} from '../../src/lint/references/reference.ts';
import { type ScaleFault, scaleFaults } from '../../src/lint/references/scale-targets.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

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
    for (const fault of scaleFaults(context)) say(fault, context);
  },
});

type Context = RuleContext<typeof messages>;

function say(fault: ScaleFault, context: Context): void {
  const { object, kind, scaler } = fault;
  const { at, why } = scaler;
  const place = { object, at: [...at, 'name'] };
  switch (fault.type) {
    case 'unknown':
      return context.unknown({ ...place, reason: fault.reason });
    case 'missing':
      return reportMissing(context, place, fault.wanted, fault.nearest, { why });
    case 'version':
      return sayVersion(fault, context);
    case 'otherKind':
      return sayOtherKind(fault, context);
    case 'notScalable':
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
}

function sayVersion(
  { object, kind, apiVersion, served, scaler }: ScaleFault & { type: 'version' },
  { report }: Context,
): void {
  const common = { object, at: [...scaler.at, 'apiVersion'], why: scaler.why };
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
    fixes: fixTo(served),
  });
}

function sayOtherKind(
  { object, wanted, other, scaler }: ScaleFault & { type: 'otherKind' },
  { report }: Context,
): void {
  const sameGroup = groupOf(other.apiVersion) === wanted.group;
  const kind = `write kind: ${other.kind}`;
  report({
    object,
    at: [...scaler.at, 'kind'],
    id: 'otherKind',
    data: { what: describeWanted(wanted), nearest: describeObject(other) },
    why: scaler.why,
    help: sameGroup ? kind : `${kind} and apiVersion: ${other.apiVersion}`,
    related: [{ object: other, at: ['metadata', 'name'], message: 'this one has the name' }],
    fixes: sameGroup ? fixTo(other.kind) : [],
  });
}

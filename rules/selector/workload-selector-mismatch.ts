import { formatPairs } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { controllerKinds } from '../../src/kubernetes/kinds.ts';
import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { defineRule, type Finding, type RuleContext } from '../../src/lint/rule.ts';
import {
  mismatchedSelectors,
  type OwnSelector,
  type WrongPair,
} from '../../src/lint/selectors/own-selector.ts';

const messages = {
  value: ({ key, wanted, actual }: { key: string; wanted: string; actual: string }) =>
    `the selector asks for ${key}=${wanted}, the pod template has ${key}=${actual}`,
  label: ({ key, wanted, actual }: { key: string; wanted: string; actual: string }) =>
    `the pod template has ${key}=${actual}, the selector asks for ${key}=${wanted}`,
  key: ({ key, labels }: { key: string; labels: string }) =>
    `the selector asks for the label ${key}, which the pod template does not have; it has ` +
    `${labels}`,
  expression: ({ labels }: { labels: string }) =>
    `the selector's matchExpressions do not hold for the labels of the pod template: ${labels}`,
};

export const workloadSelectorMismatch = defineRule({
  meta: {
    id: 'workload-selector-mismatch',
    category: 'selector',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [...controllerKinds, 'DeploymentConfig', 'Rollout'],
    title: 'does not select its own pods',
    summary: "A workload's selector does not match the labels of its pod template",
    why:
      'a controller must recognise the pods it makes, so the API server refuses a workload ' +
      'whose selector does not match its own template',
    fixable: true,
  },
  messages,
  check(context) {
    for (const own of mismatchedSelectors(context.cluster)) {
      const { object, labels, wrong } = own;
      if (wrong.length === 0)
        context.report({
          object,
          at: ['spec', 'selector'],
          part: 'key',
          id: 'expression',
          data: { labels: formatPairs(labels) || 'none' },
          related: otherSide(own),
        });
      for (const pair of wrong) say(pair, own, context);
    }
  },
});

const labelsPath = ['spec', 'template', 'metadata', 'labels'];

function otherSide({ object, followers }: OwnSelector) {
  const message = 'the labels of the pod template';
  return [{ object, at: labelsPath, part: 'key' as const, message }, ...followers];
}

function say(pair: WrongPair, own: OwnSelector, { report }: RuleContext<typeof messages>): void {
  const { object } = own;
  const custom = whyOfOperator(object);
  const { key, wanted, actual, isLabel, at } = pair;
  if (actual === undefined) return report({ ...custom, ...missingKey(pair, own) });
  const data = { key, wanted, actual };
  if (isLabel)
    return report({
      ...custom,
      object,
      at: [...labelsPath, key],
      id: 'label',
      data,
      help: `change it to ${key}: ${wanted}`,
      related: [{ object, at, message: 'the selector' }, ...own.followers],
      fixes: fixTo(wanted, 'unsafe'),
    });
  report({
    ...custom,
    object,
    at,
    id: 'value',
    data,
    help: `make both the same: ${key}: ${actual}`,
    related: otherSide(own),
    fixes: fixTo(actual, 'unsafe'),
  });
}

/** The template has nothing under the key, but perhaps under one that is nearly that. */
function missingKey(
  { key, wanted, near, isLabel, at }: WrongPair,
  own: OwnSelector,
): Finding<typeof messages, 'key'> {
  const { object, labels, followers } = own;
  const common = {
    object,
    part: 'key',
    id: 'key',
    data: { key, labels: formatPairs(labels) || 'none' },
  } as const;
  if (isLabel)
    return {
      ...common,
      at: near === undefined ? at : [...labelsPath, near],
      help: `change it to ${key}: ${wanted}`,
      related: [{ object, at, part: 'key', message: 'the selector' }, ...followers],
    };
  const help =
    near === undefined
      ? `add ${key}: ${wanted} to the labels of the pod template of ${object.name}`
      : `did you mean ${near}?`;
  return { ...common, at, help, related: otherSide(own) };
}

/**
 * Objects of custom kinds are taken by the API server, and left alone by whoever looks after them.
 */
function whyOfOperator({ kind, refusals }: ClusterObject): { readonly why?: string } {
  return refusals.length > 0
    ? {}
    : {
        why:
          `a controller must recognise the pods it makes, so a ${kind} whose selector does ` +
          'not match its own template is refused, or left alone as invalid: it makes no pods',
      };
}

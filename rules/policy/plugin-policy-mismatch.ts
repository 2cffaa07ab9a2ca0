import { formatSelector } from '../../src/cluster/labels.ts';
import {
  podPortFinding,
  podPortMessages,
  podPortSlip,
} from '../../src/lint/ports/pod-port-slips.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { type Dangling, danglingSelector } from '../../src/lint/selectors/dangling.ts';
import { describeNearest, isSlipOfThePen } from '../../src/lint/selectors/nearest.ts';
import {
  pluginPolicies,
  pluginPolicyKinds,
  type PluginPort,
  type PluginSelector,
} from '../../src/lint/selectors/plugin-policies.ts';

const messages = {
  ...podPortMessages,
  none: ({ selector, namespace }: Record<'selector' | 'namespace', string>) =>
    `no pod in namespace ${namespace} has ${selector}`,
  near: ({ selector, namespace, nearest }: Record<'selector' | 'namespace' | 'nearest', string>) =>
    `no pod in namespace ${namespace} has ${selector}; ${nearest}`,
};

type Context = RuleContext<typeof messages>;

export const pluginPolicyMismatch = defineRule({
  meta: {
    id: 'plugin-policy-mismatch',
    category: 'policy',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: pluginPolicyKinds,
    title: 'names labels or ports that no pod has',
    summary: 'A policy of Cilium or Calico selects no pod, or names a port that no pod has',
    why:
      'the plugin compares the labels of pods, and sees the port of the pod when the packet ' +
      'arrives: the cluster IP and the port of the Service are replaced before',
    fixable: false,
  },
  messages,
  check(context) {
    for (const { subject, peers, ports } of pluginPolicies(context.cluster)) {
      for (const selector of [...(subject === undefined ? [] : [subject]), ...peers])
        checkSelector(selector, context);
      for (const port of ports) checkPort(port, context);
    }
  },
});

/**
 * Peers may be pods that are yet to come: of them only a slip of the pen is told, and a value that
 * stands under another key. A namespace that is only assumed may be another one.
 */
function isMeant(
  { nearest, pairs, sure }: Dangling & { readonly state: 'near' },
  subject: boolean,
): boolean {
  if (nearest.difference === 'namespace') return subject && sure;
  return subject || nearest.difference === 'key' || isSlipOfThePen(nearest, pairs);
}

function checkSelector(
  { object, at, pairs, namespace, subject }: PluginSelector,
  { cluster, unseen, report }: Context,
): void {
  if (cluster.pods.select(pairs, namespace).length > 0) return;
  const selector = { matchLabels: pairs };
  const owner = { ...object, namespace, ...(!subject && { name: '' }) };
  const found = danglingSelector(selector, owner, cluster, unseen);
  const data = { selector: formatSelector(selector), namespace };
  if (found.state === 'near' && isMeant(found, subject))
    report({
      object,
      at,
      id: 'near',
      data: { ...data, nearest: describeNearest(found.nearest, found.pairs) },
      help: 'write the labels that the pods have',
      related: [
        {
          object: found.nearest.object,
          at: found.nearest.at,
          part: 'key',
          message: 'these labels',
        },
      ],
    });
  if (found.state === 'none' && subject)
    report({ object, at, id: 'none', data, help: 'write the labels that the pods have' });
}

function checkPort({ at, number, of, admitted }: PluginPort, { cluster, report }: Context): void {
  const matches = of.map(({ pairs, namespace }) => cluster.pods.select(pairs, namespace));
  const [first] = matches[0] ?? [];
  const object = of[0]?.object;
  if (object === undefined || first === undefined) return;
  // What one of several selectors takes may be elsewhere.
  if (matches.some((some) => some.length === 0 || some.some(({ truth }) => truth !== 'yes')))
    return;
  const sets = matches.flat().map(({ members }) => members.set);
  const slip = podPortSlip(number, sets, cluster, admitted);
  if (slip === undefined) return;
  report({ object, at, ...podPortFinding(number, slip, first.members.set) });
}

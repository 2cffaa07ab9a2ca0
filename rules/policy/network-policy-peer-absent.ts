import { formatSelector } from '../../src/cluster/labels.ts';
import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isEmptySelector } from '../../src/lint/selectors/follow-selector.ts';
import {
  addedPair,
  guestOf,
  helpFor,
  labelledPeers,
  type MeantNamespace,
  meantNamespace,
  systemNamespace,
  type WrittenPeer,
} from '../../src/lint/selectors/policy-peers.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  slip: ({ value, name }: { value: string; name: string }) =>
    `no namespace that was read is named "${value}"; did you mean "${name}"?`,
  name: ({ name, selector }: { name: string; selector: string }) =>
    `namespace ${name} has no label ${selector}, and no other one that was read`,
  pods: ({ selector, workload, name }: { selector: string; workload: string; name: string }) =>
    `no namespace that was read has ${selector}; the pods of ${workload} have, in ` +
    `namespace ${name}`,
  label: ({ selector, name, actual }: { selector: string; name: string; actual: string }) =>
    `no namespace that was read has ${selector}; namespace ${name} has ${actual}`,
  system: ({ key, name }: { key: string; name: string }) =>
    `namespace ${name} has the label ${key} only where somebody has put it on`,
  added: ({ guest, pair }: { guest: string; pair: string }) =>
    `pods with ${guest} do not have ${pair}, which is a label of everything here`,
  guest: ({ selector, namespace }: { selector: string; namespace: string }) =>
    `no pod in namespace ${namespace} has ${selector}: those pods run in a namespace of their own`,
};

export const networkPolicyPeerAbsent = defineRule({
  meta: {
    id: 'network-policy-peer-absent',
    category: 'policy',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['NetworkPolicy'],
    title: 'has a peer that is nobody',
    summary: 'A peer of a NetworkPolicy has labels of no namespace, or is in another namespace',
    why:
      'a namespaceSelector is compared with the labels of the Namespace, and a podSelector ' +
      'without one takes pods of the own namespace only; a peer that is nobody lets nothing ' +
      'through',
    fixable: true,
  },
  messages,
  check(context) {
    const { policies, objects } = context.cluster;
    const known = objects.of('Namespace').length > 0;
    for (const policy of policies.all)
      for (const written of labelledPeers(policy)) {
        reportAdded(written, context);
        const { namespaceSelector: selector } = written.peer;
        if (selector !== undefined && !isEmptySelector(selector)) {
          const meant = known ? meantNamespace(selector, context.cluster) : undefined;
          if (meant !== undefined) reportNamespace(written, meant, context);
          else reportSystem(written, context);
        } else reportGuest(written, context);
      }
  },
});

function reportNamespace(
  { policy, peer, at }: WrittenPeer,
  meant: MeantNamespace,
  { report }: RuleContext<typeof messages>,
): void {
  const { id, namespace, key, value, workload, actual } = meant;
  const selector = formatSelector(peer.namespaceSelector ?? {});
  const { name } = namespace;
  const fixes = id === 'slip' ? fixTo(name, 'unsafe') : [];
  const isValue = id === 'slip' || actual?.[0] === key;
  report({
    object: policy,
    at: [...at, 'namespaceSelector', 'matchLabels', key],
    ...(!isValue && { part: 'key' as const }),
    id,
    data: {
      value,
      name,
      selector,
      workload: workload === undefined ? '' : describeObject(workload),
      actual: actual?.join('=') ?? '',
    },
    help: helpFor(meant),
    related: [{ object: namespace, at: ['metadata', 'name'], message: 'this namespace' }],
    fixes,
  });
}

function reportSystem(written: WrittenPeer, { cluster, report }: RuleContext<typeof messages>) {
  const found = systemNamespace(written, cluster);
  if (found !== undefined)
    report({ object: written.policy, part: 'key', id: 'system', severity: 'info', ...found });
}

function reportAdded(written: WrittenPeer, { cluster, report }: RuleContext<typeof messages>) {
  const found = addedPair(written, cluster);
  if (found !== undefined) report({ object: written.policy, part: 'key', id: 'added', ...found });
}

function reportGuest(
  written: WrittenPeer,
  { cluster, unseen, report }: RuleContext<typeof messages>,
) {
  const guest = guestOf(written, cluster);
  if (guest === undefined) return;
  const { policy, at, beside } = written;
  const namespace = policy.namespace ?? cluster.options.namespace;
  const { key, value } = guest;
  if (unseen.unreadPods() ?? unseen.operatedPods({ [key]: value }, namespace)) return;
  report({
    object: policy,
    at: [...at, 'podSelector', 'matchLabels', key],
    part: 'key',
    id: 'guest',
    data: { selector: `${key}=${value}`, namespace },
    // Their namespace is let through whole beside it.
    ...(beside.has(value) && { severity: 'info' as const }),
    help: 'add a namespaceSelector for their namespace to the same item',
    dependsOn: cluster.pods.inNamespace(namespace).map(({ workload }) => workload),
  });
}

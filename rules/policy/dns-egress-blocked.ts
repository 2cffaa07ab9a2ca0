import type { PodSet } from '../../src/cluster/pods.ts';
import { appliedTogether } from '../../src/lint/applied-together.ts';
import { dnsDenied } from '../../src/lint/ports/dns-egress.ts';
import { callsOf } from '../../src/lint/references/calls.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const dnsEgressBlocked = defineRule({
  meta: {
    id: 'dns-egress-blocked',
    category: 'policy',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['NetworkPolicy'],
    title: 'keeps its pods from DNS',
    summary: 'Pods that name a Service may not send anything to port 53',
    why:
      'the name of a Service is looked up in cluster DNS first; pods that a policy isolates ' +
      'for egress may only send what some rule allows, and a rule for the Service itself ' +
      'does not allow the question',
    fixable: false,
  },
  messages: {
    closed: ({
      workload,
      service,
      policies,
    }: Record<'workload' | 'service' | 'policies', string>) =>
      `${workload} looks up ${service}, and ${policies} allows nothing out to port 53`,
    tcp: ({ workload, service, policies }: Record<'workload' | 'service' | 'policies', string>) =>
      `${workload} looks up ${service} by UDP, and ${policies} allows port 53 for TCP only`,
  },
  check({ cluster, unit, unseen, report, unknown }) {
    const { policies } = cluster;
    if (policies.all.length === 0) return;
    const judged = new Set<PodSet>();
    for (const { from, service, place } of callsOf(cluster)) {
      if (judged.has(from)) continue;
      judged.add(from);
      const denied = dnsDenied(from, cluster);
      const [first] = denied?.policies ?? [];
      if (denied === undefined || first === undefined) continue;
      const { place: at, policies: closing, isOpenForTcp } = denied;
      const isOpen = closing.some(({ incomplete }) => incomplete.length > 0);
      const reason =
        unseen.whyDocumentUnseen('NetworkPolicy') ??
        (policies.other && `${describeObject(policies.other)} may`) ??
        (isOpen ? 'rules are filled in later' : undefined);
      if (reason !== undefined) {
        unknown({ ...at, reason: `no policy that was read allows port 53, but ${reason}` });
        continue;
      }
      report({
        ...at,
        id: isOpenForTcp ? 'tcp' : 'closed',
        data: {
          workload: describeObject(from.workload),
          service: describeObject(service.object),
          policies: describeObject(first),
        },
        severity: appliedTogether(first, from.workload, unit) ? 'error' : 'warning',
        help: isOpenForTcp
          ? 'add port 53 with protocol: UDP; a port without a protocol is one of TCP'
          : 'allow egress to port 53, UDP and TCP, of the pods with k8s-app=kube-dns in ' +
            'namespace kube-system',
        related: [{ ...place, message: 'the name that it looks up' }],
      });
    }
  },
});

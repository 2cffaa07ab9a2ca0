import type { Cluster } from '../../src/cluster/cluster.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { type Call, callsOf } from '../../src/lint/calls/calls.ts';
import { appliedTogether } from '../../src/lint/objects/applied-together.ts';
import { type DnsDenied, dnsDenied } from '../../src/lint/ports/dns-egress.ts';
import { openedTo } from '../../src/lint/ports/opened-services.ts';
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
    closed: ({ workload, service, policies, others }: Data) =>
      `${workload} looks up ${service}, and ${policies} allows nothing out to port 53${others}`,
    opened: ({ workload, service, policies, others }: Data) =>
      `${policies} lets ${workload} out to the pods of ${service}, and allows nothing out to ` +
      `port 53, where its name is looked up${others}`,
    tcp: ({ workload, service, policies, others }: Data) =>
      `${workload} looks up ${service} by UDP, and ${policies} allows port 53 for TCP only` +
      others,
  },
  check({ cluster, unit, unseen, report, unknown }) {
    if (cluster.policies.all.length === 0) return;
    for (const [first, ...others] of lookUps(cluster)) {
      const { from, service, denied, isOpened } = first;
      const { place: at, policies: closing, isOpenForTcp } = denied;
      const reason =
        unseen.whyDocumentUnseen('NetworkPolicy') ??
        (cluster.policies.other && `${describeObject(cluster.policies.other)} may`) ??
        (isIncomplete(closing) ? 'rules are filled in later' : undefined);
      if (reason !== undefined) {
        unknown({ ...at, reason: `no policy that was read allows port 53, but ${reason}` });
        continue;
      }
      const all = [first, ...others];
      report({
        ...at,
        id: isOpened ? 'opened' : isOpenForTcp ? 'tcp' : 'closed',
        data: {
          workload: describeObject(from.workload),
          service: describeObject(service.object),
          policies: describeObject(at.object),
          others: alike(others.length),
        },
        severity: all.some(
          (one) => !one.isOpened && appliedTogether(at.object, one.from.workload, unit),
        )
          ? 'error'
          : 'warning',
        help: isOpenForTcp
          ? 'add port 53 with protocol: UDP; a port without a protocol is one of TCP'
          : 'allow egress to port 53, UDP and TCP, of the pods with k8s-app=kube-dns in ' +
            'namespace kube-system',
        related: all.slice(0, mostNames).map(({ place, isOpened }) => ({
          ...place,
          message: isOpened ? 'what it is to call' : 'the name that it looks up',
        })),
      });
    }
  },
});

type Data = Record<'workload' | 'service' | 'policies' | 'others', string>;

interface LookUp extends Pick<Call, 'from' | 'service' | 'place'> {
  readonly denied: DnsDenied;
  /** Nothing is known of a name, but a rule lets the pods out to those of the Service. */
  readonly isOpened: boolean;
}

/** More of the names than these are not shown. */
const mostNames = 5;

/** The first name that each set of pods looks up and may not; together where one rule would do. */
function lookUps(cluster: Cluster): Iterable<readonly [LookUp, ...LookUp[]]> {
  const calls = new Map<PodSet, Call>();
  for (const call of callsOf(cluster)) if (!calls.has(call.from)) calls.set(call.from, call);
  const found = new Map<string, [LookUp, ...LookUp[]]>();
  for (const from of new Set([...calls.keys(), ...cluster.pods.all])) {
    const denied = dnsDenied(from, cluster);
    const call = calls.get(from);
    const told = denied && (call ?? openedTo(from, cluster));
    if (denied === undefined || told === undefined) continue;
    const { service, place } = told;
    const lookUp = { from, service, place, denied, isOpened: call === undefined };
    const key = [
      describeObject(denied.place.object),
      denied.isOpenForTcp,
      isIncomplete(denied.policies),
    ].join();
    const alike = found.get(key);
    if (alike === undefined) found.set(key, [lookUp]);
    else alike.push(lookUp);
  }
  return found.values();
}

function isIncomplete(policies: DnsDenied['policies']): boolean {
  return policies.some(({ incomplete }) => incomplete.length > 0);
}

function alike(others: number): string {
  if (others === 0) return '';
  return others === 1
    ? '; another workload is in the same situation'
    : `; ${others} other workloads are in the same situation`;
}

import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { type Direction, rulesOf } from '../../src/cluster/policy.ts';
import { type Call, callsOf } from '../../src/lint/references/calls.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { appliedTogether } from '../../src/lint/together.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  egress: ({ caller, service, policy }: Record<'caller' | 'service' | 'policy', string>) =>
    `${caller} calls ${service}, and ${policy} does not let it out there`,
  ingress: ({ caller, service, policy }: Record<'caller' | 'service' | 'policy', string>) =>
    `${caller} calls ${service}, and ${policy} does not admit it`,
};

export const networkPolicyBlocksCaller = defineRule({
  meta: {
    id: 'network-policy-blocks-caller',
    category: 'policy',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['NetworkPolicy'],
    title: 'keeps a caller from its Service',
    summary: 'NetworkPolicies keep pods from a Service whose name they are given',
    why: 'a connection passes if the policies of the pods that open it allow it out and those of the pods that take it allow it in; a rule is about the pods and their ports, not about the Service',
    fixable: false,
  },
  messages,
  check(context) {
    const { cluster } = context;
    if (cluster.policies.all.length === 0) return;
    for (const call of callsOf(cluster))
      for (const direction of ['Egress', 'Ingress'] as const)
        if (checkCall(call, direction, context)) break;
  },
});

/** @returns whether it has said something */
function checkCall(
  { from, service, port, place, own }: Call,
  direction: Direction,
  { cluster, unit, world, report, unknown }: RuleContext<typeof messages>,
): boolean {
  const { policies } = cluster;
  const servicePort = calledPort(service.ports, port);
  const closed = servicePort === undefined ? undefined : closedTo(direction);
  if (closed === undefined || servicePort === undefined) return false;
  const blocking = policies
    .isolating(direction === 'Egress' ? from : closed.set, direction)
    .map(({ policy }) => policy);
  const [policy] = blocking;
  if (policy === undefined) return false;
  const at = {
    object: policy,
    at:
      rulesOf(policy, direction).length > 0
        ? ['spec', direction.toLowerCase()]
        : ['spec', 'podSelector'],
    part: 'key',
  } as const;
  const unseen = world.unseenDocument('NetworkPolicy');
  if (unseen !== undefined) {
    unknown({
      ...at,
      reason: `no policy that was read allows ${describeObject(from.workload)} to connect, but ${unseen}`,
    });
    return true;
  }
  const pods = describeObject(closed.set.workload);
  report({
    ...at,
    id: direction === 'Egress' ? 'egress' : 'ingress',
    data: {
      caller: describeObject(from.workload),
      service: `port ${servicePort.port} of ${describeObject(service.object)}`,
      policy: listed(blocking),
    },
    severity: own && appliedTogether(policy, from.workload, unit) ? 'error' : 'warning',
    help:
      direction === 'Egress'
        ? `allow egress to the pods of ${pods} on port ${closed.port}`
        : `allow ingress from the pods of ${describeObject(from.workload)} on port ${closed.port}`,
    related: [
      { ...place, message: 'where the caller is given the name' },
      {
        object: closed.set.workload,
        at: [...closed.set.templatePath, 'metadata', 'labels'],
        part: 'key',
        message: 'the pods behind the Service',
      },
    ],
    dependsOn: [...blocking, service.object],
  });
  return true;

  /** All pods behind the Service are out of reach: then the call fails each time. */
  function closedTo(way: Direction): { set: PodSet; port: number } | undefined {
    if (service.backends.length === 0 || service.possible.length > 0) return undefined;
    let found: { set: PodSet; port: number } | undefined;
    for (const { members, resolved } of service.backends) {
      const target = resolved.ports.find(
        (one) =>
          one.name === (servicePort?.name ?? '') &&
          one.protocol === (servicePort?.protocol ?? 'TCP'),
      );
      if (target === undefined) return undefined;
      // Pods that call their own Service are mostly told their own address.
      if (members.set === from) return undefined;
      if (policies.passes(way, from, members.set, target.port, target.protocol) !== 'no')
        return undefined;
      found = { set: members.set, port: target.port };
    }
    return found;
  }
}

/** The port that is dialled: by number, or the only one there is. */
function calledPort(
  ports: readonly ServicePort[],
  port: number | undefined,
): ServicePort | undefined {
  return port === undefined
    ? (ports.find((one) => one.port === 80) ?? (ports.length === 1 ? ports[0] : undefined))
    : ports.find((one) => one.port === port);
}

function listed(policies: readonly ClusterObject[]): string {
  const shown = policies.slice(0, 3).map((policy) => describeObject(policy));
  return shown.join(' and ');
}

import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { isOutsider } from '../../src/cluster/policy.ts';
import { type Direction, rulesOf } from '../../src/cluster/policy-rules.ts';
import { appliedTogether } from '../../src/lint/applied-together.ts';
import { type CallerVerdict, callerVerdict } from '../../src/lint/ports/caller-verdict.ts';
import { type Caller, callersOf } from '../../src/lint/references/callers.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { briefValue } from '../../src/text/brief.ts';

type Data = Record<'caller' | 'service' | 'policies' | 'not', string>;

const messages = {
  egress: ({ caller, service, policies, not }: Data) =>
    `${caller} calls ${service}, and ${policies} ${not} let it out there`,
  ingress: ({ caller, service, policies, not }: Data) =>
    `${caller} calls ${service}, and ${policies} ${not} admit it`,
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
    why:
      'a connection passes if the policies of the pods that open it allow it out and those ' +
      'of the pods that take it allow it in; a rule is about the pods and their ports, not ' +
      'about the Service',
    fixable: false,
  },
  messages,
  check(context) {
    const { cluster } = context;
    if (cluster.policies.all.length === 0) return;
    const said = new Set<string>();
    for (const caller of callersOf(cluster)) {
      const verdict = callerVerdict(caller, cluster);
      if (verdict?.state !== 'closed') continue;
      const data = dataOf(caller, verdict);
      // Several paths of an Ingress lead to one Service.
      const key = JSON.stringify([data, verdict.direction]);
      if (!said.has(key)) say(data, caller, verdict, context);
      said.add(key);
    }
  },
});

function dataOf({ words, service, port }: Caller, { policies }: CallerVerdict): Data {
  return {
    caller: words,
    service: `port ${port.port} of ${describeObject(service.object)}`,
    policies: listed(policies),
    not: policies.length === 1 ? 'does not' : 'do not',
  };
}

function say(
  data: Data,
  { words, from, service, place, own }: Caller,
  { direction, policies: blocking, set, port: target }: CallerVerdict,
  { unit, unseen, report, unknown }: RuleContext<typeof messages>,
): void {
  // A policy that lets some through is the one to mend, not the one that denies all the rest.
  const policy = blocking.find((one) => rulesOf(one, direction).length > 0) ?? blocking[0];
  if (policy === undefined) return;
  const hasRules = rulesOf(policy, direction).length > 0;
  const at = ['spec', hasRules ? direction.toLowerCase() : 'podSelector'];
  const where = { object: policy, at, part: 'key' } as const;
  const whyUnseen = unseen.whyDocumentUnseen('NetworkPolicy');
  const who = words.replace(/,$/, '');
  if (whyUnseen !== undefined)
    return unknown({
      ...where,
      reason: `no policy that was read allows ${who} to connect, but ${whyUnseen}`,
    });
  const isCertain = own && !isOutsider(from) && appliedTogether(policy, from.workload, unit);
  const message = isOutsider(from) ? 'what calls it' : 'where the caller is given the name';
  report({
    ...where,
    id: direction === 'Egress' ? 'egress' : 'ingress',
    data,
    severity: isCertain ? 'error' : 'warning',
    help: helpFor(direction, from, set, target),
    related: [
      { ...place, message },
      {
        object: set.workload,
        at: [...set.templatePath, 'metadata', 'labels'],
        part: 'key',
        message: 'the pods behind the Service',
      },
    ],
    dependsOn: [...blocking, service.object],
  });
}

function helpFor(direction: Direction, from: Caller['from'], set: PodSet, port: number): string {
  if (direction === 'Egress')
    return `allow egress to the pods of ${describeObject(set.workload)} on port ${port}`;
  if (!isOutsider(from))
    return `allow ingress from the pods of ${describeObject(from.workload)} on port ${port}`;
  if (from.node === true)
    return (
      `allow ingress from everywhere on port ${port}, or from an ipBlock: no selector takes ` +
      'the API server'
    );
  const { namespace } = from;
  const where =
    namespace === undefined
      ? 'the namespace that it runs in'
      : `namespace ${briefValue(namespace)}`;
  return `allow ingress on port ${port} from ${where}, with a namespaceSelector`;
}

function listed(policies: readonly ClusterObject[]): string {
  const shown = policies.slice(0, 3).map((policy) => describeObject(policy));
  return shown.join(' and ');
}

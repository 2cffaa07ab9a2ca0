import { isOutsider } from '../../src/cluster/policy.ts';
import { rulesOf } from '../../src/cluster/policy-rules.ts';
import { type Caller } from '../../src/lint/calls/callers.ts';
import { appliedTogether } from '../../src/lint/objects/applied-together.ts';
import {
  type BlockedCallers,
  blockedCallers,
  type CallerVerdict,
} from '../../src/lint/ports/caller-verdict.ts';
import { closureTold } from '../../src/lint/ports/told-closures.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { briefValue } from '../../src/text/brief.ts';
import { enumerateFew } from '../../src/text/enumerate.ts';

type Data = Record<'callers' | 'service' | 'policies' | 'not' | 'them', string>;

const messages = {
  egress: ({ callers, service, policies, not, them }: Data) =>
    `${callers} ${service}, and ${policies} ${not} let ${them} out there`,
  ingress: ({ callers, service, policies, not, them }: Data) =>
    `${callers} ${service}, and ${policies} ${not} admit ${them}`,
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
    const isTold = closureTold(cluster);
    for (const blocked of blockedCallers(cluster)) if (!isTold(blocked)) say(blocked, context);
  },
});

function say(blocked: BlockedCallers, context: RuleContext<typeof messages>): void {
  const { callers, verdict } = blocked;
  const { direction, policies: blocking } = verdict;
  // A policy that lets some through is the one to mend, not the one that denies all the rest.
  const policy = blocking.find((one) => rulesOf(one, direction).length > 0) ?? blocking[0];
  if (policy === undefined) return;
  const hasRules = rulesOf(policy, direction).length > 0;
  const at = ['spec', hasRules ? direction.toLowerCase() : 'podSelector'];
  const where = { object: policy, at, part: 'key' } as const;
  const whyUnseen = context.unseen.whyDocumentUnseen('NetworkPolicy');
  const who = namesOf(callers);
  if (whyUnseen !== undefined)
    return context.unknown({
      ...where,
      reason: `no policy that was read allows ${who} to connect, but ${whyUnseen}`,
    });
  const isCertain = callers.some(
    ({ own, from }) =>
      own && !isOutsider(from) && appliedTogether(policy, from.workload, context.unit),
  );
  context.report({
    ...where,
    id: direction === 'Egress' ? 'egress' : 'ingress',
    data: dataOf(blocked),
    severity: isCertain ? 'error' : 'warning',
    help: helpFor(callers[0].from, who, verdict),
    related: bothSides(blocked),
    dependsOn: [...blocking, callers[0].service.object],
  });
}

function bothSides({ callers: [first, ...others], verdict: { set } }: BlockedCallers) {
  const message = isOutsider(first.from) ? 'what calls it' : 'where the caller is given the name';
  const labels = [...set.templatePath, 'metadata', 'labels'];
  return [
    ...[first, ...others].slice(0, mostNamed).map(({ place }) => ({ ...place, message })),
    { object: set.workload, at: labels, part: 'key', message: 'the pods behind the Service' },
  ] as const;
}

const mostNamed = 3;

function namesOf(callers: BlockedCallers['callers']): string {
  return enumerateFew(
    callers.map(({ words }) => words.replace(/,$/, '')),
    mostNamed,
  );
}

function dataOf({ callers, verdict: { policies } }: BlockedCallers): Data {
  const [{ words, service, port }, ...others] = callers;
  const isOne = others.length === 0;
  return {
    callers: isOne ? `${words} calls` : `${namesOf(callers)} call`,
    service: `port ${port.port} of ${describeObject(service.object)}`,
    policies: policies.slice(0, 3).map(describeObject).join(' and '),
    not: policies.length === 1 ? 'does not' : 'do not',
    them: isOne ? 'it' : 'them',
  };
}

function helpFor(
  from: Caller['from'],
  who: string,
  { direction, set, port }: CallerVerdict,
): string {
  if (direction === 'Egress')
    return `allow egress to the pods of ${describeObject(set.workload)} on port ${port}`;
  if (!isOutsider(from)) return `allow ingress from the pods of ${who} on port ${port}`;
  if (from.node === true)
    return (
      `allow ingress from everywhere on port ${port}, or from an ipBlock: no selector takes ` +
      'what is no pod'
    );
  const { namespace } = from;
  const where =
    namespace === undefined
      ? 'the namespace that it runs in'
      : `namespace ${briefValue(namespace)}`;
  return `allow ingress on port ${port} from ${where}, with a namespaceSelector`;
}

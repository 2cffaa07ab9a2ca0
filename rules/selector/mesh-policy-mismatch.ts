import {
  podPortFinding,
  podPortMessages,
  podPortSlip,
} from '../../src/lint/ports/pod-port-slips.ts';
import { alikeBeside } from '../../src/lint/references/beside.ts';
import { describeWanted, isNowhere, lookUp } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { followSelector, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import {
  admittedPorts,
  meshPolicies,
  type MeshPolicy,
  meshPolicyKinds,
  namespacesOf,
  policyPorts,
  principalsOf,
} from '../../src/lint/selectors/mesh-policies.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...selectorMessages,
  ...podPortMessages,
  account: ({ what, nearest }: Record<'what' | 'nearest', string>) =>
    `there is no ${what}; there is ${nearest}`,
};

type Context = RuleContext<typeof messages>;

export const meshPolicyMismatch = defineRule({
  meta: {
    id: 'mesh-policy-mismatch',
    category: 'selector',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: meshPolicyKinds,
    title: 'is a policy for nobody',
    summary: 'A policy of Istio selects no pod, or names a port or an account that is not there',
    why:
      'the proxy beside a container enforces the policies that select its pod, at the ports of ' +
      'the pod and for the accounts of callers: where the names differ what was to be denied is ' +
      'allowed, or what was to be allowed is denied',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, report } = context;
    for (const policy of meshPolicies(cluster)) {
      const { object, at, selector, taken } = policy;
      const isPairs = at.includes('workloadSelector');
      followSelector(
        context,
        { object, at, selector, ...(isPairs && { onlyPairs: true }) },
        taken.map(() => ({ truth: 'yes' })),
      );
      const [set] = taken;
      for (const { number, ...place } of set === undefined ? [] : policyPorts(object)) {
        const slip = podPortSlip(number, taken, cluster, admittedPorts(object));
        if (slip === undefined || set === undefined) continue;
        report({ object, ...place, ...podPortFinding(number, slip, set) });
      }
    }
    for (const object of cluster.objects.ofKind('security.istio.io', 'AuthorizationPolicy'))
      checkSources(object, context);
  },
});

function checkSources(object: MeshPolicy['object'], context: Context): void {
  checkPrincipals(object, context);
  for (const { at, name } of namespacesOf(object)) {
    const wanted = { group: '', kind: 'Namespace', namespace: undefined, name };
    const lookup = lookUp(context, object, wanted);
    const nearest = lookup.state === 'missing' ? lookup.nearest : undefined;
    if (nearest?.difference !== 'slip') continue;
    context.report({
      object,
      at,
      id: 'account',
      data: { what: describeWanted(wanted), nearest: describeObject(nearest.object) },
      severity: nearest.certain ? 'error' : 'warning',
      help: `change it to ${nearest.object.name}`,
      related: [{ object: nearest.object, at: ['metadata', 'name'], message: 'this namespace' }],
    });
  }
}

function checkPrincipals(object: MeshPolicy['object'], context: Context): void {
  for (const { at, text, namespace, account } of principalsOf(object)) {
    const wanted = { group: '', kind: 'ServiceAccount', namespace, name: account };
    if (account === 'default') continue;
    const place = {
      object,
      at,
      within: { text: account, occurrence: occurrenceOf(text, account) },
    };
    const lookup = lookUp(context, object, wanted);
    const found = lookup.state === 'missing' ? lookup.nearest : undefined;
    const isNear = found?.difference === 'slip' || found?.difference === 'namespace';
    const nearest = isNear || !isNowhere(lookup) ? found : alikeBeside(context, object, wanted);
    if (nearest !== undefined && (isNear || nearest !== found))
      context.report({
        ...place,
        id: 'account',
        data: { what: describeWanted(wanted), nearest: describeObject(nearest.object) },
        severity: nearest.certain ? 'error' : 'warning',
        help: 'write the namespace and the name of the account that the callers have',
        related: [{ object: nearest.object, at: ['metadata', 'name'], message: 'this account' }],
      });
    else if (lookup.state === 'missing' || lookup.state === 'unknown')
      context.unknown({ ...place, reason: 'the account may be made elsewhere' });
  }
}

/** Of the account, which ends the text. */
function occurrenceOf(text: string, account: string): number {
  return text.split(account).length - 2;
}

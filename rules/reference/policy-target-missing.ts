import {
  followNearMiss,
  type Naming,
  namingsOf,
  nearMissMessages,
} from '../../src/lint/references/named-objects.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

/** Kinds of policies that take effect on what they name → what these may be. */
const policies: Readonly<Record<string, readonly (readonly [group: string, kind: string])[]>> = {
  BackendTLSPolicy: [
    ['', 'Service'],
    ['', 'ConfigMap'],
  ],
  ServerAuthorization: [['policy.linkerd.io', 'Server']],
  AuthorizationPolicy: [
    ['policy.linkerd.io', 'Server'],
    ['policy.linkerd.io', 'HTTPRoute'],
    ['policy.linkerd.io', 'MeshTLSAuthentication'],
    ['policy.linkerd.io', 'NetworkAuthentication'],
  ],
  HTTPRoute: [['policy.linkerd.io', 'Server']],
};

export const policyTargetMissing = defineRule({
  meta: {
    id: 'policy-target-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: Object.keys(policies),
    title: 'is a policy for nothing',
    summary:
      'A policy about TLS or authorization names a Service, Server or ConfigMap that does ' +
      'not exist',
    why:
      'a policy that is attached to an object takes effect on that object only: where it is not ' +
      'there the traffic that was meant goes unencrypted, or is denied, as if nobody had ' +
      'written it',
    fixable: true,
  },
  messages: nearMissMessages,
  check(context) {
    const targets = new Map(
      Object.values(policies)
        .flat()
        .map((target) => [target.join('/'), target]),
    );
    for (const [group, kind] of targets.values())
      for (const naming of namingsOf(context.cluster, group, kind))
        if (isAttached(naming)) followNearMiss(context, naming, { also: 'only' });
  },
});

/** What routes and others name for another purpose has rules of its own. */
function isAttached({ object, reference: { group, kind } }: Naming): boolean {
  return (getOwn(policies, object.kind) ?? []).some(
    (target) => target[0] === group && target[1] === kind,
  );
}

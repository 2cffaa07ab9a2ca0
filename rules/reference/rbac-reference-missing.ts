import {
  followNearMiss,
  type Naming,
  namingsOf,
  nearMissMessages,
} from '../../src/lint/references/named-objects.ts';
import { defineRule } from '../../src/lint/rule.ts';

const group = 'rbac.authorization.k8s.io';
const bindings = new Set(['RoleBinding', 'ClusterRoleBinding']);
/** Roles that every API server has (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go). */
const own = /^(cluster-admin|admin|edit|view|system:.*)$/;

export const rbacReferenceMissing = defineRule({
  meta: {
    id: 'rbac-reference-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    title: 'binds what does not exist',
    summary: 'A binding names a role or a ServiceAccount that does not exist',
    why:
      'the API server takes a binding whose role or account is not there and gives nobody ' +
      'anything: requests are answered with "forbidden", and whoever makes an account of ' +
      'that name later has the rights',
    fixable: true,
  },
  messages: nearMissMessages,
  check(context) {
    const { cluster } = context;
    const namings = [
      ...namingsOf(cluster, group, 'Role'),
      ...namingsOf(cluster, group, 'ClusterRole'),
      ...namingsOf(cluster, '', 'ServiceAccount'),
    ];
    for (const naming of namings)
      if (bindings.has(naming.object.kind) && !isGiven(naming)) followNearMiss(context, naming);
  },
});

/** What is there without a manifest. */
function isGiven({ reference: { kind, name } }: Naming): boolean {
  return kind === 'ServiceAccount' ? name === 'default' : kind === 'ClusterRole' && own.test(name);
}

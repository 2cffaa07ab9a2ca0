import type { RoleBinding } from 'kubernetes-types/rbac/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';

const group = 'rbac.authorization.k8s.io';
/** Groups that nobody is put into by hand: everybody is in one of them. */
const everybody: ReadonlyMap<string, string> = new Map([
  ['system:unauthenticated', 'everybody who reaches the API server, without any proof'],
  ['system:authenticated', 'every user and every pod of the cluster'],
  ['system:serviceaccounts', 'every pod of the cluster'],
  ['system:anonymous', 'everybody who reaches the API server, without any proof'],
]);
/** Roles that are made for them (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go). */
const harmless =
  /^system:(discovery|basic-user|public-info-viewer|service-account-issuer-discovery)$/;
const powerful = /^(cluster-admin|admin|edit)$/;

export const broadBinding = defineRule({
  meta: {
    id: 'broad-binding',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    title: 'gives rights to more than was meant',
    summary:
      'A binding gives rights to everybody, or those of an administrator to a default account',
    why:
      'a pod that names no account runs as the account default of its namespace, so that its ' +
      'rights are those of every such pod; and whoever breaks into one of them has them, too',
    fixable: false,
  },
  messages: {
    account: ({ role, namespace }: Record<'role' | 'namespace', string>) =>
      `${role} for the account "default" of namespace ${namespace}: every pod there has it that ` +
      'names no account',
    everybody: ({ role, name, who }: Record<'role' | 'name' | 'who', string>) =>
      `${role} for ${name}: ${who}`,
  },
  check({ cluster, report }) {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding'])
      for (const object of cluster.objects.ofKind(group, kind)) {
        const role = asText(fieldAt(object.value as Json, 'roleRef', 'name')) ?? '';
        const subjects = asList(fieldAt(object.value as Json, 'subjects'));
        for (const [index, subject] of subjects.entries()) {
          const name = asText(fieldAt(subject, 'name')) ?? '';
          const own = object.namespace ?? cluster.options.namespace;
          const namespace = asText(fieldAt(subject, 'namespace')) ?? own;
          const isAccount = asText(fieldAt(subject, 'kind')) === 'ServiceAccount';
          const who = isAccount
            ? undefined
            : (everybody.get(name) ??
              (name.startsWith('system:serviceaccounts:')
                ? 'every pod of a namespace'
                : undefined));
          const place = { object, at: ['subjects', index, 'name'] };
          if (isAccount && name === 'default' && powerful.test(role))
            report({
              ...place,
              id: 'account',
              data: { role, namespace },
              help: 'make an account for the pods that need it, and a role of what they do',
            });
          else if (who !== undefined && !harmless.test(role))
            report({
              ...place,
              id: 'everybody',
              data: { role, name, who },
              ...(isReading(object, cluster) && { severity: 'info' as const }),
              help: 'name the users, groups or accounts that need it',
            });
        }
      }
  },
});

/** The role was read, and lets its users look only. */
function isReading(binding: ClusterObject, { objects }: Cluster): boolean {
  const { kind = 'ClusterRole', name = '' } = (binding.value as RoleBinding).roleRef;
  const namespace = kind === 'Role' ? binding.namespace : undefined;
  const role = objects.findOfKind(group, kind, namespace, name);
  const rules = asList(fieldAt((role?.value ?? null) as Json, 'rules'));
  return (
    rules.length > 0 &&
    rules.every((rule) =>
      asList(fieldAt(rule, 'verbs')).every((verb) => /^(get|list|watch)$/.test(String(verb))),
    )
  );
}

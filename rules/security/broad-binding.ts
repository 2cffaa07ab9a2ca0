import type { RoleBinding } from 'kubernetes-types/rbac/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { bindingKinds, policyRules, rbacGroup } from '../../src/kubernetes/rbac.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { servicesOf, servingAs } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

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

const messages = {
  account: ({ role, namespace }: Record<'role' | 'namespace', string>) =>
    `${role} for the account "default" of namespace ${namespace}: every pod there has it that ` +
    'names no account',
  serving: ({ workload, service }: Record<'workload' | 'service', string>) =>
    `cluster-admin for the account of ${workload}: whoever breaks in through ${service} has the ` +
    'whole cluster',
  everybody: ({ role, name, who }: Record<'role' | 'name' | 'who', string>) =>
    `${role} for ${name}: ${who}`,
};

export const broadBinding = defineRule({
  meta: {
    id: 'broad-binding',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    title: 'gives rights to more than was meant',
    summary: 'A binding gives rights to everybody, or those of an administrator to pods that serve',
    why:
      'a group of the system holds everybody, and a pod that names no account runs as the ' +
      'account default of its namespace; whoever breaks into a pod has the rights of its account',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const kind of bindingKinds)
      for (const object of cluster.objects.ofKind(rbacGroup, kind)) {
        const subjects = asList(fieldAt(object.value, 'subjects'));
        for (const [index, subject] of subjects.entries()) {
          const words =
            asText(fieldAt(subject, 'kind')) === 'ServiceAccount'
              ? ofAccount(object, subject, cluster)
              : ofGroup(object, subject, cluster);
          if (words !== undefined) report({ object, at: ['subjects', index, 'name'], ...words });
        }
      }
  },
});

const roleOf = ({ value }: ClusterObject): string =>
  asText(fieldAt(value, 'roleRef', 'name')) ?? '';

function ofAccount(
  binding: ClusterObject,
  subject: Json,
  cluster: Cluster,
): Words<typeof messages> | undefined {
  const role = roleOf(binding);
  const name = asText(fieldAt(subject, 'name')) ?? '';
  const own = binding.namespace ?? cluster.options.namespace;
  const namespace = asText(fieldAt(subject, 'namespace')) ?? own;
  if (name === 'default' && powerful.test(role))
    return {
      id: 'account',
      data: { role, namespace },
      help: 'make an account for the pods that need it, and a role of what they do',
    };
  if (binding.kind !== 'ClusterRoleBinding' || role !== 'cluster-admin') return undefined;
  const set = servingAs(cluster, namespace, name);
  const [service] = set === undefined ? [] : servicesOf(cluster, set);
  if (set === undefined || service === undefined) return undefined;
  const { workload, templatePath } = set;
  const at = [...templatePath, 'spec', 'serviceAccountName'];
  return {
    id: 'serving',
    data: { workload: describeObject(workload), service: describeObject(service.object) },
    help: 'give it a role of what it does',
    related: [{ object: workload, at, message: 'its pods run as this account' }],
  };
}

function ofGroup(
  binding: ClusterObject,
  subject: Json,
  cluster: Cluster,
): Words<typeof messages> | undefined {
  const role = roleOf(binding);
  const name = asText(fieldAt(subject, 'name')) ?? '';
  const isOfNamespace = name.startsWith('system:serviceaccounts:');
  const who = isOfNamespace ? 'every pod of a namespace' : everybody.get(name);
  if (who === undefined || harmless.test(role)) return undefined;
  return {
    id: 'everybody',
    data: { role, name, who },
    ...(isReading(binding, cluster) && { severity: 'info' as const }),
    help: 'name the users, groups or accounts that need it',
  };
}

/** The role was read, and lets its users look only. */
function isReading(binding: ClusterObject, { objects }: Cluster): boolean {
  const { kind = 'ClusterRole', name = '' } = (binding.value as RoleBinding).roleRef;
  const namespace = kind === 'Role' ? binding.namespace : undefined;
  const role = objects.findOfKind(rbacGroup, kind, namespace, name);
  const rules = policyRules(role?.value);
  return (
    rules.length > 0 &&
    rules.every(({ verbs }) => verbs.every((verb) => /^(get|list|watch)$/.test(verb)))
  );
}

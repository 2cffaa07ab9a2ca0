import { isBinding, rbacGroup } from '../../src/kubernetes/rbac.ts';
import {
  accountOfPods,
  defaultMessages,
  idleDefault,
  isBound,
} from '../../src/lint/references/bound-accounts.ts';
import { idleAccount } from '../../src/lint/references/idle-accounts.ts';
import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import { isUnscoped, type Naming, namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { isBeside } from '../../src/lint/references/nearest-object.ts';
import { isNowhere, lookUp, reportMissing } from '../../src/lint/references/reference.ts';
import { grantMessages, idleGrants } from '../../src/lint/references/role-resources.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...nearMissMessages,
  ...grantMessages,
  ...defaultMessages,
  idle: ({ name, workload, other }: Record<'name' | 'workload' | 'other', string>) =>
    `no pod runs as ServiceAccount "${name}"; those of ${workload} run as "${other}"` +
    (other === 'default' ? '' : ', which nothing binds'),
};

type Context = RuleContext<typeof messages>;

/** Roles that every API server has (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go). */
const own = /^(cluster-admin|admin|edit|view|system:.*)$/;

export const rbacReferenceMissing = defineRule({
  meta: {
    id: 'rbac-reference-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['RoleBinding', 'ClusterRoleBinding', 'Role', 'ClusterRole'],
    title: 'binds what does not exist',
    summary: 'A binding or a role names a role, an account or a resource that does not exist',
    why:
      'the API server takes a binding whose role or account is not there and gives nobody ' +
      'anything: requests are answered with "forbidden", and whoever makes an account of ' +
      'that name later has the rights',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, report } = context;
    const namings = [
      ...namingsOf(cluster, rbacGroup, 'Role'),
      ...namingsOf(cluster, rbacGroup, 'ClusterRole'),
      ...namingsOf(cluster, '', 'ServiceAccount'),
    ];
    for (const naming of namings) {
      if (!isBinding(naming.object.kind) || isUnscoped(naming)) continue;
      const idle = isDefault(naming) ? idleDefault(naming, cluster) : undefined;
      if (idle !== undefined) report(idle);
      if (isGiven(naming)) continue;
      checkNaming(naming, context);
      checkUse(naming, context);
    }
    for (const grant of idleGrants(cluster)) report(grant);
  },
});

/** What was meant by the name of an account that is not there, beside the binding. */
function checkNaming(naming: Naming, context: Context): void {
  const { cluster } = context;
  const { object, reference } = naming;
  const wanted = wantedBy(naming, cluster);
  const lookup = lookUp(context, object, wanted);
  const isNear = lookup.state === 'missing' && (lookup.nearest?.difference ?? 'only') !== 'only';
  const isOpen = !isNear && isNowhere(lookup) && wanted.kind === 'ServiceAccount';
  const own = cluster.objects.findOfKind('', 'ServiceAccount', object.namespace, wanted.name);
  const isOwn =
    own !== undefined &&
    !own.namespaceAssumed &&
    !isBound(cluster, own.namespace, own.name) &&
    isBeside(own, object);
  const meant = !isOpen ? undefined : isOwn ? own : accountOfPods(object, wanted, cluster);
  if (meant === undefined) return void followNearMiss(context, naming, { beside: true });
  const { name, namespace = '', namespaceAssumed } = meant;
  const at = isOwn ? (reference.namespacePath ?? reference.path) : reference.path;
  const difference = isOwn ? 'namespace' : 'only';
  const candidate = { object: meant, written: name, difference, certain: false } as const;
  const where = namespaceAssumed ? 'its namespace' : `namespace: ${namespace}`;
  const help = isOwn ? `write namespace: ${namespace}` : `write name: ${name} and ${where}`;
  reportMissing(context, { object, at }, wanted, candidate, { help });
}

/** The workload of the account's name does not run as it, and nobody else does. */
function checkUse(naming: Naming, { cluster, report }: Context): void {
  const { object, reference } = naming;
  const idle = reference.kind === 'ServiceAccount' ? idleAccount(naming, cluster) : undefined;
  if (idle === undefined) return;
  const { account, other, pods } = idle;
  const { workload, namespace, templatePath } = pods;
  // An account of its own that has rights was chosen.
  if (other !== 'default' && isBound(cluster, namespace, other)) return;
  report({
    object,
    at: reference.path,
    id: 'idle',
    data: { name: account.name, workload: describeObject(workload), other },
    severity: 'warning',
    title: 'gives rights to whom nobody is',
    help: `write serviceAccountName: ${account.name} in the pod template`,
    related: [
      {
        object: workload,
        at: [...templatePath, 'spec'],
        part: 'key',
        message: other === 'default' ? 'no account here' : `they run as ${other}`,
      },
    ],
  });
}

function isDefault({ reference: { kind, name } }: Naming): boolean {
  return kind === 'ServiceAccount' && name === 'default';
}

/** What is there without a manifest. */
function isGiven(naming: Naming): boolean {
  const { kind, name } = naming.reference;
  return isDefault(naming) || (kind === 'ClusterRole' && own.test(name));
}

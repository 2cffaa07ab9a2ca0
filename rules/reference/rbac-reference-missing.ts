import type { Cluster } from '../../src/cluster/cluster.ts';
import { idleAccount } from '../../src/lint/references/idle-accounts.ts';
import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import { type Naming, namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { isBeside } from '../../src/lint/references/nearest-object.ts';
import { lookUp, reportMissing } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { remembered } from '../../src/multimap.ts';

const messages = {
  ...nearMissMessages,
  idle: ({ name, workload }: { name: string; workload: string }) =>
    `no pod runs as ServiceAccount "${name}"; those of ${workload} run as "default"`,
};

type Context = RuleContext<typeof messages>;

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
  messages,
  check(context) {
    const { cluster } = context;
    const namings = [
      ...namingsOf(cluster, group, 'Role'),
      ...namingsOf(cluster, group, 'ClusterRole'),
      ...namingsOf(cluster, '', 'ServiceAccount'),
    ];
    for (const naming of namings)
      if (bindings.has(naming.object.kind) && !isGiven(naming)) {
        checkNaming(naming, context);
        checkUse(naming, context);
      }
  },
});

/** Accounts that some binding names, by `namespace/name`. */
const boundAccounts = remembered(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(
      namingsOf(cluster, '', 'ServiceAccount')
        .filter(({ object }) => bindings.has(object.kind))
        .map((one) => `${wantedBy(one, cluster).namespace ?? ''}/${one.reference.name}`),
    ),
);

/** The account of the very name beside the binding, which nobody binds, where another is named. */
function checkNaming(naming: Naming, context: Context): void {
  const { cluster } = context;
  const { object, reference } = naming;
  const wanted = wantedBy(naming, cluster);
  const own = cluster.objects.findOfKind('', 'ServiceAccount', object.namespace, wanted.name);
  const lookup = lookUp(context, object, wanted);
  const isBound = boundAccounts(cluster).has(`${object.namespace ?? ''}/${wanted.name}`);
  if (wanted.kind !== 'ServiceAccount' || own === undefined || isBound || !isBeside(own, object))
    return void followNearMiss(context, naming);
  if (lookup.state !== 'unknown' || lookup.open !== true)
    return void followNearMiss(context, naming);
  reportMissing(
    context,
    { object, at: reference.namespacePath ?? reference.path },
    wanted,
    { object: own, written: own.name, difference: 'namespace', certain: false },
    { help: `write namespace: ${own.namespace ?? ''}` },
  );
}

/** The workload of the account's name does not run as it, and nobody else does. */
function checkUse(naming: Naming, { cluster, report }: Context): void {
  const { object, reference } = naming;
  const idle = reference.kind === 'ServiceAccount' ? idleAccount(naming, cluster) : undefined;
  if (idle === undefined) return;
  const { workload, templatePath } = idle.pods;
  const { name } = idle.account;
  report({
    object,
    at: reference.path,
    id: 'idle',
    data: { name, workload: describeObject(workload) },
    severity: 'warning',
    title: 'gives rights to whom nobody is',
    help: `write serviceAccountName: ${name} in the pod template`,
    related: [
      { object: workload, at: [...templatePath, 'spec'], part: 'key', message: 'no account here' },
    ],
  });
}

/** What is there without a manifest. */
function isGiven({ reference: { kind, name } }: Naming): boolean {
  return kind === 'ServiceAccount' ? name === 'default' : kind === 'ClusterRole' && own.test(name);
}

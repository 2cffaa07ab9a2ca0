import { type AnyJson, asText, fieldAt } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { bindingKinds, rbacGroup } from '../../src/kubernetes/rbac.ts';
import { isBound } from '../../src/lint/references/bound-accounts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';

export const tokenMounted = defineRule({
  meta: {
    id: 'token-mounted',
    category: 'security',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'carries a token that it has no use for',
    summary: 'Pods behind a Service mount the token of an account that has no rights',
    why:
      'the token of its account is mounted into every pod that does not say otherwise; whoever ' +
      'breaks in through the Service can ask the API server with it, and has whatever rights ' +
      'the account is given later',
    fixable: false,
  },
  messages: {
    mounted: ({ account }: { account: string }) =>
      `the token of account "${account}", which no binding that was read gives any right, is ` +
      'mounted',
  },
  check({ cluster, unseen, report }) {
    if (unseen.whyDocumentUnseen('RoleBinding') !== undefined) return;
    // Groups of all accounts may be bound.
    const isOpen = bindingKinds.some((kind) =>
      cluster.objects
        .ofKind(rbacGroup, kind)
        .some(({ value }) => JSON.stringify(fieldAt(value, 'subjects') ?? []).includes('system:')),
    );
    if (isOpen) return;
    for (const set of cluster.pods.all) {
      const { workload, spec, namespace, templatePath, sketched } = set;
      const account = asText(spec.serviceAccountName) ?? 'default';
      if (spec.automountServiceAccountToken !== undefined || sketched === true) continue;
      if (isBound(cluster, namespace, account) || servicesOf(cluster, set).length === 0) continue;
      const object = cluster.objects.findOfKind('', 'ServiceAccount', namespace, account);
      if (object === undefined ? account !== 'default' : isSilenced(object.value)) continue;
      report({
        object: workload,
        at: [...templatePath, 'spec'],
        part: 'key',
        id: 'mounted',
        data: { account },
        help: 'write automountServiceAccountToken: false beside its containers',
      });
    }
  },
});

/** The account keeps it away itself, or has a role in a cloud that goes by the token. */
function isSilenced(account: AnyJson): boolean {
  return (
    fieldAt(account, 'automountServiceAccountToken') === false ||
    fieldAt(account, 'metadata', 'annotations') !== undefined
  );
}

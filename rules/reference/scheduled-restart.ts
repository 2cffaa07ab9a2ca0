import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { appliedTogether } from '../../src/lint/objects/applied-together.ts';
import { accountOf, mayPatch } from '../../src/lint/references/account-rights.ts';
import { kubectlRestarts, type Restart } from '../../src/lint/references/kubectl-restarts.ts';
import { follow, missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  ...missingMessages,
  denied: ({ account, resource }: Record<'account' | 'resource', string>) =>
    `${account} may not get and patch ${resource}: no Role that is bound to it says so`,
  often: ({ minutes }: { minutes: number }) =>
    minutes === 1 ? 'it runs every minute' : `it runs every ${minutes} minutes`,
};
type Context = RuleContext<typeof messages>;

export const scheduledRestart = defineRule({
  meta: {
    id: 'scheduled-restart',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['CronJob'],
    title: 'restarts nothing, or too often',
    summary:
      'A CronJob restarts a workload that is not there, may not do so, or does it all the time',
    why:
      'kubectl in a pod may do what its ServiceAccount may, and nobody sees a Job that fails at ' +
      'night; one that succeeds replaces all pods and endpoints each time',
    fixable: true,
  },
  messages,
  check(context) {
    for (const restart of kubectlRestarts(context.cluster)) {
      checkName(restart, context);
      checkSchedule(restart, context);
      checkRights(restart, context);
    }
  },
});

function checkName({ kind, namespace, name, place }: Restart, context: Context): void {
  follow(context, place, { group: 'apps', kind, namespace, name });
}

function checkSchedule({ cronJob: object }: Restart, { report }: Context): void {
  const schedule = asText(fieldAt(object.value, 'spec', 'schedule'))?.trim() ?? '';
  const [, every] = /^\*\/(\d{1,2})( \*){4}$/.exec(schedule) ?? [];
  const minutes = schedule === '* * * * *' ? 1 : Number(every);
  if (!(minutes > 0)) return;
  report({
    object,
    at: ['spec', 'schedule'],
    id: 'often',
    data: { minutes },
    severity: 'warning',
    help: 'find out why the pods must be restarted, and let a liveness probe say when',
  });
}

/** Rights of an account that was not read may have been given elsewhere, too. */
function checkRights(restart: Restart, { cluster, unit, report }: Context): void {
  const { cronJob, namespace, resource, place } = restart;
  const [set] = cluster.pods.ofWorkload(cronJob);
  if (set === undefined) return;
  const account = accountOf(set);
  const { name } = account;
  const object = cluster.objects.findOfKind('', 'ServiceAccount', account.namespace, name);
  if (object === undefined && name !== 'default') return;
  if (mayPatch(restart, account, cluster) !== false) return;
  const isSure = object !== undefined && appliedTogether(object, cronJob, unit);
  report({
    ...place,
    id: 'denied',
    data: { account: `ServiceAccount ${account.namespace}/${name}`, resource },
    severity: isSure ? 'error' : 'warning',
    help:
      `bind it to a Role in namespace ${namespace} with apiGroups: [apps], ` +
      `resources: [${resource}], verbs: [get, patch]`,
  });
}

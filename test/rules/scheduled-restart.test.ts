import { scheduledRestart } from '../../rules/reference/scheduled-restart.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const restartCronJob = yaml`
  apiVersion: batch/v1
  kind: CronJob
  metadata:
    name: restart
  spec:
    schedule: "0 4 * * 0"
    jobTemplate:
      spec:
        template:
          spec:
            serviceAccountName: restart
            restartPolicy: Never
            containers:
              - name: kubectl
                image: registry.k8s.io/kubectl:v1.33.0
                command: [kubectl, rollout, restart, deployment/web]
`;
/** A CronJob that restarts something else. */
const restarting = (target: string): string => restartCronJob.replace('deployment/web', target);
const restartRole = yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata:
    name: restart
  rules:
    - apiGroups: [apps]
      resources: [deployments]
      verbs: [get, patch]
`;
const restartRoleBinding = yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: RoleBinding
  metadata:
    name: restart
  roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: restart }
  subjects: [{ kind: ServiceAccount, name: restart }]
`;

const restartServiceAccount = yaml`
  apiVersion: v1
  kind: ServiceAccount
  metadata:
    name: restart
`;

testRule(scheduledRestart, {
  valid: [
    {
      name: 'once a week, with the rights',
      yaml: documents(
        webDeployment,
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restartCronJob,
      ),
    },
    {
      name: 'a placeholder',
      yaml: documents(
        webDeployment,
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restarting('deployment/$NAME'),
      ),
    },
    {
      name: 'rights that were not read',
      yaml: documents(webDeployment, restartCronJob),
    },
  ],
  invalid: [
    {
      name: 'a name that is a slip',
      yaml: documents(
        webDeployment,
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restarting('deployment/wbe'),
      ),
      errors: [
        {
          id: 'nearName',
          line: 53,
          column: 63,
          endColumn: 66,
          message: 'there is no Deployment "wbe" in namespace default; did you mean "web"?',
          related: ['4:9 this Deployment'],
        },
      ],
      output: [['deployment/wbe]', 'deployment/web]']],
    },
    {
      name: 'another name',
      yaml: documents(
        webDeployment,
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restarting('deployment/billing'),
      ),
      errors: [
        {
          id: 'otherName',
          line: 53,
          column: 63,
          endColumn: 70,
          severity: 'warning',
          message: 'there is no Deployment "billing" in namespace default; there is "web"',
          related: ['4:9 this Deployment'],
        },
      ],
    },
    {
      name: 'no Deployment of the name',
      yaml: documents(
        webDeployment,
        apiDeployment,
        webDeployment.replaceAll('web', 'cart'),
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restarting('deployment/billing'),
      ),
      errors: [
        {
          id: 'missing',
          line: 85,
          column: 63,
          endColumn: 70,
          severity: 'warning',
          message: 'there is no Deployment "billing" in namespace default in the 7 objects read',
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: documents(
        apiDeployment,
        webDeployment.replace('  name: web\n', '  name: web\n  namespace: shop\n'),
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restartCronJob,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 70,
          column: 63,
          endColumn: 66,
          severity: 'warning',
          message:
            'there is no Deployment "web" in namespace default; there is Deployment shop/web',
          related: ['21:14 this Deployment'],
        },
      ],
    },
    {
      name: 'it may not patch',
      yaml: documents(
        webDeployment,
        restartServiceAccount,
        restartRole.replace('[get, patch]', '[get, list]'),
        restartRoleBinding,
        restartCronJob,
      ),
      errors: [
        {
          id: 'denied',
          line: 53,
          column: 63,
          endColumn: 66,
          message:
            'ServiceAccount default/restart may not get and patch deployments: no Role that is bound to it says so',
        },
      ],
    },
    {
      name: 'every five minutes',
      yaml: documents(
        webDeployment,
        restartServiceAccount,
        restartRole,
        restartRoleBinding,
        restartCronJob.replace('schedule: "0 4 * * 0"', 'schedule: "*/5 * * * *"'),
      ),
      errors: [
        {
          id: 'often',
          line: 43,
          column: 13,
          endColumn: 26,
          severity: 'warning',
          message: 'it runs every 5 minutes',
        },
      ],
    },
  ],
});

import { scheduledRestart } from '../../rules/reference/scheduled-restart.ts';
import { testRule } from '../support/rule-tester.ts';
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

testRule(scheduledRestart, {
  valid: [
    {
      name: 'once a week, with the rights',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob,
      ),
    },
    {
      name: 'a placeholder',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob.replace(
          'command: [kubectl, rollout, restart, deployment/web]',
          'command: [kubectl, rollout, restart, deployment/$NAME]',
        ),
      ),
    },
    {
      name: 'rights that were not read',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        restartCronJob,
      ),
    },
  ],
  invalid: [
    {
      name: 'a name that is a slip',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob.replace(
          'command: [kubectl, rollout, restart, deployment/web]',
          'command: [kubectl, rollout, restart, deployment/wbe]',
        ),
      ),
      errors: [
        {
          id: 'nearName',
          line: 54,
          column: 63,
          endColumn: 66,
          message: 'there is no Deployment "wbe" in namespace default; did you mean "web"?',
          related: ['4:9 this Deployment'],
        },
      ],
      output: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob,
      ),
    },
    {
      name: 'another name',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob.replace(
          'command: [kubectl, rollout, restart, deployment/web]',
          'command: [kubectl, rollout, restart, deployment/billing]',
        ),
      ),
      errors: [
        {
          id: 'otherName',
          line: 54,
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: api
          spec:
            replicas: 2
            selector:
              matchLabels: { app: api }
            template:
              metadata:
                labels: { app: api }
              spec:
                containers:
                  - name: api
                    image: shop/api:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: cart
          spec:
            replicas: 2
            selector:
              matchLabels: { app: cart }
            template:
              metadata:
                labels: { app: cart }
              spec:
                containers:
                  - name: cart
                    image: shop/cart:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob.replace(
          'command: [kubectl, rollout, restart, deployment/web]',
          'command: [kubectl, rollout, restart, deployment/billing]',
        ),
      ),
      errors: [
        {
          id: 'missing',
          line: 88,
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: api
          spec:
            replicas: 2
            selector:
              matchLabels: { app: api }
            template:
              metadata:
                labels: { app: api }
              spec:
                containers:
                  - name: api
                    image: shop/api:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 72,
          column: 63,
          endColumn: 66,
          severity: 'warning',
          message:
            'there is no Deployment "web" in namespace default; there is Deployment shop/web',
          related: ['22:14 this Deployment'],
        },
      ],
    },
    {
      name: 'it may not patch',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata:
            name: restart
          rules:
            - apiGroups: [apps]
              resources: [deployments]
              verbs: [get, list]
        `,
        restartRoleBinding,
        restartCronJob,
      ),
      errors: [
        {
          id: 'denied',
          line: 54,
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: restart
        `,
        restartRole,
        restartRoleBinding,
        restartCronJob.replace('schedule: "0 4 * * 0"', 'schedule: "*/5 * * * *"'),
      ),
      errors: [
        {
          id: 'often',
          line: 44,
          column: 13,
          endColumn: 26,
          severity: 'warning',
          message: 'it runs every 5 minutes',
        },
      ],
    },
  ],
});

import { tokenMounted } from '../../rules/security/token-mounted.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(tokenMounted, {
  valid: [
    {
      name: 'not mounted',
      yaml: documents(
        deployment('web')`
          automountServiceAccountToken: false
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'mounted on purpose',
      yaml: documents(
        deployment('web')`
          automountServiceAccountToken: true
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: webDeployment,
    },
    {
      name: 'it has a right',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata:
            name: apps
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: view
          subjects:
            - kind: ServiceAccount
              name: default
              namespace: default
        `,
      ),
    },
    {
      name: 'all accounts may have one',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata:
            name: apps
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: view
          subjects:
            - kind: Group
              apiGroup: rbac.authorization.k8s.io
              name: system:serviceaccounts
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the default account',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'mounted',
          line: 11,
          column: 5,
          endColumn: 9,
          message:
            'the token of account "default", which no binding that was read gives any right, is mounted',
        },
      ],
    },
    {
      name: 'an account of its own',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                serviceAccountName: robot
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: robot
        `,
      ),
      errors: [
        {
          id: 'mounted',
          line: 11,
          column: 5,
          endColumn: 9,
          message:
            'the token of account "robot", which no binding that was read gives any right, is mounted',
        },
      ],
    },
  ],
});

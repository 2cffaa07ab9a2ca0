import { broadBinding } from '../../rules/security/broad-binding.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const frontDeployment = deployment('front')`
  containers:
    - name: front
      image: shop/front:1.4
      ports: [{ name: http, containerPort: 8080 }]
  serviceAccountName: front
`;
const frontClusterRoleBinding = yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRoleBinding
  metadata:
    name: front
  roleRef:
    apiGroup: rbac.authorization.k8s.io
    kind: ClusterRole
    name: cluster-admin
  subjects:
    - kind: ServiceAccount
      name: front
      namespace: default
`;
const frontService = serviceFor('front')`ports: [{ name: http, port: 80, targetPort: http }]`;

const frontAccount = yaml`
  apiVersion: v1
  kind: ServiceAccount
  metadata:
    name: front
`;

testRule(broadBinding, {
  valid: [
    {
      name: 'an account of its own',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: edit
        subjects:
          - kind: ServiceAccount
            name: robot
            namespace: default
      `,
    },
    {
      name: 'a right to look',
      yaml: yaml`
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
    },
    {
      name: 'discovery is for everybody',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: system:discovery
        subjects:
          - kind: Group
            apiGroup: rbac.authorization.k8s.io
            name: system:unauthenticated
      `,
    },
    {
      name: 'a group of people',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: edit
        subjects:
          - kind: Group
            apiGroup: rbac.authorization.k8s.io
            name: team-shop
      `,
    },
    {
      name: 'an administrator that serves nobody',
      yaml: documents(frontDeployment, frontAccount, frontClusterRoleBinding),
    },
    {
      name: 'the right to look of one that serves',
      yaml: documents(
        frontDeployment,
        frontService,
        frontAccount,
        frontClusterRoleBinding.replace('name: cluster-admin', 'name: view'),
      ),
    },
  ],
  invalid: [
    {
      name: 'the default account',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: cluster-admin
        subjects:
          - kind: ServiceAccount
            name: default
            namespace: default
      `,
      errors: [
        {
          id: 'account',
          line: 11,
          column: 11,
          endColumn: 18,
          message:
            'cluster-admin for the account "default" of namespace default: every pod there has it that names no account',
        },
      ],
    },
    {
      name: 'in one namespace',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: edit
        subjects:
          - kind: ServiceAccount
            name: default
            namespace: default
      `,
      errors: [
        {
          id: 'account',
          line: 11,
          column: 11,
          endColumn: 18,
          message:
            'edit for the account "default" of namespace default: every pod there has it that names no account',
        },
      ],
    },
    {
      name: 'everybody',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: edit
        subjects:
          - kind: Group
            apiGroup: rbac.authorization.k8s.io
            name: system:unauthenticated
      `,
      errors: [
        {
          id: 'everybody',
          line: 12,
          column: 11,
          endColumn: 33,
          message:
            'edit for system:unauthenticated: everybody who reaches the API server, without any proof',
        },
      ],
    },
    {
      name: 'all pods',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: shop
        subjects:
          - kind: Group
            apiGroup: rbac.authorization.k8s.io
            name: system:serviceaccounts
      `,
      errors: [
        {
          id: 'everybody',
          line: 12,
          column: 11,
          endColumn: 33,
          message: 'shop for system:serviceaccounts: every pod of the cluster',
        },
      ],
    },
    {
      name: 'all pods of a namespace',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: shop
        subjects:
          - kind: Group
            apiGroup: rbac.authorization.k8s.io
            name: system:serviceaccounts:shop
      `,
      errors: [
        {
          id: 'everybody',
          line: 12,
          column: 11,
          endColumn: 38,
          message: 'shop for system:serviceaccounts:shop: every pod of a namespace',
        },
      ],
    },
    {
      name: 'to look only',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: apps
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: shop
        subjects:
          - kind: Group
            apiGroup: rbac.authorization.k8s.io
            name: system:authenticated

        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [""]
            resources: [configmaps]
            verbs: [get, list]
      `,
      errors: [
        {
          id: 'everybody',
          line: 12,
          column: 11,
          endColumn: 31,
          severity: 'info',
          message: 'shop for system:authenticated: every user and every pod of the cluster',
        },
      ],
    },
    {
      name: 'the account of pods that serve',
      yaml: documents(frontDeployment, frontService, frontAccount, frontClusterRoleBinding),
      errors: [
        {
          id: 'serving',
          line: 41,
          column: 11,
          endColumn: 16,
          message:
            'cluster-admin for the account of Deployment default/front: whoever breaks in through Service default/front has the whole cluster',
          related: ['16:27 its pods run as this account'],
        },
      ],
    },
  ],
});

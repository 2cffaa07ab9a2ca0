import { escalatingRole } from '../../rules/security/escalating-role.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(escalatingRole, {
  valid: [
    {
      name: 'other verbs',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [roles]
            verbs: [get, create]
      `,
    },
    {
      name: 'a role by its name',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [clusterroles]
            verbs: [bind]
            resourceNames: [view]
      `,
    },
    {
      name: 'bind of another kind',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [""]
            resources: [pods]
            verbs: [bind]
      `,
    },
  ],
  invalid: [
    {
      name: 'bind',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [clusterroles]
            verbs: [get, bind]
      `,
      errors: [
        { id: 'verb', line: 8, column: 18, endColumn: 22, message: 'may bind clusterroles' },
      ],
    },
    {
      name: 'impersonate',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [""]
            resources: [users, groups]
            verbs: [impersonate]
      `,
      errors: [
        { id: 'verb', line: 8, column: 13, endColumn: 24, message: 'may impersonate users' },
      ],
    },
    {
      name: 'escalate',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: shop
        rules:
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [roles]
            verbs: [escalate]
      `,
      errors: [{ id: 'verb', line: 8, column: 13, endColumn: 21, message: 'may escalate roles' }],
    },
    {
      name: 'a policy that is gone',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop
        rules:
          - apiGroups: [policy]
            resources: [podsecuritypolicies]
            verbs: [use]
      `,
      errors: [
        {
          id: 'gone',
          line: 7,
          column: 17,
          endColumn: 36,
          severity: 'info',
          message: 'it is about PodSecurityPolicies, which no release since 1.25 has',
        },
      ],
    },
  ],
});

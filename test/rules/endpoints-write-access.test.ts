import { endpointsWriteAccess } from '../../rules/security/endpoints-write-access.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(endpointsWriteAccess, {
  valid: [
    {
      name: 'reading',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [""]
            resources: [endpoints]
            verbs: [get, list, watch]
      `,
    },
    {
      name: 'single objects',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [""]
            resources: [endpoints]
            verbs: [update]
            resourceNames: [web-leader]
      `,
    },
    {
      name: 'another group',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [apps]
            resources: [endpoints]
            verbs: [update]
      `,
    },
    {
      name: 'other resources',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [discovery.k8s.io]
            resources: [leases]
            verbs: ["*"]
      `,
    },
    {
      name: 'all of another group',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [apps]
            resources: ["*"]
            verbs: ["*"]
      `,
    },
    {
      name: 'reading the status of Services',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: watch
        rules:
          - apiGroups: [""]
            resources: [services/status]
            verbs: [get]
      `,
    },
  ],
  invalid: [
    {
      name: 'endpoints',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [""]
            resources: [pods, endpoints]
            verbs: [get, create, update]
      `,
      errors: [
        {
          id: 'write',
          line: 7,
          column: 23,
          endColumn: 32,
          message: 'may create, update endpoints',
        },
      ],
    },
    {
      name: 'slices',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: web
        rules:
          - apiGroups: [discovery.k8s.io]
            resources: [endpointslices]
            verbs: ["*"]
      `,
      errors: [
        {
          id: 'write',
          line: 7,
          column: 17,
          endColumn: 31,
          message: 'may do anything with endpointslices',
        },
      ],
    },
    {
      name: 'by a wildcard',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
        rules:
          - apiGroups: [""]
            resources: ["*"]
            verbs: [get, patch]
      `,
      errors: [
        {
          id: 'write',
          line: 7,
          column: 17,
          endColumn: 20,
          message: 'may patch all resources, endpoints among them',
        },
      ],
    },
    {
      name: 'an administrator',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: web
        rules:
          - apiGroups: ["*"]
            resources: ["*"]
            verbs: ["*"]
      `,
      errors: [
        {
          id: 'write',
          line: 7,
          column: 17,
          endColumn: 20,
          severity: 'info',
          message: 'may do anything with all resources, endpoints among them',
        },
      ],
    },
    {
      name: 'for every user of a namespace',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: web
          labels:
            rbac.authorization.k8s.io/aggregate-to-edit: "true"
        rules:
          - apiGroups: [""]
            resources: [endpoints]
            verbs: [update]
      `,
      errors: [
        {
          id: 'aggregated',
          line: 9,
          column: 17,
          endColumn: 26,
          message:
            'may update endpoints, and is part of the role edit that users of a namespace have',
        },
      ],
    },
    {
      name: 'the address of load balancers',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: lb
        rules:
          - apiGroups: [""]
            resources: [services/status]
            verbs: [patch]
      `,
      errors: [
        {
          id: 'write',
          line: 7,
          column: 17,
          endColumn: 32,
          severity: 'info',
          message: 'may patch services/status',
        },
      ],
    },
  ],
});

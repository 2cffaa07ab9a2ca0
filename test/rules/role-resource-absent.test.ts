import { roleResourceAbsent } from '../../rules/reference/role-resource-absent.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(roleResourceAbsent, {
  valid: [
    {
      name: 'resources in their groups',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: deployer
        rules:
          - apiGroups: ["", apps]
            resources: [pods, pods/log, deployments, deployments/scale]
            verbs: [get]
          - apiGroups: ["*"]
            resources: [ingresses]
            verbs: [get]
          - apiGroups: [metrics.k8s.io, extensions]
            resources: [pods, ingresses]
            verbs: [get]
          - apiGroups: ["", serving.knative.dev]
            resources: [routes, revision]
            verbs: [get]
      `,
    },
    {
      name: 'given by another rule',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: deployer
        rules:
          - apiGroups: [""]
            resources: [pods, deployments]
            verbs: [get]
          - apiGroups: [apps]
            resources: [deployments]
            verbs: [get]
      `,
    },
  ],
  invalid: [
    {
      name: 'another group',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: leader
        rules:
          - apiGroups: [""]
            resources: [configmaps, leases]
            verbs: [get, update]
          - apiGroups: [apps]
            resources: [cronjobs, deployments/scale, services/status]
            verbs: [get]
      `,
      errors: [
        {
          id: 'group',
          line: 7,
          column: 29,
          endColumn: 35,
          message:
            'there is no resource "leases" in the core group (""); it is of coordination.k8s.io',
          related: ['6:5 the groups'],
        },
        {
          id: 'group',
          line: 10,
          column: 17,
          endColumn: 25,
          message: 'there is no resource "cronjobs" in apps; it is of batch',
          related: ['9:5 the groups'],
        },
        {
          id: 'group',
          line: 10,
          column: 46,
          endColumn: 61,
          message: 'there is no resource "services/status" in apps; it is of the core group ("")',
          related: ['9:5 the groups'],
        },
      ],
    },
    {
      name: 'the singular',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
          - apiGroups: ["", networking.k8s.io]
            resources: [pod, pod/log, ingress, networkpolicy, endpoint]
            verbs: [get]
      `,
      errors: [
        {
          id: 'plural',
          line: 7,
          column: 17,
          endColumn: 20,
          message: 'there is no resource "pod"; did you mean "pods"?',
        },
        {
          id: 'plural',
          line: 7,
          column: 22,
          endColumn: 29,
          message: 'there is no resource "pod/log"; did you mean "pods/log"?',
        },
        {
          id: 'plural',
          line: 7,
          column: 31,
          endColumn: 38,
          message: 'there is no resource "ingress"; did you mean "ingresses"?',
        },
        {
          id: 'plural',
          line: 7,
          column: 40,
          endColumn: 53,
          message: 'there is no resource "networkpolicy"; did you mean "networkpolicies"?',
        },
        {
          id: 'plural',
          line: 7,
          column: 55,
          endColumn: 63,
          message: 'there is no resource "endpoint"; did you mean "endpoints"?',
        },
      ],
      output: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
          - apiGroups: ["", networking.k8s.io]
            resources: [pods, pods/log, ingresses, networkpolicies, endpoints]
            verbs: [get]
      `,
    },
  ],
});

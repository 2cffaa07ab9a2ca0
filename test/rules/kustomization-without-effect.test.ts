import { kustomizationWithoutEffect } from '../../rules/manifest/kustomization-without-effect.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment } from '../support/shop.ts';
import { yaml } from '../support/yaml.ts';

const webDeployment = deployment('web')`
  containers:
    - name: web
      image: registry.acme.io/shop/web:1.4
`;

const threeReplicas = yaml`
  - op: replace
    path: /spec/replicas
    value: 3
`;

testRule(kustomizationWithoutEffect, {
  valid: [
    {
      name: 'a target and an image that are there, a pattern, a target without a name',
      files: {
        'base/kustomization.yaml': yaml`
        resources: [web.yaml]
      `,
        'base/web.yaml': webDeployment,
        'prod/kustomization.yaml': yaml`
        resources: [../base]
        namePrefix: prod-
        patches:
          - { path: patch.yaml, target: { kind: Deployment, name: web } }
          - { path: patch.yaml, target: { kind: Deployment, name: "api-.*" } }
          - { path: patch.yaml, target: { kind: StatefulSet } }
        images:
          - { name: registry.acme.io/shop/web, newTag: "1.5" }
          - { name: registry.acme.io/bank/ledger, newTag: "7" }
      `,
        'prod/patch.yaml': threeReplicas,
      },
    },
    {
      name: 'a remote base may have it, and a component is for whatever takes it',
      files: {
        'base/kustomization.yaml': yaml`
        resources: [web.yaml]
      `,
        'base/web.yaml': webDeployment,
        'prod/kustomization.yaml': yaml`
        resources: [../base, "https://github.com/acme/api//deploy?ref=v1"]
        patches:
          - { path: patch.yaml, target: { kind: Deployment, name: api } }
      `,
        'prod/patch.yaml': threeReplicas,
        'parts/scale/kustomization.yaml': yaml`
        kind: Component
        patches:
          - { path: patch.yaml, target: { kind: Deployment, name: api } }
      `,
        'parts/scale/patch.yaml': threeReplicas,
        'test/kustomization.yaml': yaml`
        resources: [../base]
        components: [../parts/scale]
      `,
      },
    },
    {
      name: 'a patch that makes another kind of what it is for',
      files: {
        'kustomization.yaml': yaml`
        resources: [role.yaml]
        patches:
          - patch: |-
              - op: replace
                path: /kind
                value: Role
            target: { kind: ClusterRole, name: viewer }
      `,
        'role.yaml': yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: viewer
        rules:
          - { apiGroups: [""], resources: [pods], verbs: [list] }
      `,
      },
    },
  ],
  invalid: [
    {
      name: 'a target that is not there',
      files: {
        'base/kustomization.yaml': yaml`
        resources: [web.yaml]
      `,
        'base/web.yaml': webDeployment,
        'prod/kustomization.yaml': yaml`
        resources: [../base]
        patches:
          - { path: patch.yaml, target: { kind: Deployment, name: website } }
      `,
        'prod/patch.yaml': threeReplicas,
      },
      errors: [
        {
          id: 'idle',
          file: 'prod/kustomization.yaml',
          line: 3,
          column: 59,
          endColumn: 66,
          message: 'the target Deployment website is none of the resources',
        },
      ],
    },
    {
      name: 'a slip in the name of an image',
      files: {
        'base/kustomization.yaml': yaml`
        resources: [web.yaml]
      `,
        'base/web.yaml': webDeployment,
        'prod/kustomization.yaml': yaml`
        resources: [../base]
        images:
          - { name: registry.acme.io/shop/wbe, newTag: "1.5" }
      `,
      },
      errors: [
        {
          id: 'idle',
          file: 'prod/kustomization.yaml',
          line: 3,
          column: 13,
          endColumn: 38,
          message:
            'no container has the image registry.acme.io/shop/wbe; registry.acme.io/shop/web is there',
        },
      ],
    },
  ],
});

import { rbacReferenceMissing } from '../../rules/reference/rbac-reference-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const readerRole = yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata:
    name: reader
  rules:
    - apiGroups: [""]
      resources: [pods]
      verbs: [get]
`;
const webRoleBinding = yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: RoleBinding
  metadata:
    name: web
  roleRef:
    apiGroup: rbac.authorization.k8s.io
    kind: Role
    name: reader
  subjects:
    - kind: ServiceAccount
      name: web
      namespace: default
`;

/** Pods run as `shop-controller`; the binding gives its rights to another account of `system`. */
const prefixed = (account: string): string => yaml`
  apiVersion: v1
  kind: ServiceAccount
  metadata:
    name: shop-controller
  ---
  apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRoleBinding
  metadata:
    name: shop-controller
  roleRef:
    apiGroup: rbac.authorization.k8s.io
    kind: ClusterRole
    name: view
  subjects:
    - kind: ServiceAccount
      name: ${account}
      namespace: system
  ---
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: shop-controller
  spec:
    selector:
      matchLabels:
        app: shop-controller
    template:
      metadata:
        labels:
          app: shop-controller
      spec:
        serviceAccountName: shop-controller
        containers:
          - name: main
            image: ghcr.io/acme/shop-controller:1.4.2
`;

const watcherRoleBinding = yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: RoleBinding
  metadata:
    name: watcher
  roleRef:
    apiGroup: rbac.authorization.k8s.io
    kind: ClusterRole
    name: view
  subjects:
    - kind: ServiceAccount
      name: watcher
`;
const watcherAccount = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: watcher\n';
const watcherDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: watcher
  spec:
    replicas: 2
    selector:
      matchLabels:
        app: watcher
    template:
      metadata:
        labels:
          app: watcher
      spec:
        containers:
          - name: watcher
            image: ghcr.io/acme/watcher:1.4.2
`;

testRule(rbacReferenceMissing, {
  valid: [
    {
      name: 'the name of a workload that runs as another account, which has rights of its own',
      unknown: ['ServiceAccount "web" in namespace default was not found, and may be made by hand'],
      yaml: documents(
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: shop-reader\n',
        readerRole,
        webRoleBinding,
        webRoleBinding.replaceAll('name: web', 'name: shop-reader'),
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
          serviceAccountName: shop-reader
        `,
      ),
    },
    {
      name: 'an account of a workload that runs as another one with rights',
      yaml: documents(
        watcherAccount,
        watcherRoleBinding,
        watcherRoleBinding.replaceAll('watcher', 'worker'),
        watcherAccount.replace('watcher', 'worker'),
        watcherDeployment.replace('    spec:', '    spec:\n      serviceAccountName: worker'),
      ),
    },
    {
      name: 'a rule without API groups, which is refused',
      refused: 1,
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: reader
        rules:
          - resources: [configmaps]
            verbs: [get]
      `,
    },
    {
      name: 'an account without its namespace beside a kustomization that fills it in',
      files: {
        'kustomization.yaml': 'resources: [role.yaml]\n',
        'role.yaml': yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata:
            name: proxy
        `,
        'binding.yaml': yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata:
            name: proxy
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: view
          subjects:
            - kind: ServiceAccount
              name: controller
        `,
      },
      refused: 1,
    },
    {
      name: 'an account of which no other is the end',
      yaml: prefixed('guard'),
      unknown: [
        'ServiceAccount "guard" in namespace system was not found, but neither a ServiceAccount nor a workload of namespace system was read together with it',
      ],
    },
    {
      name: 'both are there',
      yaml: documents(
        readerRole,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
        `,
        webRoleBinding,
      ),
    },
    {
      name: 'a role of every cluster',
      yaml: documents(
        readerRole,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata:
            name: web
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: view
          subjects:
            - kind: ServiceAccount
              name: web
              namespace: default
        `,
      ),
    },
    {
      name: 'the default account',
      yaml: documents(
        readerRole,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata:
            name: web
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: reader
          subjects:
            - kind: ServiceAccount
              name: default
              namespace: default
        `,
      ),
    },
    {
      name: 'an account from elsewhere',
      yaml: documents(
        readerRole,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata:
            name: web
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: reader
          subjects:
            - kind: ServiceAccount
              name: prometheus-operator
              namespace: default
        `,
      ),
      unknown: [
        'ServiceAccount "prometheus-operator" in namespace default was not found, and may be made by hand',
      ],
    },
    {
      name: 'an account that somebody runs as',
      yaml: documents(
        watcherAccount,
        watcherRoleBinding,
        watcherDeployment,
        deployment('other', { replicas: 2 })`
          containers:
            - name: other
              image: ghcr.io/acme/other:1.4.2
          serviceAccountName: watcher
        `,
      ),
    },
    {
      name: 'an account that the workload of its name leaves to others',
      yaml: documents(
        watcherAccount,
        watcherRoleBinding,
        deployment('watcher', { replicas: 2 })`
          # Only with RBAC:
          # serviceAccountName: watcher
          containers:
            - name: watcher
              image: shop/watcher:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
      ),
    },
    {
      name: 'an account of a workload that has another',
      yaml: documents(
        watcherAccount,
        watcherRoleBinding,
        deployment('watcher', { replicas: 2 })`
          containers:
            - name: watcher
              image: ghcr.io/acme/watcher:1.4.2
          serviceAccountName: default
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the name of a workload that runs as another account',
      yaml: documents(
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: shop-reader\n',
        readerRole,
        webRoleBinding,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
          serviceAccountName: shop-reader
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 25,
          column: 11,
          endColumn: 14,
          severity: 'warning',
          message: 'there is no ServiceAccount "web" in namespace default; there is "shop-reader"',
          help: 'write name: shop-reader and its namespace',
          related: ['4:9 this ServiceAccount'],
        },
      ],
    },
    {
      name: 'default, which no pod runs as',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata:
            name: web
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
          subjects:
            - { kind: ServiceAccount, name: default, namespace: default }
        `,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
          serviceAccountName: web
        `,
      ),
      errors: [
        {
          id: 'unbound',
          line: 12,
          column: 35,
          endColumn: 42,
          severity: 'warning',
          message:
            'no pod runs as "default"; those of Deployment default/web run as "web", which nothing binds',
        },
      ],
      output: [
        [
          '- { kind: ServiceAccount, name: default, namespace: default }',
          '- { kind: ServiceAccount, name: web, namespace: default }',
        ],
      ],
    },
    {
      name: 'a resource in the singular',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
          - apiGroups: ['']
            resources: [pod]
            verbs: [get]
      `,
      errors: [
        {
          id: 'resource',
          line: 7,
          column: 17,
          endColumn: 20,
          severity: 'warning',
          message: 'there is no resource "pod"; it is called "pods"',
        },
      ],
      output: [['pod', 'pods']],
    },
    {
      name: 'a group in the plural',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
          - apiGroups: [policies]
            resources: [poddisruptionbudgets]
            verbs: [get]
      `,
      errors: [
        {
          id: 'group',
          line: 6,
          column: 17,
          endColumn: 25,
          severity: 'warning',
          message: 'there is no API group "policies"; did you mean "policy"?',
        },
      ],
      output: [['policies', 'policy']],
    },
    {
      name: 'a resource of another group',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
          - apiGroups: ['']
            resources: [deployments]
            verbs: [get]
      `,
      errors: [
        {
          id: 'elsewhere',
          line: 7,
          column: 17,
          endColumn: 28,
          severity: 'warning',
          message: '"deployments" is not in API group "", but in "apps"',
        },
      ],
    },
    {
      name: 'resources that have left a group',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader
        rules:
          - apiGroups: [extensions]
            resources: [deployments, ingresses, podsecuritypolicies]
            verbs: [get]
          - apiGroups: [networking.k8s.io]
            resources: [ingresses]
            verbs: [get]
      `,
      errors: [
        {
          id: 'elsewhere',
          line: 7,
          column: 17,
          endColumn: 28,
          severity: 'warning',
          message: '"deployments" is not in API group "extensions", but in "apps"',
        },
      ],
    },
    {
      name: 'a word for the kind',
      yaml: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader-role
        rules:
          - apiGroups: [""]
            resources: [pods]
            verbs: [get]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: reader-account
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: reader
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: reader
        subjects:
          - kind: ServiceAccount
            name: reader-sa
      `,
      errors: [
        {
          id: 'otherName',
          line: 22,
          column: 9,
          endColumn: 15,
          message: 'there is no Role "reader" in namespace default; there is "reader-role"',
          related: ['4:9 this Role'],
        },
        {
          id: 'otherName',
          line: 25,
          column: 11,
          endColumn: 20,
          message:
            'there is no ServiceAccount "reader-sa" in namespace default; there is "reader-account"',
          related: ['13:9 this ServiceAccount'],
        },
      ],
      output: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: reader-role
        rules:
          - apiGroups: [""]
            resources: [pods]
            verbs: [get]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: reader-account
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: reader
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: reader-role
        subjects:
          - kind: ServiceAccount
            name: reader-account
      `,
    },
    {
      name: 'an account of another namespace',
      yaml: documents(
        webDeployment,
        webService,
        readerRole,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata:
            name: web
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: reader
          subjects:
            - kind: ServiceAccount
              name: ops
              namespace: default
          ---
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: ops
            namespace: infra
        `,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 51,
          column: 11,
          endColumn: 14,
          severity: 'warning',
          message:
            'there is no ServiceAccount "ops" in namespace default; there is ServiceAccount infra/ops',
          related: ['58:14 this ServiceAccount'],
        },
      ],
    },
    {
      name: 'a role whose group is left to the API server',
      yaml: documents(
        readerRole,
        webRoleBinding
          .replace('  apiGroup: rbac.authorization.k8s.io\n', '')
          .replace('name: reader', 'name: raeder'),
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
        `,
      ),
      errors: [{ id: 'nearName', line: 16, column: 9, endColumn: 15, related: ['4:9 this Role'] }],
      output: [['raeder', 'reader']],
    },
    {
      name: 'the role',
      yaml: documents(
        readerRole,
        yaml`
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: web
          `,
        webRoleBinding.replace('name: reader', 'name: raeder'),
      ),
      errors: [
        {
          id: 'nearName',
          line: 22,
          column: 9,
          endColumn: 15,
          message: 'there is no Role "raeder" in namespace default; did you mean "reader"?',
          related: ['4:9 this Role'],
        },
      ],
      output: [['raeder', 'reader']],
    },
    {
      name: 'the account',
      yaml: documents(
        readerRole,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata:
            name: web
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: reader
          subjects:
            - kind: ServiceAccount
              name: wbe
              namespace: default
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 25,
          column: 11,
          endColumn: 14,
          message: 'there is no ServiceAccount "wbe" in namespace default; did you mean "web"?',
          related: ['13:9 this ServiceAccount'],
        },
      ],
      output: [['wbe', 'web']],
    },
    {
      name: 'a namespace of which nothing was read',
      yaml: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: web
          namespace: shop
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: web
          namespace: shop
        rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get] }]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: web
          namespace: shop
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: web }
        subjects:
          - { kind: ServiceAccount, name: web, namespace: billing }
      `,
      errors: [
        {
          id: 'otherNamespace',
          line: 21,
          column: 51,
          endColumn: 58,
          severity: 'warning',
          message:
            'there is no ServiceAccount "web" in namespace billing; there is ServiceAccount shop/web',
          related: ['5:14 this ServiceAccount'],
        },
      ],
    },
    {
      name: 'an account that the workload of its name does not run as',
      yaml: documents(watcherAccount, watcherRoleBinding, watcherDeployment),
      errors: [
        {
          id: 'idle',
          line: 16,
          column: 11,
          endColumn: 18,
          severity: 'warning',
          message:
            'no pod runs as ServiceAccount "watcher"; those of Deployment default/watcher run as "default"',
          related: ['31:5 no account here'],
        },
      ],
    },
    {
      name: 'an account that the workload of its name, but for a word, does not run as',
      yaml: documents(
        watcherAccount.replace('watcher', 'watcher-sa'),
        watcherRoleBinding.replace('    name: watcher', '    name: watcher-sa'),
        watcherDeployment,
      ),
      errors: [
        {
          id: 'idle',
          line: 16,
          column: 11,
          endColumn: 21,
          severity: 'warning',
          message:
            'no pod runs as ServiceAccount "watcher-sa"; those of Deployment default/watcher run as "default"',
          related: ['31:5 no account here'],
        },
      ],
    },
    {
      name: 'an account that the workload of its name does not run as, but as one without rights',
      yaml: documents(
        watcherAccount,
        watcherRoleBinding,
        watcherDeployment.replace('    spec:', '    spec:\n      serviceAccountName: worker'),
      ),
      errors: [
        {
          id: 'idle',
          line: 16,
          column: 11,
          endColumn: 18,
          severity: 'warning',
          message:
            'no pod runs as ServiceAccount "watcher"; those of Deployment default/watcher run as "worker", which nothing binds',
          related: ['31:5 they run as worker'],
        },
      ],
    },
    {
      name: 'an account that got a prefix everywhere else',
      yaml: prefixed('controller'),
      errors: [
        {
          id: 'otherName',
          line: 16,
          column: 11,
          endColumn: 21,
          severity: 'warning',
          message:
            'there is no ServiceAccount "controller" in namespace system; there is "shop-controller"',
          help: 'write name: shop-controller and its namespace',
        },
      ],
    },
  ],
});

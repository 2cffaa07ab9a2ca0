import { podDependencyMissing } from '../../rules/reference/pod-dependency-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web')`
  env:
    - name: LEVEL
      valueFrom:
        configMapKeyRef: { name: settings, key: level }
`;
const levelVariable =
  '{ name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: level } } }';
const settingsConfigMap = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: settings
  data:
    level: info
`;
const tokenExternalSecret = yaml`
  apiVersion: external-secrets.io/v1
  kind: ExternalSecret
  metadata:
    name: token
  spec:
    secretStoreRef: { name: vault, kind: ClusterSecretStore }
    target: { name: token }
    data:
      - secretKey: token
        remoteRef: { key: shop/token }
`;
const loginSealedSecret = yaml`
  apiVersion: bitnami.com/v1alpha1
  kind: SealedSecret
  metadata:
    name: login
  spec:
    encryptedData:
      USER: AgBy3i4OJSWK
      PASSWORD: AgBy3i4OJSWL
`;
const ghcrLoginSecret = yaml`
  apiVersion: v1
  kind: Secret
  type: kubernetes.io/dockerconfigjson
  metadata:
    name: ghcr-login
  data:
    .dockerconfigjson: e30=
`;

const aDeployment = deployment('a')`
  containers:
    - name: a
      image: registry.acme.io/a:1
      env:
        - name: X
          valueFrom: { secretKeyRef: { name: login, key: PASSWORD } }
`;
const bDeployment = deployment('b')`
  containers:
    - name: b
      image: registry.acme.io/b:1
      env:
        - name: X
          valueFrom: { secretKeyRef: { name: token, key: api-token } }
`;
const dbPasswordSecret = yaml`
  apiVersion: v1
  kind: Secret
  metadata:
    name: db-password
  type: kubernetes.io/tls
  data:
    tls.crt: YQ==
    tls.key: Yg==
`;
const otherSecret = yaml`
  apiVersion: v1
  kind: Secret
  type: kubernetes.io/dockerconfigjson
  metadata:
    name: other
  data:
    .dockerconfigjson: e30=
`;
const webDataPersistentVolumeClaim = yaml`
  apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: web-data
  spec:
    accessModes: [ReadWriteOnce]
    resources: { requests: { storage: 1Gi } }
`;
const webConfigMap = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: web
  data:
    web.yaml: "a: 1"
`;

const takerOf = (name: string, secret: string): string => yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: ${name}
  spec:
    selector:
      matchLabels: { app: ${name} }
    template:
      metadata:
        labels: { app: ${name} }
      spec:
        containers:
          - name: main
            image: shop/${name}:1
            envFrom: [{ secretRef: { name: ${secret} } }]
`;

const frontConfigMap = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: front
  data:
    front.conf: |
      listen 80
`;

testRule(podDependencyMissing, {
  valid: [
    {
      name: 'a ConfigMap of the name, without one of the keys that are taken of the Secret',
      unknown: Array<string>(2).fill(
        'Secret "db" in namespace default was not found, but no Secret of namespace default was read together with it',
      ),
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: db }
          data: { user: web }
        `,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
              env:
                - { name: DB_USER, valueFrom: { secretKeyRef: { name: db, key: user } } }
                - { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }
        `,
      ),
    },
    {
      name: 'what generators make, by literals and files, and keys that a file has',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        configMapGenerator:
          - name: web
            files: [DB_PASSWORD=pw.txt, b.txt]
        secretGenerator:
          - name: db
            envs: [db.env]
      `,
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: registry.acme.io/shop/web:1.4
            env:
              - name: PW
                valueFrom: { secretKeyRef: { name: db, key: DB_PASSWORD } }
            envFrom: [{ configMapRef: { name: web } }]
      `,
      },
    },
    {
      name: 'keys of a Secret that is made of another object',
      yaml: documents(
        aDeployment,
        loginSealedSecret,
        bDeployment.replace(
          'valueFrom: { secretKeyRef: { name: token, key: api-token } }',
          'valueFrom: { secretKeyRef: { name: token, key: token } }',
        ),
        tokenExternalSecret,
      ),
    },
    {
      name: 'a Secret that is made with keys that nobody can know',
      yaml: documents(
        bDeployment.replace(
          'valueFrom: { secretKeyRef: { name: token, key: api-token } }',
          'valueFrom: { secretKeyRef: { name: token, key: other } }',
        ),
        yaml`
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata:
            name: token
          spec:
            secretStoreRef: { name: vault, kind: ClusterSecretStore }
            target: { name: token }
            dataFrom: [{ extract: { key: shop/token } }]
        `,
      ),
    },
    {
      name: 'a pull secret that is made by hand',
      yaml: documents(
        deployment('a')`
          imagePullSecrets: [{ name: registry }]
          containers:
            - name: a
              image: registry.acme.io/a:1
        `,
        deployment('b')`
          imagePullSecrets: [{ name: ghcr }]
          containers:
            - name: b
              image: registry.acme.io/b:1
        `,
        yaml`
          apiVersion: v1
          kind: Secret
          type: kubernetes.io/dockerconfigjson
          metadata:
            name: ghcr
          data:
            .dockerconfigjson: e30=
        `,
      ),
    },
    {
      name: 'the key is there',
      yaml: documents(webDeployment, settingsConfigMap),
    },
    {
      name: 'made by hand',
      yaml: documents(
        app('web')`
          env:
            - name: LEVEL
              valueFrom:
                configMapKeyRef: { name: other, key: level }
            - name: REGION
              valueFrom:
                configMapKeyRef: { name: cluster, key: region }
        `,
        settingsConfigMap,
      ),
      unknown: [
        'ConfigMap "other" in namespace default was not found, and may be made by hand',
        'ConfigMap "cluster" in namespace default was not found, and may be made by hand',
      ],
    },
    {
      name: 'optional',
      yaml: documents(
        webDeployment.replace(
          'configMapKeyRef: { name: settings, key: level }',
          'configMapKeyRef: { name: settings, key: missing, optional: true }',
        ),
        settingsConfigMap,
      ),
    },
    {
      name: 'a key of an empty ConfigMap',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: settings
        `,
      ),
    },
    {
      name: 'an ExternalSecret makes it',
      yaml: documents(
        app('web')`envFrom: [{ secretRef: { name: db } }]`,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: dbb
          type: kubernetes.io/tls
          data:
            tls.crt: YQ==
            tls.key: Yg==
          ---
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata:
            name: db
          spec:
            secretStoreRef: { name: vault, kind: ClusterSecretStore }
        `,
      ),
    },
    {
      name: 'the account that every namespace has',
      yaml: documents(
        deployment('web')`
          serviceAccountName: default
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: defaults
        `,
      ),
    },
    {
      name: 'a pull secret',
      yaml: documents(
        deployment('web')`
          imagePullSecrets: [{ name: regcred }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: regcreds
          type: kubernetes.io/tls
          data:
            tls.crt: YQ==
            tls.key: Yg==
        `,
      ),
    },
    {
      name: 'a generator in the same namespace, or whose names have no hash',
      files: {
        'base/kustomization.yaml': yaml`
        namespace: shop
        resources: [web.yaml]
      `,
        'base/web.yaml': deployment('web')`
        containers:
          - name: web
            image: shop/web:1
            envFrom:
              - configMapRef: { name: settings }
      `,
        'prod/kustomization.yaml': yaml`
        namespace: shop
        resources: [../base]
        configMapGenerator:
          - name: settings
            literals: [MODE=prod]
      `,
        'staging/kustomization.yaml': yaml`
        resources: [../base]
        configMapGenerator:
          - name: settings
            namespace: shop
            literals: [MODE=staging]
      `,
        'test/kustomization.yaml': yaml`
        resources: [../base]
        generatorOptions: { disableNameSuffixHash: true }
        configMapGenerator:
          - name: settings
            literals: [MODE=test]
      `,
      },
    },
  ],
  invalid: [
    {
      name: 'an account where two others stand beside it',
      yaml: documents(
        ...['web', 'api'].flatMap((name) => [
          `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name} }\n`,
          deployment(name)`
            serviceAccountName: ${name}
            containers: [{ name: main, image: shop/main:1.4 }]
          `,
        ]),
        deployment('redis')`
          serviceAccountName: redis
          containers: [{ name: redis, image: redis:8 }]
        `,
      ),
      errors: [
        {
          id: 'missing',
          line: 48,
          column: 27,
          endColumn: 32,
          severity: 'warning',
          message: 'there is no ServiceAccount "redis" in namespace default in the 5 objects read',
        },
      ],
    },
    ...(['warning', 'info'] as const).map((severity) => ({
      name: `a claim where pods name ${severity === 'info' ? 'nothing else' : 'what is there'}`,
      yaml: documents(
        deployment('web')`
          volumes: [{ name: data, persistentVolumeClaim: { claimName: ledger } }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              env: [${severity === 'info' ? '' : levelVariable}]
        `,
        settingsConfigMap,
        webService,
      ),
      errors: [
        {
          id: 'missing' as const,
          line: 12,
          column: 67,
          endColumn: 73,
          severity,
          message:
            'there is no PersistentVolumeClaim "ledger" in namespace default ' +
            'in the 3 objects read',
        },
      ],
    })),
    {
      name: 'an account of a name that is part of another workload and its account',
      yaml: documents(
        deployment('mesh')`
          serviceAccountName: mesh
          containers: [{ name: mesh, image: shop/mesh:1.4 }]
        `,
        yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: mesh-operator }
          spec:
            selector: { matchLabels: { app: operator } }
            template:
              metadata: { labels: { app: operator } }
              spec:
                serviceAccountName: mesh-operator
                containers: [{ name: operator, image: shop/operator:1.4 }]
        `,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata: { name: mesh-operator }
        `,
      ),
      errors: [
        {
          id: 'missing',
          line: 12,
          column: 27,
          endColumn: 31,
          severity: 'info',
          message: 'there is no ServiceAccount "mesh" in namespace default in the 3 objects read',
        },
      ],
    },
    {
      name: 'a pull secret of another type',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: registry
          stringData:
            username: a
        `,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
          imagePullSecrets: [{ name: registry }]
        `,
      ),
      errors: [
        {
          id: 'pullType',
          line: 23,
          column: 34,
          endColumn: 42,
          severity: 'warning',
          message:
            'Secret default/registry is of type Opaque, and only kubernetes.io/dockerconfigjson is read for pulling',
        },
      ],
    },
    {
      name: 'a name and a key that are exchanged',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: web
          stringData:
            token: a
        `,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
              env:
                - name: TOKEN
                  valueFrom: { secretKeyRef: { name: token, key: web } }
        `,
      ),
      errors: [
        {
          id: 'exchanged',
          line: 25,
          column: 50,
          endColumn: 55,
          message:
            'there is no Secret "token", but Secret "web" has the key "token": the two are exchanged',
        },
      ],
    },
    {
      name: 'a Secret that is asked for as a ConfigMap',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: web
          stringData:
            token: a
        `,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
              env:
                - name: TOKEN
                  valueFrom: { configMapKeyRef: { name: web, key: token } }
        `,
      ),
      errors: [
        {
          id: 'kind',
          line: 25,
          column: 53,
          endColumn: 56,
          message: 'there is no ConfigMap "web"; there is Secret "web"',
          related: ['4:9 this Secret'],
        },
      ],
    },
    {
      name: 'an argument that names a file of a volume',
      yaml: documents(
        frontConfigMap,
        deployment('front')`
          containers:
            - name: front
              image: library/front:2
              ports: [{ containerPort: 80 }]
              args: ['--config=/etc/front/front.cnf']
              volumeMounts:
                - name: settings
                  mountPath: /etc/front
          volumes:
            - name: settings
              configMap: { name: front }
        `,
      ),
      errors: [
        {
          id: 'key',
          line: 24,
          column: 39,
          endColumn: 48,
          message: 'ConfigMap default/front has no key "front.cnf"; it has "front.conf"',
        },
      ],
      output: [['front.cnf', 'front.conf']],
    },
    {
      name: 'a directory in the place of a file',
      yaml: documents(
        frontConfigMap,
        deployment('front')`
          containers:
            - name: front
              image: library/front:2
              ports: [{ containerPort: 80 }]
              volumeMounts:
                - name: settings
                  mountPath: /etc/front.conf
          volumes:
            - name: settings
              configMap: { name: front }
        `,
      ),
      errors: [
        {
          id: 'directory',
          line: 26,
          column: 26,
          endColumn: 41,
          severity: 'warning',
          message:
            '/etc/front.conf becomes a directory with "front.conf" in it: without subPath a volume is mounted whole',
        },
      ],
    },
    {
      name: 'a name that two others write otherwise, of what was not read',
      yaml: documents(
        takerOf('auth', 'jwt-secret'),
        takerOf('orders', 'jwt-secret'),
        takerOf('tickets', 'jwt-secrt'),
      ),
      errors: [
        {
          id: 'outvoted',
          line: 47,
          column: 42,
          endColumn: 51,
          severity: 'warning',
          message: 'nothing else names "jwt-secrt"; 2 other workloads name "jwt-secret"',
          help: 'write jwt-secret if that is meant',
          safety: 'unsafe',
        },
      ],
      output: [['jwt-secrt', 'jwt-secret']],
      unknown: [
        'Secret "jwt-secret" in namespace default was not found, but no Secret of namespace default was read together with it',
        'Secret "jwt-secret" in namespace default was not found, but no Secret of namespace default was read together with it',
      ],
    },
    {
      name: 'a name that the generator does not give',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        configMapGenerator:
          - name: app-settings
            literals: [A=1]
      `,
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: registry.acme.io/shop/web:1.4
            envFrom: [{ configMapRef: { name: shop-config } }]
      `,
      },
      errors: [
        {
          id: 'generated',
          file: 'web.yaml',
          line: 15,
          column: 45,
          endColumn: 56,
          severity: 'warning',
          message:
            'there is no ConfigMap "shop-config"; the kustomization generates "app-settings"',
        },
      ],
      output: {
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: registry.acme.io/shop/web:1.4
            envFrom: [{ configMapRef: { name: app-settings } }]
      `,
      },
    },
    {
      name: 'a name with a hash that was copied from a cluster',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        configMapGenerator:
          - name: app-config
            literals: [A=1]
      `,
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: registry.acme.io/shop/web:1.4
            envFrom: [{ configMapRef: { name: app-config-5h2t6m9k8b } }]
      `,
      },
      errors: [
        {
          id: 'generated',
          file: 'web.yaml',
          line: 15,
          column: 45,
          endColumn: 66,
          severity: 'warning',
          message:
            'there is no ConfigMap "app-config-5h2t6m9k8b"; the kustomization generates "app-config"',
        },
      ],
      output: {
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: registry.acme.io/shop/web:1.4
            envFrom: [{ configMapRef: { name: app-config } }]
      `,
      },
    },
    {
      name: 'a key that the generator does not give',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        secretGenerator:
          - name: db
            literals: [DB_PASS=x]
      `,
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: registry.acme.io/shop/web:1.4
            env:
              - name: PW
                valueFrom: { secretKeyRef: { name: db, key: DB_PASSWORD } }
      `,
      },
      errors: [
        {
          id: 'key',
          file: 'web.yaml',
          line: 17,
          column: 59,
          endColumn: 70,
          severity: 'warning',
          message:
            'the Secret that the kustomization generates has no key "DB_PASSWORD"; it has "DB_PASS"',
        },
      ],
    },
    {
      name: 'a key that a sealed Secret, and one of an ExternalSecret, does not have',
      yaml: documents(
        aDeployment.replace(
          'valueFrom: { secretKeyRef: { name: login, key: PASSWORD } }',
          'valueFrom: { secretKeyRef: { name: login, key: password } }',
        ),
        loginSealedSecret,
        bDeployment,
        tokenExternalSecret,
      ),
      errors: [
        {
          id: 'key',
          line: 17,
          column: 62,
          endColumn: 70,
          message:
            'the Secret that SealedSecret default/login makes has no key "password"; it has "USER", "PASSWORD"',
          related: ['22:9 its keys are other ones'],
        },
        {
          id: 'key',
          line: 44,
          column: 62,
          endColumn: 71,
          severity: 'warning',
          message:
            'the Secret that ExternalSecret default/token makes has no key "api-token"; it has "token"',
          related: ['49:9 its keys are other ones'],
        },
      ],
      output: documents(aDeployment, loginSealedSecret, bDeployment, tokenExternalSecret),
    },
    {
      name: 'a pull secret of another name than the one that is there',
      yaml: documents(
        deployment('a')`
          imagePullSecrets: [{ name: registry }]
          containers:
            - name: a
              image: registry.acme.io/a:1
        `,
        ghcrLoginSecret,
      ),
      errors: [
        {
          id: 'otherName',
          line: 12,
          column: 34,
          endColumn: 42,
          severity: 'warning',
          message: 'there is no Secret "registry" in namespace default; there is "ghcr-login"',
          related: ['21:9 this Secret'],
        },
      ],
    },
    {
      name: 'words for the kind alone, one of them short for the other',
      yaml: documents(
        app('web')`
          envFrom:
            - configMapRef: { name: app-configuration }
        `,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: app-config
          data:
            LEVEL: info
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 17,
          column: 37,
          endColumn: 54,
          message:
            'there is no ConfigMap "app-configuration" in namespace default; there is "app-config"',
          related: ['22:9 this ConfigMap'],
        },
      ],
      output: [['app-configuration', 'app-config']],
    },
    {
      name: 'a slip in the name of a pull secret',
      yaml: documents(
        deployment('a')`
          imagePullSecrets: [{ name: ghcr-logn }]
          containers:
            - name: a
              image: registry.acme.io/a:1
        `,
        ghcrLoginSecret,
        otherSecret,
      ),
      errors: [
        {
          id: 'nearName',
          line: 12,
          column: 34,
          endColumn: 43,
          severity: 'warning',
          message:
            'there is no Secret "ghcr-logn" in namespace default; did you mean "ghcr-login"?',
          related: ['21:9 this Secret'],
        },
      ],
      output: [['ghcr-logn', 'ghcr-login']],
    },
    {
      name: 'a mount of a file that the ConfigMap does not have',
      yaml: documents(
        webConfigMap,
        deployment('web')`
          containers:
            - name: web
              image: shop/web:2
              ports: [{ containerPort: 8080 }]
              volumeMounts:
                - name: config
                  mountPath: /etc/web.yaml
                  subPath: web.yml
          volumes:
            - name: config
              configMap: { name: web }
        `,
      ),
      errors: [
        {
          id: 'key',
          line: 26,
          column: 24,
          endColumn: 31,
          message: 'ConfigMap default/web has no key "web.yml"; it has "web.yaml"',
          related: ['4:9 its keys are other ones'],
        },
      ],
      output: [['web.yml', 'web.yaml']],
    },
    {
      name: 'a slip in the name of a ConfigMap',
      yaml: documents(
        webDeployment.replace(
          'configMapKeyRef: { name: settings, key: level }',
          'configMapKeyRef: { name: setings, key: level }',
        ),
        settingsConfigMap,
      ),
      errors: [
        {
          id: 'nearName',
          line: 19,
          column: 42,
          endColumn: 49,
          message: 'there is no ConfigMap "setings" in namespace default; did you mean "settings"?',
          related: ['24:9 this ConfigMap'],
        },
      ],
      output: documents(webDeployment, settingsConfigMap),
    },
    {
      name: 'a key that is near',
      yaml: documents(
        webDeployment.replace(
          'configMapKeyRef: { name: settings, key: level }',
          'configMapKeyRef: { name: settings, key: levl }',
        ),
        settingsConfigMap,
      ),
      errors: [
        {
          id: 'key',
          line: 19,
          column: 57,
          endColumn: 61,
          message: 'ConfigMap default/settings has no key "levl"; it has "level"',
          related: ['24:9 its keys are other ones'],
        },
      ],
      output: documents(webDeployment, settingsConfigMap),
    },
    {
      name: 'a key that is not',
      yaml: documents(
        webDeployment.replace(
          'configMapKeyRef: { name: settings, key: level }',
          'configMapKeyRef: { name: settings, key: colour }',
        ),
        settingsConfigMap,
      ),
      errors: [
        {
          id: 'key',
          line: 19,
          column: 57,
          endColumn: 63,
          severity: 'warning',
          message: 'ConfigMap default/settings has no key "colour"; it has "level"',
          related: ['24:9 its keys are other ones'],
        },
      ],
    },
    {
      name: 'a slip in a Secret',
      yaml: documents(
        app('web')`envFrom: [{ secretRef: { name: bd-password } }]`,
        dbPasswordSecret,
      ),
      errors: [
        {
          id: 'nearName',
          line: 16,
          column: 42,
          endColumn: 53,
          message:
            'there is no Secret "bd-password" in namespace default; did you mean "db-password"?',
          related: ['21:9 this Secret'],
        },
      ],
      output: [['bd-password', 'db-password']],
    },
    {
      name: 'a claim',
      yaml: documents(
        deployment('web')`
          volumes: [{ name: data, persistentVolumeClaim: { claimName: web } }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webDataPersistentVolumeClaim,
      ),
      errors: [
        {
          id: 'otherName',
          line: 12,
          column: 67,
          endColumn: 70,
          severity: 'warning',
          message:
            'there is no PersistentVolumeClaim "web" in namespace default; there is "web-data"',
          related: ['21:9 this PersistentVolumeClaim'],
        },
      ],
      output: [['claimName: web', 'claimName: web-data']],
    },
    {
      name: 'a class',
      yaml: documents(
        deployment('web')`
          priorityClassName: batch
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        yaml`
          apiVersion: scheduling.k8s.io/v1
          kind: PriorityClass
          metadata:
            name: web-tier
          value: 1000
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 12,
          column: 26,
          endColumn: 31,
          severity: 'warning',
          message: 'there is no PriorityClass "batch"; there is "web-tier"',
          related: ['21:9 this PriorityClass'],
        },
      ],
    },
    {
      name: 'in another namespace',
      yaml: documents(
        webDeployment.replace(
          'configMapKeyRef: { name: settings, key: level }',
          'configMapKeyRef: { name: other, key: level }',
        ),
        settingsConfigMap,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: other
            namespace: infra
          data:
            level: info
        `,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 19,
          column: 42,
          endColumn: 47,
          severity: 'warning',
          message:
            'there is no ConfigMap "other" in namespace default; there is ConfigMap infra/other',
          related: ['32:14 this ConfigMap'],
        },
      ],
    },
    {
      name: 'an account',
      yaml: documents(
        deployment('web')`
          serviceAccountName: wbe
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: web
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 12,
          column: 27,
          endColumn: 30,
          message: 'there is no ServiceAccount "wbe" in namespace default; did you mean "web"?',
          related: ['21:9 this ServiceAccount'],
        },
      ],
      output: [['wbe', 'web']],
    },
    {
      name: 'optional, and misspelt',
      yaml: documents(
        app('web')`envFrom: [{ configMapRef: { name: settigns, optional: true } }]`,
        settingsConfigMap,
      ),
      errors: [
        {
          id: 'nearName',
          line: 16,
          column: 45,
          endColumn: 53,
          severity: 'info',
          message:
            'there is no ConfigMap "settigns" in namespace default; did you mean "settings"?',
          related: ['21:9 this ConfigMap'],
        },
      ],
      output: [['settigns,', 'settings,']],
    },
    {
      name: 'a generator outside of the namespace of its base, so that no name gets the hash',
      files: {
        'base/kustomization.yaml': yaml`
        namespace: shop
        resources: [web.yaml]
      `,
        'base/web.yaml': deployment('web')`
        containers:
          - name: web
            image: shop/web:1
            envFrom:
              - configMapRef: { name: settings }
      `,
        'prod/kustomization.yaml': yaml`
        resources: [../base]
        configMapGenerator:
          - name: settings
            literals: [MODE=prod]
      `,
      },
      errors: [
        {
          id: 'apart',
          file: 'base/web.yaml',
          line: 16,
          column: 37,
          endColumn: 45,
          severity: 'warning',
          message:
            'there is no ConfigMap "settings" in namespace shop; the kustomization generates it in namespace default, under a name with a hash',
        },
      ],
    },
  ],
});

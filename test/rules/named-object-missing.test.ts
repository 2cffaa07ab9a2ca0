import { namedObjectMissing } from '../../rules/reference/named-object-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webConfigBackendConfig = yaml`
  apiVersion: cloud.google.com/v1
  kind: BackendConfig
  metadata:
    name: web-config
  spec: { timeoutSec: 40 }
`;
const brokerSecret = yaml`
  apiVersion: v1
  kind: Secret
  metadata:
    name: broker
  stringData: { url: amqp://guest:guest@broker:5672/ }
`;
const localDisksStorageClass = yaml`
  apiVersion: storage.k8s.io/v1
  kind: StorageClass
  metadata:
    name: local-disks
  provisioner: kubernetes.io/no-provisioner
`;
const webConfigConfigMap = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: web-config
  data: { a: b }
`;

const webCanary = yaml`
  apiVersion: flagger.app/v1beta1
  kind: Canary
  metadata:
    name: web
  spec:
    targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
    service: { port: 80 }
    analysis: { interval: 1m, threshold: 5, stepWeight: 10 }
`;

testRule(namedObjectMissing, {
  valid: [
    {
      name: 'a namespace of a number, one that nothing is like, and one that is made as well',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata: { name: shop-2 }
        ---
        apiVersion: v1
        kind: Namespace
        metadata: { name: monitoring }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: one, namespace: shop-1 }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: two, namespace: shop-1 }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: three, namespace: shop-1 }
      `,
    },
    {
      name: 'a store that was not read, beside one without a name',
      unknown: ['SecretStore "string" in namespace default was not found, and may be made by hand'],
      yaml: yaml`
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {}
        spec:
          secretStoreRef: { kind: SecretStore, name: string }
          target: { name: keys }
        ---
        apiVersion: external-secrets.io/v1
        kind: SecretStore
        metadata: {}
        spec:
          provider: { fake: { data: [] } }
      `,
    },
    {
      name: 'a Secret that is nearly called like what another example makes',
      files: {
        'snippets/store.yaml': yaml`
          apiVersion: external-secrets.io/v1
          kind: SecretStore
          metadata: { name: bank }
          spec:
            provider:
              beyondtrust:
                auth: { clientSecret: { secretRef: { name: bt-secret, key: secret } } }
        `,
        'snippets/generator.yaml': yaml`
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata: { name: sts }
          spec:
            secretStoreRef: { name: bank }
            target: { name: sts-secret }
        `,
      },
    },
    {
      name: 'a class that a volume which is written out has',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: photos
        spec:
          capacity: { storage: 1Gi }
          accessModes: [ReadWriteOnce]
          storageClassName: manual
          hostPath: { path: /photos }
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: photos
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: manual
          resources: { requests: { storage: 1Gi } }
      `,
    },
    {
      name: 'all are there',
      yaml: documents(
        brokerSecret,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: TriggerAuthentication
          metadata:
            name: broker
          spec:
            secretTargetRef:
              - { parameter: host, name: broker, key: url }
          ---
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: worker
          spec:
            scaleTargetRef: { name: worker }
            triggers:
              - type: rabbitmq
                metadata: { queueName: jobs, mode: QueueLength, value: "10" }
                authenticationRef: { name: broker }
        `,
      ),
    },
    {
      name: 'like nothing',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: data
          spec:
            storageClassName: fast
            accessModes: [ReadWriteOnce]
            resources: { requests: { storage: 1Gi } }
        `,
        localDisksStorageClass,
      ),
      unknown: ['StorageClass "fast" was not found, and may be made by hand'],
    },
    {
      name: 'the BackendConfig of a Service',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              cloud.google.com/backend-config: '{"default": "web-config"}'
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
        webConfigBackendConfig,
      ),
    },
    {
      name: 'no JSON',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              cloud.google.com/backend-config: web
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
        webConfigBackendConfig,
      ),
    },
    {
      name: 'what it is reloaded for',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            annotations:
              configmap.reloader.stakater.com/reload: "web-config"
          spec:
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
        webConfigConfigMap,
      ),
    },
    {
      name: 'the Deployment of a Canary',
      yaml: documents(webDeployment, webCanary),
    },
  ],
  invalid: [
    {
      name: 'a namespace that is nearly the one that everything is in',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata: { name: tracings }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: one, namespace: tracing }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: two, namespace: tracing }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: three, namespace: tracing }
      `,
      errors: [
        {
          id: 'idle',
          line: 3,
          column: 19,
          endColumn: 27,
          severity: 'warning',
          title: 'Namespace tracings holds nothing',
          message:
            'nothing that was read is in namespace "tracings"; 3 objects are in "tracing", which nothing here makes',
          related: ['7:35 in another namespace'],
        },
      ],
    },
    {
      name: 'of Flux that nobody wrote, where all of a cluster was read',
      files: {
        'clusters/home/web.yaml': yaml`
          apiVersion: kustomize.toolkit.fluxcd.io/v1
          kind: Kustomization
          metadata: { name: web, namespace: flux-system }
          spec: { path: ./apps/web, dependsOn: [{ name: storage }] }
          ---
          apiVersion: kustomize.toolkit.fluxcd.io/v1
          kind: Kustomization
          metadata: { name: networks, namespace: flux-system }
          spec: { path: ./apps/networks }
        `,
        'apps/networks/networks.yaml': webConfigConfigMap,
        'apps/web/web.yaml': webDeployment,
      },
      errors: [
        {
          id: 'missing',
          file: 'clusters/home/web.yaml',
          line: 4,
          column: 47,
          endColumn: 54,
          severity: 'warning',
          title: 'Kustomization flux-system/web names what does not exist',
          message:
            'there is no Kustomization "storage" in namespace flux-system in the 4 objects read',
        },
      ],
    },
    {
      name: 'a store in another namespace',
      yaml: yaml`
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata:
          name: db
          namespace: shop
        spec:
          secretStoreRef: { name: vault, kind: SecretStore }
        ---
        apiVersion: external-secrets.io/v1
        kind: SecretStore
        metadata:
          name: vault
          namespace: infra
        ---
        apiVersion: external-secrets.io/v1
        kind: SecretStore
        metadata:
          name: other
          namespace: shop
      `,
      errors: [
        {
          id: 'otherNamespace',
          line: 7,
          column: 27,
          endColumn: 32,
          message:
            'there is no SecretStore "vault" in namespace shop; there is SecretStore infra/vault',
          related: ['13:14 this SecretStore'],
        },
      ],
    },
    {
      name: 'the credentials of a scaler',
      yaml: documents(
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: TriggerAuthentication
          metadata:
            name: broker-authentication
          spec:
            secretTargetRef:
              - { parameter: host, name: broker, key: uri }
        `,
        brokerSecret,
        yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata:
            name: worker
          spec:
            scaleTargetRef: { name: worker }
            triggers:
              - type: rabbitmq
                metadata: { queueName: jobs, mode: QueueLength, value: "10" }
                authenticationRef: { name: broker-auth }
        `,
      ),
      errors: [
        {
          id: 'key',
          line: 7,
          column: 45,
          endColumn: 48,
          message: 'Secret default/broker has no key "uri"; it has "url"',
          related: ['12:9 its keys are other ones'],
        },
        {
          id: 'otherName',
          line: 24,
          column: 34,
          endColumn: 45,
          message:
            'there is no TriggerAuthentication "broker-auth" in namespace default; there is "broker-authentication"',
          related: ['4:9 this TriggerAuthentication'],
        },
      ],
      output: [
        ['uri', 'url'],
        ['broker-auth ', 'broker-authentication '],
      ],
    },
    {
      name: 'a class with a slip',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: data
          spec:
            storageClassName: local-dsks
            accessModes: [ReadWriteOnce]
            resources: { requests: { storage: 1Gi } }
        `,
        localDisksStorageClass,
      ),
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 21,
          endColumn: 31,
          message: 'there is no StorageClass "local-dsks"; did you mean "local-disks"?',
          related: ['13:9 this StorageClass'],
        },
      ],
      output: [['local-dsks', 'local-disks']],
    },
    {
      name: 'a middleware with a slip',
      yaml: yaml`
        apiVersion: traefik.io/v1alpha1
        kind: Middleware
        metadata:
          name: strip-prefix
        spec:
          stripPrefix: { prefixes: [/api] }
        ---
        apiVersion: traefik.io/v1alpha1
        kind: IngressRoute
        metadata:
          name: web
        spec:
          routes:
            - kind: Rule
              match: PathPrefix(\`/api\`)
              middlewares:
                - name: strip-prefx
              services: []
      `,
      errors: [
        {
          id: 'nearName',
          line: 17,
          column: 17,
          endColumn: 28,
          message:
            'there is no Middleware "strip-prefx" in namespace default; did you mean "strip-prefix"?',
          related: ['4:9 this Middleware'],
        },
      ],
      output: [['strip-prefx', 'strip-prefix']],
    },
    {
      name: 'a middleware that nobody names',
      yaml: yaml`
        apiVersion: traefik.io/v1alpha1
        kind: IngressRoute
        metadata:
          name: web
        spec:
          routes:
            - match: Host(\`shop.example.com\`)
              kind: Rule
              middlewares: [{ name: strip-prefix }]
              services: [{ name: web, port: 80 }]
        ---
        apiVersion: traefik.io/v1alpha1
        kind: Middleware
        metadata:
          name: strip-api
        spec: { stripPrefix: { prefixes: [/api] } }
      `,
      errors: [
        {
          id: 'otherName',
          line: 9,
          column: 29,
          endColumn: 41,
          severity: 'warning',
          message:
            'there is no Middleware "strip-prefix" in namespace default; there is "strip-api"',
          related: ['15:9 this Middleware'],
        },
      ],
    },
    {
      name: 'a BackendConfig with a slip',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              cloud.google.com/backend-config: '{"default": "web-confg"}'
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
        webConfigBackendConfig,
      ),
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 52,
          endColumn: 61,
          message:
            'there is no BackendConfig "web-confg" in namespace default; did you mean "web-config"?',
          related: ['16:9 this BackendConfig'],
        },
      ],
      output: [['"web-confg"}\'', '"web-config"}\'']],
    },
    {
      name: 'one of a list',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            annotations:
              configmap.reloader.stakater.com/reload: "web-config, web-confg"
          spec:
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
        webConfigConfigMap,
      ),
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 58,
          endColumn: 67,
          message:
            'there is no ConfigMap "web-confg" in namespace default; did you mean "web-config"?',
          related: ['22:9 this ConfigMap'],
        },
      ],
      output: [['web-confg"', 'web-config"']],
    },
    {
      name: 'a Canary for nothing',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: flagger.app/v1beta1
          kind: Canary
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: wbe }
            service: { port: 80 }
            analysis: { interval: 1m, threshold: 5, stepWeight: 10 }
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 22,
          column: 61,
          endColumn: 64,
          message: 'there is no Deployment "wbe" in namespace default; did you mean "web"?',
          related: ['4:9 this Deployment'],
        },
      ],
      output: documents(webDeployment, webCanary),
    },
  ],
});

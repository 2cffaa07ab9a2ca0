import { namedObjectMissing } from '../../rules/reference/named-object-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(namedObjectMissing, {
  valid: [
    {
      name: 'all are there',
      yaml: yaml`
        apiVersion: v1
        kind: Secret
        metadata:
          name: broker
        stringData: { url: amqp://guest:guest@broker:5672/ }
        ---
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
    },
    {
      name: 'like nothing',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          storageClassName: fast
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 1Gi } }
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: local-disks
        provisioner: kubernetes.io/no-provisioner
      `,
      unknown: ['StorageClass "fast" was not found, and may be made by hand'],
    },
  ],
  invalid: [
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
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: TriggerAuthentication
        metadata:
          name: broker-authentication
        spec:
          secretTargetRef:
            - { parameter: host, name: broker, key: uri }
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: broker
        stringData: { url: amqp://guest:guest@broker:5672/ }
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
              authenticationRef: { name: broker-auth }
      `,
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
      output: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: TriggerAuthentication
        metadata:
          name: broker-authentication
        spec:
          secretTargetRef:
            - { parameter: host, name: broker, key: url }
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: broker
        stringData: { url: amqp://guest:guest@broker:5672/ }
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
              authenticationRef: { name: broker-authentication }
      `,
    },
    {
      name: 'a class with a slip',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          storageClassName: local-dsks
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 1Gi } }
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: local-disks
        provisioner: kubernetes.io/no-provisioner
      `,
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
      output: yaml`
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          storageClassName: local-disks
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 1Gi } }
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: local-disks
        provisioner: kubernetes.io/no-provisioner
      `,
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
      output: yaml`
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
                - name: strip-prefix
              services: []
      `,
    },
  ],
});

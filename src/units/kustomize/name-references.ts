/**
 * In which fields kustomize knows names of other objects (kustomize
 * api/internal/konfig/builtinpluginconsts/namereference.go).
 */
import { getOwn } from '../../own.ts';
import { type FieldSpec, fieldSpec } from './field-specs.ts';

/** What is referred to, and where; parts that are left out fit all. */
export interface NameReference {
  readonly target: { readonly group?: string; readonly version?: string; readonly kind?: string };
  readonly fields: readonly FieldSpec[];
}

const podSpecs: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

/** Fields of the pod spec, in the kinds that have one. */
function inPods(paths: readonly string[], kinds: readonly string[]): FieldSpec[] {
  return kinds.flatMap((kind) =>
    paths.map((path) => fieldSpec('', kind, `${getOwn(podSpecs, kind) ?? ''}/${path}`)),
  );
}

/** Not all kinds are in every list of kustomize's. */
const withData = [
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
];
const withAccounts = [
  'Pod',
  'StatefulSet',
  'Deployment',
  'ReplicationController',
  'CronJob',
  'Job',
  'DaemonSet',
];

const workloads = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'];
const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';

export const nameReferences: readonly NameReference[] = [
  ...workloads.map((kind) => ({
    target: { kind },
    fields: [fieldSpec('', 'HorizontalPodAutoscaler', 'spec/scaleTargetRef/name')],
  })),
  {
    target: { kind: 'ConfigMap', version: 'v1' },
    fields: [
      ...inPods(
        [
          'volumes/configMap/name',
          'containers/env/valueFrom/configMapKeyRef/name',
          'initContainers/env/valueFrom/configMapKeyRef/name',
          'containers/envFrom/configMapRef/name',
          'initContainers/envFrom/configMapRef/name',
          'volumes/projected/sources/configMap/name',
        ],
        withData,
      ),
      fieldSpec('', 'Node', 'spec/configSource/configMap'),
      fieldSpec('', 'Role', 'rules/resourceNames'),
      fieldSpec('', 'ClusterRole', 'rules/resourceNames'),
      fieldSpec(
        '',
        'Ingress',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap',
      ),
    ],
  },
  {
    target: { kind: 'Secret', version: 'v1' },
    fields: [
      ...inPods(
        [
          'volumes/secret/secretName',
          'containers/env/valueFrom/secretKeyRef/name',
          'initContainers/env/valueFrom/secretKeyRef/name',
          'containers/envFrom/secretRef/name',
          'initContainers/envFrom/secretRef/name',
          'imagePullSecrets/name',
          'volumes/projected/sources/secret/name',
        ],
        withData,
      ),
      fieldSpec('', 'Ingress', 'spec/tls/secretName'),
      fieldSpec('', 'Ingress', 'metadata/annotations/ingress.kubernetes.io\\/auth-secret'),
      fieldSpec('', 'Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret'),
      fieldSpec(
        '',
        'Ingress',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
      ),
      fieldSpec('', 'ServiceAccount', 'imagePullSecrets/name'),
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) =>
        fieldSpec('', 'StorageClass', `parameters/${name}`),
      ),
      fieldSpec('', 'Role', 'rules/resourceNames'),
      fieldSpec('', 'ClusterRole', 'rules/resourceNames'),
      {
        ...fieldSpec(
          'serving.knative.dev',
          'Service',
          'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
        ),
        version: 'v1',
      },
      fieldSpec('', 'PersistentVolume', 'spec/azureFile/secretName'),
    ],
  },
  {
    target: { kind: 'Service', version: 'v1' },
    fields: [
      fieldSpec('apps', 'StatefulSet', 'spec/serviceName'),
      fieldSpec('', 'Ingress', 'spec/rules/http/paths/backend/serviceName'),
      fieldSpec('', 'Ingress', 'spec/backend/serviceName'),
      fieldSpec('', 'Ingress', 'spec/rules/http/paths/backend/service/name'),
      fieldSpec('', 'Ingress', 'spec/defaultBackend/service/name'),
      fieldSpec('apiregistration.k8s.io', 'APIService', 'spec/service/name'),
      fieldSpec(admission, 'ValidatingWebhookConfiguration', 'webhooks/clientConfig/service'),
      fieldSpec(admission, 'MutatingWebhookConfiguration', 'webhooks/clientConfig/service'),
    ],
  },
  {
    target: { kind: 'Role', group: rbac },
    fields: [fieldSpec(rbac, 'RoleBinding', 'roleRef/name')],
  },
  {
    target: { kind: 'ClusterRole', group: rbac },
    fields: [
      fieldSpec(rbac, 'RoleBinding', 'roleRef/name'),
      fieldSpec(rbac, 'ClusterRoleBinding', 'roleRef/name'),
    ],
  },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    fields: [
      fieldSpec(rbac, 'RoleBinding', 'subjects'),
      fieldSpec(rbac, 'ClusterRoleBinding', 'subjects'),
      ...inPods(['serviceAccountName'], withAccounts),
    ],
  },
  {
    target: { kind: 'PersistentVolumeClaim', version: 'v1' },
    fields: inPods(['volumes/persistentVolumeClaim/claimName'], withAccounts),
  },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    fields: [
      fieldSpec('', 'PersistentVolumeClaim', 'spec/volumeName'),
      fieldSpec('', 'ClusterRole', 'rules/resourceNames'),
    ],
  },
  {
    target: { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' },
    fields: [
      fieldSpec('', 'PersistentVolume', 'spec/storageClassName'),
      fieldSpec('', 'PersistentVolumeClaim', 'spec/storageClassName'),
      fieldSpec('', 'StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ],
  },
  {
    target: { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' },
    fields: inPods(['priorityClassName'], withAccounts),
  },
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: admission },
    fields: [fieldSpec(admission, 'ValidatingAdmissionPolicyBinding', 'spec/policyName')],
  },
];

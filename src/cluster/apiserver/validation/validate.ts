/** Validation of a new object, by kind. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateAutoscaler, validateDisruptionBudget } from './autoscaler.ts';
import { validateConfigMap, validateSecret } from './data.ts';
import { validateEndpoints } from './endpoints.ts';
import { validateEndpointSlice } from './endpointslice.ts';
import { validateIngress, validateIngressClass } from './ingress.ts';
import { validateCronJob, validateJob } from './job.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Label, isDNS1123Subdomain } from './names.ts';
import { validateNetworkPolicy } from './networkpolicy.ts';
import { validatePod } from './pod.ts';
import { validateLimitRange, validatePriorityClass, validateResourceQuota } from './quotas.ts';
import {
  validateClusterRole,
  validateClusterRoleBinding,
  validateRole,
  validateRoleBinding,
} from './rbac.ts';
import { validateService } from './service.ts';
import {
  validatePersistentVolume,
  validatePersistentVolumeClaim,
  validateStorageClass,
} from './storage.ts';
import { validateAPIService, validateWebhookConfiguration } from './webhooks.ts';
import {
  validateDaemonSet,
  validateDeployment,
  validatePodTemplateObject,
  validateReplicaSet,
  validateReplicationController,
  validateStatefulSet,
} from './workload.ts';

type Validate = (errors: FieldErrors, value: JsonObject) => void;

const validators: Readonly<Record<string, Validate>> = {
  Service: validateService,
  Endpoints: validateEndpoints,
  EndpointSlice: validateEndpointSlice,
  Pod: validatePod,
  PodTemplate: validatePodTemplateObject,
  Deployment: validateDeployment,
  ReplicaSet: validateReplicaSet,
  StatefulSet: validateStatefulSet,
  DaemonSet: validateDaemonSet,
  ReplicationController: validateReplicationController,
  Job: validateJob,
  CronJob: validateCronJob,
  HorizontalPodAutoscaler: validateAutoscaler,
  Ingress: validateIngress,
  IngressClass: validateIngressClass,
  NetworkPolicy: validateNetworkPolicy,
  PodDisruptionBudget: validateDisruptionBudget,
  ConfigMap: validateConfigMap,
  Secret: validateSecret,
  ServiceAccount: (errors, account) => validateObjectMeta(errors, account, isDNS1123Subdomain),
  PersistentVolumeClaim: validatePersistentVolumeClaim,
  PersistentVolume: validatePersistentVolume,
  StorageClass: validateStorageClass,
  Role: validateRole,
  ClusterRole: validateClusterRole,
  RoleBinding: validateRoleBinding,
  ClusterRoleBinding: validateClusterRoleBinding,
  ResourceQuota: validateResourceQuota,
  LimitRange: validateLimitRange,
  PriorityClass: validatePriorityClass,
  ValidatingWebhookConfiguration: validateWebhookConfiguration,
  MutatingWebhookConfiguration: validateWebhookConfiguration,
  APIService: validateAPIService,
  Namespace: (errors, namespace) => validateObjectMeta(errors, namespace, isDNS1123Label, false),
};

/** Adds to `errors` what is wrong with an object of a known kind that was decoded and defaulted. */
export function validate(kind: string, value: JsonObject, errors: FieldErrors): void {
  getOwn(validators, kind)?.(errors, value);
}

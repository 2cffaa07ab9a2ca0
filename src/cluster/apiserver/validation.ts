/** Validation of a new object, by kind. */
import type { JsonObject } from '../../manifest/node.ts';
import { getOwn } from '../../own.ts';
import type { FieldErrors } from './field-errors.ts';
import { validateAutoscaler, validateDisruptionBudget } from './validation/autoscaler.ts';
import { validateEndpoints } from './validation/endpoints.ts';
import { validateEndpointSlice } from './validation/endpointslice.ts';
import { validateIngress, validateIngressClass } from './validation/ingress.ts';
import { validateCronJob, validateJob } from './validation/job.ts';
import { validateObjectMeta } from './validation/metadata.ts';
import { isDNS1123Label } from './validation/names.ts';
import { validateNetworkPolicy } from './validation/networkpolicy.ts';
import { validatePod } from './validation/pod.ts';
import { validateService } from './validation/service.ts';
import {
  validateDaemonSet,
  validateDeployment,
  validatePodTemplateObject,
  validateReplicaSet,
  validateReplicationController,
  validateStatefulSet,
} from './validation/workload.ts';

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
  Namespace: (errors, namespace) => validateObjectMeta(errors, namespace, isDNS1123Label, false),
};

/** Adds to `errors` what is wrong with an object of a known kind that was decoded and defaulted. */
export function validate(kind: string, value: JsonObject, errors: FieldErrors): void {
  getOwn(validators, kind)?.(errors, value);
}

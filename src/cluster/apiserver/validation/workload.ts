/**
 * Workload controllers: pkg/apis/apps/validation/validation.go, and ReplicationController of
 * pkg/apis/core/validation/validation.go.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import {
  isEmptyMap,
  isSet,
  itemsAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
} from '../fields.ts';
import { goJson } from '../go-format.ts';
import { validateNonnegative, validateOneOfUnlessEmpty } from './checks.ts';
import {
  intOrPercentValue,
  validateAtMost100Percent,
  validatePositiveIntOrPercent,
} from './int-or-percent.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Label, isDNS1123Subdomain } from './names.ts';
import { validatePodTemplate } from './pod.ts';
import {
  isEmptySelector,
  printSelector,
  selectorMatch,
  validateLabelSelector,
} from './selectors.ts';
import { validateClaimSpec } from './storage.ts';
import { validateDaemonSetStrategy, validateStatefulSetStrategy } from './update-strategies.ts';

/** Played on 1.36; 1.32 takes whatever they hold (kubernetes#132212). */
const claimTemplatesSince = 36;

const specPath = FieldPath.of('spec');
const selectorPath = specPath.child('selector');
const templatePath = specPath.child('template');
const templateLabelsPath = templatePath.child('metadata').child('labels');

/** `ValidateDeployment`. */
export function validateDeployment(errors: FieldErrors, deployment: JsonObject): void {
  validateObjectMeta(errors, deployment, isDNS1123Subdomain);
  const spec = objectAt(deployment, 'spec') ?? {};
  validateNonnegative(errors, spec, specPath, 'replicas');
  validateSelectorAndTemplate(errors, spec, 'deployment');
  validateDeploymentStrategy(errors, objectAt(spec, 'strategy') ?? {}, specPath.child('strategy'));
  const field = 'progressDeadlineSeconds';
  validateNonnegative(errors, spec, specPath, 'minReadySeconds', 'revisionHistoryLimit', field);
  const minReady = numberAt(spec, 'minReadySeconds');
  const deadline = isSet(spec, field) ? numberAt(spec, field) : 600;
  if (deadline !== undefined && minReady !== undefined && deadline <= minReady)
    errors.invalid(specPath.child(field), deadline, 'must be greater than minReadySeconds');
}

/** `ValidateReplicaSet`. */
export function validateReplicaSet(errors: FieldErrors, replicaSet: JsonObject): void {
  validateObjectMeta(errors, replicaSet, isDNS1123Subdomain);
  const spec = objectAt(replicaSet, 'spec') ?? {};
  validateNonnegative(errors, spec, specPath, 'replicas', 'minReadySeconds');
  // "deployment" is what upstream says here too.
  validateSelectorAndTemplate(errors, spec, 'deployment');
}

/**
 * The part of `ValidateDeploymentSpec` and `ValidateReplicaSetSpec` that is the same,
 * `ValidatePodTemplateSpecForReplicaSet` included.
 */
function validateSelectorAndTemplate(errors: FieldErrors, spec: JsonObject, kind: string): void {
  validateSelector(errors, spec, kind);
  const malformed = validateTemplateLabels(errors, spec, 'invalid label selector');
  if (malformed) return;
  validatePodTemplate(errors, objectAt(spec, 'template'), templatePath);
  validateAlwaysRestarts(errors, spec, 'ReplicaSet');
}

/** `ValidateStatefulSet`. */
export function validateStatefulSet(errors: FieldErrors, statefulSet: JsonObject): void {
  validateObjectMeta(errors, statefulSet, errors.minor >= 27 ? isDNS1123Label : isDNS1123Subdomain);
  const spec = objectAt(statefulSet, 'spec') ?? {};
  const policy = stringAt(spec, 'podManagementPolicy');
  if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    errors.invalid(
      specPath.child('podManagementPolicy'),
      policy,
      "must be 'OrderedReady' or 'Parallel'",
    );
  }
  const strategy = objectAt(spec, 'updateStrategy');
  if (strategy !== undefined)
    validateStatefulSetStrategy(errors, strategy, specPath.child('updateStrategy'));
  const retention = objectAt(spec, 'persistentVolumeClaimRetentionPolicy');
  const retentionPath = specPath.child('persistentVolumeClaimRetentionPolicy');
  for (const field of ['whenDeleted', 'whenScaled'])
    validateOneOfUnlessEmpty(errors, retention, field, ['Retain', 'Delete'], retentionPath);
  const claims = objectsAt(spec, 'volumeClaimTemplates').map((claim) =>
    stringAt(objectAt(claim, 'metadata'), 'name'),
  );
  if (errors.minor >= claimTemplatesSince)
    for (const [claim, own] of itemsAt(spec, 'volumeClaimTemplates', specPath))
      validateClaimSpec(errors, objectAt(claim, 'spec') ?? {}, own.child('spec'));
  validateNonnegative(errors, spec, specPath, 'replicas', 'minReadySeconds');
  validateNonnegative(errors, objectAt(spec, 'ordinals'), specPath.child('ordinals'), 'start');
  const serviceName = stringAt(spec, 'serviceName');
  if (serviceName !== '' && errors.minor >= 33)
    errors.invalidEach(specPath.child('serviceName'), serviceName, isDNS1123Label(serviceName));
  validateSelector(errors, spec, 'statefulset');
  if (!validateTemplateLabels(errors, spec, '')) {
    // Hostname and subdomain are overwritten in every pod, so they are not looked at.
    const template = objectAt(spec, 'template');
    const {
      hostname: _hostname,
      subdomain: _subdomain,
      ...podSpec
    } = objectAt(template, 'spec') ?? {};
    validateClaimNames(errors, claims);
    validatePodTemplate(errors, { ...template, spec: podSpec }, templatePath, claims);
  }
  validateAlwaysRestarts(errors, spec, 'StatefulSet');
}

/** Each claim template becomes a volume of its name, the first of the pod. */
function validateClaimNames(errors: FieldErrors, names: readonly string[]): void {
  for (const [index, name] of names.entries()) {
    const volume = templatePath.child('spec').child('volumes').index(index);
    const claim = specPath.child('volumeClaimTemplates').index(index).child('metadata');
    const at = { at: claim.child('name') };
    if (name === '') {
      errors.required(volume.child('persistentVolumeClaim').child('claimName'), '', at);
      errors.required(volume.child('name'), '', at);
    } else errors.invalidEach(volume.child('name'), name, isDNS1123Label(name), at);
  }
}

/** `ValidateDaemonSet`: the one kind that does not require a selector in so many words. */
export function validateDaemonSet(errors: FieldErrors, daemonSet: JsonObject): void {
  validateObjectMeta(errors, daemonSet, isDNS1123Subdomain);
  const spec = objectAt(daemonSet, 'spec') ?? {};
  const selector = objectAt(spec, 'selector');
  validateLabelSelector(errors, selector, selectorPath);
  validateTemplateLabels(errors, spec, undefined);
  if (selector !== undefined && isEmptySelector(selector))
    errors.invalid(
      selectorPath,
      printSelector(selector),
      'empty selector is invalid for daemonset',
    );
  validatePodTemplate(errors, objectAt(spec, 'template'), templatePath);
  validateAlwaysRestarts(errors, spec, 'DaemonSet');
  const strategy = objectAt(spec, 'updateStrategy');
  if (strategy !== undefined)
    validateDaemonSetStrategy(errors, strategy, specPath.child('updateStrategy'));
  validateNonnegative(errors, spec, specPath, 'minReadySeconds', 'revisionHistoryLimit');
}

/**
 * `ValidateReplicationController`; its selector is a plain map, and the template's labels if it has
 * none.
 */
export function validateReplicationController(errors: FieldErrors, controller: JsonObject): void {
  validateObjectMeta(errors, controller, isDNS1123Subdomain);
  const spec = objectAt(controller, 'spec') ?? {};
  validateNonnegative(errors, spec, specPath, 'minReadySeconds');
  const selector = stringMapAt(spec, 'selector');
  if (isEmptyMap(selector)) errors.required(selectorPath);
  validateNonnegative(errors, spec, specPath, 'replicas');
  const template = objectAt(spec, 'template');
  if (template === undefined) {
    errors.required(templatePath);
    return;
  }
  const labels = stringMapAt(objectAt(template, 'metadata'), 'labels');
  const wanted = { matchLabels: (selector ?? {}) as JsonObject };
  if (
    !isEmptyMap(selector) &&
    selectorMatch(wanted, labels ?? {}) === false &&
    !errors.isIncomplete(selectorPath)
  ) {
    refuseTemplateLabels(errors, labels);
  }
  validatePodTemplate(errors, template, templatePath);
  validateAlwaysRestarts(errors, spec, 'ReplicationController');
}

/** `ValidatePodTemplate` of the kind PodTemplate. */
export function validatePodTemplateObject(errors: FieldErrors, podTemplate: JsonObject): void {
  validateObjectMeta(errors, podTemplate, isDNS1123Subdomain);
  validatePodTemplate(errors, objectAt(podTemplate, 'template'), FieldPath.of('template'));
}

function validateSelector(errors: FieldErrors, spec: JsonObject, kind: string): void {
  const selector = objectAt(spec, 'selector');
  if (selector === undefined) {
    errors.required(selectorPath);
    return;
  }
  validateLabelSelector(errors, selector, selectorPath);
  if (isEmptySelector(selector))
    errors.invalid(selectorPath, printSelector(selector), `empty selector is invalid for ${kind}`);
}

/** Of any kind that has both: its selector does not match these labels of its template. */
export function refuseTemplateLabels(
  errors: FieldErrors,
  labels: Readonly<Record<string, string>> | undefined,
): void {
  errors.invalid(
    templateLabelsPath,
    labels ?? null,
    '`selector` does not match template `labels`',
    {
      code: 'selector-mismatch',
    },
  );
}

/** Whether the selector is malformed, so that the template is not looked at. */
function validateTemplateLabels(
  errors: FieldErrors,
  spec: JsonObject,
  whenMalformed: string | undefined,
): boolean {
  const selector = objectAt(spec, 'selector');
  const labels = stringMapAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  const match = selectorMatch(selector, labels ?? {});
  if (match === 'malformed') {
    if (whenMalformed !== undefined && selector !== undefined)
      errors.invalid(selectorPath, printSelector(selector), whenMalformed);
    return true;
  }
  if (match === false && !errors.isIncomplete(selectorPath)) refuseTemplateLabels(errors, labels);
  return false;
}

/** Pods of these controllers run for ever. */
function validateAlwaysRestarts(errors: FieldErrors, spec: JsonObject, kind: string): void {
  const podSpec = objectAt(objectAt(spec, 'template'), 'spec') ?? {};
  const path = templatePath.child('spec');
  validateOneOfUnlessEmpty(errors, podSpec, 'restartPolicy', ['Always'], path);
  if (isSet(podSpec, 'activeDeadlineSeconds')) {
    errors.forbidden(
      path.child('activeDeadlineSeconds'),
      `activeDeadlineSeconds in ${kind} is not Supported`,
    );
  }
}

/** `ValidateDeploymentStrategy`, with its defaults of 25 %. */
function validateDeploymentStrategy(
  errors: FieldErrors,
  strategy: JsonObject,
  path: FieldPath,
): void {
  const type = stringAt(strategy, 'type') || 'RollingUpdate';
  const rollingUpdate = objectAt(strategy, 'rollingUpdate');
  const rollingPath = path.child('rollingUpdate');
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined)
      errors.forbidden(rollingPath, "may not be specified when strategy `type` is 'Recreate'");
  } else if (type === 'RollingUpdate') {
    if (rollingUpdate === undefined) return;
    const maxUnavailable = rollingUpdate['maxUnavailable'] ?? '25%';
    const maxSurge = rollingUpdate['maxSurge'] ?? '25%';
    validatePositiveIntOrPercent(errors, maxUnavailable, rollingPath.child('maxUnavailable'));
    validatePositiveIntOrPercent(errors, maxSurge, rollingPath.child('maxSurge'));
    if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0) {
      errors.invalid(
        rollingPath.child('maxUnavailable'),
        maxUnavailable,
        'may not be 0 when `maxSurge` is 0',
      );
    }
    validateAtMost100Percent(errors, maxUnavailable, rollingPath.child('maxUnavailable'));
  } else if (!isPlaceholder(type)) {
    // The internal type has no JSON names.
    errors.notSupported(
      path,
      new GoText(`{"Type":${goJson(type)},"RollingUpdate":null}`),
      ['Recreate', 'RollingUpdate'],
      {
        at: path.child('type'),
      },
    );
  }
}

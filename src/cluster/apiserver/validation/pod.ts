/**
 * Pods and pod templates: `ValidatePodCreate`, `ValidatePodSpec`, `ValidatePodTemplateSpec`
 * (pkg/apis/core/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import {
  booleanAt,
  isSet,
  itemsAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  stringsAt,
} from '../fields.ts';
import { requireOneOf, validateName } from './checks.ts';
import { validateContainers, validateInitContainers } from './container.ts';
import { validateLegacyIP } from './ip.ts';
import { validateAnnotations, validateObjectMeta } from './metadata.ts';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isDNS1123SubdomainWithUnderscore,
  isLabelKey,
} from './names.ts';
import { validatePodAnnotations } from './pod-annotations.ts';
import { validateAffinity, validateTopologySpreadConstraints } from './scheduling.ts';
import { validatePodSecurityContext } from './security-context.ts';
import { validateLabels } from './selectors.ts';
import { validateTolerations } from './tolerations.ts';
import { validateVolumes } from './volumes.ts';

const specPath = FieldPath.of('spec');
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** `ValidatePodCreate`. */
export function validatePod(errors: FieldErrors, pod: JsonObject): void {
  validateObjectMeta(errors, pod, isDNS1123Subdomain);
  const spec = objectAt(pod, 'spec') ?? {};
  validateOwnAnnotations(errors, pod, FieldPath.of('metadata').child('annotations'));
  validatePodSpec(errors, spec, specPath, true);
  for (const field of ['containers', 'initContainers']) {
    for (const [container, own] of itemsAt(spec, field, specPath)) {
      const image = stringAt(container, 'image');
      if (image !== image.trim())
        errors.invalid(own.child('image'), image, 'must not have leading or trailing whitespace');
    }
  }
  if (objectsAt(spec, 'ephemeralContainers').length > 0)
    errors.forbidden(specPath.child('ephemeralContainers'), 'cannot be set on create');
  if (stringAt(spec, 'nodeName') !== '' && objectsAt(spec, 'schedulingGates').length > 0) {
    errors.forbidden(
      specPath.child('nodeName'),
      'cannot be set until all schedulingGates have been cleared',
    );
  }
}

/** Those of a pod or a template that have a meaning for pods; few manifests hold one. */
function validateOwnAnnotations(
  errors: FieldErrors,
  pod: JsonObject | undefined,
  path: FieldPath,
  written = path,
): void {
  const annotations = stringMapAt(objectAt(pod, 'metadata'), 'annotations');
  const isOfPods = (key: string): boolean =>
    key.startsWith('container.apparmor.') || key.endsWith('/pod-deletion-cost');
  if (Object.keys(annotations ?? {}).some(isOfPods))
    validatePodAnnotations(errors, annotations, objectAt(pod, 'spec') ?? {}, path, written);
}

/** `ValidatePodTemplateSpec`. `extraVolumes`: names that a StatefulSet's claim templates add. */
export function validatePodTemplate(
  errors: FieldErrors,
  template: JsonObject | undefined,
  path: FieldPath,
  extraVolumes: readonly string[] = [],
): void {
  const metadata = objectAt(template, 'metadata');
  validateLabels(
    errors,
    stringMapAt(metadata, 'labels'),
    path.child('labels'),
    path.child('metadata').child('labels'),
  );
  const annotationsPath = path.child('annotations');
  const written = path.child('metadata').child('annotations');
  validateAnnotations(errors, stringMapAt(metadata, 'annotations'), annotationsPath, written);
  validateOwnAnnotations(errors, template, annotationsPath, written);
  const spec = objectAt(template, 'spec') ?? {};
  validatePodSpec(errors, spec, path.child('spec'), false, extraVolumes);
  if (objectsAt(spec, 'ephemeralContainers').length > 0) {
    errors.forbidden(
      path.child('spec').child('ephemeralContainers'),
      'ephemeral containers not allowed in pod template',
    );
  }
}

function validatePodSpec(
  errors: FieldErrors,
  spec: JsonObject,
  path: FieldPath,
  isPod: boolean,
  extraVolumes: readonly string[] = [],
): void {
  const gracePeriod = numberAt(spec, 'terminationGracePeriodSeconds');
  const volumes = validateVolumes(errors, spec, path.child('volumes'), extraVolumes);
  validateContainers(errors, spec, volumes, gracePeriod, path.child('containers'));
  validateInitContainers(errors, spec, volumes, gracePeriod, path.child('initContainers'));
  if (booleanAt(spec, 'hostNetwork') === true) validateHostNetworkPorts(errors, spec, path, isPod);
  const system = stringAt(objectAt(spec, 'os'), 'name');
  if (system !== '' && !['linux', 'windows'].includes(system)) {
    const at = path.child('os').child('name');
    errors.notSupported(path.child('os'), system, ['linux', 'windows'], { at });
  }
  requireOneOf(errors, spec, 'restartPolicy', ['Always', 'OnFailure', 'Never'], path);
  requireOneOf(errors, spec, 'dnsPolicy', dnsPolicies, path);
  validateLabels(errors, stringMapAt(spec, 'nodeSelector'), path.child('nodeSelector'));
  validatePodSecurityContext(errors, spec, path);
  const affinity = objectAt(spec, 'affinity');
  if (affinity !== undefined) validateAffinity(errors, affinity, path.child('affinity'));
  validateDNSConfig(errors, spec, path.child('dnsConfig'));
  validateGates(errors, spec, path);
  validateTopologySpreadConstraints(errors, spec, path.child('topologySpreadConstraints'));
  for (const field of ['serviceAccountName', 'nodeName'])
    validateName(errors, spec, field, path, isDNS1123Subdomain);
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  if (
    isSet(spec, 'activeDeadlineSeconds') &&
    deadline !== undefined &&
    (deadline < 1 || deadline > 2147483647)
  ) {
    errors.invalid(
      path.child('activeDeadlineSeconds'),
      deadline,
      'must be between 1 and 2147483647, inclusive',
    );
  }
  for (const field of ['hostname', 'subdomain'])
    validateName(errors, spec, field, path, isDNS1123Label);
  validateTolerations(errors, spec, path.child('tolerations'));
  for (const [alias, own] of itemsAt(spec, 'hostAliases', path)) {
    validateLegacyIP(errors, own.child('ip'), stringAt(alias, 'ip'));
    for (const [nameIndex, name] of stringsAt(alias, 'hostnames').entries()) {
      errors.invalidEach(own.child('hostnames').index(nameIndex), name, isDNS1123Subdomain(name));
    }
  }
  validateName(errors, spec, 'priorityClassName', path, isDNS1123Subdomain);
}

/** `validatePodHostNetworkDeps`: a template's host ports may be absent, for its pods get them. */
function validateHostNetworkPorts(
  errors: FieldErrors,
  spec: JsonObject,
  path: FieldPath,
  isPod: boolean,
): void {
  for (const [container, at] of itemsAt(spec, 'containers', path)) {
    for (const [port, own] of itemsAt(container, 'ports', at)) {
      const hostPort = numberAt(port, 'hostPort');
      const containerPort = numberAt(port, 'containerPort');
      if (
        hostPort === undefined ||
        containerPort === undefined ||
        hostPort === containerPort ||
        (hostPort === 0 && !isPod)
      )
        continue;
      const detail = 'must match `containerPort` when `hostNetwork` is true';
      errors.invalid(own.child('hostPort'), hostPort, detail);
    }
  }
}

/** `validatePodDNSConfig`. */
function validateDNSConfig(errors: FieldErrors, spec: JsonObject, path: FieldPath): void {
  const config = objectAt(spec, 'dnsConfig');
  const nameservers = stringsAt(config, 'nameservers');
  if (stringAt(spec, 'dnsPolicy') === 'None') {
    if (config === undefined)
      return errors.required(path, 'must provide `dnsConfig` when `dnsPolicy` is None');
    if (nameservers.length === 0) {
      return errors.required(
        path.child('nameservers'),
        'must provide at least one DNS nameserver when `dnsPolicy` is None',
      );
    }
  }
  if (config === undefined) return;
  if (nameservers.length > 3)
    errors.invalid(
      path.child('nameservers'),
      [...nameservers],
      'must not have more than 3 nameservers',
    );
  for (const [index, nameserver] of nameservers.entries())
    validateLegacyIP(errors, path.child('nameservers').index(index), nameserver);
  for (const [index, search] of stringsAt(config, 'searches').entries()) {
    const bare = search.replace(/\.$/, '');
    const relaxed = errors.minor >= 33;
    if (relaxed && search === '.') continue;
    const messages = relaxed ? isDNS1123SubdomainWithUnderscore(bare) : isDNS1123Subdomain(bare);
    errors.invalidEach(path.child('searches').index(index), bare, messages);
  }
  for (const [option, own] of itemsAt(config, 'options', path))
    if (stringAt(option, 'name') === '') errors.required(own, 'must not be empty');
}

/** `validateReadinessGates`, `validateSchedulingGates`. */
function validateGates(errors: FieldErrors, spec: JsonObject, path: FieldPath): void {
  for (const [gate, own] of itemsAt(spec, 'readinessGates', path)) {
    const type = stringAt(gate, 'conditionType');
    errors.invalidEach(own.child('conditionType'), type, isLabelKey(type));
  }
  const seen = new Set<string>();
  for (const [gate, own] of itemsAt(spec, 'schedulingGates', path)) {
    const name = stringAt(gate, 'name');
    errors.invalidEach(own, name, isLabelKey(name));
    if (seen.has(name)) errors.duplicate(own, name);
    seen.add(name);
  }
}

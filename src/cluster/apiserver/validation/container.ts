/**
 * Containers of a pod: `validateContainers`, `validateInitContainers`
 * (pkg/apis/core/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, numberAt, objectAt, objectsAt, stringAt } from '../fields.ts';
import { requireName, requireOneOf, validateOneOfUnlessEmpty } from './checks.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { isDNS1123Label, isValidPortName } from './names.ts';
import { validatePortNumber, validateProtocol } from './ports.ts';
import { validateProbes } from './probe.ts';
import { validateResources } from './resources.ts';
import { validateSecurityContext } from './security-context.ts';
import { validateVolumeMounts, type VolumeNames } from './volumes.ts';

/**
 * The release in which the gate ContainerRestartRules is on: any container may then have a restart
 * policy of its own.
 */
const restartRulesSince = 35;
/** The release in which the gate SidecarContainers is on. */
const sidecarsSince = 29;

export function validateContainers(
  errors: FieldErrors,
  spec: JsonObject,
  volumes: VolumeNames,
  gracePeriod: number | undefined,
  path: FieldPath,
): void {
  const containers = objectsAt(spec, 'containers');
  if (containers.length === 0) {
    errors.required(path);
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const own = path.index(index);
    validateContainer(errors, container, volumes, own);
    const name = stringAt(container, 'name');
    if (names.has(name)) errors.duplicate(own.child('name'), name);
    names.add(name);
    validateProbes(errors, container, gracePeriod, own);
    if (errors.minor >= restartRulesSince) validateRestartPolicy(errors, container, own);
    else if (isSet(container, 'restartPolicy') && errors.minor >= sidecarsSince) {
      errors.forbidden(own.child('restartPolicy'), 'may not be set for non-init containers');
    }
  }
  validateUniqueHostPorts(errors, containers.entries(), path);
}

export function validateInitContainers(
  errors: FieldErrors,
  spec: JsonObject,
  volumes: VolumeNames,
  gracePeriod: number | undefined,
  path: FieldPath,
): void {
  const names = new Set(
    objectsAt(spec, 'containers').map((container) => stringAt(container, 'name')),
  );
  for (const [index, container] of objectsAt(spec, 'initContainers').entries()) {
    const own = path.index(index);
    validateContainer(errors, container, volumes, own);
    const restartPolicy = stringAt(container, 'restartPolicy');
    if (isSet(container, 'restartPolicy')) {
      if (errors.minor >= restartRulesSince) validateRestartPolicy(errors, container, own);
      else if (errors.minor >= sidecarsSince && restartPolicy !== 'Always')
        errors.notSupported(own.child('restartPolicy'), restartPolicy, ['Always']);
    }
    const name = stringAt(container, 'name');
    if (names.has(name)) errors.duplicate(own.child('name'), name);
    else if (name !== '') names.add(name);
    // They run one by one, so each alone must do without conflicts. (The index is lost upstream:
    // all are shown as the first.)
    validateUniqueHostPorts(errors, [[0, container]], path, own);
    if (restartPolicy === 'Always') validateProbes(errors, container, gracePeriod, own);
    else if (!isPlaceholder(restartPolicy)) {
      for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
        if (!isSet(container, field)) continue;
        errors.forbidden(
          own.child(field),
          'may not be set for init containers without restartPolicy=Always',
          { part: 'key' },
        );
      }
    }
  }
}

/** `validateContainerRestartPolicy`, but for the rules. */
function validateRestartPolicy(errors: FieldErrors, container: JsonObject, path: FieldPath): void {
  if (!isSet(container, 'restartPolicy')) {
    if (objectsAt(container, 'restartPolicyRules').length > 0) {
      errors.required(
        path.child('restartPolicy'),
        'must specify restartPolicy when restart rules are used',
      );
    }
    return;
  }
  requireOneOf(errors, container, 'restartPolicy', ['Always', 'Never', 'OnFailure'], path);
}

/** `validateContainerCommon`. */
function validateContainer(
  errors: FieldErrors,
  container: JsonObject,
  volumes: VolumeNames,
  path: FieldPath,
): void {
  requireName(errors, container, 'name', path, isDNS1123Label);
  if (stringAt(container, 'image') === '') errors.required(path.child('image'));
  const messagePolicies = ['File', 'FallbackToLogsOnError'];
  validateOneOfUnlessEmpty(errors, container, 'terminationMessagePolicy', messagePolicies, path);
  if (isSet(container, 'ports')) validateContainerPorts(errors, container, path.child('ports'));
  if (isSet(container, 'env')) validateEnv(errors, container, path.child('env'));
  if (isSet(container, 'envFrom')) validateEnvFrom(errors, container, path.child('envFrom'));
  if (isSet(container, 'volumeMounts'))
    validateVolumeMounts(errors, container, volumes, path.child('volumeMounts'));
  const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
  validateOneOfUnlessEmpty(errors, container, 'imagePullPolicy', pullPolicies, path);
  if (isSet(container, 'resources'))
    validateResources(errors, objectAt(container, 'resources'), path.child('resources'));
  const context = objectAt(container, 'securityContext');
  if (context !== undefined)
    validateSecurityContext(errors, context, path.child('securityContext'));
}

function validateContainerPorts(errors: FieldErrors, container: JsonObject, path: FieldPath): void {
  const names = new Set<string>();
  for (const [index, port] of objectsAt(container, 'ports').entries()) {
    const own = path.index(index);
    const name = stringAt(port, 'name');
    if (name !== '') {
      const messages = isValidPortName(name);
      if (messages.length > 0)
        errors.invalidEach(
          own.child('name'),
          name,
          messages,
          /^\d+$/.test(name)
            ? { help: 'leave the name out: a container port is found by its number, too' }
            : undefined,
        );
      else if (names.has(name)) errors.duplicate(own.child('name'), name);
      else names.add(name);
    }
    const number = numberAt(port, 'containerPort');
    if (number === 0) errors.required(own.child('containerPort'));
    else validatePortNumber(errors, number, own.child('containerPort'));
    const hostPort = numberAt(port, 'hostPort');
    if (hostPort !== 0) validatePortNumber(errors, hostPort, own.child('hostPort'));
    validateProtocol(errors, stringAt(port, 'protocol'), own.child('protocol'));
  }
}

/** `checkHostPortConflicts`. `written`: where the one container really stands. */
function validateUniqueHostPorts(
  errors: FieldErrors,
  containers: Iterable<[number, JsonObject]>,
  path: FieldPath,
  written?: FieldPath,
): void {
  const taken = new Set<string>();
  for (const [index, container] of containers) {
    for (const [portIndex, port] of objectsAt(container, 'ports').entries()) {
      const hostPort = numberAt(port, 'hostPort');
      if (hostPort === undefined || hostPort === 0) continue;
      const key = `${stringAt(port, 'protocol')}/${stringAt(port, 'hostIP')}/${hostPort}`;
      const shown = path.index(index);
      if (taken.has(key)) {
        const at = (written ?? shown)
          .child('ports')
          .index(portIndex)
          .child(isSet(port, 'hostPort') ? 'hostPort' : 'containerPort');
        errors.duplicate(shown.child('ports').index(portIndex).child('hostPort'), key, { at });
      } else taken.add(key);
    }
  }
}

/**
 * Probes and lifecycle hooks: `validateProbe`, `validateHandler`, `validateLifecycle`
 * (pkg/apis/core/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, numberAt, objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { validateNonnegative } from './checks.ts';
import { isHTTPHeaderName } from './names.ts';
import { validatePortNumberOrName } from './ports.ts';

/** The three probes and the lifecycle of a container that may have them. */
export function validateProbes(
  errors: FieldErrors,
  container: JsonObject,
  gracePeriod: number | undefined,
  path: FieldPath,
): void {
  const lifecycle = objectAt(container, 'lifecycle');
  if (lifecycle !== undefined)
    validateLifecycle(errors, lifecycle, gracePeriod, path.child('lifecycle'));
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = objectAt(container, field);
    if (probe === undefined) continue;
    const probePath = path.child(field);
    validateProbe(errors, probe, probePath);
    if (field === 'readinessProbe') {
      if (isSet(probe, 'terminationGracePeriodSeconds')) {
        const seconds = probe['terminationGracePeriodSeconds'];
        errors.invalid(
          probePath.child('terminationGracePeriodSeconds'),
          seconds,
          'must not be set for readinessProbes',
        );
      }
    } else {
      const threshold = numberAt(probe, 'successThreshold');
      if (threshold !== undefined && threshold !== 1)
        errors.invalid(probePath.child('successThreshold'), threshold, 'must be 1');
    }
  }
}

const numbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

function validateProbe(errors: FieldErrors, probe: JsonObject, path: FieldPath): void {
  validateHandler(errors, probe, undefined, path, ['exec', 'httpGet', 'tcpSocket', 'grpc']);
  validateNonnegative(errors, probe, path, ...numbers);
  const seconds = isSet(probe, 'terminationGracePeriodSeconds')
    ? numberAt(probe, 'terminationGracePeriodSeconds')
    : undefined;
  if (seconds !== undefined && seconds <= 0)
    errors.invalid(path.child('terminationGracePeriodSeconds'), seconds, 'must be greater than 0');
}

function validateLifecycle(
  errors: FieldErrors,
  lifecycle: JsonObject,
  gracePeriod: number | undefined,
  path: FieldPath,
): void {
  for (const field of ['postStart', 'preStop']) {
    const handler = objectAt(lifecycle, field);
    if (handler !== undefined)
      validateHandler(errors, handler, gracePeriod, path.child(field), [
        'exec',
        'httpGet',
        'tcpSocket',
        'sleep',
      ]);
  }
}

function validateHandler(
  errors: FieldErrors,
  handler: JsonObject,
  gracePeriod: number | undefined,
  path: FieldPath,
  types: readonly string[],
): void {
  let found = false;
  for (const type of types) {
    const action = objectAt(handler, type);
    if (action === undefined) continue;
    if (found)
      errors.forbidden(path.child(type), 'may not specify more than 1 handler type', {
        part: 'key',
      });
    else validateAction(errors, type, action, gracePeriod, path.child(type));
    found = true;
  }
  if (!found) errors.required(path, 'must specify a handler type', { part: 'key' });
}

function validateAction(
  errors: FieldErrors,
  type: string,
  action: JsonObject,
  gracePeriod: number | undefined,
  path: FieldPath,
): void {
  if (type === 'exec') {
    if (stringsAt(action, 'command').length === 0) errors.required(path.child('command'));
  } else if (type === 'sleep') validateSleep(errors, action, gracePeriod, path);
  else {
    validatePortNumberOrName(errors, action['port'], path.child('port'));
    if (type === 'httpGet') validateHTTPGet(errors, action, path);
  }
}

/** `validateHTTPGetAction` but for the port; the path is defaulted. */
function validateHTTPGet(errors: FieldErrors, action: JsonObject, path: FieldPath): void {
  const scheme = stringAt(action, 'scheme');
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') {
    const upper = scheme.toUpperCase();
    errors.notSupported(
      path.child('scheme'),
      scheme,
      ['HTTP', 'HTTPS'],
      /^HTTPS?$/.test(upper) ? { help: `write ${upper}`, replacement: upper } : undefined,
    );
  }
  for (const [index, header] of objectsAt(action, 'httpHeaders').entries()) {
    const name = stringAt(header, 'name');
    errors.invalidEach(path.child('httpHeaders'), name, isHTTPHeaderName(name), {
      at: path.child('httpHeaders').index(index).child('name'),
    });
  }
}

/** `validateSleepAction`; zero seconds since 1.33. */
function validateSleep(
  errors: FieldErrors,
  action: JsonObject,
  gracePeriod: number | undefined,
  path: FieldPath,
): void {
  const seconds = numberAt(action, 'seconds');
  if (seconds === undefined || gracePeriod === undefined) return;
  if (errors.minor >= 33) {
    if (seconds >= 0 && seconds <= gracePeriod) return;
    errors.invalid(
      path,
      seconds,
      `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`,
    );
  } else if (seconds <= 0 || seconds > gracePeriod) {
    const gate =
      errors.minor === 32
        ? '. Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.'
        : '';
    errors.invalid(
      path,
      seconds,
      `must be greater than 0 and less than terminationGracePeriodSeconds (${gracePeriod})${gate}`,
    );
  }
}

/** `ValidateEndpointsCreate` (pkg/apis/core/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, itemsAt, numberAt, objectsAt, stringAt } from '../fields.ts';
import { requireName, validateName } from './checks.ts';
import { validateEndpointIP, validateLegacyIP } from './ip.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Label, isDNS1123Subdomain } from './names.ts';
import { validateAppProtocol, validatePortNumber, validateProtocol } from './ports.ts';

const subsetsPath = FieldPath.of('subsets');

export function validateEndpoints(errors: FieldErrors, endpoints: JsonObject): void {
  validateObjectMeta(errors, endpoints, isDNS1123Subdomain);
  for (const [index, subset] of objectsAt(endpoints, 'subsets').entries()) {
    const path = subsetsPath.index(index);
    const lists = ['addresses', 'notReadyAddresses'] as const;
    if (lists.every((list) => objectsAt(subset, list).length === 0))
      errors.required(path, 'must specify `addresses` or `notReadyAddresses`');
    for (const list of lists)
      for (const [address, own] of itemsAt(subset, list, path))
        validateAddress(errors, address, own);
    const ports = itemsAt(subset, 'ports', path);
    for (const [port, own] of ports) validatePort(errors, port, ports.length > 1, own);
  }
}

/** `validateEndpointAddress`. */
function validateAddress(errors: FieldErrors, address: JsonObject, path: FieldPath): void {
  const ip = stringAt(address, 'ip');
  validateLegacyIP(errors, path.child('ip'), ip);
  validateName(errors, address, 'hostname', path, isDNS1123Label);
  if (isSet(address, 'nodeName')) {
    const nodeName = stringAt(address, 'nodeName');
    errors.invalidEach(path.child('nodeName'), nodeName, isDNS1123Subdomain(nodeName));
  }
  validateEndpointIP(errors, path.child('ip'), ip);
}

/** `validateEndpointPort`. */
function validatePort(
  errors: FieldErrors,
  port: JsonObject,
  isNameRequired: boolean,
  path: FieldPath,
): void {
  const check = isNameRequired ? requireName : validateName;
  check(errors, port, 'name', path, isDNS1123Label);
  validatePortNumber(errors, numberAt(port, 'port'), path.child('port'));
  validateProtocol(errors, stringAt(port, 'protocol'), path.child('protocol'));
  validateAppProtocol(errors, port['appProtocol'], path.child('appProtocol'));
}

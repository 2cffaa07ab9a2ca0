/** `ValidateEndpointSliceCreate` (pkg/apis/discovery/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { parseIP } from '../ip-address.ts';
import { validateCanonicalIP, validateEndpointIP, validateLegacyIP } from './ip.ts';
import { validateObjectMeta } from './metadata.ts';
import {
  fullyQualifiedDomainNameProblems,
  isDNS1123Label,
  isDNS1123Subdomain,
  isLabelValue,
} from './names.ts';
import { validateAppProtocol, validateProtocol } from './ports.ts';

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
/**
 * The first release that wants IPv6 addresses in canonical form; before, any spelling of either
 * family would do (`validateEndpoints`).
 */
const strictAddressesSince = 33;
const typePath = FieldPath.of('addressType');
const portsPath = FieldPath.of('ports');
const endpointsPath = FieldPath.of('endpoints');

export function validateEndpointSlice(errors: FieldErrors, slice: JsonObject): void {
  validateObjectMeta(errors, slice, isDNS1123Subdomain);
  const addressType = stringAt(slice, 'addressType');
  if (addressType === '') errors.required(typePath);
  else if (!addressTypes.includes(addressType))
    errors.notSupported(typePath, addressType, addressTypes);
  validatePorts(errors, objectsAt(slice, 'ports'));
  const endpoints = objectsAt(slice, 'endpoints');
  if (endpoints.length > 1000) errors.tooMany(endpointsPath, endpoints.length, 1000);
  else
    for (const [index, endpoint] of endpoints.entries())
      validateEndpoint(errors, endpoint, addressType, endpointsPath.index(index));
}

/** `validatePorts`: a port's number is not looked at, and nil is a name like any other. */
function validatePorts(errors: FieldErrors, ports: readonly JsonObject[]): void {
  if (ports.length > 20000) {
    errors.tooMany(portsPath, ports.length, 20000);
    return;
  }
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const path = portsPath.index(index);
    const name = stringAt(port, 'name');
    if (name !== '') errors.invalidEach(path.child('name'), name, isDNS1123Label(name));
    if (names.has(name)) errors.duplicate(path.child('name'), name);
    names.add(name);
    const protocol = stringAt(port, 'protocol');
    if (protocol === '') errors.notSupported(path.child('protocol'), '', ['SCTP', 'TCP', 'UDP']);
    else validateProtocol(errors, protocol, path.child('protocol'));
    validateAppProtocol(errors, port['appProtocol'], path.child('appProtocol'));
  }
}

/**
 * `validateEndpoints`, for one. deprecatedTopology is dropped unseen
 * (pkg/registry/discovery/endpointslice `dropTopologyOnV1`).
 */
function validateEndpoint(
  errors: FieldErrors,
  endpoint: JsonObject,
  addressType: string,
  path: FieldPath,
): void {
  const addresses = stringsAt(endpoint, 'addresses');
  const addressPath = path.child('addresses');
  if (addresses.length === 0) errors.required(addressPath, 'must contain at least 1 address');
  else if (addresses.length > 100) errors.tooMany(addressPath, addresses.length, 100);
  for (const [index, address] of addresses.entries()) {
    if (!isPlaceholder(address))
      validateAddress(errors, address, addressType, addressPath, addressPath.index(index));
  }
  if (isSet(endpoint, 'nodeName')) {
    const nodeName = stringAt(endpoint, 'nodeName');
    errors.invalidEach(path.child('nodeName'), nodeName, isDNS1123Subdomain(nodeName));
  }
  if (isSet(endpoint, 'hostname')) {
    const hostname = stringAt(endpoint, 'hostname');
    errors.invalidEach(path.child('hostname'), hostname, isDNS1123Label(hostname));
  }
  const hints = objectAt(endpoint, 'hints');
  if (hints !== undefined) validateHints(errors, hints, path.child('hints'));
}

/** Addresses of the wrong family are reported for the list, all else for the address. */
function validateAddress(
  errors: FieldErrors,
  address: string,
  addressType: string,
  listPath: FieldPath,
  path: FieldPath,
): void {
  if (addressType === 'FQDN') {
    if (address === '') errors.required(path);
    else
      for (const [value, message] of fullyQualifiedDomainNameProblems(address))
        errors.invalid(path, value, message);
    return;
  }
  if (addressType !== 'IPv4' && addressType !== 'IPv6') return;
  if (errors.minor < strictAddressesSince) {
    if (parseIP(address)?.family !== addressType)
      errors.invalid(path, address, `must be a valid ${addressType} address`);
    validateEndpointIP(errors, path, address);
    return;
  }
  const valid =
    addressType === 'IPv4'
      ? validateLegacyIP(errors, path, address)
      : validateCanonicalIP(errors, path, address);
  if (!valid) return;
  if (parseIP(address)?.family !== addressType)
    errors.invalid(listPath, address, `must be an ${addressType} address`, { at: path });
  validateEndpointIP(errors, path, address);
}

/** `validateHints`. */
function validateHints(errors: FieldErrors, hints: JsonObject, path: FieldPath): void {
  for (const [field, isName] of [
    ['forZones', isLabelValue],
    ['forNodes', isDNS1123Subdomain],
  ] as const) {
    const items = objectsAt(hints, field);
    if (items.length > 8) {
      errors.tooMany(path.child(field), items.length, 8);
      return;
    }
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      const name = stringAt(item, 'name');
      const own = path.child(field).index(index).child('name');
      if (seen.has(name)) errors.duplicate(own, name);
      seen.add(name);
      errors.invalidEach(own, name, isName(name));
    }
  }
}

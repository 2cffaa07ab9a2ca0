/** `ValidateNetworkPolicy` (pkg/apis/networking/validation/validation.go). */
import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, itemsAt, numberAt, objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { contains, parseCIDR } from '../ip-address.ts';
import { validateLegacyCIDR } from './ip.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Subdomain, isValidPortName, isValidPortNumber } from './names.ts';
import { helpForPortName, validatePortNumber } from './ports.ts';
import { validateLabelSelector } from './selectors.ts';

const specPath = FieldPath.of('spec');

export function validateNetworkPolicy(errors: FieldErrors, policy: JsonObject): void {
  validateObjectMeta(errors, policy, isDNS1123Subdomain);
  const spec = objectAt(policy, 'spec') ?? {};
  validateLabelSelector(errors, objectAt(spec, 'podSelector'), specPath.child('podSelector'));
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [index, rule] of objectsAt(spec, direction).entries()) {
      const path = specPath.child(direction).index(index);
      for (const [port, own] of itemsAt(rule, 'ports', path)) validatePort(errors, port, own);
      for (const [peerIndex, peer] of objectsAt(rule, peers).entries())
        validatePeer(errors, peer, path.child(peers).index(peerIndex));
    }
  }
  const types = stringsAt(spec, 'policyTypes');
  const typesPath = specPath.child('policyTypes');
  if (types.length > 2) {
    errors.invalid(typesPath, types as Json, 'may not specify more than two policyTypes');
    return;
  }
  for (const [index, type] of types.entries()) {
    if (type !== 'Ingress' && type !== 'Egress')
      errors.notSupported(typesPath.index(index), type, ['Ingress', 'Egress']);
  }
}

/** `ValidateNetworkPolicyPort`. */
function validatePort(errors: FieldErrors, value: JsonObject, path: FieldPath): void {
  const protocol = stringAt(value, 'protocol');
  const known = ['TCP', 'UDP', 'SCTP'];
  if (!known.includes(protocol)) {
    const upper = protocol.toUpperCase();
    errors.notSupported(
      path.child('protocol'),
      protocol,
      known,
      known.includes(upper) ? { help: `write ${upper}`, replacement: upper } : undefined,
    );
  }
  const port = value['port'];
  const endPort = numberAt(value, 'endPort');
  const endPath = path.child('endPort');
  const hasEnd = isSet(value, 'endPort') && endPort !== undefined;
  if (port === undefined) {
    if (hasEnd)
      errors.invalid(endPath, endPort, 'may not be specified when `port` is not specified');
  } else if (typeof port === 'number') {
    errors.invalidEach(path.child('port'), port, isValidPortNumber(port));
    if (!hasEnd) return;
    if (endPort < port) errors.invalid(endPath, port, 'must be greater than or equal to `port`');
    validatePortNumber(errors, endPort, endPath);
  } else if (typeof port === 'string' && !isPlaceholder(port)) {
    if (hasEnd) errors.invalid(endPath, endPort, 'may not be specified when `port` is non-numeric');
    errors.invalidEach(path.child('port'), port, isValidPortName(port), helpForPortName(port));
  }
}

/** `ValidateNetworkPolicyPeer`. */
function validatePeer(errors: FieldErrors, peer: JsonObject, path: FieldPath): void {
  let given = 0;
  for (const field of ['podSelector', 'namespaceSelector']) {
    const selector = objectAt(peer, field);
    if (selector === undefined) continue;
    given++;
    validateLabelSelector(errors, selector, path.child(field));
  }
  const block = objectAt(peer, 'ipBlock');
  if (block !== undefined) {
    given++;
    validateIPBlock(errors, block, path.child('ipBlock'));
  }
  if (given === 0) errors.required(path, 'must specify a peer');
  else if (given > 1 && block !== undefined)
    errors.forbidden(path, 'may not specify both ipBlock and another peer', {
      at: path.child('ipBlock'),
      part: 'key',
    });
}

/** `ValidateIPBlock`. */
function validateIPBlock(errors: FieldErrors, block: JsonObject, path: FieldPath): void {
  const text = stringAt(block, 'cidr');
  if (text === '') {
    errors.required(path.child('cidr'));
    return;
  }
  validateLegacyCIDR(errors, path.child('cidr'), text);
  const cidr = parseCIDR(text);
  if (cidr === undefined) return;
  for (const [index, exceptText] of stringsAt(block, 'except').entries()) {
    const exceptPath = path.child('except').index(index);
    validateLegacyCIDR(errors, exceptPath, exceptText);
    const except = parseCIDR(exceptText);
    if (
      except !== undefined &&
      (!contains(cidr, except.network, except.isIPv4) || cidr.prefix >= except.prefix)
    ) {
      errors.invalid(exceptPath, exceptText, 'must be a strict subset of `cidr`');
    }
  }
}

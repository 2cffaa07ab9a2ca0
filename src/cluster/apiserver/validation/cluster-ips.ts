/**
 * `ValidateServiceClusterIPsRelatedFields` (pkg/apis/core/validation/validation.go), for Services
 * that are not of type ExternalName.
 */
import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, stringAt, stringsAt } from '../fields.ts';
import { isIPv6 } from '../ip-address.ts';
import { validateLegacyIP } from './ip.ts';

const specPath = FieldPath.of('spec');
const clusterIPPath = specPath.child('clusterIP');
const clusterIPsPath = specPath.child('clusterIPs');
const familiesPath = specPath.child('ipFamilies');
const policyPath = specPath.child('ipFamilyPolicy');

/** The spec must have clusterIPs even where only clusterIP was written. */
export function validateClusterIPs(errors: FieldErrors, spec: JsonObject): void {
  const clusterIP = stringAt(spec, 'clusterIP');
  const clusterIPs = stringsAt(spec, 'clusterIPs');
  const families = stringsAt(spec, 'ipFamilies');
  const all = clusterIPs as Json;
  if (clusterIP !== '') {
    if (clusterIPs.length === 0) errors.required(clusterIPsPath);
    else if (clusterIPs[0] !== clusterIP)
      errors.invalid(clusterIPsPath, all, 'first value must match `clusterIP`');
  } else if (clusterIPs.length > 0) {
    errors.invalid(clusterIPsPath, all, 'must be empty when `clusterIP` is not specified', {
      help: `add clusterIP: ${clusterIPs[0]}`,
    });
  }

  for (const [index, family] of families.entries()) {
    if (family !== 'IPv4' && family !== 'IPv6')
      errors.notSupported(familiesPath.index(index), family, ['IPv4', 'IPv6']);
    if (families.indexOf(family) < index) errors.duplicate(familiesPath.index(index), family);
  }
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  if (isSet(spec, 'ipFamilyPolicy') && !policies.includes(stringAt(spec, 'ipFamilyPolicy'))) {
    errors.notSupported(policyPath, stringAt(spec, 'ipFamilyPolicy'), policies);
  }

  // Where clusterIPs has one entry it may stem from clusterIP.
  const at = (index: number): FieldPath =>
    clusterIPs.length === 1 && clusterIP !== '' ? clusterIPPath : clusterIPsPath.index(index);
  let valid = true;
  for (const [index, ip] of clusterIPs.entries()) {
    if (index === 0 && ip === 'None') {
      if (clusterIPs.length > 1) {
        valid = false;
        errors.invalid(clusterIPsPath, all, "'None' must be the first and only value");
      }
    } else if (!validateLegacyIP(errors, clusterIPsPath.index(index), ip, at(index))) valid = false;
  }
  if (clusterIPs.length > 2) errors.invalid(clusterIPsPath, all, 'may only hold up to 2 values');
  if (!valid) return;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map(isIPv6)).size < 2) {
    errors.invalid(clusterIPsPath, all, 'may specify no more than one IP for each IP family');
  }
  if (clusterIPs[0] === 'None') return;
  for (const [index, ip] of clusterIPs.entries()) {
    const family = families[index];
    if (family === undefined) break;
    if ((family === 'IPv4' && isIPv6(ip)) || (family === 'IPv6' && !isIPv6(ip))) {
      errors.invalid(
        clusterIPsPath.index(index),
        ip,
        `expected an ${family} value as indicated by \`ipFamilies[${index}]\``,
        {
          at: at(index),
        },
      );
    }
  }
}

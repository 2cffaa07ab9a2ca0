/**
 * Validation of addresses: apimachinery pkg/util/validation/ip.go, and what kinds of addresses may
 * be endpoints.
 */
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { goQuote } from '../go-format.ts';
import { parseCIDR, parseIP } from '../ip-address.ts';

/** The release in which the gate StrictIPCIDRValidation is on. */
const strictSince = 36;

/** `IsValidIPForLegacyField`: whether it is one. */
export function validateLegacyIP(
  errors: FieldErrors,
  path: FieldPath,
  value: string,
  at: FieldPath = path,
): boolean {
  if (isPlaceholder(value)) return true;
  const ip = parseIP(value);
  if (ip === undefined) {
    errors.invalid(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)', {
      at,
    });
    return false;
  }
  if (errors.minor < strictSince) return true;
  return strictIP(errors, path, value, at);
}

/** `IsValidIP`, for fields that take nothing but canonical addresses. */
export function validateCanonicalIP(errors: FieldErrors, path: FieldPath, value: string): boolean {
  if (isPlaceholder(value)) return true;
  const ip = parseIP(value);
  if (ip === undefined) {
    errors.invalid(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
    return false;
  }
  if (!strictIP(errors, path, value, path)) return false;
  if (value === ip.canonical) return true;
  errors.invalid(path, value, `must be in canonical form (${goQuote(ip.canonical)})`, {
    help: `write ${ip.canonical}`,
    replacement: ip.canonical,
  });
  return false;
}

function strictIP(errors: FieldErrors, path: FieldPath, value: string, at: FieldPath): boolean {
  const ip = parseIP(value);
  const help = ip === undefined ? {} : { help: `write ${ip.canonical}` };
  if (ip?.leadingZeros === true)
    errors.invalid(path, value, 'must not have leading 0s', { at, ...help });
  if (ip?.mapped === true && !ip.leadingZeros)
    errors.invalid(path, value, 'must not be an IPv4-mapped IPv6 address', { at, ...help });
  return ip?.leadingZeros !== true && ip?.mapped !== true;
}

/** `IsValidCIDRForLegacyField`. */
export function validateLegacyCIDR(errors: FieldErrors, path: FieldPath, value: string): void {
  if (isPlaceholder(value)) return;
  const cidr = parseCIDR(value);
  if (cidr === undefined) {
    errors.invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)');
  } else if (errors.minor >= strictSince) {
    if (cidr.leadingZeros)
      errors.invalid(path, value, 'must not have leading 0s in IP or prefix length');
    else if (cidr.address.mapped)
      errors.invalid(path, value, 'must not have an IPv4-mapped IPv6 address');
    else if (cidr.network.some((byte, index) => byte !== cidr.address.bytes[index])) {
      errors.invalid(path, value, 'must not have bits set beyond the prefix length', {
        help: `write ${cidr.canonical}`,
        replacement: cidr.canonical,
      });
    }
  }
}

/** `ValidateEndpointIP`: addresses that no endpoint (and no external IP) may have. */
export function validateEndpointIP(errors: FieldErrors, path: FieldPath, value: string): void {
  if (isPlaceholder(value)) return;
  const ip = parseIP(value);
  if (ip === undefined) {
    errors.invalid(path, value, 'must be a valid IP address');
    return;
  }
  const [a = 0, b = 0] = ip.family === 'IPv4' ? ip.bytes.slice(12) : ip.bytes;
  const v4 = ip.family === 'IPv4';
  if (ip.bytes.every((byte, index) => byte === 0 || (v4 && index < 12)))
    errors.invalid(path, value, `may not be unspecified (${value})`);
  if (v4 ? a === 127 : ip.canonical === '::1')
    errors.invalid(path, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)');
  if (v4 ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80) {
    errors.invalid(path, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  }
  if (v4 ? a === 224 && b === 0 && ip.bytes[14] === 0 : a === 0xff && (b & 0x0f) === 0x02) {
    errors.invalid(
      path,
      value,
      'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    );
  }
}

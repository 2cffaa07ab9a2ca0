/**
 * Addresses that are taken, but not as they are written (apimachinery pkg/util/validation/ip.go
 * `GetWarningsForIP`, `GetWarningsForCIDR`).
 */
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldPath } from '../field-path.ts';
import { goQuote } from '../go-format.ts';
import { parseCIDR, parseIP } from '../ip-address.ts';

export function warningsForIP(path: FieldPath, value: string): string[] {
  const ip = isPlaceholder(value) ? undefined : parseIP(value);
  if (ip === undefined || ip.canonical === value) return [];
  const [shown, canonical] = [goQuote(value), goQuote(ip.canonical)];
  if (ip.leadingZeros || ip.mapped)
    return [`${path.toString()}: non-standard IP address ${shown} is invalid: use ${canonical}`];
  return [
    `${path.toString()}: IPv6 address ${shown} should be in RFC 5952 canonical format ` +
      `(${canonical})`,
  ];
}

export function warningsForCIDR(path: FieldPath, value: string): string[] {
  const cidr = isPlaceholder(value) ? undefined : parseCIDR(value);
  if (cidr === undefined || cidr.canonical === value) return [];
  const [shown, canonical] = [goQuote(value), goQuote(cidr.canonical)];
  const warnings: string[] = [];
  if (cidr.network.some((byte, index) => byte !== cidr.address.bytes[index])) {
    const single = goQuote(`${cidr.address.canonical}/${cidr.isIPv4 ? 32 : 128}`);
    warnings.push(
      `${path.toString()}: CIDR value ${shown} is ambiguous in this context (should be ` +
        `${canonical} or ${single}?)`,
    );
  }
  if (cidr.leadingZeros || cidr.address.mapped)
    warnings.push(
      `${path.toString()}: non-standard CIDR value ${shown} is invalid: use ${canonical}`,
    );
  if (warnings.length === 0 && !cidr.isIPv4) {
    warnings.push(
      `${path.toString()}: IPv6 CIDR value ${shown} should be in RFC 5952 canonical format ` +
        `(${canonical})`,
    );
  }
  return warnings;
}

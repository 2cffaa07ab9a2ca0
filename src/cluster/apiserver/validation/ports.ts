/** Port numbers, names and protocols, which several kinds share. */
import type { Json } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isLabelKey, isValidPortName, isValidPortNumber } from './names.ts';

const protocols: readonly string[] = ['SCTP', 'TCP', 'UDP'];

/** `ValidatePortNumOrName`; nothing is port 0. */
export function validatePortNumberOrName(
  errors: FieldErrors,
  port: Json | undefined,
  path: FieldPath,
): void {
  if (typeof port === 'string')
    errors.invalidEach(path, port, isValidPortName(port), helpForPortName(port));
  else errors.invalidEach(path, port ?? 0, isValidPortNumber(typeof port === 'number' ? port : 0));
}

export function validatePortNumber(
  errors: FieldErrors,
  port: number | undefined,
  path: FieldPath,
): void {
  if (port !== undefined) errors.invalidEach(path, port, isValidPortNumber(port));
}

/** Digits in quotes are a name, and no name is all digits. */
export function helpForPortName(name: string): { help: string; replacement: number } | undefined {
  return /^\d+$/.test(name)
    ? { help: `remove the quotes: ${name}`, replacement: Number(name) }
    : undefined;
}

/** A protocol after defaulting. */
export function validateProtocol(errors: FieldErrors, protocol: string, path: FieldPath): void {
  if (protocol === '') errors.required(path);
  else if (!protocols.includes(protocol)) {
    const upper = protocol.toUpperCase();
    errors.notSupported(
      path,
      protocol,
      protocols,
      protocols.includes(upper) ? { help: `write ${upper}`, replacement: upper } : undefined,
    );
  }
}

/** `ValidateQualifiedName` on an appProtocol, if there is one. */
export function validateAppProtocol(
  errors: FieldErrors,
  appProtocol: Json | undefined,
  path: FieldPath,
): void {
  if (typeof appProtocol === 'string')
    errors.invalidEach(path, appProtocol, isLabelKey(appProtocol));
}

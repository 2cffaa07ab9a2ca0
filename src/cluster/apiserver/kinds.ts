/** Which kinds are decoded. */
import { knownKinds } from '../../generated/kubernetes-types.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { usualApiVersion } from '../../kubernetes/kinds.ts';
import { getOwn } from '../../own.ts';

/**
 * Whether objects of this kind are decoded, defaulted and validated; other kinds are taken as they
 * are. All releases from 1.25 on serve the same of these.
 */
export function isKnownKind(apiVersion: string, kind: string): boolean {
  return getOwn(knownKinds, apiVersion)?.includes(kind) ?? false;
}

/**
 * The apiVersion to decode an object by: its own, or the usual one of its kind where there is no
 * such version of that group. Undefined for kinds that are not decoded.
 */
export function decodedVersion(apiVersion: string, kind: string): string | undefined {
  if (isKnownKind(apiVersion, kind)) return apiVersion;
  const usual = usualApiVersion(kind) ?? '';
  const isOfGroup = groupOf(usual) === groupOf(apiVersion);
  return isOfGroup && isKnownKind(usual, kind) ? usual : undefined;
}

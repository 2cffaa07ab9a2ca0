/** Which kinds are decoded. */
import { knownKinds } from '../../generated/kubernetes-types.ts';
import { getOwn } from '../../own.ts';

/**
 * Whether objects of this kind are decoded, defaulted and validated; other kinds are taken as they
 * are. All releases from 1.25 on serve the same of these.
 */
export function isKnownKind(apiVersion: string, kind: string): boolean {
  return getOwn(knownKinds, apiVersion)?.includes(kind) ?? false;
}

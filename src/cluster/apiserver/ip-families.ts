/**
 * The address families and cluster IPs of a new Service: pkg/registry/core/service/storage/alloc.go
 * and storage.go.
 */
import type { Json, JsonObject } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { ClusterOptions, IPFamily } from '../options.ts';
import { FieldErrors } from './field-errors.ts';
import { FieldPath } from './field-path.ts';
import { isEmptyMap, isSet, stringAt, stringMapAt, stringsAt } from './fields.ts';
import { isIPv6 } from './ip-address.ts';
import type { Refusal } from './refusal.ts';
import { validateClusterIPs } from './validation/cluster-ips.ts';

/**
 * What becomes of `spec`. An address that the cluster would pick at random is not known and so not
 * there.
 */
export interface ServiceFamilies {
  /** Absent for ExternalName, and where a placeholder stands. */
  readonly ipFamilyPolicy?: string;
  readonly ipFamilies?: readonly string[];
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly refusals: readonly Refusal[];
}

const policyPath = FieldPath.of('spec').child('ipFamilyPolicy');
const familiesPath = FieldPath.of('spec').child('ipFamilies');
const clusterIPsPath = FieldPath.of('spec').child('clusterIPs');

/** `normalizeClusterIPs` and `initIPFamilyFields` for the spec of a Service that was defaulted. */
export function initIPFamilies(
  spec: JsonObject,
  options: ClusterOptions,
  errors: FieldErrors = new FieldErrors(options.kubernetesMinor),
): ServiceFamilies {
  const clusterIP = stringAt(spec, 'clusterIP');
  const clusterIPs = normalizeClusterIPs(spec);
  const addresses = {
    ...(clusterIP === '' ? {} : { clusterIP }),
    ...(clusterIPs.length === 0 ? {} : { clusterIPs }),
  };
  if (stringAt(spec, 'type') === 'ExternalName') return { ...addresses, refusals: [] };

  const isForOthers =
    clusterIP === 'None' &&
    isEmptyMap(stringMapAt(spec, 'selector')) &&
    !errors.isIncomplete(selectorPath);
  const fallback = isForOthers ? 'RequireDualStack' : 'SingleStack';
  const policy = isSet(spec, 'ipFamilyPolicy') ? stringAt(spec, 'ipFamilyPolicy') : fallback;
  const given = stringsAt(spec, 'ipFamilies');
  if ([clusterIP, policy, ...clusterIPs, ...given].some(isPlaceholder)) {
    return {
      ...addresses,
      ...(isPlaceholder(policy) ? {} : { ipFamilyPolicy: policy }),
      ...(given.length === 0 ? {} : { ipFamilies: given }),
      refusals: [],
    };
  }

  validateClusterIPs(errors, { ...spec, ipFamilyPolicy: policy, clusterIPs: clusterIPs as Json });
  const ipFamilies =
    errors.refusals.length > 0
      ? given
      : chooseFamilies({ spec, policy, clusterIPs, given, isForOthers }, options, errors);
  return {
    ...addresses,
    ipFamilyPolicy: policy,
    // What is refused before a family was chosen has none.
    ...(ipFamilies.length > 0 && { ipFamilies }),
    refusals: errors.refusals,
  };
}

/** What a Service says of its families. */
interface Asked {
  readonly spec: JsonObject;
  readonly policy: string;
  readonly clusterIPs: readonly string[];
  readonly given: readonly string[];
  /** Headless and without a selector: its endpoints are somebody else's, of whichever family. */
  readonly isForOthers: boolean;
}

/** `initIPFamilyFields`: families that are given, those of the addresses, then the cluster's. */
function chooseFamilies(
  asked: Asked,
  options: ClusterOptions,
  errors: FieldErrors,
): readonly string[] {
  checkSingleStack(asked, errors);
  const families = [...asked.given, ...familiesOfAddresses(asked, options, errors)];
  if (errors.refusals.length > 0) return families;

  const primary = options.ipFamilies[0] ?? 'IPv4';
  const isDual = asked.policy !== 'SingleStack';
  if (asked.isForOthers) {
    if (families.length === 0) families.push(primary);
    if (families.length < 2 && isDual) families.push(otherFamily(families[0]));
    return families;
  }
  checkConfigured(asked.policy, families, options, errors);
  if (errors.refusals.length > 0) return families;
  if (families.length === 0) families.push(primary);
  if (isDual && families.length === 1 && options.ipFamilies.length === 2)
    families.push(otherFamily(families[0]));
  return families;
}

function checkSingleStack({ spec, policy, clusterIPs, given }: Asked, errors: FieldErrors): void {
  if (policy !== 'SingleStack') return;
  const detail = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  if (clusterIPs.length === 2)
    errors.invalid(policyPath, policy, `${detail} cluster IPs are specified`, {
      at: isSet(spec, 'ipFamilyPolicy') ? policyPath : clusterIPsPath,
    });
  if (given.length === 2)
    errors.invalid(policyPath, policy, `${detail} IP families are specified`, {
      at: isSet(spec, 'ipFamilyPolicy') ? policyPath : familiesPath,
    });
}

/** Those of the addresses for which no family was given. */
function familiesOfAddresses(
  { spec, clusterIPs, given }: Asked,
  options: ClusterOptions,
  errors: FieldErrors,
): readonly string[] {
  const families: string[] = [];
  for (const [index, ip] of clusterIPs.entries()) {
    if (ip === 'None') break;
    if (index < given.length) continue;
    const family: IPFamily = isIPv6(ip) ? 'IPv6' : 'IPv4';
    if (options.ipFamilies.includes(family)) families.push(family);
    else
      errors.invalid(
        clusterIPsPath.index(index),
        clusterIPs as Json,
        `${family} is not configured on this cluster`,
        { at: clusterIPPath(spec, index), assumes: 'ip-families' },
      );
  }
  return families;
}

/** That the cluster has what is asked for. */
function checkConfigured(
  policy: string,
  families: readonly string[],
  options: ClusterOptions,
  errors: FieldErrors,
): void {
  if (policy === 'RequireDualStack' && options.ipFamilies.length < 2)
    errors.invalid(policyPath, policy, 'this cluster is not configured for dual-stack services', {
      assumes: 'ip-families',
    });
  for (const [index, family] of families.entries()) {
    if (!options.ipFamilies.some((each) => each === family))
      errors.invalid(familiesPath.index(index), family, 'not configured on this cluster', {
        assumes: 'ip-families',
      });
  }
}

const selectorPath = FieldPath.of('spec').child('selector');

/**
 * A single clusterIP makes the list; the list alone does not make the single one
 * (`normalizeClusterIPs`).
 */
function normalizeClusterIPs(spec: JsonObject): readonly string[] {
  const clusterIP = stringAt(spec, 'clusterIP');
  const clusterIPs = stringsAt(spec, 'clusterIPs');
  return clusterIP !== '' && clusterIPs.length === 0 ? [clusterIP] : clusterIPs;
}

/** Where an entry of clusterIPs was written. */
function clusterIPPath(spec: JsonObject, index: number): FieldPath {
  return isSet(spec, 'clusterIPs')
    ? clusterIPsPath.index(index)
    : FieldPath.of('spec').child('clusterIP');
}

function otherFamily(family: string | undefined): IPFamily {
  return family === 'IPv6' ? 'IPv4' : 'IPv6';
}

/**
 * Which kinds of Kubernetes' own API groups there are. Nobody else can add to them: the core group
 * is not a group that can be registered, and that of a CustomResourceDefinition must hold a dot
 * (apiextensions-apiserver pkg/apis/apiextensions/validation:
 * `ValidateCustomResourceDefinitionSpec`).
 */
import { servedKinds } from '../../generated/served-kinds.ts';
import { groupOf, splitApiVersion } from '../../kubernetes/group-version.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isSlip } from '../../text/slip.ts';
import type { MinorVersion } from '../options.ts';

/** The type that was meant. */
export interface MeantType {
  readonly apiVersion: string;
  readonly kind: string;
}

export type Served =
  | { readonly state: 'served' }
  /** The releases that have it are others; a group or a file format of somebody else. */
  | { readonly state: 'unknown'; readonly reason?: string }
  /**
   * No API server of this release knows it. `certain`: what was meant can be written instead, with
   * the same fields.
   */
  | { readonly state: 'never'; readonly meant?: MeantType; readonly certain: boolean };

interface Span {
  readonly since: MinorVersion;
  readonly until: MinorVersion;
}

const served: Served = { state: 'served' };
const unknown: Served = { state: 'unknown' };

/**
 * Served in the core group by OpenShift 3 (github.com/openshift/origin v3.11, the legacy API at
 * /oapi/v1).
 */
const openShiftLegacy = new Set(
  (
    'AppliedClusterResourceQuota Build BuildConfig ClusterNetwork ClusterResourceQuota ' +
    'ClusterRole ClusterRoleBinding DeploymentConfig ' +
    'EgressNetworkPolicy Group HostSubnet Identity Image ImageSignature ImageStream ' +
    'ImageStreamImage ImageStreamImport ImageStreamMapping ' +
    'ImageStreamTag LocalResourceAccessReview LocalSubjectAccessReview NetNamespace ' +
    'OAuthAccessToken OAuthAuthorizeToken OAuthClient ' +
    'OAuthClientAuthorization Project ProjectRequest ResourceAccessReview Role RoleBinding ' +
    'RoleBindingRestriction Route ' +
    'SecurityContextConstraints SelfSubjectRulesReview SubjectAccessReview ' +
    'SubjectRulesReview Template User UserIdentityMapping'
  ).split(' '),
);
/** Of files that are for other tools: kustomize, kubectl's own configuration. */
const foreignKinds = new Set(['Kustomization', 'Component', 'Config']);

let table: Map<string, Map<string, Span>> | undefined;

function kindsOf(apiVersion: string): ReadonlyMap<string, Span> | undefined {
  table ??= new Map(
    Object.entries(servedKinds).map(([version, kinds]) => [
      version,
      new Map(
        kinds.split(' ').map((code): [string, Span] => {
          const [, kind = '', since, until] = /^(\w+)(?:\^(\d+))?(?:!(\d+))?$/.exec(code) ?? [];
          return [kind, { since: Number(since ?? 0), until: Number(until ?? Infinity) }];
        }),
      ),
    ]),
  );
  return table.get(apiVersion);
}

/**
 * Whether the API server has a kind under an apiVersion. An alpha or beta version counts as served
 * where it can be enabled.
 */
export function servedKind(apiVersion: string, kind: string, minor: MinorVersion): Served {
  const span = kindsOf(apiVersion)?.get(kind);
  if (span !== undefined && span.since <= minor && minor <= span.until) return served;
  const group = groupOf(apiVersion);
  if (group.includes('.') && !isBuiltIn(group, minor)) return unknown;
  if (kind.endsWith('List') || foreignKinds.has(kind) || [apiVersion, kind].some(isPlaceholder))
    return unknown;
  if (group === '' && openShiftLegacy.has(kind)) return unknown;
  if (span !== undefined && span.since > minor)
    return { state: 'unknown', reason: `Kubernetes serves it since 1.${span.since}` };
  const meant = meantType(apiVersion, group, kind, minor);
  if (meant !== undefined) return { state: 'never', ...meant };
  // Other tools borrow the form: `apiVersion: v1` with a kind of their own, `skaffold/v4beta6`.
  return group !== '' && isBuiltIn(group, minor) ? { state: 'never', certain: false } : unknown;
}

/** The stable apiVersion that has a kind, where there is exactly one: `v1` for Service. */
export function onlyApiVersion(kind: string, minor: MinorVersion): string | undefined {
  const [only, ...more] = stableVersions(minor).filter((apiVersion) =>
    stableKinds(apiVersion, minor).includes(kind),
  );
  return more.length === 0 ? only : undefined;
}

/**
 * Whether the release has a stable version of the group; before that somebody else may have defined
 * it.
 */
function isBuiltIn(group: string, minor: MinorVersion): boolean {
  return stableVersions(minor).some((apiVersion) => apiVersion.startsWith(`${group}/`));
}

/** The stable apiVersions, newest first within a group. */
function stableVersions(minor: MinorVersion): string[] {
  return Object.keys(servedKinds)
    .filter(
      (apiVersion) => /(?:^|\/)v\d+$/.test(apiVersion) && stableKinds(apiVersion, minor).length > 0,
    )
    .reverse();
}

function stableKinds(apiVersion: string, minor: MinorVersion): string[] {
  return [...(kindsOf(apiVersion) ?? [])]
    .filter(([, { since, until }]) => since <= minor && minor <= until)
    .map(([kind]) => kind);
}

/**
 * The kind in another version of its group, or in another group; a slip of a kind in its group, or
 * in another one.
 */
function meantType(
  apiVersion: string,
  group: string,
  kind: string,
  minor: MinorVersion,
): { readonly meant: MeantType; readonly certain: boolean } | undefined {
  const versions = stableVersions(minor);
  const [, version] = splitApiVersion(apiVersion);
  const near = (known: string): number =>
    (known.startsWith(`${group}/`) ? 0 : 2) +
    (known.endsWith(`/${version}`) || known === version ? 0 : 1);
  // `sort` is stable: what is equally near stays in order, the newest first.
  const byNearness = versions.sort((a, b) => near(a) - near(b));
  const same = byNearness.find((known) => stableKinds(known, minor).includes(kind));
  if (same !== undefined)
    return {
      meant: { apiVersion: same, kind },
      certain: splitApiVersion(same)[1] === version,
    };
  for (const known of byNearness) {
    const slip = nearestName(kind, stableKinds(known, minor));
    if (slip !== undefined && isSlip(kind, slip))
      return { meant: { apiVersion: known, kind: slip }, certain: known === apiVersion };
  }
  return undefined;
}

/**
 * Which kinds of Kubernetes' own API groups there are. Nobody else can add to them: the core group
 * is not a group that can be registered, and that of a CustomResourceDefinition must hold a dot
 * (apiextensions-apiserver pkg/apis/apiextensions/validation:
 * `ValidateCustomResourceDefinitionSpec`).
 */
import { servedKinds } from '../../generated/served-kinds.ts';
import { groupOf, splitApiVersion } from '../../kubernetes/group-version.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
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

/**
 * Kinds of others that nobody else has, which are written below a group of Kubernetes by mistake.
 */
const kindsOfOthers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'autoscaling.k8s.io/v1': 'VerticalPodAutoscaler',
    'bitnami.com/v1alpha1': 'SealedSecret',
    'cert-manager.io/v1': 'ClusterIssuer',
    'external-secrets.io/v1': 'ExternalSecret ClusterSecretStore',
    'gateway.networking.k8s.io/v1': 'GatewayClass GRPCRoute HTTPRoute',
    'keda.sh/v1alpha1': 'ScaledJob ScaledObject TriggerAuthentication',
    'monitoring.coreos.com/v1': 'PodMonitor PrometheusRule ServiceMonitor',
    'networking.istio.io/v1': 'DestinationRule ServiceEntry VirtualService',
    'traefik.io/v1alpha1': 'IngressRoute IngressRouteTCP',
  }).flatMap(([apiVersion, kinds]) => kinds.split(' ').map((kind) => [kind, apiVersion])),
);

const table = lazily(
  (): ReadonlyMap<string, ReadonlyMap<string, Span>> =>
    new Map(
      Object.entries(servedKinds).map(([version, kinds]) => [
        version,
        new Map(
          kinds.split(' ').map((code): [string, Span] => {
            const [, kind = '', since, until] = /^(\w+)(?:\^(\d+))?(?:!(\d+))?$/.exec(code) ?? [];
            return [kind, { since: Number(since ?? 0), until: Number(until ?? Infinity) }];
          }),
        ),
      ]),
    ),
);

function kindsOf(apiVersion: string): ReadonlyMap<string, Span> | undefined {
  return table().get(apiVersion);
}

/** All kinds of Kubernetes' own, of all releases. */
export function* everyKind(): Generator<MeantType> {
  for (const [apiVersion, kinds] of table())
    for (const kind of kinds.keys()) yield { apiVersion, kind };
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
  const [only, ...more] = [...stableOf(minor).kinds]
    .filter(([, kinds]) => kinds.includes(kind))
    .map(([apiVersion]) => apiVersion);
  return more.length === 0 ? only : undefined;
}

/**
 * Whether the release has a stable version of the group; before that somebody else may have defined
 * it.
 */
function isBuiltIn(group: string, minor: MinorVersion): boolean {
  return stableOf(minor).groups.has(group);
}

interface Stable {
  /** By apiVersion, newest first within a group. */
  readonly kinds: ReadonlyMap<string, readonly string[]>;
  /** But for that of core kinds, which has no name. */
  readonly groups: ReadonlySet<string>;
}

const stable = new Map<MinorVersion, Stable>();

function stableOf(minor: MinorVersion): Stable {
  return entryOf(stable, minor, () => {
    const kinds = Object.keys(servedKinds)
      .filter((apiVersion) => /(?:^|\/)v\d+$/.test(apiVersion))
      .reverse()
      .map((apiVersion) => [apiVersion, kindsIn(apiVersion, minor)] as const)
      .filter(([, list]) => list.length > 0);
    const groups = kinds.map(([apiVersion]) => groupOf(apiVersion)).filter((group) => group !== '');
    return { kinds: new Map(kinds), groups: new Set(groups) };
  });
}

function kindsIn(apiVersion: string, minor: MinorVersion): string[] {
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
  const others = kindsOfOthers.get(kind);
  if (others !== undefined) return { meant: { apiVersion: others, kind }, certain: false };
  const { kinds } = stableOf(minor);
  const [, version] = splitApiVersion(apiVersion);
  const near = (known: string): number =>
    (known.startsWith(`${group}/`) ? 0 : 2) +
    (known.endsWith(`/${version}`) || known === version ? 0 : 1);
  // `sort` is stable: what is equally near stays in order, the newest first.
  const byNearness = [...kinds].sort(([a], [b]) => near(a) - near(b));
  const [same] = byNearness.find(([, list]) => list.includes(kind)) ?? [];
  if (same !== undefined)
    return {
      meant: { apiVersion: same, kind },
      certain: splitApiVersion(same)[1] === version,
    };
  for (const [known, list] of byNearness) {
    const slip = nearestName(kind, list);
    if (slip !== undefined && isSlip(kind, slip))
      return { meant: { apiVersion: known, kind: slip }, certain: known === apiVersion };
  }
  return undefined;
}

/** Resources that rules of a role grant in API groups that do not have them. */
import { everyKind } from '../../cluster/apiserver/served-kinds.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import type { Path } from '../../kubernetes/json.ts';
import { type PolicyRule, policyRules, rbacGroup, roleKinds } from '../../kubernetes/rbac.ts';
import { resourceName } from '../../kubernetes/resource-names.ts';
import { lazily } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { changeTo } from '../fixes/change-to.ts';
import type { AnyFinding, Words } from '../rule.ts';

/** Spread them into the messages of a rule that reports `idleGrants`. */
export const grantMessages = {
  group: ({ group, meant }: Record<'group' | 'meant', string>) =>
    `there is no API group "${group}"; ` +
    (meant === '' ? 'the core group is ""' : `did you mean "${meant}"?`),
  elsewhere: ({ resource, groups, homes }: Record<'resource' | 'groups' | 'homes', string>) =>
    `"${resource}" is not in API group ${groups}, but in ${homes}`,
  resource: ({ resource, meant }: Record<'resource' | 'meant', string>) =>
    `there is no resource "${resource}"; it is called "${meant}"`,
};

/** Groups and resources of Kubernetes' own that there are not, and those in another group. */
export function idleGrants(cluster: Cluster): AnyFinding<typeof grantMessages>[] {
  const roles = roleKinds.flatMap((kind) => cluster.objects.ofKind(rbacGroup, kind));
  return roles.flatMap((object) =>
    grantsOf(object).map((finding) => ({
      object,
      severity: 'warning',
      title: 'grants what is not there',
      why:
        'the API server takes any text for a group or a resource: a rule that fits no request ' +
        'gives nobody anything, and requests are answered with "forbidden"',
      ...finding,
    })),
  );
}

type Finding = Words<typeof grantMessages> & { readonly at: Path };

function grantsOf({ value }: ClusterObject): Finding[] {
  const rules = policyRules(value);
  const granted = new Set(
    rules.flatMap(({ apiGroups, resources }) =>
      resources.flatMap((one) => apiGroups.map((group) => `${group}/${baseOf(one)}`)),
    ),
  );
  return rules.flatMap((rule, index) =>
    findingsIn(rule, granted).map((one) => ({ ...one, at: ['rules', index, ...one.at] })),
  );
}

/** Kubernetes' own API groups, of all releases. */
const ownGroups = lazily(
  (): ReadonlySet<string> => new Set([...everyKind()].map(({ apiVersion }) => groupOf(apiVersion))),
);

/** Its resources, with the groups that they are in. */
const ownResources = lazily((): ReadonlyMap<string, readonly string[]> => {
  const resources = new Map<string, string[]>();
  for (const { apiVersion, kind } of everyKind()) {
    const group = groupOf(apiVersion);
    const name = resourceName(kind);
    if (resources.get(name)?.includes(group) !== true) addTo(resources, name, group);
  }
  return resources;
});

/** Of OpenShift 3 and of releases before 1.22. */
const formerGroups: ReadonlySet<string> = new Set(['extensions', 'federation', 'componentconfig']);

function findingsIn({ apiGroups, resources }: PolicyRule, granted: ReadonlySet<string>): Finding[] {
  const groups = apiGroups.flatMap((group, index): Finding[] => {
    const meant = meantGroup(group);
    const words = { id: 'group', data: { group, meant: meant ?? '' } } as const;
    // Beside the right one it does no harm.
    return meant === undefined || apiGroups.includes(meant)
      ? []
      : [
          {
            at: ['apiGroups', index],
            ...words,
            ...(meant === '' ? { help: 'write ""' } : changeTo(meant, 'unsafe')),
          },
        ];
  });
  // Anybody may add resources to a group of their own.
  const isOwn = (group: string): boolean => ownGroups().has(group) || formerGroups.has(group);
  // A rule without any is refused.
  if (groups.length > 0 || apiGroups.length === 0 || !apiGroups.every(isOwn)) return groups;
  return resources.flatMap((written, index): Finding[] => {
    const resource = baseOf(written);
    const homes = ownResources().get(resource);
    const at = ['resources', index];
    const meant = homes === undefined ? pluralOf(resource) : undefined;
    if (meant !== undefined)
      return [{ at, id: 'resource', data: { resource, meant }, ...changeTo(meant, 'unsafe') }];
    const isGranted = (home: string): boolean =>
      apiGroups.includes(home) || granted.has(`${home}/${resource}`);
    if (apiGroups.some((group) => formerGroups.has(group)) && !isLeft(apiGroups, resource))
      return [];
    if (homes === undefined || homes.some(isGranted)) return [];
    const data = { resource, groups: quoted(apiGroups), homes: quoted(homes) };
    const help = `add ${quoted(homes)} to the apiGroups of the rule`;
    return [{ at, id: 'elsewhere', data, help }];
  });
}

/**
 * What `extensions` had until 1.16 and 1.22, and another group has today. Where it is one of
 * several groups, the rule names whatever there is in any release.
 */
function isLeft([group, ...others]: readonly string[], resource: string): boolean {
  return group === 'extensions' && others.length === 0 && leftExtensions.has(resource);
}

const leftExtensions: ReadonlySet<string> = new Set([
  'daemonsets',
  'deployments',
  'ingresses',
  'networkpolicies',
  'replicasets',
]);

/** Groups without a dot are Kubernetes' own: definitions cannot add such a one. */
function meantGroup(group: string): string | undefined {
  if (/[.*]/.test(group) || formerGroups.has(group) || ownGroups().has(group)) return undefined;
  // As `kubectl api-versions` and everybody calls it.
  if (/^(?:core|v1)$/i.test(group)) return '';
  const own = [...ownGroups()].filter((one) => one !== '');
  return own.find((one) => resourceName(one) === group) ?? nearestName(group, own);
}

/** `pods` of `pods/log`. */
function baseOf(resource: string): string {
  return resource.split('/', 1)[0] ?? '';
}

/** `pods` for `pod` and for `Pods`. */
function pluralOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  return [lower, resourceName(lower)].find((name) => name !== word && ownResources().has(name));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' or ');
}

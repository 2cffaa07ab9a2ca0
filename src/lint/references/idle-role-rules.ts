/** Rules of roles about resources that their apiGroups do not have. */
import { servedTypes } from '../../cluster/apiserver/served-kinds.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { Path } from '../../kubernetes/json.ts';
import { policyRules, rbacGroup, roleKinds } from '../../kubernetes/rbac.ts';
import { resourceName } from '../../kubernetes/resource-names.ts';
import { addTo, lazily } from '../../multimap.ts';

export interface IdleResource {
  readonly object: ClusterObject;
  /** To the resource, as text. */
  readonly at: Path;
  readonly resource: string;
  /** What it is called, where that is not its name. */
  readonly plural: string;
  readonly rule: number;
  readonly groups: readonly string[];
  /** Where Kubernetes has it. */
  readonly homes: readonly string[];
}

/** Kubernetes' own resources → the groups that have them. */
const homesOf = lazily((): ReadonlyMap<string, readonly string[]> => {
  const homes = new Map<string, string[]>();
  for (const { group, kind } of servedTypes()) addTo(homes, resourceName(kind), group);
  return homes;
});
const ownGroups = lazily(() => new Set([...homesOf().values()].flat()));

/** Groups that had most of them once; nobody means them only. */
const former = 'extensions';

export function* idleResources({ objects }: Cluster): Iterable<IdleResource> {
  for (const kind of roleKinds)
    for (const object of objects.ofKind(rbacGroup, kind)) {
      const rules = policyRules(object.value);
      const given = new Set(
        rules.flatMap(({ apiGroups, resources }) =>
          apiGroups.flatMap((group) => resources.map((one) => `${group}/${one}`)),
        ),
      );
      for (const [rule, { apiGroups: groups, resources }] of rules.entries()) {
        if (groups.includes(former) || !groups.every((group) => ownGroups().has(group))) continue;
        for (const [index, resource] of resources.entries()) {
          const [plural, homes] = knownAs(resource);
          const isThere = homes.some(
            (home) =>
              (plural === resource && groups.includes(home)) || given.has(`${home}/${plural}`),
          );
          if (homes.length === 0 || isThere) continue;
          yield {
            object,
            at: ['rules', rule, 'resources', index],
            resource,
            plural,
            rule,
            groups,
            homes,
          };
        }
      }
    }
}

/** `pod` is no resource, but `pods` is. */
function knownAs(resource: string): readonly [plural: string, homes: readonly string[]] {
  const [name = '', ...sub] = resource.split('/');
  const homes = homesOf();
  for (const plural of [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')])
    if (homes.has(plural)) return [[plural, ...sub].join('/'), homes.get(plural) ?? []];
  return [resource, []];
}

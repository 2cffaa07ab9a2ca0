/**
 * Who makes pods through the API while it runs: a program whose Role lets it. What pods those will
 * be no manifest tells.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { asList, asText, fieldAt } from '../kubernetes/json.ts';
import type { Json } from '../manifest/node.ts';
import { addTo, remembered } from '../multimap.ts';

/** Resources of which pods come, by API group. */
const resources: Readonly<Record<string, readonly string[]>> = {
  '': ['pods', 'replicationcontrollers'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
};

interface Makers {
  readonly byNamespace: ReadonlyMap<string, readonly ClusterObject[]>;
  /** ClusterRoles that some binding gives to a ServiceAccount. */
  readonly anywhere: ClusterObject | undefined;
}

const makersOf = remembered(makersIn);

/** A Role of the namespace, or a ClusterRole, that lets a program make pods. */
export function podMaker(cluster: Cluster, namespace: string): ClusterObject | undefined {
  const makers = makersOf(cluster);
  return makers.byNamespace.get(namespace)?.[0] ?? makers.anywhere;
}

function makersIn({ objects, options }: Cluster): Makers {
  const byNamespace = new Map<string, ClusterObject[]>();
  for (const role of objects.ofKind(rbac, 'Role'))
    if (letsMakePods(role)) addTo(byNamespace, role.namespace ?? options.namespace, role);
  const bound = new Set(
    [...objects.ofKind(rbac, 'ClusterRoleBinding'), ...objects.ofKind(rbac, 'RoleBinding')]
      .filter(({ value }) =>
        asList(fieldAt(value as Json, 'subjects')).some(
          (subject) => fieldAt(subject, 'kind') === 'ServiceAccount',
        ),
      )
      .flatMap(({ value }) => asText(fieldAt(value as Json, 'roleRef', 'name')) ?? []),
  );
  return {
    byNamespace,
    anywhere: objects
      .ofKind(rbac, 'ClusterRole')
      .find((role) => bound.has(role.name) && letsMakePods(role)),
  };
}

const rbac = 'rbac.authorization.k8s.io';

function letsMakePods({ value }: ClusterObject): boolean {
  return asList(fieldAt(value as Json, 'rules')).some((rule) => {
    const has = (field: string, wanted: string): boolean =>
      asList(fieldAt(rule, field)).some((item) => item === wanted);
    // Whoever may do everything is an administrator, and tells nothing.
    return (
      (has('verbs', 'create') || has('verbs', '*')) &&
      Object.entries(resources).some(
        ([group, names]) => has('apiGroups', group) && names.some((name) => has('resources', name)),
      )
    );
  });
}

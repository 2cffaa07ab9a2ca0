/**
 * Who makes pods or endpoints through the API while it runs: a program whose Role lets it. What
 * those will be no manifest tells.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { bindingKinds, policyRules, rbacGroup } from '../../kubernetes/rbac.ts';
import { remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';

/** Resources by API group. */
type Resources = Readonly<Record<string, readonly string[]>>;

/** Of which pods come. */
const podResources: Resources = {
  '': ['pods', 'replicationcontrollers'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
};

/** Patroni writes who leads into the Endpoints of a Service without a selector. */
const endpointResources: Resources = {
  '': ['endpoints'],
  'discovery.k8s.io': ['endpointslices'],
};

interface Makers {
  readonly byNamespace: ReadonlyMap<string, readonly ClusterObject[]>;
  /** ClusterRoles that some binding gives to a ServiceAccount. */
  readonly anywhere: ClusterObject | undefined;
}

const podMakers = remembered((cluster: Cluster) => makersIn(cluster, podResources));
const endpointMakers = remembered((cluster: Cluster) => makersIn(cluster, endpointResources));

/** A Role of the namespace, or a ClusterRole, that lets a program make pods. */
export function podMaker(cluster: Cluster, namespace: string): ClusterObject | undefined {
  return oneOf(podMakers(cluster), namespace);
}

/** The same of endpoints. */
export function endpointMaker(cluster: Cluster, namespace: string): ClusterObject | undefined {
  return oneOf(endpointMakers(cluster), namespace);
}

function oneOf({ byNamespace, anywhere }: Makers, namespace: string): ClusterObject | undefined {
  return byNamespace.get(namespace)?.[0] ?? anywhere;
}

function makersIn({ objects, options }: Cluster, made: Resources): Makers {
  const byNamespace = new Map<string, ClusterObject[]>();
  for (const role of objects.ofKind(rbacGroup, 'Role'))
    if (letsMake(role, made)) addTo(byNamespace, role.namespace ?? options.namespace, role);
  const bound = new Set(
    bindingKinds
      .flatMap((kind) => objects.ofKind(rbacGroup, kind))
      .filter(({ value }) =>
        asList(fieldAt(value, 'subjects')).some(
          (subject) => fieldAt(subject, 'kind') === 'ServiceAccount',
        ),
      )
      .flatMap(({ value }) => asText(fieldAt(value, 'roleRef', 'name')) ?? []),
  );
  return {
    byNamespace,
    anywhere: objects
      .ofKind(rbacGroup, 'ClusterRole')
      .find((role) => bound.has(role.name) && letsMake(role, made)),
  };
}

/** Whoever may do everything, in every group, is an administrator, and tells nothing. */
function letsMake({ value }: ClusterObject, made: Resources): boolean {
  return policyRules(value).some(
    ({ apiGroups, resources, verbs }) =>
      (verbs.includes('create') || verbs.includes('*')) &&
      Object.entries(made).some(
        ([group, names]) =>
          apiGroups.includes(group) && names.some((name) => resources.includes(name)),
      ),
  );
}

import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldAt } from '../../src/kubernetes/json.ts';
import { type PolicyRule, policyRules, rbacGroup, roleKinds } from '../../src/kubernetes/rbac.ts';
import { defineRule } from '../../src/lint/rule.ts';

const writing = ['create', 'update', 'patch', '*'];
/** What a role can write to send the traffic of a Service elsewhere, with the group of each. */
const targets: ReadonlyMap<string, string> = new Map([
  ['endpoints', ''],
  ['endpointslices', 'discovery.k8s.io'],
  // Its addresses are those of a load balancer, whose traffic every node then sends here.
  ['services/status', ''],
]);
/**
 * Labels by which a ClusterRole's rules become part of the roles that every user of a namespace
 * has.
 */
const aggregated = /^rbac\.authorization\.k8s\.io\/aggregate-to-(admin|edit|view)$/;

export const endpointsWriteAccess = defineRule({
  meta: {
    id: 'endpoints-write-access',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Role', 'ClusterRole'],
    title: 'lets its users redirect Services',
    summary: 'A role may write Endpoints, EndpointSlices or the status of Services',
    why:
      'whoever writes Endpoints, EndpointSlices or the address of a load balancer can send the ' +
      'traffic of a Service, of an Ingress and of a load balancer to any address, past the ' +
      'NetworkPolicies of other namespaces (CVE-2021-25740, CVE-2020-8554); Kubernetes took ' +
      'this right out of the roles admin and edit in 1.22',
    fixable: false,
  },
  messages: {
    write: ({ verbs, resource }: { verbs: string; resource: string }) => `may ${verbs} ${resource}`,
    aggregated: ({ verbs, resource, role }: { verbs: string; resource: string; role: string }) =>
      `may ${verbs} ${resource}, and is part of the role ${role} that users of a namespace have`,
  },
  check({ cluster, report }) {
    for (const kind of roleKinds) {
      for (const object of cluster.objects.ofKind(rbacGroup, kind)) {
        for (const grant of grantsOf(object)) {
          const role = aggregatedTo(object);
          const common = {
            object,
            at: ['rules', grant.rule, 'resources', grant.index],
            // Every controller of load balancers writes that status.
            severity:
              grant.everything || grant.resource === 'services/status'
                ? ('info' as const)
                : ('warning' as const),
            help:
              'leave only the controllers that need it with this right; leader election ' +
              'works with leases of coordination.k8s.io',
          };
          const data = {
            verbs: grant.verbs.includes('*') ? 'do anything with' : grant.verbs.join(', '),
            resource: grant.resource,
          };
          if (role === undefined) report({ ...common, id: 'write', data });
          else report({ ...common, id: 'aggregated', data: { ...data, role } });
        }
      }
    }
  },
});

interface Grant {
  readonly rule: number;
  readonly index: number;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** All verbs on all resources: an administrator, who may do worse. */
  readonly everything: boolean;
}

/**
 * The first resource of each rule that lets its users write; with names of resources it is about
 * single objects, such as an election's.
 */
function grantsOf({ value }: ClusterObject): Grant[] {
  return policyRules(value).flatMap((rule, number) => {
    const verbs = rule.verbs.filter((verb) => writing.includes(verb));
    if (verbs.length === 0 || rule.resourceNames.length > 0) return [];
    const index = rule.resources.findIndex((resource) => isTarget(resource, rule));
    const written = rule.resources[index];
    if (written === undefined) return [];
    const resource = written === '*' ? 'all resources, endpoints among them' : written;
    const everything = written === '*' && verbs.includes('*') && rule.apiGroups.includes('*');
    return [{ rule: number, index, resource, verbs, everything }];
  });
}

function isTarget(resource: string, { apiGroups }: PolicyRule): boolean {
  const home = targets.get(resource);
  const homes = resource === '*' ? [...targets.values()] : home === undefined ? [] : [home];
  return homes.some((group) => apiGroups.includes(group) || apiGroups.includes('*'));
}

function aggregatedTo({ value }: ClusterObject): string | undefined {
  const labels = fieldAt(value, 'metadata', 'labels');
  if (typeof labels !== 'object' || labels === null) return undefined;
  for (const [key, set] of Object.entries(labels)) {
    const [, role] = aggregated.exec(key) ?? [];
    if (role !== undefined && String(set) === 'true') return role;
  }
  return undefined;
}

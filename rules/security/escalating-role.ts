import { policyRules, rbacGroup, roleKinds } from '../../src/kubernetes/rbac.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Verbs by which one gets the rights of others, with what they are about. */
const verbs: ReadonlyMap<string, readonly string[]> = new Map([
  ['escalate', ['roles', 'clusterroles']],
  ['bind', ['roles', 'clusterroles']],
  ['impersonate', ['users', 'groups', 'serviceaccounts']],
]);

export const escalatingRole = defineRule({
  meta: {
    id: 'escalating-role',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Role', 'ClusterRole'],
    title: 'lets its users take the rights of others',
    summary:
      'A role has a verb by which one gets the rights of others, or names a policy that is gone',
    why:
      'the API server keeps users from giving rights that they do not have; the verbs escalate, ' +
      'bind and impersonate are the exceptions, and whoever has one is an administrator',
    fixable: false,
  },
  messages: {
    verb: ({ verb, resource }: Record<'verb' | 'resource', string>) => `may ${verb} ${resource}`,
    gone: () => 'it is about PodSecurityPolicies, which no release since 1.25 has',
  },
  check({ cluster, report }) {
    for (const kind of roleKinds)
      for (const object of cluster.objects.ofKind(rbacGroup, kind))
        for (const [number, rule] of policyRules(object.value).entries()) {
          const { resources, resourceNames } = rule;
          for (const [index, verb] of rule.verbs.entries()) {
            const resource = resources.find((one) => verbs.get(verb)?.includes(one));
            // Single objects that are named are a choice.
            if (resource === undefined || resourceNames.length > 0) continue;
            report({
              object,
              at: ['rules', number, 'verbs', index],
              id: 'verb',
              data: { verb, resource },
              help: 'name the single objects in resourceNames, or take the verb out',
            });
          }
          const gone = resources.indexOf('podsecuritypolicies');
          if (gone >= 0 && resources.length === 1 && rule.verbs.includes('use'))
            report({
              object,
              at: ['rules', number, 'resources', gone],
              id: 'gone',
              data: undefined,
              severity: 'info',
              help:
                'take the rule out, and label the Namespace with ' +
                'pod-security.kubernetes.io/enforce',
            });
        }
  },
});

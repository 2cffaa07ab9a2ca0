import { roleKinds } from '../../src/kubernetes/rbac.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { type IdleResource, idleResources } from '../../src/lint/references/idle-role-rules.ts';
import { defineRule } from '../../src/lint/rule.ts';

const named = (group: string): string => (group === '' ? 'the core group ("")' : group);

export const roleResourceAbsent = defineRule({
  meta: {
    id: 'role-resource-absent',
    category: 'reference',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [...roleKinds],
    title: 'gives rights to what is not there',
    summary: 'A role names a resource that is not called so, or is of another apiGroup',
    why:
      'the API server takes any words in a role and compares them letter by letter: a rule for ' +
      'a resource that its apiGroups do not have allows nothing, and requests are answered with ' +
      '"forbidden"',
    fixable: true,
  },
  messages: {
    group: ({ resource, groups, home }: Record<'resource' | 'groups' | 'home', string>) =>
      `there is no resource "${resource}" in ${groups}; it is of ${home}`,
    plural: ({ resource, plural }: Record<'resource' | 'plural', string>) =>
      `there is no resource "${resource}"; did you mean "${plural}"?`,
  },
  check({ cluster, unit, report }) {
    for (const idle of idleResources(cluster)) {
      const { object, at, resource, plural } = idle;
      if (unit.fragments.has(object.source.document.file)) continue;
      if (plural !== resource)
        report({ object, at, id: 'plural', data: { resource, plural }, ...changeTo(plural) });
      else report({ object, at, id: 'group', ...groupWords(idle) });
    }
  },
});

function groupWords({ resource, groups, homes, rule, object }: IdleResource) {
  const [home = ''] = homes;
  return {
    data: { resource, groups: groups.map(named).join(', ') || 'no group', home: named(home) },
    help: `write apiGroups: ["${home}"] for it, in a rule of its own if others stand beside it`,
    related: [
      { object, at: ['rules', rule, 'apiGroups'], part: 'key' as const, message: 'the groups' },
    ],
  };
}

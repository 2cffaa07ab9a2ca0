import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const unpolicedService = defineRule({
  meta: {
    id: 'unpoliced-service',
    category: 'security',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'is open to every pod of the cluster',
    summary: 'No NetworkPolicy selects the pods of a Service',
    why:
      'a pod that no NetworkPolicy selects for ingress takes connections from every pod of ' +
      'the cluster; the first policy that selects it turns that into what is allowed only',
    fixable: false,
  },
  messages: {
    none: ({ workload }: { workload: string }) =>
      `no NetworkPolicy that was read selects the pods of ${workload}`,
  },
  check({ cluster, unseen, report, unknown }) {
    const { policies } = cluster;
    for (const { object, backends } of cluster.services) {
      const open = backends.find(
        ({ members: { set } }) => !set.assumed && policies.isolating(set, 'Ingress').length === 0,
      );
      if (open === undefined) continue;
      const { workload } = open.members.set;
      const place = { object, at: ['spec', 'selector'], part: 'key' as const };
      const whyUnseen = unseen.whyDocumentUnseen('NetworkPolicy');
      if (policies.other !== undefined)
        unknown({ ...place, reason: `${describeObject(policies.other)} may isolate the pods` });
      else if (whyUnseen !== undefined)
        unknown({ ...place, reason: `no policy that was read selects its pods, but ${whyUnseen}` });
      else
        report({
          ...place,
          id: 'none',
          data: { workload: describeObject(workload) },
          help: 'write a NetworkPolicy that selects these pods and allows the callers they have',
          related: [
            { object: workload, at: ['metadata', 'name'], message: 'nothing isolates its pods' },
          ],
        });
    }
  },
});

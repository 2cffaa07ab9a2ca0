/** A Service that takes pods of another team: a selector that is wider than its owner thinks. */

import { defineRule } from '../define-rule.js';

export const serviceCrossesTeams = defineRule({
  meta: {
    id: 'example/service-crosses-teams',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'takes pods of another team',
    summary: 'A Service selects pods whose team is not its own',
    why: 'every pod that a selector takes gets traffic, whoever deployed it',
    fixable: false,
    options: {
      label: { type: 'string', minLength: 1, default: 'team', description: 'the label that says whose an object is' },
    },
  },
  messages: {
    /** @param {{ workload: string, team: string, own: string }} data */
    other: ({ workload, team, own }) => `it takes the pods of ${workload}, of team "${team}"; its own team is "${own}"`,
  },
  check({ cluster, options, report }) {
    for (const { object, backends } of cluster.services) {
      const own = object.value.metadata?.labels?.[options.label];
      if (own === undefined || object.namespace === undefined) continue;
      // The picture answers in three values: `select` gives pods that have the label for certain, and those of which a placeholder leaves it open.
      const mayBeOwn = new Set(cluster.pods.select({ [options.label]: own }, object.namespace).map(({ members }) => members.set));
      // `backends` are the pods that the Service takes for certain; those that it may take are in `possible`, and no ground for a finding.
      for (const { members } of backends) {
        const { workload, labels, templatePath } = members.set;
        const team = labels.get(options.label);
        if (typeof team !== 'string' || mayBeOwn.has(members.set)) continue;
        report({
          object,
          at: ['spec', 'selector'],
          id: 'other',
          data: { workload: `${workload.kind} ${workload.name}`, team, own },
          help: `add ${options.label}: ${own} to the selector`,
          related: [
            { object: workload, at: [...templatePath, 'metadata', 'labels', options.label], message: 'the team of these pods' },
          ],
        });
      }
    }
  },
});

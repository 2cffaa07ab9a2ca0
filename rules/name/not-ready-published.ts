import { runningContainers } from '../../src/cluster/containers.ts';
import { podNameLabel } from '../../src/kubernetes/labels.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { getOwn } from '../../src/own.ts';

export const notReadyPublished = defineRule({
  meta: {
    id: 'not-ready-published',
    category: 'name',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'sends traffic to pods that are not ready',
    summary: 'A Service with a cluster IP takes pods for ready that are not',
    why:
      'with publishNotReadyAddresses every pod is an endpoint that counts as ready, whatever ' +
      'its probes say: it is meant for headless Services, whose members look for each other ' +
      'while they start; a Service with an address sends requests to them',
    fixable: false,
  },
  messages: {
    published: ({ workload }: { workload: string }) =>
      `the readiness probes of ${workload} have no say: pods that start, or that fail, get ` +
      'requests',
  },
  check({ cluster, report }) {
    for (const { object, spec, headless, automatic, backends, selector } of cluster.services) {
      if (spec.publishNotReadyAddresses !== true || headless || !automatic) continue;
      // The address of a single member, by which its peers find it.
      if (getOwn(selector, podNameLabel) !== undefined) continue;
      const probed = backends.find(({ members: { set } }) =>
        runningContainers(set.spec).some(
          ({ container: { readinessProbe } }) => readinessProbe !== undefined,
        ),
      );
      if (probed === undefined) continue;
      const { workload } = probed.members.set;
      report({
        object,
        at: ['spec', 'publishNotReadyAddresses'],
        part: 'key',
        id: 'published',
        data: { workload: describeObject(workload) },
        help: 'take it out, or set it at a headless Service of its own beside this one',
        related: [{ object: workload, at: ['metadata', 'name'], message: 'its pods' }],
      });
    }
  },
});
